"""The database put back from a backup: a new timeline, on which the register is followed before anybody is served.

Whatever ends it halfway leaves the old database as it was, or a new one of which the register does not know yet, and
which therefore does not open until the restore is done again.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine, inspect
from sqlmodel import Session, func, select

from fieldapp.server import backup, database, dump, identity, replay
from fieldapp.server.dump import BackupError
from fieldapp.server.register import Entry, Line, Register, RegisterError
from fieldapp.server.tables import Record, RegisterMark, SyncClock, Worker

#: What the old numbers cannot be taken for begins at this step (wire.EPOCH_STEP is 2 ** 40).
NEW_TIMELINE = """
UPDATE sync_clock SET durable = seq, epoch = '{epoch}', epoch_no = greatest(epoch_no, {latest}) + 1,
    seq = (greatest(epoch_no, {latest}) + 1)::bigint << 40, first = 0, taken_by = 0;
DELETE FROM token;
DELETE FROM nonce;
DELETE FROM register WHERE first <> '{register}';
"""


@dataclass(frozen=True)
class Present:
    """What is in the database now, and would be replaced."""

    workers: int
    citizens: int
    epoch_no: int
    mark: RegisterMark | None


def restore(engine: Engine, file: Path, register: Register, now: datetime, *, register_lost: bool = False) -> None:
    """Replace all that is in the database by what is in the backup, and bring it to where the register is.

    Raises BackupError or RegisterError, and has changed nothing then. `register_lost`: there is none any more, and a
    new one is made of what the backup knows; what was erased after it comes back with it.
    """
    backup.verify(file)
    dump.check(engine, file)
    with database.working(engine, alone=True) as alone:
        if not alone:
            raise BackupError("running")
        lines = _lines(register, register_lost)
        before = present(engine)
        if before is not None and before.mark is not None and lines:
            replay.check_length(lines, before.mark)
        latest = max([before.epoch_no if before else 0, *(number_of(line) for line in lines)])
        first = lines[0].mark.chain if lines else ""
        epoch = token_hex(8)
        dump.replace(engine, file, NEW_TIMELINE.format(epoch=epoch, latest=latest, register=first))
        _open(engine, register, epoch, now, register_lost)


def _open(engine: Engine, register: Register, epoch: str, now: datetime, register_lost: bool) -> None:
    """From here on the database is the new one; the register says so, and only then they go together."""
    engine.dispose()  # connections that knew the old tables
    database.prepare(engine)
    if register_lost:
        replay.start_anew(engine, register, now)
    else:
        register.add([Entry("epoch", epoch, now, {"number": _epoch_no(engine)})])
        replay.follow(engine, register, now)


def _lines(register: Register, lost: bool) -> list[Line]:
    if not lost:
        return register.read()
    if register.exists:
        raise RegisterError("exists")
    return []


def number_of(line: Line) -> int:
    return int(line.entry.told["number"]) if line.entry.what == "epoch" else 0


def _epoch_no(engine: Engine) -> int:
    with database.trouble_told(), Session(engine) as session:
        return identity.clock(session).epoch_no


def present(engine: Engine) -> Present | None:
    """None of a database that is empty, or is not one of ours."""
    with database.trouble_told(), Session(engine, expire_on_commit=False) as session:
        tables = set(inspect(session.connection()).get_table_names())
        if not {"record", "worker", "sync_clock", "register"} <= tables:
            return None
        clock = session.exec(select(SyncClock)).first()
        citizens = session.exec(select(func.count()).select_from(Record).where(Record.kind == "citizen")).one()
        workers = session.exec(select(func.count()).select_from(Worker)).one()
        return Present(workers, citizens, clock.epoch_no if clock else 0, session.get(RegisterMark, 1))
