"""Faults that real sync clients have had, each a switch that a history must find (sync.md part 2, and 5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from fieldapp.domain import merge
from fieldapp.domain.digest import Digest
from fieldapp.server import audit, claims, enrolment, feed, identity, operations
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.operations import Batch, Sender
from fieldapp.server.tables import Record
from fieldapp.store import digests, erasing, incoming, outbox, records
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.columns import Table
from fieldapp.store.database import Store, writing_synced
from fieldapp.store.sync_state import SyncState
from fieldapp.store.tables import TABLES
from fieldapp.sync import answer
from fieldapp.wire import Ack, ExchangeAnswer, Operation, Row
from tests.sync.parts import Backup

Plant = Callable[[pytest.MonkeyPatch], None]


def blanket_ack(plant: pytest.MonkeyPatch) -> None:
    """After a push, all that waits is marked as sent (Simple)."""

    def settle(session: Session, acks: Iterable[Ack], upto: int = 0, at: datetime | None = None) -> set[str]:
        if list(acks):
            for row in session.exec(select(OutboxRow).where(OutboxRow.state == "waiting")):
                row.state = "kept"
        return set()

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


def lww(plant: pytest.MonkeyPatch) -> None:
    """The server asks nobody what they had seen (Simple, Linear)."""
    plant.setattr(operations.merge, "decide", lambda stored, new, guarded=False: merge.Verdict.SEEN)


def stale_ok(plant: pytest.MonkeyPatch) -> None:
    """An answer to an older request is taken in as well."""
    plant.setattr(answer, "_awaited", lambda asked, said: True)


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
    plant.setattr(erasing, "drop_stale", lambda session: None)


def refusal_blocks(plant: pytest.MonkeyPatch) -> None:
    """What the server refuses is offered for ever, before everything behind it."""
    settle = outbox.settle

    def forgiving(session: Session, acks: Iterable[Ack], upto: int = 0, at: datetime | None = None) -> set[str]:
        return settle(session, [ack for ack in acks if ack.result != "refused"], upto, at)

    plant.setattr(outbox, "settle", forgiving)


def skipped_row(plant: pytest.MonkeyPatch) -> None:
    """The cursor stands at the last piece, but a piece in the middle was skipped."""
    take_in = incoming.take_in

    def skipping(session: Session, rows: Sequence[Row]) -> None:
        take_in(session, rows[1:] if len(rows) > 1 else rows)

    plant.setattr(incoming, "take_in", skipping)


def no_dedupe(plant: pytest.MonkeyPatch) -> None:
    """The server does not remember which operations it has carried out."""
    plant.setattr(audit.Log, "recall", lambda self, session, batch: None)


def no_gone(plant: pytest.MonkeyPatch) -> None:
    """An erased record comes back with the next edit of somebody who was offline."""
    at_home = Batch._at_home

    def forgiving(self: Batch, operation: Operation) -> operations.Outcome:
        if (record := self.stored.get(operation.id)) is not None:
            record.deleted = False
        return at_home(self, operation)

    plant.setattr(Batch, "_at_home", forgiving)
    plant.setattr(Batch, "_is_erased", lambda self, operation: False)


def base_le(plant: pytest.MonkeyPatch) -> None:
    """Seen is what is not newer than what was seen: numbers are taken for an order across a restore."""
    decide = merge.decide

    def by_order(stored: merge.Version, new: merge.Version, guarded: bool = False) -> merge.Verdict:
        if stored.value != new.value and stored.base <= new.base:
            return merge.Verdict.SEEN
        return decide(stored, new, guarded)

    plant.setattr(operations.merge, "decide", by_order)


def seq_reused(plant: pytest.MonkeyPatch) -> None:
    """After a restore the numbers of the lost timeline are given out again."""
    plant.setattr(Backup, "NEXT_SEQ", "(SELECT coalesce(max(seq), 0) FROM record)")


def trusts_client_scope(plant: pytest.MonkeyPatch) -> None:
    """The scope that a device names is the one that is checked."""
    at_home = Batch._at_home

    def trusting(self: Batch, operation: Operation) -> operations.Outcome:
        if (record := self.stored.get(operation.id)) is not None:
            operation = operation.model_copy(update={"scope": record.scope, "kind": record.kind})
        return at_home(self, operation)

    plant.setattr(Batch, "_at_home", trusting)


class Read(feed.Feed):
    """What was read before."""

    def __init__(self, said: feed.Feed, rows: Sequence[Row]) -> None:
        super().__init__(said.head, said.more)
        self.left, self._rows = said.left, rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)


def upto_after_rows(plant: pytest.MonkeyPatch) -> None:
    """The number that the answer says it reaches to is read after its rows, at another moment."""
    read = feed.read

    def later(session: Session, *arguments: Any, **named: Any) -> feed.Feed:
        said = read(session, *arguments, **named)
        rows = list(said)
        with Session(session.get_bind().engine) as afterwards:
            said.head = said.head.model_copy(update={"upto": identity.clock(afterwards).seq})
        return Read(said, rows)

    plant.setattr(feed, "read", later)


def no_row_lock(plant: pytest.MonkeyPatch) -> None:
    """Rows are decided on as they stood, while others decide on them too."""

    def unlocked(session: Session, todo: Iterable[Operation]) -> dict[str, Record]:
        todo = list(todo)
        ids = {o.id for o in todo} | {target for o in todo for _, target, _ in claims.references(o)}
        return {r.id: r for r in session.exec(select(Record).where(col(Record.id).in_(ids)))}

    plant.setattr(InProcessServer, "lock", staticmethod(unlocked))


def ack_before_commit(plant: pytest.MonkeyPatch) -> None:
    """The device is told before the database has said yes."""
    take, write, told = InProcessServer._take, InProcessServer._write, []

    def taking(self: InProcessServer, *arguments: Any) -> list[Ack]:
        told[:] = take(self, *arguments)
        return list(told)

    def hasty(self: InProcessServer, token: str, *rest: Any) -> tuple[Sender, list[Ack]]:
        try:
            return write(self, token, *rest)
        except DBAPIError:
            with Session(self.engine, expire_on_commit=False) as session:
                return enrolment.sender(session, token, self.clock()), told

    plant.setattr(InProcessServer, "_take", taking)
    plant.setattr(InProcessServer, "_write", hasty)


def kept_after_erase(plant: pytest.MonkeyPatch) -> None:
    """What was erased is still in the device's list of what it could offer again."""
    erase = erasing.erase

    def keeping(session: Session, kind: str, record: str) -> None:
        kept = [row.model_dump() for row in session.exec(select(OutboxRow).where(OutboxRow.record == record))]
        erase(session, kind, record)
        session.add_all(OutboxRow(**row) for row in kept)

    plant.setattr(erasing, "erase", keeping)
    plant.setattr(incoming, "erase", keeping)


