"""What the worker is told about sending, read from the store in one short session.

The same words as actions.sending.Sending, which this layer does not know: `fieldapp.app` copies them over.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, func, select

from fieldapp.errors import VaultError
from fieldapp.store import conflicts, outbox
from fieldapp.store.bookkeeping import DraftRow, OutboxRow
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState

State = Literal["here", "moving", "there", "waiting", "needs_you", "first"]


@dataclass(frozen=True)
class Status:
    """`why` is the kind of the last error and `detail` its second word, None after a success.

    `done` of `total` rows while the first fetch runs.
    """

    state: State
    waiting: int
    refused: int
    conflicts: int
    last_sent_at: datetime | None
    waiting_since: datetime | None
    why: str | None
    detail: str | None
    next_try_in: int | None
    done: int
    total: int
    left_over: int = 0
    """Of what waits: the server answered, and did not take it."""


def read(
    store: Store,
    *,
    moving: bool = False,
    next_try_in: int | None = None,
    talked: datetime | None = None,
    trouble: VaultError | None = None,
) -> Status:
    """`moving`: an exchange is under way (Client.moving). `next_try_in`: seconds (Runner.next_in). `talked`: when the
    last one went well, `trouble`: what the vault itself did not do (Client): of both it may not know."""
    with store.reading() as session:
        kept = session.get(SyncState, 1) or SyncState()
        counts, undecided = outbox.told(session), len(conflicts.undecided(session))
        why, detail = (trouble.kind, trouble.why) if trouble else (kept.last_error, kept.last_why)
        since, left_over = _since(session), 0 if why else _left_over(session, kept)
        return Status(
            state=_state(kept, counts, undecided, why, left_over, moving),
            waiting=counts.waiting,
            refused=counts.refused,
            conflicts=undecided,
            last_sent_at=talked or kept.last_exchange_at,
            waiting_since=since,
            why=why,
            detail=detail,
            next_try_in=next_try_in,
            done=0 if kept.complete else kept.fetched,
            total=0 if kept.complete else kept.fetched + kept.left,
            left_over=left_over,
        )


def owes(store: Store) -> bool:
    """Whether anything of this device's own is nowhere else: not sent, refused, or still being written."""
    with store.reading() as session:
        counts = outbox.counts(session)
        return bool(counts.waiting or counts.refused or session.exec(select(DraftRow.key).limit(1)).first())


def _since(session: Session) -> datetime | None:
    written = col(OutboxRow.kind).not_in(outbox.QUIET)
    return session.exec(select(func.min(OutboxRow.at)).where(OutboxRow.state == "waiting", written)).one()


def _left_over(session: Session, kept: SyncState) -> int:
    """What was there at the last exchange, which went well, and still waits: in no other way would it be noticed."""
    if kept.last_exchange_at is None:
        return 0
    offered = col(OutboxRow.at) < kept.last_exchange_at, col(OutboxRow.kind).not_in(outbox.QUIET)
    records = select(func.count(col(OutboxRow.record).distinct()))
    return session.exec(records.where(OutboxRow.state == "waiting", *offered)).one()


def _state(
    kept: SyncState, counts: outbox.Counts, undecided: int, why: str | None, left_over: int, moving: bool
) -> State:
    """What matters most to the worker comes first."""
    if kept.device is not None and not kept.complete and (moving or why is None):
        return "first"
    if counts.refused or undecided:
        return "needs_you"
    if moving:
        return "moving"
    if counts.waiting:
        return "waiting" if why or left_over else "here"
    return "there" if kept.last_exchange_at else "here"
