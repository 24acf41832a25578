"""Faults that real sync clients have had, each a switch that a history must find (sync.md part 2, and 5)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import pytest
from sqlmodel import Session, select

from fieldapp.domain import merge
from fieldapp.server import operations
from fieldapp.store import erasing, incoming, outbox
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.columns import Table
from fieldapp.store.database import writing_synced
from fieldapp.store.sync_state import SyncState
from fieldapp.store.tables import TABLES
from fieldapp.sync import answer
from fieldapp.wire import Ack, ExchangeAnswer, Row

Plant = Callable[[pytest.MonkeyPatch], None]


def blanket_ack(plant: pytest.MonkeyPatch) -> None:
    """After a push, all that waits is marked as sent (Simple)."""

    def settle(session: Session, acks: Iterable[Ack], upto: int = 0, at: datetime | None = None) -> None:
        if list(acks):
            for row in session.exec(select(OutboxRow).where(OutboxRow.state == "waiting")):
                row.state = "kept"

    plant.setattr(outbox, "settle", settle)


def cursor_first(plant: pytest.MonkeyPatch) -> None:
    """The cursor moves before the rows are in (Android FHIR SDK)."""
    begin = answer._begin

    def before(session: Session, state: SyncState, said: ExchangeAnswer) -> None:
        begin(session, state, said)
        if said.rows:
            answer._move(state, said.rows[-1].seq)

    plant.setattr(answer, "_begin", before)


def end_too_early(plant: pytest.MonkeyPatch) -> None:
    """`upto` becomes the cursor although more is to come."""
    end = answer._end
    plant.setattr(answer, "_end", lambda s, state, said, at: end(s, state, said.model_copy(update={"more": False}), at))


def no_drop(plant: pytest.MonkeyPatch) -> None:
    """What a worker may no longer see stays on the device (CHT)."""
    plant.setattr(erasing, "drop_scopes", lambda session, scopes: None)


def no_snapshot(plant: pytest.MonkeyPatch) -> None:
    """A new scope is read from the cursor on, not from the beginning."""
    change_view = incoming.change_view

    def forgetful(session: Session, scopes: Iterable[str]) -> None:
        change_view(session, scopes)
        session.get_one(SyncState, 1).behind = {}

    plant.setattr(incoming, "change_view", forgetful)


def last_write_wins(plant: pytest.MonkeyPatch) -> None:
    """The server asks nobody what they had seen (Simple, Linear)."""
    plant.setattr(operations.merge, "decide", lambda stored, new, guarded=False: merge.Verdict.SEEN)


def stale_answer(plant: pytest.MonkeyPatch) -> None:
    """An answer to an older request is taken in as well."""
    plant.setattr(answer, "_awaited", lambda state, said: True)


def overwrites_pending(plant: pytest.MonkeyPatch) -> None:
    """What comes in hides what has not gone out (PowerSync, Watermelon)."""
    plant.setattr(incoming, "_rebase", lambda session, rows: None)


def no_keep(plant: pytest.MonkeyPatch) -> None:
    """A server put back from a backup is not offered again what it lost (CHT, Turso)."""
    plant.setattr(outbox, "offer_again", lambda session: 0)


def empty_reset(plant: pytest.MonkeyPatch) -> None:
    """A reset begins with an empty device, in the middle of a visit."""

    def clear(session: Session) -> None:
        with writing_synced(session):
            for kind in TABLES:
                session.execute(Table.metadata.tables[kind].delete())

    plant.setattr(incoming, "mark_stale", clear)


def never_drops_stale(plant: pytest.MonkeyPatch) -> None:
    """After a reset the device still shows what the server no longer has."""
    plant.setattr(incoming, "drop_stale", lambda session: None)


def refusal_blocks(plant: pytest.MonkeyPatch) -> None:
    """What the server refuses is offered for ever, before everything behind it."""
    settle = outbox.settle

    def forgiving(session: Session, acks: Iterable[Ack], upto: int = 0, at: datetime | None = None) -> None:
        settle(session, [ack for ack in acks if ack.result != "refused"], upto, at)

    plant.setattr(outbox, "settle", forgiving)


def skipped_row(plant: pytest.MonkeyPatch) -> None:
    """The cursor stands at the last piece, but a piece in the middle was skipped."""
    take_in = incoming.take_in

    def skipping(session: Session, rows: Sequence[Row]) -> None:
        take_in(session, rows[1:] if len(rows) > 1 else rows)

    plant.setattr(incoming, "take_in", skipping)


ALL: tuple[Plant, ...] = (
    blanket_ack,
    cursor_first,
    end_too_early,
    no_drop,
    no_snapshot,
    last_write_wins,
    stale_answer,
    overwrites_pending,
    no_keep,
    empty_reset,
    never_drops_stale,
    refusal_blocks,
    skipped_row,
)