def hidden_is_seen(plant: pytest.MonkeyPatch) -> None:
    """What came under an own change that waits counts as seen by the next one."""
    plant.setattr(records, "_seen_at", lambda session, row, names: {name: row.base.get(name, 0) for name in names})


def deaf(plant: pytest.MonkeyPatch) -> None:
    """A device that is told it differs does nothing about it."""
    plant.setattr(incoming, "doubt", lambda session, scopes: None)


def unsent_counts(plant: pytest.MonkeyPatch) -> None:
    """What the server has not got is in the digest too, and every citizen met offline seems to differ."""
    read = digests.read

    def all_of_it(store: Store, scopes: Iterable[str]) -> dict[str, Digest]:
        held = read(store, scopes)
        with store.reading() as session:
            for kind in TABLES:
                table = Table.metadata.tables[kind]
                for scope, id in session.execute(select(table.c.scope, table.c.id).where(table.c.seq == 0)):
                    if scope in held:
                        held[scope].add(id, 0)
        return held

    plant.setattr(digests, "read", all_of_it)


def no_floor(plant: pytest.MonkeyPatch) -> None:
    """A device that was away longer than erased records are remembered is not sent back to the beginning."""
    plant.setattr(feed, "has_missed", lambda clock, request: False)


#: Those of sync.md, amendment 13, and some more.
ALL: tuple[Plant, ...] = (
    deaf,
    unsent_counts,
    no_floor,
    blanket_ack,
    cursor_first,
    end_too_early,
    no_drop,
    no_snapshot,
    lww,
    stale_ok,
    overwrites_pending,
    no_keep,
    empty_reset,
    never_drops_stale,
    refusal_blocks,
    skipped_row,
    no_dedupe,
    no_gone,
    base_le,
    seq_reused,
    trusts_client_scope,
    upto_after_rows,
    no_row_lock,
    ack_before_commit,
    kept_after_erase,
    hidden_is_seen,
)
