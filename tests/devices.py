"""A worker's device over a server in this process: off and on, without network, with a bad keystore or disk."""

import asyncio
import errno
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from fieldapp import errors
from fieldapp.actions import citizens, contacts
from fieldapp.actions.contacts import ContactForm
from fieldapp.app import App
from fieldapp.demo import NoPlatform
from fieldapp.device import FileKeystore, NoAnswer
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.store.disk import DISK, Disk
from fieldapp.texts import use_language
from tests.examples import NOW

SECRET = "fire opfundne ord her"
LOWEST_COST = 2**14
OWN_WORDS = "Opfundne ord: så stille herinde. Æøå."


@dataclass
class Weather:
    """The way to the server: what is in `fails` is raised instead of an answer; of the call `loses` it gets lost,
    `refuses` says which calls fail for themselves, and `holds` which wait for the test."""

    server: InProcessServer
    fails: errors.SyncError | None = None
    loses: str = ""
    refuses: dict[str, errors.SyncError] = field(default_factory=dict)
    holds: dict[str, threading.Event] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            if self.fails is not None:
                raise self.fails
            if name in self.holds:
                assert self.holds[name].wait(10)
            if name in self.refuses:
                raise self.refuses[name]
            answer = getattr(self.server, name)(*arguments)
            if name == self.loses:
                raise errors.NoConnection
            return answer

        return ask


class FirstLost(threading.Event):
    """For `holds`: the first call is held until this is set, and then lost; `reached` when it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        if not self.is_set():
            self.reached.set()
            super().wait(timeout)
            raise errors.NoConnection
        return True


@dataclass
class Device:
    """A worker's device that can be switched off and on; only its folder outlives that."""

    folder: Path
    weather: Weather
    disk: Disk = DISK
    keystore: FileKeystore | None = None
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _apps: list[App] = field(default_factory=list)

    async def on(self) -> App:
        app = App(
            self.folder / "vault",
            self.keystore or FileKeystore(self.folder / "keys"),
            NoPlatform(),
            connect=lambda address: self.weather,  # type: ignore[arg-type,return-value]
            clock=lambda: self.now[0],
            cost=LOWEST_COST,
            disk=self.disk,
        )
        self._apps.append(app)
        await app.load()
        return app

    async def off(self) -> None:
        for app in self._apps:
            app.lock()
            await app.closed()


class Deaf(FileKeystore):
    """Does not answer about the names in `silent`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.silent: dict[str, set[str]] = {"read": set(), "write": set(), "remove": set()}

    async def read(self, name: str) -> bytes | None:
        self._hear("read", name)
        return await super().read(name)

    async def write(self, name: str, value: bytes) -> None:
        self._hear("write", name)
        await super().write(name, value)

    async def remove(self, name: str) -> None:
        self._hear("remove", name)
        await super().remove(name)

    def _hear(self, call: str, name: str) -> None:
        if name in self.silent[call]:
            raise NoAnswer


class Finger(FileKeystore):
    """A phone's keystores: the second gives out what is in it only while `recognises`, in place of the platform's."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "phone")
        self.biometric = self.second = Second()


class Second:
    kind = "phone"
    biometric = None

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.recognises = True

    async def read(self, name: str) -> bytes | None:
        self._ask()
        return self.kept.get(name)

    async def write(self, name: str, value: bytes) -> None:
        self._ask()
        self.kept[name] = value

    async def remove(self, name: str) -> None:
        self._ask()
        self.kept.pop(name, None)

    def _ask(self) -> None:
        if not self.recognises:
            raise NoAnswer


class Silent(FileKeystore):
    """Gives no answer the first time it is asked for `name`."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder)
        self.not_yet = {name}

    async def read(self, name: str) -> bytes | None:
        if name in self.not_yet:
            self.not_yet.remove(name)
            raise NoAnswer
        return await super().read(name)


class Slow(FileKeystore):
    """Answers later, as a phone's does."""

    async def read(self, name: str) -> bytes | None:
        found = await super().read(name)
        await asyncio.sleep(0)
        return found


class Unclosable(Disk):
    """A disk that reports an error when a file is closed."""

    fails = False

    def close(self, file: int) -> None:
        super().close(file)
        if self.fails:
            raise OSError(errno.EIO, "planted")


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def server(engine: Engine, now: list[datetime]) -> InProcessServer:
    return InProcessServer(engine, lambda: now[0], recovery_key=bytes(range(32)))


@pytest.fixture
def office(engine: Engine, now: list[datetime]) -> Office:
    use_language("da")
    return Office(engine, lambda: now[0])


@pytest.fixture
def worker(office: Office) -> str:
    return office.add_worker("Freja Opfundet", team=office.add_team("Opfundet team"))


@pytest.fixture
async def device(tmp_path: Path, server: InProcessServer, now: list[datetime]) -> AsyncIterator[Device]:
    device = Device(tmp_path, Weather(server), now=now)
    yield device
    await device.off()


async def enrolled(device: Device, office: Office, worker: str) -> App:
    app = await device.on()
    await app.enrol("https://vedhold.opfundet.dk", office.make_code(worker))
    return app


async def opened(device: Device, office: Office, worker: str) -> App:
    app = await enrolled(device, office, worker)
    await app.choose_secret(SECRET)
    await app.sync_now()
    return app


async def rested(app: App) -> None:
    """Until what follows an exchange is over."""
    assert app._open is not None
    async with app._open._besides:
        pass


def note_something(app: App, own_words: str = OWN_WORDS) -> str:
    assert app.desk is not None
    citizen = citizens.add(app.desk, citizens.NewCitizen(known_as="Ægir Opfundet", met=False)).citizen
    contacts.note(app.desk, citizen, ContactForm(own_words=own_words))
    return citizen


def own_words_of(app: App, citizen: str) -> list[str | None]:
    assert app.desk is not None
    return [moment.own_words for moment in contacts.timeline(app.desk, citizen) if moment.kind == "contact"]
