"""The log is sealed each minute: what is changed in it afterwards, put in or taken out is found (`proving`).

A seal says how many rows came since the one before it, carries a digest of them and the seal before, and is signed with
a key that is not in the database. The newest is also written to a file beside the register, which is not in it either,
so that a log whose end was cut off is found too. (Not into the register: that is read whole at each start, and would
get half a million lines a year.)

No row may fall between two seals. Rows are numbered when they are written and seen when their transaction commits, and
that is another order. So the end of a minute is taken at a moment in which nobody writes to the table: its lock in
SHARE mode waits for those who have begun and lets nobody in meanwhile. Rows of the log are written last before a
commit, so that is a matter of milliseconds; where it is not (a vacuum of the table is under way), this minute is sealed
with the next.

The server seals in a thread of its own (`each_minute`), not an exchange that comes by: no phone waits for it, and what
was written last before a quiet night is sealed too. Of several processes one does it, whoever has the lock.
"""

import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, Table, func, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col
from sqlmodel import select as select_one

from fieldapp.errors import ServerTrouble
from fieldapp.server import database, files, identity
from fieldapp.server.register import Register
from fieldapp.server.tables import Audit
from fieldapp.server.tables_log import Exchanged, Seal

log = logging.getLogger(__name__)

KEY_FILE = "audit.key"
#: What the tables of the log are called in a seal.
BOOKS: Mapping[str, Table] = {"audit": Audit.__table__, "exchanged": Exchanged.__table__}  # type: ignore[attr-defined]
EVERY = 60.0
#: One process at a time, by this advisory lock.
SEALING = 0x7665646A
#: So long an exchange may be held up for the end of a minute.
WAIT = "250ms"
_LOCK = "LOCK TABLE {table} IN SHARE MODE"
_NOT_NOW = "55P03"
_AT_ONCE = 1_000


class Sealer(NamedTuple):
    """`key` is 32 bytes; `newest` is the file, outside the database, of the last seal of each book."""

    key: bytes
    newest: Path


def sealer(key: bytes, register: Register) -> Sealer:
    return Sealer(key, register.path.with_name(register.path.name + ".seals"))


def seal(engine: Engine, sealer: Sealer, now: datetime) -> list[Seal]:
    """Seal all that is written and not sealed yet. Returns the new seals; none when nothing was, or not just now."""
    with database.trouble_told(), Session(engine, expire_on_commit=False) as session:
        if not session.execute(text("SELECT pg_try_advisory_xact_lock(:it)"), {"it": SEALING}).scalar_one():
            return []
        epoch_no = identity.clock(session).epoch_no
        each = (_seal(session, book, epoch_no, sealer.key, now) for book in BOOKS)
        made = [one for one in each if one is not None]
        session.commit()
    if made:
        _remember(sealer.newest, made)
    return made


def _seal(session: Session, book: str, epoch_no: int, key: bytes, now: datetime) -> Seal | None:
    before = newest(session, book)
    last = _end(session, book)
    if last is None or last <= (before.last if before else 0):
        return None
    count, digest = digest_of(rows(session, book, before.last if before else None, last))
    made = Seal(
        book=book,
        no=before.no + 1 if before else 1,
        epoch_no=epoch_no,
        at=now,
        last=last,
        count=count,
        digest=digest,
        previous=before.mac if before else "",
        mac="",
    )
    made.mac = mac(made, key)
    session.add(made)
    return made


def _end(session: Session, book: str) -> int | None:
    """The number of the last row, with no other one under way below it; None when somebody writes for too long."""
    table = BOOKS[book]
    try:
        with session.begin_nested() as moment:
            session.execute(text(f"SET LOCAL lock_timeout = '{WAIT}'"))
            session.execute(text(_LOCK.format(table=table.name)))
            last: int | None = session.execute(select(func.max(table.c.no))).scalar()
            moment.rollback()  # and so lets the others in again
            return last
    except OperationalError as error:
        if database.state(error) != _NOT_NOW:
            raise
        return None


def newest(session: Session, book: str) -> Seal | None:
    return session.exec(select_one(Seal).where(Seal.book == book).order_by(col(Seal.no).desc()).limit(1)).first()


def rows(session: Session, book: str, after: int | None = None, last: int | None = None) -> Iterator[Mapping[str, Any]]:
    """In their order; read as they are needed."""
    table = BOOKS[book]
    wanted = select(table).order_by(table.c.no)
    if after is not None:
        wanted = wanted.where(table.c.no > after)
    if last is not None:
        wanted = wanted.where(table.c.no <= last)
    found = session.connection().execute(wanted, execution_options={"yield_per": _AT_ONCE})
    for row in found:
        yield row._asdict()


def digest_of(rows: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """How many they are, and the SHA-256 of them all."""
    count, digest = 0, hashlib.sha256()
    for row in rows:
        count += 1
        digest.update(canonical(row))
    return count, digest.hexdigest()


def canonical(row: Mapping[str, Any]) -> bytes:
    """The same bytes for the same row, also when the table has got columns since that this row says nothing in."""
    said = {name: _plain(value) for name, value in row.items() if value is not None}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def mac(seal: Seal, key: bytes) -> str:
    """Under the key, over everything else in it, the mac of the seal before it too."""
    said = seal.model_dump(exclude={"mac"})
    return hmac.digest(key, canonical(said), hashlib.sha256).hex()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _remember(file: Path, made: Iterable[Seal]) -> None:
    """In the place of what was there, whole. When that cannot be, it is said, and the next minute tries again."""
    known = remembered(file) | {one.book: one.model_dump(mode="json") for one in made}
    try:
        files.instead(file, json.dumps(known, indent=1).encode())
    except OSError:
        log.error("the newest seal could not be written beside the register")


def remembered(file: Path) -> dict[str, dict[str, Any]]:
    """The newest seal of each book as this file has it; nothing of a file that is not there, or is none."""
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def each_minute(
    engine: Engine, sealer: Sealer | None, clock: Callable[[], datetime], every: float = EVERY
) -> Iterator[None]:
    """While the block runs, and once more when it has ended: what this process wrote last is sealed by it.

    Nothing without a sealer: then there is no key.
    """
    if sealer is None:
        yield
        return
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(every):
            _try(engine, sealer, clock)

    thread = threading.Thread(target=work, name="sealing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        _try(engine, sealer, clock)


def _try(engine: Engine, sealer: Sealer, clock: Callable[[], datetime]) -> None:
    """A database that does not answer is asked again in a minute; nothing is lost, it is only sealed later."""
    try:
        seal(engine, sealer, clock())
    except ServerTrouble as trouble:
        log.error("the log was not sealed: %s", trouble)
