"""An answer taken into the store: acknowledgements, a changed view or a reset, rows and cursor together.

What is committed is always a prefix of the answer, and any prefix is safe: the cursor stands at the last row that is
in the store, and what is missing comes again (sync.md 4.3; the numbers in comments are its rules).
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from fieldapp.errors import NoConnection, VersionMismatch
from fieldapp.store import erasing, incoming, outbox, sync_state
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState
from fieldapp.wire import SCHEMA, ExchangeAnswer, Row

#: Rows in one transaction: at most about 30 ms, so that a tap never waits longer for the store (architecture 9).
PIECE = 100

#: A server that makes no backups makes nothing durable; after this long it gets nothing again (amendment 6).
KEPT_AT_MOST = timedelta(days=30)

#: That this device was here and nothing was new is written down as often as this; until then the Client remembers it.
QUIET = timedelta(hours=1)

#: `progress(done, total)` in rows; done never exceeds total.
Progress = Callable[[int, int], None]


class Taken(NamedTuple):
    """Where the device stands now, and whether something waits that was not offered."""

    state: SyncState
    unsent: bool


def take_in(
    store: Store, answer: ExchangeAnswer, asked: str, at: datetime, progress: Progress, held: Collection[str] = ()
) -> Taken:
    """`asked`: the rid of the request; `held`: operations that cannot be settled now.

    Raises NoConnection when this is the answer to another request, and changes nothing.
    """
    if not _awaited(asked, answer):
        raise NoConnection("late")
    if not (answer.acks or answer.rows or is_control(answer)):
        with store.reading() as session:
            state = sync_state.get(session)
            if _nothing_new(state, answer):
                return Taken(state, outbox.has_waiting(session, held))
    pieces = _pieces(answer)
    to_come = answer.left + sum(map(len, pieces))
    for number, rows in enumerate(pieces):
        to_come -= len(rows)
        with store.transaction() as session:
            state = sync_state.get(session)
            if number == 0:
                _begin(session, state, answer)
            if not is_control(answer):
                _rows(session, state, rows, to_come)
            if number == len(pieces) - 1:
                _end(session, state, answer, at)
                taken = Taken(state, outbox.has_waiting(session, held))
            done, total = state.fetched, state.fetched + state.left
        progress(done, total)
    return taken


def _nothing_new(state: SyncState, answer: ExchangeAnswer) -> bool:
    """The device stands where it stood, and it was written down not long ago: then that is not worth a write."""
    stands = state.complete and not (state.resetting or state.behind or state.left or state.last_error)
    return (
        stands
        and state.since == state.upto == answer.upto
        and answer.durable <= state.durable
        and state.server_now is not None
        and timedelta() <= answer.now - state.server_now < QUIET
    )


def _awaited(asked: str, answer: ExchangeAnswer) -> bool:
    """2: only an answer to the newest request counts. Who asks is waiting for it, so it comes once, or never."""
    return answer.rid == asked


def is_control(answer: ExchangeAnswer) -> bool:
    """A changed view or a reset is an answer without rows (6), and so is any to an app that is too old to read them."""
    return answer.view is not None or answer.reset is not None or too_old(answer)


def too_old(answer: ExchangeAnswer) -> bool:
    """The server takes what this app sends and has no rows that it could read (sync.md 4.9)."""
    return answer.min_schema > SCHEMA


def _pieces(answer: ExchangeAnswer) -> list[Sequence[Row]]:
    if is_control(answer) or not answer.rows:
        return [()]
    return [answer.rows[first : first + PIECE] for first in range(0, len(answer.rows), PIECE)]


def _begin(session: Session, state: SyncState, answer: ExchangeAnswer) -> None:
    let_go = _settled(session, answer)  # 3
    if answer.reset is not None:
        _reset(session, state, answer)
        return
    if answer.view is not None:
        incoming.change_view(session, answer.view)
    elif not too_old(answer):
        state.upto = state.upto or answer.upto  # what is erased from here on will be told
        state.fetched = state.fetched if state.left else 0
    # Accepted, and of a citizen who has left: by work that was late, or by a phone that was put back and has not heard
    # of either; then no view changes.
    erasing.drop_scopes(session, sorted(let_go - set(state.view)))
    outbox.put_back(session, answer.acks)


def _settled(session: Session, answer: ExchangeAnswer) -> set[str]:
    """The scopes that nothing of this device's own holds here any longer."""
    if not answer.acks:
        return set()
    born = outbox.births(session)
    accepted = outbox.settle(session, answer.acks, answer.upto, answer.now)
    return (born | accepted) - outbox.births(session)


def _reset(session: Session, state: SyncState, answer: ExchangeAnswer) -> None:
    """Ask for everything again, and delete nothing meanwhile (amendment 5)."""
    if answer.reset == "epoch":
        outbox.offer_again(session)
    incoming.mark_stale(session)
    state.epoch, state.resetting, state.fetched_as, state.compared_at = answer.epoch, True, SCHEMA, None
    state.since = state.upto = state.durable = state.left = state.fetched = 0
    state.behind = {}


def _rows(session: Session, state: SyncState, rows: Sequence[Row], to_come: int) -> None:
    """4: the rows and the cursor that says so, in one transaction."""
    state.fetched, state.left = state.fetched + len(rows), to_come
    if rows:
        incoming.take_in(session, rows)
        _move(state, rows[-1].seq)


def _move(state: SyncState, to: int) -> None:
    """Rows come in the order of their numbers over all scopes: whatever was behind stands at `to` as well."""
    state.since = max(state.since, to)
    state.behind = {scope: max(at, to) for scope, at in state.behind.items() if max(at, to) < state.since}


def _end(session: Session, state: SyncState, answer: ExchangeAnswer, at: datetime) -> None:
    state.last_exchange_at, state.server_now = at, answer.now
    state.next_in, state.min_schema = answer.next_in, answer.min_schema
    behind = VersionMismatch("app_behind") if too_old(answer) else None
    state.last_error, state.last_why = (behind.kind, behind.why) if behind else (None, None)
    durable = answer.durable if answer.reset is None else 0
    is_news, state.durable = durable > state.durable, max(durable, state.durable)
    if not (is_control(answer) or answer.more):
        _complete(session, state, answer.upto)
    if is_news:
        outbox.made_durable(session, durable)
    outbox.forget_kept(session, answer.now - KEPT_AT_MOST)


def _complete(session: Session, state: SyncState, upto: int) -> None:
    """All there is to see is here."""
    _move(state, upto)  # 5
    state.upto, state.behind = upto, {}
    state.left, state.complete = 0, True
    if state.resetting:
        erasing.drop_stale(session)
        state.resetting = False
