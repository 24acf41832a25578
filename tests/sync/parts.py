"""Devices with real vaults, a real server, and a way between them on which anything may happen. Nobody here exists."""

import contextlib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.bodies import decode_answer, decode_request, encode_answer, encode_request
from fieldapp.domain import access
from fieldapp.domain.erasure import Ground
from fieldapp.errors import NoConnection, ProtocolFault
from fieldapp.server import enrolment, identity, replay
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.register import Entry, Register
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Record
from fieldapp.settings import DEFAULTS
from fieldapp.store import outbox, records, sync_state
from fieldapp.store.bookkeeping import OutboxRow, SyncState
from fieldapp.store.columns import Table
from fieldapp.store.database import Store, writing_synced
from fieldapp.store.rows import to_fields
from fieldapp.store.tables import TABLES, CitizenRow, ConflictRow, ContactRow, GoalRow, Synced
from fieldapp.sync import session
from fieldapp.sync.client import Client, Outcome
from fieldapp.wire import (
    Challenge,
    Differing,
    DigestRequest,
    Enrolled,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    SyncServer,
    Token,
    TokenRequest,
)
from tests.examples import NOW
from tests.fresh import open_fresh
from tests.proof.disks import FullDisk

T = TypeVar("T")
Mishap = Callable[["Deliver"], ExchangeAnswer]


class Deliver(Protocol):
    """Bring a request to the server and the answer back; of each body only this share, if it is cut on the way."""

    def __call__(self, up: float = 1.0, down: float = 1.0) -> ExchangeAnswer: ...


class Killed(BaseException):
    """The process ended here."""


class Mortal(Store):
    """A store whose process can end at any border of a transaction: before, in its middle, or when it is saved."""

    dies_in: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self._border()
        with super().transaction() as session:
            yield session
            session.flush()
            self._border()
        self._border()

    def _border(self) -> None:
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in < 0:
                self.dies_in = None
                raise Killed


class Clock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Wrong:
    """A device's own clock: the world's, and so much ahead of it."""

    right: Clock
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.right() + self.ahead


@dataclass
class Way:
    """Every exchange is packed and unpacked as on the wire; the next of `mishaps` befalls it, if there is one."""

    server: SyncServer
    mishaps: deque[Mishap] = field(default_factory=deque)
    requests: list[ExchangeRequest] = field(default_factory=list)
    answers: list[ExchangeAnswer] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)

    def enrol(self, request: EnrolRequest) -> Enrolled:
        return self.server.enrol(request)

    def challenge(self, device: str) -> Challenge:
        return self.server.challenge(device)

    def token(self, request: TokenRequest) -> Token:
        return self.server.token(request)

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer:
        self.requests.append(request)

        def deliver(up: float = 1.0, down: float = 1.0) -> ExchangeAnswer:
            told = self.server.exchange(token, _cut(encode_request(request), up, decode_request))
            answer = _cut(encode_answer(told), down, decode_answer)
            self.answers.append(answer)
            return answer

        return self.mishaps.popleft()(deliver) if self.mishaps else deliver()

    def digest(self, token: str, request: DigestRequest) -> Differing:
        self.differing.append(self.server.digest(token, request))
        return self.differing[-1]


def _cut(body: bytes, share: float, read: Callable[[bytes], T]) -> T:
    """What the other end reads of so much of a body: all of it, or nothing."""
    if share >= 1.0:
        return read(body)
    try:
        read(body[: int(len(body) * share)])
    except ProtocolFault:
        raise NoConnection from None
    raise AssertionError("part of a body was taken for a whole one")


def lost_request(deliver: Deliver) -> ExchangeAnswer:
    raise NoConnection


def lost_answer(deliver: Deliver) -> ExchangeAnswer:
    deliver()
    raise NoConnection


def doubled(deliver: Deliver) -> ExchangeAnswer:
    first, second = deliver(), deliver()
    assert first.acks == second.acks, "I7: the same request had another outcome"
    return second


