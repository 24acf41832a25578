"""Exchange with the server: a short transaction to ask, the network outside any, the answer taken in piece by piece.

Whatever fails in between leaves the device as it was: the same operations are offered again, by the same ids.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session
from uuid6 import uuid7

from fieldapp.errors import DeviceRevoked, ProtocolFault, ServerTrouble, SyncError, VaultError
from fieldapp.store import incoming, outbox, sync_state
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState
from fieldapp.sync import older
from fieldapp.sync.answer import Progress, take_in
from fieldapp.sync.comparing import compare, due
from fieldapp.sync.session import Login
from fieldapp.wire import (
    MAX_OPERATIONS,
    MAX_REQUEST,
    SCHEMA,
    ExchangeRequest,
    Operation,
    SyncServer,
    view_hash,
)

#: Bytes of operations in one request; the rest of the limit is for its head, which names the scopes left behind.
ROOM = MAX_REQUEST - 100_000
#: A run that has not come to an end by then goes on in the next one.
MOST_ROUNDS = 200


@dataclass(frozen=True)
class Outcome:
    """`sent` operations have their final answer, `taken` rows came; `more`: there is more to send or to come.

    `next_in`: the seconds after which the server would like to hear from this device. `to_compare`: it is time to.
    """

    sent: int = 0
    taken: int = 0
    view_changed: bool = False
    more: bool = False
    next_in: int = 300
    to_compare: bool = False

    def then(self, later: "Outcome") -> "Outcome":
        return Outcome(
            sent=self.sent + later.sent,
            taken=self.taken + later.taken,
            view_changed=self.view_changed or later.view_changed,
            more=later.more,
            next_in=later.next_in,
            to_compare=later.to_compare,
        )


def _unseen(done: int, total: int) -> None:
    """Nobody looks at the progress."""


class Client:
    """The exchange between one store and its server; safe to call from any thread, one exchange at a time.

    `clock` gives the aware local moment. Every failure is a SyncError, or a VaultError of a disk that
    took or gave no more, and leaves what was exchanged before it.
    """

    def __init__(self, store: Store, server: SyncServer, login: Login, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._server = server
        self._login = login
        self._clock = clock
        self._batch = MAX_OPERATIONS
        self._one = threading.Lock()
        self.talked: datetime | None = None
        """When the last exchange went well, by this device's clock: the vault may know of it later."""
        self.server_now: datetime | None = None
        """The same moment by the server's clock."""
        self.lease: tuple[int, int] | None = None
        """How many days the server may be silent, as it last said: until the lock, and until all is erased."""
        self.trouble: VaultError | None = None
        """What the store did not do in the last exchange: a full disk does not take its own error."""

    @property
    def moving(self) -> bool:
        return self._one.locked()

    def exchange(self, progress: Progress = _unseen) -> Outcome:
        """One request and its answer."""
        with self._alone():
            return self._round(set(), progress)

    def run(self, progress: Progress = _unseen) -> Outcome:
        """Exchange until there is nothing more to send and nothing more to come, or `MOST_ROUNDS` times."""
        held = set[str]()
        with self._alone():
            whole = self._rounds(held, progress)
            if self._login.order is not None:
                self._told_out_of_use()
            if not whole.more and whole.to_compare and self._differs():
                whole = whole.then(self._rounds(held, progress))
        return whole

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._one:
            trouble: VaultError | None = None
            try:
                yield
            except VaultError as error:
                trouble = error
                raise
            finally:
                self.trouble = trouble

    def _told_out_of_use(self) -> None:
        """All that could be sent is sent. What the device makes of it is not the exchange's."""
        out = DeviceRevoked(self._login.order)
        self._note(out)
        raise out

    def _rounds(self, held: set[str], progress: Progress) -> Outcome:
        whole = Outcome()
        for _ in range(MOST_ROUNDS):
            whole = whole.then(self._round(held, progress))
            if not whole.more:
                break
        return whole

    def _differs(self) -> bool:
        try:
            return compare(self._store, lambda asked: self._login.call(lambda token: self._server.digest(token, asked)))
        except SyncError as error:
            self._note(error)
            raise

    def _round(self, held: set[str], progress: Progress) -> Outcome:
        """`held`: operations not to be offered again in this run, since they cannot be settled now."""
        request = self._request(held)
        try:
            return self._send(request, held, progress)
        except SyncError as error:
            if _too_large(error) and request.operations:
                self._smaller(request.operations, held)
                return Outcome(more=True)
            self._note(error)
            raise

    def _request(self, held: set[str]) -> ExchangeRequest:
        with self._store.reading() as session:
            state = sync_state.get(session)
            if state.fetched_as == SCHEMA:
                return self._asking(session, state, held)
        with self._store.transaction() as session:  # the app was updated
            incoming.fetch_again(session)
            state = sync_state.get(session)
            state.fetched_as = SCHEMA
            return self._asking(session, state, held)

    def _asking(self, session: Session, state: SyncState, held: set[str]) -> ExchangeRequest:
        counts = outbox.counts(session)
        operations = _fitting(outbox.waiting(session, self._batch, held)) if counts.waiting else []
        return ExchangeRequest(
            schema_=SCHEMA,
            rid=str(uuid7()),
            epoch=state.epoch,
            since=state.since,
            upto=state.upto,
            view=view_hash(state.view),
            behind=state.behind,
            now=self._clock(),
            older=older.to_tell(session),
            waiting=counts.waiting + counts.refused - len(operations),
            operations=operations,
        )

    def _send(self, request: ExchangeRequest, held: set[str], progress: Progress) -> Outcome:
        answer = self._login.call(lambda token: self._server.exchange(token, request))
        if request.older:
            older.was_told(self._store, request.older)
        if answer.reset == "rewound":
            raise ServerTrouble("rewound")
        settled = {ack.ack for ack in answer.acks if ack.result != "waits"}
        if answer.reset is None:
            held |= {operation.op for operation in request.operations} - settled
        at = self._clock()
        taken = take_in(self._store, answer, request.rid, at, progress, held)
        self.talked, self.server_now = at, answer.now
        if answer.lease and answer.lease[0] < answer.lease[1]:  # as the server's own settings must be
            self.lease = answer.lease
        return Outcome(
            sent=len(settled),
            taken=len(answer.rows),
            view_changed=answer.view is not None,
            more=answer.view is not None or answer.reset is not None or answer.more or taken.unsent,
            next_in=answer.next_in,
            to_compare=due(taken.state),
        )

    def _smaller(self, offered: list[Operation], held: set[str]) -> None:
        """The server, or something on the way, takes only smaller requests: half of it; a single one must wait."""
        if len(offered) == 1:
            held.add(offered[0].op)
        self._batch = len(offered) // 2 or MAX_OPERATIONS

    def _note(self, error: SyncError) -> None:
        with self._store.transaction() as session:
            state = sync_state.get(session)
            if (state.last_error, state.last_why) != (error.kind, error.why):
                state.last_error, state.last_why = error.kind, error.why


def _too_large(error: SyncError) -> bool:
    return isinstance(error, ProtocolFault) and error.why == "too_large"


def _fitting(waiting: list[Operation]) -> list[Operation]:
    """The first of them, up to ROOM bytes; always at least one."""
    size = 0
    for number, operation in enumerate(waiting):
        size += len(operation.model_dump_json().encode()) + 1
        if size > ROOM and number:
            return waiting[:number]
    return waiting
