"""Erasing a record, or all of a citizen, from every table of the server; the feed tells the phones (sync.md 4.8).

What is left is that there was something: id, kind, scope, and since when it is gone. The audit tells who erased it and
on which ground, and nothing of what it said. Whoever erases has the citizen alone: every exchange that writes about
one holds their row meanwhile (operations.lock), so nothing is written that an erasure has not seen.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, delete, or_, select
from uuid6 import uuid7

from fieldapp.domain import access
from fieldapp.domain.erasure import BELONGING, Ground, owners, with_belongings, would_be
from fieldapp.domain.fields import is_id
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.server import audit, registering, same
from fieldapp.server.register import Entry
from fieldapp.server.tables import Assignment, Audit, Quarantine, Record
from fieldapp.server.tables_log import SampleMark

#: Whole kinds that stand for something else than what somebody wrote: they go with the citizen, never alone.
NOT_ALONE = frozenset({"assignment", "colleague", "access"})


def erase_record(session: Session, id: str, by: str, ground: Ground, now: datetime) -> int:
    """Erase one record and what belongs to it; how many went. `by` is the worker who answers for it.

    Raises RecordError: unknown_record, not_alone (it goes only with its citizen), a_citizen (erase that as one).
    """
    record = _one(session, id)
    _hold(session, record.scope)
    return _erase(session, record, _around(session, record.scope), False, by, ground, now)


def erase_citizen(session: Session, citizen: str, by: str, ground: Ground, now: datetime) -> int:
    """Erase all there is about a citizen, and about the others that are the same person; how many records went.

    Nobody holds the citizen any more.
    """
    _citizen(session, citizen)
    return sum(_erase_whole(session, id, by, ground, now) for id in sorted(same.read(session).all_of(citizen)))


def _erase_whole(session: Session, citizen: str, by: str, ground: Ground, now: datetime) -> int:
    record = _citizen(session, citizen)
    _hold(session, record.scope)
    _end_assignments(session, citizen, now)
    _forget_judgements(session, citizen)
    return _erase(session, record, _around(session, record.scope), True, by, ground, now)


def count(session: Session, id: str, *, whole: bool) -> int:
    """How many would go."""
    if not whole:
        root = _one(session, id)
        return len(_gone(root, _around(session, root.scope), whole))
    _citizen(session, id)
    roots = [_citizen(session, each) for each in same.read(session).all_of(id)]
    return sum(len(_gone(root, _around(session, root.scope), whole)) for root in roots)


def _one(session: Session, id: str) -> Record:
    record = session.get(Record, id) if is_id(id) else None
    if record is None:
        raise RecordError("unknown_record")
    if record.kind == "citizen":
        raise RecordError("a_citizen")
    if record.kind in NOT_ALONE:
        raise RecordError("not_alone")
    return record


def _citizen(session: Session, id: str) -> Record:
    record = session.get(Record, id) if is_id(id) else None
    if record is None or record.kind != "citizen":
        raise RecordError("unknown_citizen")
    return record


def erase_again(session: Session, entry: Entry) -> None:
    """As the register says it was: also what a backup has brought back, or has never known."""
    told, scope = entry.told, entry.told["scope"]
    kinds: dict[str, str] = told["records"]
    _hold(session, scope)
    whole = scope == access.citizen_scope(entry.id)
    if whole:
        _end_assignments(session, entry.id, entry.at)
        _forget_judgements(session, entry.id)
    wanted = or_(col(Record.id).in_(kinds), and_(col(Record.scope) == scope, whole))
    stored = {r.id: r for r in _locked(session, wanted)}
    for id in kinds.keys() - stored.keys():
        stored[id] = Record(id=id, kind=kinds[id], scope=scope, at=entry.at, fields={}, base={}, by={}, devices={})
        session.add(stored[id])
    _empty(session, list(stored.values()), scope, whole, entry.at)
    if session.exec(select(Audit.no).where(Audit.op_id == told["op"])).first() is None:
        _tell(session, told["op"], stored[entry.id], told["by"], told["ground"], entry.at)


def belongings(session: Session, ids: Sequence[str], scopes: Iterable[str]) -> Sequence[Record]:
    """What in these scopes belongs to one of these records."""
    theirs = [
        and_(col(Record.kind) == kind, col(Record.fields)[name].astext.in_(ids))
        for kind, names in BELONGING.items()
        for name in names
    ]
    return _locked(session, and_(col(Record.scope).in_(list(scopes)), or_(*theirs)))


def blank(record: Record, at: datetime) -> None:
    """Take all content off it."""
    record.fields, record.base, record.by, record.devices = {}, {}, {}, {}
    record.void = record.author = None
    record.at, record.offset, record.deleted = at, 0, True


def _gone(root: Record, around: Sequence[Record], whole: bool) -> list[Record]:
    """What is there still of all that goes with it. `whole`: all that lies in its scope, else it alone."""
    roots = [r.id for r in around if r.scope == root.scope] if whole else [root.id]
    owned_by = {r.id: owners(r.kind, r.fields) for r in around}
    nowhere = [each for r in around for each in would_be(r.kind, r.fields).items() if each[0] not in owned_by]
    for id, own in nowhere:
        owned_by.setdefault(id, set()).update(own)
    gone = with_belongings(roots, owned_by)
    return [r for r in around if r.id in gone and not r.deleted]


def _erase(
    session: Session, root: Record, around: Sequence[Record], whole: bool, by: str, ground: Ground, now: datetime
) -> int:
    living = _gone(root, around, whole)
    if living:
        _empty(session, living, root.scope, whole, now)
        named = {root.id: root.kind} | {r.id: r.kind for r in living if not (whole and r.scope == root.scope)}
        op = str(uuid7())
        told = {"scope": root.scope, "records": named, "op": op, "by": by, "ground": str(ground)}
        registering.note(session, "erased", root.id, now, **told)
        _tell(session, op, root, by, ground, now)
    return len(living)


def _empty(session: Session, records: Sequence[Record], scope: str, whole: bool, at: datetime) -> None:
    """These records, and what waits in quarantine as one of them, to become one or to belong to one."""
    ids = {record.id for record in records}
    for waiting in session.exec(select(Quarantine).where(Quarantine.scope == scope).with_for_update()):
        said = waiting.operation
        about = {waiting.op_id, said["id"], *owners(said["kind"], said["fields"])}
        if whole or not ids.isdisjoint(about):
            session.delete(waiting)
            told = session.get(Record, waiting.op_id, with_for_update=True)
            if told is not None and not told.deleted:
                blank(told, at)
    for record in records:
        if not record.deleted:
            blank(record, at)


def _tell(session: Session, op: str, root: Record, by: str, ground: str, at: datetime) -> None:
    session.add(audit.act(session, "erase", by, at, root.id, kind=root.kind, scope=root.scope, why=ground, op=op))


def _hold(session: Session, scope: str) -> None:
    """Nobody writes about this citizen until the commit."""
    if access.scope_kind(scope) == "citizen":
        session.exec(select(Record.id).where(Record.id == access.scope_id(scope)).with_for_update()).first()


def _around(session: Session, scope: str) -> Sequence[Record]:
    """All that may belong to a record of this scope: what lies in it, and in scopes that are no citizen's."""
    elsewhere = [kind for kind in BELONGING if KINDS[kind].scope != "citizen"]
    return _locked(session, or_(col(Record.scope) == scope, col(Record.kind).in_(elsewhere)))


def _locked(session: Session, wanted: ColumnElement[bool]) -> Sequence[Record]:
    query = select(Record).where(wanted).order_by(col(Record.id)).with_for_update()
    return session.exec(query, execution_options={"populate_existing": True}).all()


def _end_assignments(session: Session, citizen: str, at: datetime) -> None:
    theirs = select(Assignment).where(Assignment.citizen == citizen).order_by(col(Assignment.id)).with_for_update()
    for assignment in session.exec(theirs):
        if assignment.to_at is None or assignment.to_at > at:
            assignment.to_at = at


def _forget_judgements(session: Session, citizen: str) -> None:
    """A leader's words to the weekly sample: what they judged is still in the log."""
    session.execute(delete(SampleMark).where(col(SampleMark.citizen) == citizen))