def cut_up(share: float) -> Mishap:
    return lambda deliver: deliver(up=share)


def cut_down(share: float) -> Mishap:
    return lambda deliver: deliver(down=share)


def dies_asking(deliver: Deliver) -> ExchangeAnswer:
    raise Killed


def dies_answered(deliver: Deliver) -> ExchangeAnswer:
    deliver()
    raise Killed


def instead(answer: ExchangeAnswer) -> Mishap:
    """An older answer comes in the place of this one."""

    def comes(deliver: Deliver) -> ExchangeAnswer:
        deliver()
        return answer

    return comes


def meanwhile(act: Callable[[], Any]) -> Mishap:
    """The server has answered, and before the answer arrives this happens on the device."""

    def comes(deliver: Deliver) -> ExchangeAnswer:
        answer = deliver()
        act()
        return answer

    return comes


@dataclass
class Device:
    """A worker's device: a vault in a folder, and a client on its way to the server."""

    folder: Path
    worker: str
    way: Way
    clock: Wrong
    enrolled: Enrolled
    key: bytes
    store: Mortal = field(init=False)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.start()
        session.keep_enrolment(self.store, self.enrolled, "https://vedhold.example")

    def start(self) -> None:
        self.store = Mortal(open_fresh(self.folder), self.worker)
        self.forget()

    def forget(self) -> None:
        """What is only in memory is gone, as after a kill. The vault stays open: quicker than `start_again`."""
        login = session.Login(self.way, self.enrolled, self.key, self.clock)
        self.client = Client(self.store, self.way, login, self.clock)

    def close(self) -> None:
        self.store.vault.close(compact=False)

    def on_disk(self, disk: FullDisk) -> FullDisk:
        """From here on the vault lies on this one."""
        self.close()
        self.store = Mortal(open_fresh(self.folder, disk), self.worker)
        self.forget()
        return disk

    def start_again(self) -> None:
        """Killed and started: what is not in the vault is forgotten."""
        self.close()
        self.start()

    def image(self) -> Path:
        """A copy of the whole phone, as a backup program makes one."""
        copy = self.folder.with_name(f"{self.folder.name}-image")
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(self.folder, copy))

    def put_back(self, image: Path) -> None:
        """The phone is set to what it was; whatever came after is gone with it."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.start()

    def lose(self, kind: str, id: str) -> None:
        """A row goes, as by a fault of ours."""
        with self.store.transaction() as tx, writing_synced(tx):
            table = Table.metadata.tables[kind]
            tx.execute(table.delete().where(table.c.id == id))

    def befall(self, *mishaps: Mishap) -> "Device":
        self.way.mishaps.extend(mishaps)
        return self

    def sync(self) -> Outcome:
        return self.client.run()

    def fails(self, error: type[Exception] = NoConnection) -> None:
        try:
            self.client.run()
        except error:
            return
        raise AssertionError("the exchange went well")

    def killed_after(self, pieces: int) -> None:
        """The process ends when this many pieces of an answer are in the vault (or at the end of the run)."""
        left = [pieces]

        def progress(done: int, total: int) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise Killed

        with contextlib.suppress(Killed):
            self.client.run(progress)
        self.start_again()

    # ---- what the worker does

    def add(self, row: Synced) -> str:
        with self.store.transaction() as tx:
            records.add(tx, row, self.clock())
            return row.id

    def meet(self, known_as: str = "Åse Opfundet", **more: Any) -> str:
        return self.add(CitizenRow(known_as=known_as, **more))

    def note(self, citizen: str, own_words: str = "Opdigtet: vi talte om kaffe", **more: Any) -> str:
        row = ContactRow(occurred_at=self.clock(), mode="met", own_words=own_words, **more)
        row.scope = access.citizen_scope(citizen)
        return self.add(row)

    def aim(self, citizen: str, title: str = "Opdigtet: min egen dør", **more: Any) -> str:
        row = GoalRow(dimension="home", title=title, **more)
        row.scope = access.citizen_scope(citizen)
        return self.add(row)

    def edit(self, kind: str, id: str, **fields: Any) -> None:
        with self.store.transaction() as tx:
            records.change(tx, tx.get_one(TABLES[kind], id), self.clock(), **fields)

    def void(self, kind: str, id: str, reason: str = "Opdigtet: skrevet to gange") -> None:
        with self.store.transaction() as tx:
            records.void(tx, tx.get_one(TABLES[kind], id), self.clock(), reason)

    # ---- what is on the device

    def get(self, kind: str, id: str) -> Any:
        with self.store.reading() as tx:
            return tx.get(TABLES[kind], id)

    def rows(self, kinds: Iterable[str] = TABLES) -> dict[str, dict[str, Any]]:
        with self.store.reading() as tx:
            return {row.id: _shown(row) for kind in kinds for row in tx.exec(select(TABLES[kind]))}

    def conflicts(self) -> list[ConflictRow]:
        with self.store.reading() as tx:
            return list(tx.exec(select(ConflictRow)))

    def outbox(self, *states: str) -> list[OutboxRow]:
        with self.store.reading() as tx:
            rows = tx.exec(select(OutboxRow).order_by(col(OutboxRow.position))).all()
            return [row for row in rows if row.state in (states or ("waiting",))]

    def state(self) -> SyncState:
        with self.store.reading() as tx:
            return sync_state.get(tx)

    def births(self) -> set[str]:
        with self.store.reading() as tx:
            return outbox.births(tx)

    def raw(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("vault-*")))


def _shown(row: Synced) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "scope": row.scope,
        "seq": row.seq,
        "fields": to_fields(row) | row.more,
        "base": row.base,
        "by": row.set_by,
        "author": row.author,
        "void": row.void_reason,
    }


@dataclass
class World:
    """A municipality's server with an office, and as many devices as a test enrols."""

    engine: Engine
    folder: Path
    clock: Clock = field(default_factory=Clock)
    devices: list[Device] = field(default_factory=list)
    team: str = ""

    def __post_init__(self) -> None:
        self.register = Register(self.folder / "register")
        replay.start_anew(self.engine, self.register, self.now())
        self.server = InProcessServer(self.engine, self.now, register=self.register)
        self.office = Office(self.engine, self.now, register=self.register)
        self.team = self.office.add_team("Opfundet team")
        self.leader = self.office.add_worker("Birgit Opfundet", role="leader")

    def now(self) -> datetime:
        return self.clock().astimezone(UTC)

    def worker(self, name: str, team: str | None = None) -> str:
        return self.office.add_worker(name, team=team)

    def device(self, worker: str, server: SyncServer | None = None) -> Device:
        """Enrolled without a code, which is slow by design; test_session enrols with one."""
        key = session.new_device_key()
        with Session(self.engine, autoflush=False) as tx:
            public = session.public_key(key)
            enrolled = enrolment.add_device(tx, worker, public, "Prøvetelefon", self.now(), DEFAULTS)
            tx.commit()
        folder = self.folder / f"device-{len(self.devices)}"
        device = Device(folder, worker, Way(server or self.server), Wrong(self.clock), enrolled, key)
        self.devices.append(device)
        return device

    def colleague(self, name: str) -> Device:
        """A worker of the team, with a device."""
        return self.device(self.worker(name, self.team))

    def share(self, citizen: str) -> str:
        """Entrust a citizen to the whole team; the assignment's id."""
        return self.office.assign(citizen, team=self.team)

    def close(self) -> None:
        for device in self.devices:
            device.close()

    # ---- what is on the server

    def records(self, scopes: Iterable[str] | None = None) -> dict[str, Record]:
        wanted = select(Record) if scopes is None else select(Record).where(col(Record.scope).in_(list(scopes)))
        with Session(self.engine) as tx:
            return {record.id: record for record in tx.exec(wanted.order_by(col(Record.seq)))}

    def view(self, worker: str) -> set[str]:
        with Session(self.engine) as tx:
            return set(reach(tx, worker).at(self.now()))

    def epoch(self) -> str:
        with Session(self.engine) as tx:
            return identity.clock(tx).epoch

    def erase(self, record: str) -> list[Record]:
        """By the leader's hand; what went with it."""
        return self._erased(lambda: self.office.erase_record(record, self.leader, Ground.REQUEST))

    def erase_citizen(self, citizen: str) -> list[Record]:
        return self._erased(lambda: self.office.erase_citizen(citizen, self.leader, Ground.REQUEST))

    def _erased(self, erase: Callable[[], int]) -> list[Record]:
        before = {id for id, record in self.records().items() if record.deleted}
        erase()
        return [record for id, record in self.records().items() if record.deleted and id not in before]

    def converged(self, *devices: Device) -> None:
        """I3: each device holds exactly what its worker may see, field by field, and nothing waits."""
        for _ in range(2):
            for device in devices or self.devices:
                device.sync()
        stored = self.records()
        for device in devices or self.devices:
            assert not any(said.differ for said in device.way.differing), "I18: something else than the server has"
            view = self.view(device.worker)
            want = {id: told(record) for id, record in stored.items() if record.scope in view and not record.deleted}
            assert device.rows() == want
            assert device.outbox() == []


