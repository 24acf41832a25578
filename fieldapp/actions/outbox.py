"""What has not reached the server, record by record, for the page that says so."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from fieldapp.actions import people, same
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import scope_id, scope_kind
from fieldapp.store import outbox
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.tables import TABLES, AttemptRow, ContactRow

_WORST_FIRST = ("refused", "quarantined", "waiting")


@dataclass(frozen=True)
class Unsent:
    """One record. `word` says more of its kind: the mode of a contact, the way of an attempt.

    `state`: here (waits) | needs_you (refused, `why` is the reason's name) | quarantined (sent; the new responsible
    worker decides). `ops` is what `let_go` wants; `takes` is how many other records it takes along: of a citizen whom
    the server never had, everything.
    """

    record: str
    kind: str
    word: str | None
    citizen: str | None
    name: str | None
    since: datetime
    state: Literal["here", "needs_you", "quarantined"]
    why: str | None
    ops: tuple[str, ...]
    takes: int = 0


def waiting(desk: Desk) -> tuple[Unsent, ...]:
    """What needs the worker first, then by age. What nobody wrote is sent too, but not worth a line."""
    with desk.store.reading() as session:
        found: dict[str, list[OutboxRow]] = {}
        for row in session.exec(_unsent()):
            found.setdefault(row.record, []).append(row)
        names = people.citizens(session)
        about = Counter(operations[0].scope for operations in found.values())
        lines = [_line(session, operations, names, about) for operations in found.values()]
    return tuple(sorted(lines, key=lambda line: (line.state != "needs_you", line.since)))


def let_go(desk: Desk, unsent: Unsent) -> None:
    """The worker gives up what the server refused: the record is then as the server has it, or not at all."""
    with desk.store.transaction() as session:
        for op in reversed(unsent.ops):
            outbox.discard(session, op)  # what only waits is left alone


def anything(session: Session, citizen: str) -> bool:
    """Whether something about this citizen has not reached the server."""
    return (
        session.exec(_unsent().where(col(OutboxRow.scope).in_(same.scopes(session, citizen))).limit(1)).first()
        is not None
    )


def _unsent() -> SelectOfScalar[OutboxRow]:
    noted = col(OutboxRow.kind).not_in(outbox.QUIET)
    return select(OutboxRow).where(col(OutboxRow.state).in_(_WORST_FIRST), noted).order_by(col(OutboxRow.position))


def _line(session: Session, operations: list[OutboxRow], names: dict[str, str], about: Counter[str]) -> Unsent:
    first = operations[0]
    worst = min(operations, key=lambda row: _WORST_FIRST.index(row.state))
    citizen = scope_id(first.scope) if scope_kind(first.scope) == "citizen" else None
    return Unsent(
        record=first.record,
        kind=first.kind,
        word=_word(session, first),
        citizen=citizen,
        name=names.get(citizen) if citizen else None,
        since=first.at,
        state="needs_you" if worst.state == "refused" else "here" if worst.state == "waiting" else "quarantined",
        why=worst.why,
        ops=tuple(row.op for row in operations),
        takes=about[first.scope] - 1 if (first.kind, first.do) == ("citizen", "add") else 0,
    )


def _word(session: Session, operation: OutboxRow) -> str | None:
    row = session.get(TABLES[operation.kind], operation.record) if operation.kind in TABLES else None
    if isinstance(row, ContactRow):
        return row.mode
    return row.way if isinstance(row, AttemptRow) else None
