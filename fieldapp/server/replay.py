"""The database follows the register: at each start, and so after a restore too; or it is not opened at all."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from fieldapp.domain import access
from fieldapp.server import assignments, database, erasure, identity, revoking
from fieldapp.server.records import commit_changes
from fieldapp.server.register import Entry, Line, Register, RegisterError, epoch_of
from fieldapp.server.tables import (
    Assignment,
    Audit,
    Code,
    Device,
    Membership,
    Record,
    RecoveryApproval,
    RegisterMark,
    Worker,
)


def follow(engine: Engine, register: Register, now: datetime) -> None:
    """Do again what the register says and this database has not done. A database without a register gets one.

    Raises RegisterError, and changes nothing, when they do not belong together: `missing`, `changed`, `cut`, or
    `other_epoch` (one of them was put back, and the other does not know).
    """
    with database.trouble_told(), database.writing(engine, register) as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": database.TURN})
        mark = session.get(RegisterMark, 1)
        if mark is None and not register.exists:
            register.start(facts(session, now))
        lines = register.read()
        _check(lines, mark, identity.clock(session).epoch)
        for line in lines[mark.entries if mark else 0 :]:
            again(session, line.entry)
        _put_mark(session, lines)
        commit_changes(session)


def _check(lines: Sequence[Line], mark: RegisterMark | None, epoch: str) -> None:
    if mark is not None:
        check_length(lines, mark)
        if mark.first != lines[0].mark.chain or lines[mark.entries - 1].mark.chain != mark.chain:
            raise RegisterError("changed")
    if epoch_of(lines).id != epoch:
        raise RegisterError("other_epoch")


def check_length(lines: Sequence[Line], mark: RegisterMark) -> None:
    """An older copy of the same register is no register: it does not know what happened since."""
    if mark.first == lines[0].mark.chain and len(lines) < mark.entries:
        raise RegisterError("cut")


def again(session: Session, entry: Entry) -> None:
    """Once or many times, and whether the database knows of it or not."""
    match entry.what:
        case "erased":
            erasure.erase_again(session, entry)
        case "assignment":
            assignments.end_again(session, entry.id, entry.at)
        case "membership":
            membership = session.get(Membership, entry.id)
            if membership is not None:
                membership.to_at = entry.at
        case "device":
            device = session.get(Device, entry.id)
            if device is not None:
                revoking.let_in_no_more(session, device, entry.told["state"])
        case "worker":
            worker = session.get(Worker, entry.id)
            if worker is not None:
                worker.disabled_at = entry.at
        case "code":
            code = session.get(Code, entry.id)
            if code is not None and code.used_at is None:
                code.used_at = entry.at
        case "approval":
            yes = session.get(RecoveryApproval, entry.id)
            if yes is not None:
                yes.used_at, yes.device, yes.ask = entry.at, entry.told["device"], entry.told["ask"]
        case "epoch":
            pass


def facts(session: Session, now: datetime) -> Iterator[Entry]:
    """What the database itself knows, for a first register or for one that is lost."""
    clock = identity.clock(session)
    yield Entry("epoch", clock.epoch, now, {"number": clock.epoch_no})
    for one in session.exec(select(Assignment).where(col(Assignment.to_at).is_not(None))):
        assert one.to_at is not None
        yield Entry("assignment", one.id, one.to_at)
    for member in session.exec(select(Membership).where(col(Membership.to_at).is_not(None))):
        assert member.to_at is not None
        yield Entry("membership", member.id, member.to_at)
    for device in session.exec(select(Device).where(Device.state != "active")):
        yield Entry("device", device.id, now, {"state": device.state})
    for worker in session.exec(select(Worker).where(col(Worker.disabled_at).is_not(None))):
        assert worker.disabled_at is not None
        yield Entry("worker", worker.id, worker.disabled_at)
    for code in session.exec(select(Code).where(col(Code.used_at).is_not(None))):
        assert code.used_at is not None
        yield Entry("code", code.id, code.used_at)
    for yes in session.exec(select(RecoveryApproval).where(col(RecoveryApproval.used_at).is_not(None))):
        assert yes.used_at is not None
        yield Entry("approval", yes.id, yes.used_at, {"device": yes.device, "ask": yes.ask})
    yield from _erasures(session)


def _erasures(session: Session) -> Iterator[Entry]:
    """What went together went at the same moment; all of a citizen is told by the citizen."""
    tombstones = session.exec(select(Record).where(Record.deleted)).all()
    for told in session.exec(select(Audit).where(Audit.do == "erase").order_by(col(Audit.no))):
        assert told.scope is not None and told.kind is not None
        whole = told.scope == access.citizen_scope(told.record)
        with_it = {r.id: r.kind for r in tombstones if r.at == told.at and _along(r.scope, told.scope, whole)}
        words = {"scope": told.scope, "op": told.op_id, "by": told.worker, "ground": told.why}
        yield Entry("erased", told.record, told.at, words | {"records": {told.record: told.kind} | with_it})


def _along(scope: str, root: str, whole: bool) -> bool:
    return access.scope_kind(scope) != "citizen" or (scope == root and not whole)


def start_anew(engine: Engine, register: Register, now: datetime) -> None:
    """The register is lost, or no longer whole: a new one of what this database knows. The old file is put aside."""
    with database.trouble_told(), database.writing(engine, register) as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": database.TURN})
        if register.exists:
            register.path.rename(register.path.with_name(f"{register.path.name}.{now:%Y%m%dT%H%M%S}"))
        register.start(facts(session, now))
        _put_mark(session, register.read())
        session.commit()


def _put_mark(session: Session, lines: Sequence[Line]) -> None:
    last = lines[-1].mark
    session.merge(RegisterMark(id=1, first=lines[0].mark.chain, entries=last.entries, chain=last.chain))