def told(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "scope": record.scope,
        "seq": record.seq,
        "fields": {name: value for name, value in record.fields.items() if value is not None},
        "base": record.base,
        "by": record.by,
        "author": record.author or "",
        "void": record.void,
    }


def raise_floor(engine: Engine) -> None:
    """As the retention job does: what was erased long ago leaves no trace any more, from today's number on."""
    with engine.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE record DISABLE TRIGGER USER")
        tx.exec_driver_sql("DELETE FROM record WHERE deleted")
        tx.exec_driver_sql("UPDATE sync_clock SET floor = seq")


class Backup:
    """The server's tables at one moment, and the way back to it: a new epoch, as a restore makes (sync.md 4.10)."""

    TABLES = ("record", "assignment", "audit", "quarantine", "register")
    #: What the restored server's numbers go on from: past all that the lost timeline gave out.
    NEXT_SEQ = "(epoch_no + 1)::bigint << 40"

    def __init__(self, world: World) -> None:
        self._world = world
        self._engine = world.engine
        self._name = f"backup_{uuid7().hex}"
        with self._engine.begin() as tx:
            tx.exec_driver_sql(f"CREATE SCHEMA {self._name}")
            for table in self.TABLES:
                tx.exec_driver_sql(f"CREATE TABLE {self._name}.{table} AS SELECT * FROM public.{table}")

    def restore(self) -> None:
        with self._engine.begin() as tx:
            tx.exec_driver_sql("SET LOCAL session_replication_role = replica")  # past the triggers, as a restore goes
            for table in self.TABLES:
                tx.exec_driver_sql(f"DELETE FROM public.{table}")
                tx.exec_driver_sql(
                    f"INSERT INTO public.{table} OVERRIDING SYSTEM VALUE SELECT * FROM {self._name}.{table}"
                )
            tx.exec_driver_sql(
                "UPDATE sync_clock SET epoch_no = epoch_no + 1, epoch = md5(random()::text),"
                f" seq = {self.NEXT_SEQ}, taken_by = 0"
            )
        world, now = self._world, self._world.now()
        [first, *_] = world.register.read()
        with self._engine.begin() as tx:
            tx.exec_driver_sql(f"DELETE FROM register WHERE first <> '{first.mark.chain}'")
        world.register.add([Entry("epoch", world.epoch(), now)])
        replay.follow(world.engine, world.register, now)
