"""The server as a device sees it: wire.SyncServer over a database, for HTTP and for tests alike.

An exchange is two transactions (architecture 6). *Write*: the rows are locked, every operation is decided, the numbers
are taken, all is committed. *Read*: one moment of the database, in which the number, the view and the rows agree.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlmodel import Session

from fieldapp.errors import CodeRefused, DeviceRevoked, LoginAgain, ServerTrouble, VersionMismatch
from fieldapp.server import database, digests, enrolment, feed, identity, operations, records, recovery, revoking
from fieldapp.server.audit import Log, Seen, note_exchange, note_older
from fieldapp.server.feed import Feed
from fieldapp.server.limits import Pace, Room
from fieldapp.server.operations import Batch, Outcome, Sender
from fieldapp.server.register import Register
from fieldapp.server.schemas import TODAY
from fieldapp.server.scopes import reach
from fieldapp.settings import DEFAULTS, Settings
from fieldapp.wire import (
    PROTOCOL,
    Ack,
    Challenge,
    Differing,
    DigestRequest,
    Done,
    Enrolled,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Operation,
    RecoveryAsk,
    RecoveryCode,
    Token,
    TokenRequest,
    wiped_message,
)

#: Deadlock, serialization failure: nothing is wrong with the batch, it is tried again whole.
AGAIN = {"40P01", "40001"}
ATTEMPTS = 5


def utc_now() -> datetime:
    return datetime.now(UTC)


class InProcessServer:
    """The server over its database. Failures are errors.SyncError, and quote nothing."""

    #: What keeps edits from being lost; a test leaves one out and sees them lost.
    lock = staticmethod(operations.lock)
    number = staticmethod(records.number)
    batch = Batch

    #: How the schemas of older apps become today's.
    schemas = TODAY

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        settings: Settings = DEFAULTS,
        register: Register | None = None,
        recovery_key: bytes | None = None,
    ) -> None:
        """`recovery_key` seals the codes for forgotten PINs; without one none is kept."""
        self.engine = engine
        self.clock = clock
        self.settings = settings
        self.register = register
        self._recovery_key = recovery_key
        self.room = Room(settings)
        self.pace = Pace(settings.exchange_rate, settings.exchange_burst)
        self.strangers = Pace(settings.address_rate, settings.address_burst)
        self.codes = Pace(settings.code_rate, settings.code_burst)

    def enrol(self, request: EnrolRequest) -> Enrolled:
        key, now = enrolment.checked_key(request.public_key), self.clock()
        with self._transaction() as session:
            worker = enrolment.use_code(session, request.code, now, self.settings)
            if not isinstance(worker, CodeRefused):
                return enrolment.add_device(session, worker, key, request.name, now, self.settings)
        raise worker

    def challenge(self, device: str) -> Challenge:
        with self._transaction() as session:
            return enrolment.challenge(session, device, self.clock(), self.settings)

    def token(self, request: TokenRequest) -> Token:
        now = self.clock()
        with self._transaction() as session:
            fresh = enrolment.use_nonce(session, request, now)
        if not fresh:
            raise LoginAgain("nonce")
        with self._transaction() as session:
            answer = enrolment.token(session, request, now, self.settings)
        if isinstance(answer, DeviceRevoked):
            raise answer
        self.pace.learn(answer.token, request.device)
        return answer

    def wiped(self, request: TokenRequest) -> Done:
        now = self.clock()
        with self._transaction() as session:
            fresh = enrolment.use_nonce(session, request, now)
        if not fresh:
            raise LoginAgain("nonce")
        with self._transaction() as session:
            message = wiped_message(identity.server_id(session), request.device, request.nonce)
            revoking.confirmed(session, enrolment.signer(session, request, message), now)
        return Done()

    def deposit(self, token: str, code: RecoveryCode) -> Done:
        now = self.clock()
        with self._transaction() as session:
            recovery.deposit(session, self._sender(session, token, now), code, self._recovery_key, now)
        return Done()

    def recover(self, token: str, asked: RecoveryAsk) -> RecoveryCode:
        now = self.clock()
        with self._transaction() as session:
            return recovery.give(session, self._sender(session, token, now), asked.ask, self._recovery_key, now)

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        with self.answering(token, request) as feed:
            rows = list(feed)
            return feed.head.model_copy(update={"rows": rows, "more": feed.more, "left": feed.left})

    @contextmanager
    def answering(self, token: str, request: ExchangeRequest) -> Iterator[Feed]:
        """The same, whose rows are read one by one while the block runs."""
        if request.v != PROTOCOL:
            raise VersionMismatch("server_old" if request.v > PROTOCOL else "app_old")
        if request.schema_ > self.schemas.newest:
            raise VersionMismatch("server_old")
        now = self.clock()
        with database.trouble_told(), self.engine.connect() as connection:
            sender, acks = self._write(token, request, now, connection)
            out = revoking.why_out(sender) is not None
            with Session(database.reading(connection)) as session:
                asks, lease = sender.worker.id, (self.settings.lease_lock_days, self.settings.lease_erase_days)
                yield feed.read(
                    session, asks, request, acks, now, self.room.next_in, self.schemas, lease=lease, retired=out
                )

    def digest(self, token: str, request: DigestRequest) -> Differing:
        """Only reads: a device of another epoch, or ahead of this server, is told by its next exchange."""
        now = self.clock()
        with self._transaction() as session:
            worker = self._sender(session, token, now).worker.id
        with database.trouble_told(), Session(database.reading(self.engine)) as session:
            if identity.clock(session).epoch != request.epoch:
                return Differing()
            view = reach(session, worker).at(now)
            return Differing(differ=digests.differing(session, request.scopes, view, request.upto))

    def _sender(self, session: Session, token: str, now: datetime) -> Sender:
        sender = enrolment.sender(session, token, now)
        self._count(token, sender)
        return sender

    def _count(self, token: str, sender: Sender) -> None:
        """A token that another process gave out counts as its device's, from the first time it is seen here."""
        if self.pace.learn(token, sender.device.id):
            self.pace.keep(token, time.monotonic())

    def _write(
        self, token: str, request: ExchangeRequest, now: datetime, connection: Connection
    ) -> tuple[Sender, list[Ack]]:
        """The first transaction. Returns whose device it is, and what became of each operation."""
        take = self._take
        for _ in range(ATTEMPTS):
            try:
                with database.writing(connection, self.register) as session:
                    sender, clock = enrolment.exchanging(session, token, now)
                    self._count(token, sender)
                    acks: list[Ack] = []
                    seen = Seen.of(sender.device)
                    if request.older:
                        note_older(session, sender, request.older, now)
                    if feed.same_timeline(clock, request):
                        batch = [self.schemas.up(operation, request.schema_) for operation in request.operations]
                        acks = take(session, sender, batch, Log(sender, request, now))
                        acks += [Ack(ack=op, result="refused", why="malformed") for op in request.unreadable]
                        seen = enrolment.seen(seen, request.operations, now)
                    seen = enrolment.told(seen, request, acks, now)
                    note_exchange(session, sender, request, seen, now)
                    session.commit()
                    return sender, acks
            except DBAPIError as error:
                connection.rollback()  # a commit that failed leaves its transaction behind
                if isinstance(error, (DataError, IntegrityError)):
                    take = self._take_one_by_one
                elif database.state(error) not in AGAIN:
                    raise
        raise ServerTrouble("busy", database.RETRY_AFTER)

    def _take(self, session: Session, sender: Sender, batch: Sequence[Operation], log: Log) -> list[Ack]:
        """Decide all, number all, write all."""
        if not batch:
            return []
        log.recall(session, batch)
        todo = [operation for operation in batch if not log.knows(operation)]
        if todo:
            decide = self.batch(session, sender, log.now, self.lock(session, todo)).decide
            for operation in todo:
                if not log.knows(operation):
                    log.note(operation, decide(operation))
            self.number(session)
            session.flush()
            log.write(session)
        return [log.ack(operation) for operation in batch]

    def _take_one_by_one(self, session: Session, sender: Sender, batch: Sequence[Operation], log: Log) -> list[Ack]:
        """The database refused the batch: find the operation it cannot hold, and let the others in."""
        acks: list[Ack] = []
        for operation in batch:
            try:
                with session.begin_nested():
                    acks += self._take(session, sender, [operation], log)
            except (DataError, IntegrityError):
                log.note(operation, Outcome("refused", "not_storable"))
                log.write(session)
                acks.append(log.ack(operation))
        return acks

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with database.trouble_told(), database.writing(self.engine, self.register) as session:
            yield session
            session.commit()
