"""Operations the server has not got, or has not yet made durable."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, bindparam, delete, func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from fieldapp.domain.values import NoticeWord
from fieldapp.store import erasing, sync_state
from fieldapp.store.bookkeeping import KEPT, OPEN, OutboxRow
from fieldapp.store.columns import Table
from fieldapp.store.database import read_again, writing_synced
from fieldapp.store.rows import columns_of
from fieldapp.wire import MAX_OPERATIONS, SCHEMA, Ack, Operation

#: Sent like all else, but nobody wrote it: that a page was opened, that a notice was read.
QUIET = ("access", "notice_read")
_TABLE, _NOTICES = Table.metadata.tables["outbox"], Table.metadata.tables["notice"]
#: The columns that make an operation.
_SENT = [
    _TABLE.c[name] for name in ("op", "do", "kind", "record", "scope", "fields", "base", "at", "offset", "written_as")
]
#: What these answers make of it; after any other it is kept.
_NOT_TAKEN = {"refused": "refused", "quarantined": "quarantined"}
#: Statements of every exchange are made once: to make them took as long as to ask them.
_STATE, _OP = _TABLE.c.state, _TABLE.c.op
_SKIPPED = _OP.not_in(bindparam("skip", expanding=True))
_OLDEST = sql_select(*_SENT).where(_STATE == "waiting", _SKIPPED).order_by(_TABLE.c.position).limit(bindparam("most"))
_ANY_WAITING = sql_select(_OP).where(_STATE == "waiting", _SKIPPED).limit(1)
_ABOUT = sql_select(_OP, _TABLE.c.kind, _TABLE.c.record, _TABLE.c.scope).where(
    _OP.in_(bindparam("said", expanding=True))
)
_OVER = sql_select(_TABLE.c.position, _TABLE.c.record, _STATE, _TABLE.c.seq).where(
    _TABLE.c.record.in_(bindparam("arrived", expanding=True)), _STATE.in_((*OPEN, "kept"))
)
_BIRTHS = sql_select(_TABLE.c.scope).where(_TABLE.c.kind == "citizen", _TABLE.c.do == "add", _STATE.in_(OPEN))
_KEPT_OF = delete(_TABLE).where(_STATE.in_(KEPT))
_DURABLE = _KEPT_OF.where(_TABLE.c.seq <= bindparam("durable")).returning(_STATE)
_KEPT_LONG = _KEPT_OF.where(_TABLE.c.settled_at < bindparam("before")).returning(_STATE)
_DECIDED = (
    delete(_TABLE)
    .where(
        _STATE == "quarantined",
        _OP.in_(sql_select(_NOTICES.c.about).where(_NOTICES.c.what.in_((NoticeWord.ACCEPTED, NoticeWord.REJECTED)))),
    )
    .returning(_STATE)
)
_SETTLE = (
    update(_TABLE)
    .where(_TABLE.c.op == bindparam("acknowledged"))
    .values({name: bindparam(name) for name in ("state", "why", "seq", "settled_at")})
)


@dataclass(frozen=True)
class Counts:
    """`waiting` has not been acknowledged; `refused` needs the worker; `quarantined` awaits the new responsible."""

    waiting: int = 0
    refused: int = 0
    quarantined: int = 0
    kept: int = 0


def put(session: Session, operation: Operation, was: dict[str, Any] | None = None) -> None:
    """Queue an operation, in the transaction that writes its row. `was`: what each changed column held before."""
    session.add(
        OutboxRow(
            op=operation.op,
            do=operation.do,
            kind=operation.kind,
            record=operation.id,
            scope=operation.scope,
            fields=operation.fields,
            base=operation.base,
            was=_as_the_server_said(session, operation.id, was) if was else {},
            at=operation.at,
            offset=operation.offset,
        )
    )
    session.flush()


def _as_the_server_said(session: Session, record: str, was: dict[str, Any]) -> dict[str, Any]:
    """What stood before a chain of own changes, not what the change before this one made of it."""
    for earlier in reversed(open_on(session, [record])):
        was = was | {name: value for name, value in earlier.was.items() if name in was}
    return was


def not_taken_in(kind: str) -> Select[Any]:
    """The ids of the records of this kind that the server would not have."""
    return sql_select(_TABLE.c.record).where(_TABLE.c.state == "refused", _TABLE.c.do == "add", _TABLE.c.kind == kind)


def waiting(session: Session, limit: int = MAX_OPERATIONS, skip: Collection[str] = ()) -> list[Operation]:
    """The oldest operations not yet acknowledged, in the order they were done; without those in `skip`."""
    found = session.execute(_OLDEST, {"skip": list(skip), "most": limit})
    return [
        Operation(
            op=row.op,
            do=row.do,
            kind=row.kind,
            id=row.record,
            scope=row.scope,
            fields=row.fields,
            base=row.base,
            at=row.at,
            offset=row.offset,
            schema_=None if row.written_as == SCHEMA else row.written_as,
        )
        for row in found
    ]


def has_waiting(session: Session, skip: Collection[str] = ()) -> bool:
    """Whether anything is not yet acknowledged, but for what is in `skip`."""
    return session.execute(_ANY_WAITING, {"skip": list(skip)}).first() is not None


def counts(session: Session) -> Counts:
    """Of operations."""
    found = session.exec(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
    return Counts(**dict(found.all()))


def told(session: Session) -> Counts:
    """Of records with something a person wrote: as many as the page that names them has lines."""
    records = func.count(col(OutboxRow.record).distinct())
    found = select(OutboxRow.state, records).where(col(OutboxRow.kind).not_in(QUIET)).group_by(OutboxRow.state)
    return Counts(**dict(session.exec(found).all()))


def settle(session: Session, acks: Iterable[Ack], upto: int = 0, at: datetime | None = None) -> set[str]:
    """Let each acknowledged operation leave, by its own id; never "all that waited" (sync.md 4.3 rule 3).

    ok and conflict are kept until durable; so is quarantined, which stays visible, but of a citizen who has left this
    device no record stays behind; gone erases the record here; refused stays with its reason; waits stays as it was.
    An ack without a seq is durable only past `upto`: a backup made at that number may be older. `at` is the server's
    time. Returns the scopes of what the server has now.
    """
    said = {ack.ack: ack for ack in acks if ack.result != "waits"}
    rows = session.execute(_ABOUT, {"said": list(said)}).all()
    settled = [
        {
            "acknowledged": op,
            "state": _NOT_TAKEN.get(said[op].result, "kept"),
            "why": said[op].why,
            "seq": None if said[op].result == "refused" else said[op].seq or upto + 1,
            "settled_at": at,
        }
        for op, *_ in rows
    ]
    if settled:
        session.execute(_SETTLE, settled)
    for op, kind, record, _ in rows:
        if said[op].result == "gone":
            erasing.erase(session, kind, record)
    handed_on = {scope for op, *_, scope in rows if said[op].result == "quarantined"}
    if handed_on:
        erasing.drop_scopes(session, sorted(handed_on - set(sync_state.get(session).view)))
        decided(session)
    return {scope for op, *_, scope in rows if said[op].result not in _NOT_TAKEN}


def put_back(session: Session, acks: Iterable[Ack]) -> None:
    """What was quarantined is not in its place: it is not shown so either, when its citizen is here again already."""
    handed_on = [ack.ack for ack in acks if ack.result == "quarantined"]
    if handed_on:
        found = select(OutboxRow).where(col(OutboxRow.op).in_(handed_on), OutboxRow.state == "quarantined")
        for row in session.exec(found.order_by(col(OutboxRow.position).desc())).all():
            _put_back(session, row)


def decided(session: Session) -> None:
    """What was quarantined leaves when its writer is told that somebody has decided on it."""
    _let_go(session, _DECIDED)


def made_durable(session: Session, durable: int) -> None:
    """The server cannot lose what it had at `durable`: forget those kept operations."""
    _let_go(session, _DURABLE, durable=durable)


def forget_kept(session: Session, before: datetime) -> None:
    """What the server has had since before this moment is not offered again, durable or not."""
    _let_go(session, _KEPT_LONG, before=before)


def _let_go(session: Session, these: Executable, **of: Any) -> None:
    """These leave. Of work on a citizen who is others' now nothing is to be left, not even in the vault's old pages."""
    session.flush()  # what this session has changed of them is written before they go
    if "quarantined" in session.execute(these, of).scalars().all():
        erasing.ask_for_a_new_key(session)


def offer_again(session: Session) -> int:
    """The server was restored from a backup (a new epoch): what was kept waits again, before all newer work."""
    again = (
        update(OutboxRow)
        .where(col(OutboxRow.state).in_(KEPT))
        .values(state="waiting", seq=None, why=None, settled_at=None)
    )
    return int(session.execute(again).rowcount)  # type: ignore[attr-defined]


def refused(session: Session) -> list[OutboxRow]:
    """What the server refused, oldest first; `why` says the reason."""
    found = select(OutboxRow).where(OutboxRow.state == "refused").order_by(col(OutboxRow.position))
    return list(session.exec(found))


def discard(session: Session, op: str) -> None:
    """The worker lets a refused operation go: the record is as the server has it, or not at all.

    A record that a reset did not confirm stayed for the sake of this operation alone.
    """
    row = session.exec(select(OutboxRow).where(OutboxRow.op == op, OutboxRow.state == "refused")).first()
    if row is None:
        return
    session.delete(row)
    session.flush()
    if row.do == "add":
        erasing.take_off(session, row.kind, row.record)
        return
    _put_back(session, row)
    if not sync_state.get(session).resetting:
        erasing.drop_stale(session)


def _put_back(session: Session, row: OutboxRow) -> None:
    """The record is as the server has it, but for what else is open on it."""
    table = Table.metadata.tables[row.kind]
    over = {name for other in open_on(session, [row.record]) for name in other.was}
    was = {name: value for name, value in row.was.items() if name not in over}
    values = was if row.do == "void" else columns_of(row.kind, was)
    with writing_synced(session):
        if row.do == "add":
            session.execute(table.delete().where(table.c.id == row.record, table.c.seq == 0))
        elif values:
            session.execute(table.update().where(table.c.id == row.record).values(values))
    read_again(session)


def open_on(session: Session, records: Iterable[str]) -> list[OutboxRow]:
    """What waits or was refused on these records, in the order it was done."""
    found = select(OutboxRow).where(col(OutboxRow.record).in_(list(records)), col(OutboxRow.state).in_(OPEN))
    return list(session.exec(found.order_by(col(OutboxRow.position))))


def on_top(session: Session, arrived: dict[str, int]) -> list[OutboxRow]:
    """What lies over rows that arrived with these seqs: all that is open, and what they do not yet hold of the kept."""
    found = session.execute(_OVER, {"arrived": list(arrived)})
    over = [at for at, record, state, seq in found if state != "kept" or (seq or 0) > arrived[record]]
    if not over:  # most often: what arrives is what was sent
        return []
    return list(
        session.exec(select(OutboxRow).where(col(OutboxRow.position).in_(over)).order_by(col(OutboxRow.position)))
    )


def states(session: Session, scope: str) -> dict[str, str]:
    """For each record of a scope with something unsent: `waiting` or `refused` (which wins)."""
    found = select(OutboxRow.record, OutboxRow.state).where(OutboxRow.scope == scope, col(OutboxRow.state).in_(OPEN))
    answer: dict[str, str] = {}
    for record, state in session.exec(found):
        answer[record] = "refused" if "refused" in (state, answer.get(record)) else "waiting"
    return answer


def births(session: Session) -> set[str]:
    """The scopes of citizens born here whom the server has not accepted: they count as held (architecture 4)."""
    return set(session.execute(_BIRTHS).scalars())
