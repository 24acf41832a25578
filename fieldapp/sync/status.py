"""What the worker is told about sending, read from the store in one short session.

The same words as actions.sending.Sending, which this layer does not know: `fieldapp.app` copies them over.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, func, select

from fieldapp.store import outbox
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState
from fieldapp.store.tables import TABLES, ConflictRow

State = Literal["here", "moving", "there", "waiting", "needs_you", "first"]


@dataclass(frozen=True)
class Status:
    """`why` is the kind of the last error, None after a success. `done` of `total` rows while the first fetch runs."""

    state: State
    waiting: int
    refused: int
    conflicts: int
    last_sent_at: datetime | None
    waiting_since: datetime | None
    why: str | None
    next_try_in: int | None
    done: int
    total: int


def read(store: Store, *, moving: bool = False, next_try_in: int | None = None) -> Status:
    """`moving`: an exchange is under way (Client.moving). `next_try_in`: seconds (Runner.next_in)."""
    with store.reading() as session:
        kept = session.get(SyncState, 1) or SyncState()
        counts, conflicts = outbox.counts(session), open_conflicts(session)
        since = session.exec(select(func.min(OutboxRow.at)).where(OutboxRow.state == "waiting")).one()
        return Status(
            state=_state(kept, counts, conflicts, moving),
            waiting=counts.waiting,
            refused=counts.refused,
            conflicts=conflicts,
            last_sent_at=kept.last_exchange_at,
            waiting_since=since,
            why=kept.last_error,
            next_try_in=next_try_in,
            done=0 if kept.complete else kept.fetched,
            total=0 if kept.complete else kept.fetched + kept.left,
        )


def open_conflicts(session: Session) -> int:
    """Two texts about the same thing that nobody has chosen between: the field was not set again since."""
    conflicts = session.exec(select(ConflictRow).where(col(ConflictRow.void_reason).is_(None)))
    return sum(not _was_set_since(session, conflict) for conflict in conflicts)


def _was_set_since(session: Session, conflict: ConflictRow) -> bool:
    table = TABLES.get(conflict.about_kind)
    row = table and session.get(table, conflict.about)
    return row is None or row.base.get(conflict.field, 0) > conflict.seq


def _state(kept: SyncState, counts: outbox.Counts, conflicts: int, moving: bool) -> State:
    """What matters most to the worker comes first."""
    if kept.device is not None and not kept.complete:
        return "first"
    if counts.refused or conflicts:
        return "needs_you"
    if moving:
        return "moving"
    if counts.waiting:
        return "waiting" if kept.last_error else "here"
    return "there" if kept.last_exchange_at else "here"
