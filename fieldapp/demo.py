"""The app in a browser on this machine with a server of its own: practice mode, or empty for a first try."""

import asyncio
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import flet as ft

from fieldapp.actions import citizens, goals
from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.app import App, local_now
from fieldapp.device import FileKeystore, Keystore, PagePlatform, Platform
from fieldapp.errors import NoConnection
from fieldapp.practice.cast import CAST
from fieldapp.practice.history import unsent
from fieldapp.serve import Served
from fieldapp.sync.http import HttpServer
from fieldapp.texts import _, use_language
from fieldapp.trial import Trial, fill_with_practice
from fieldapp.views.root import root
from fieldapp.wire import SyncServer

PIN = "123456"
Say = Callable[[str], None]


class NoPlatform:
    """A device without screen, dialler or network events: for what happens before somebody looks."""

    async def open_sms(self, number: str, text: str) -> bool:
        return False

    async def open_call(self, number: str) -> bool:
        return False

    async def save_file(self, name: str, data: bytes) -> bool | None:
        return False

    async def keep_awake(self, on: bool) -> None:
        pass

    async def is_online(self) -> bool | None:
        return None

    def on_online(self, call: Callable[[], None]) -> None:
        pass


class OutOfReach(HttpServer):
    """The server from a stairwell without network."""

    def _answered(self, path: str, body: bytes, headers: dict[str, str]) -> NoReturn:
        raise NoConnection


@dataclass
class Phone:
    """One worker's device on this machine: the folder of its vault, and where its secrets lie."""

    folder: Path
    practice: bool = False
    connect: Callable[[str], SyncServer] = HttpServer
    clock: Callable[[], datetime] = local_now
    _app: App | None = field(default=None, init=False)

    @property
    def keystore(self) -> Keystore:
        return FileKeystore(self.folder / "keys", "practice" if self.practice else "file")

    @property
    def sending(self) -> Sending:
        return Sending() if self._app is None else self._app.sending

    async def app(self, platform: Platform, connect: Callable[[str], SyncServer] | None = None) -> App:
        """The device switched on; the app that was there before is locked and closed first."""
        self.lock()
        if self._app is not None:
            await self._app.closed()
        self._app = App(
            self.folder / "vault", self.keystore, platform, connect=connect or self.connect, clock=self.clock
        )
        await self._app.load()
        return self._app

    async def screen(self, page: ft.Page) -> None:
        """What a browser's tab shows."""
        use_language("da")
        root(page, await self.app(PagePlatform()))

    def lock(self) -> None:
        if self._app is not None:
            self._app.lock()

    def serve(self, port: int = 0) -> Served:
        """The app in a browser; a closed tab locks the vault."""
        return Served(self.screen, self.lock, port)


def practice(say: Say, port: int = 0, browse: bool = True) -> None:
    """Invented citizens and the whole chain, made anew at each start; nothing of it outlives the program."""
    with tempfile.TemporaryDirectory(prefix="vedhold-") as name, Trial(Path(name) / "server", durable=False) as trial:
        phone = practice_phone(trial, Path(name) / "phone")
        console = _("The leader's console, once: {link}", link=trial.console_link())
        _show(phone.serve(port), say, browse, _("PIN: {pin}", pin=PIN), console)


def practice_phone(trial: Trial, folder: Path) -> Phone:
    """Fill the server with the invented team, and enrol Freja's phone: fetched, with two notes it has not sent."""
    now = local_now()
    workers = fill_with_practice(trial, now)
    phone = Phone(folder, practice=True)
    asyncio.run(_first_day(phone, trial, workers["freja"], now))
    return phone


async def _first_day(phone: Phone, trial: Trial, worker: str, now: datetime) -> None:
    app = await phone.app(NoPlatform())
    await app.enrol(trial.address, trial.office.make_code(worker))
    await app.choose_secret(PIN)
    await app.sync_now()
    app = await phone.app(NoPlatform(), OutOfReach)
    await app.unlock(PIN)
    assert app.desk is not None
    _note_unsent(app.desk, now)
    app.lock()
    await app.closed()


def _note_unsent(desk: Desk, now: datetime) -> None:
    """What the cast says that Freja wrote this morning without a network."""
    names = {one.key: one.known_as for one in CAST}
    here = {line.name: line.id for line in citizens.read_all(desk)}
    for key, record in unsent(now.date()):
        citizen = here[names[key] or ""]
        if record.kind == "progress":
            goals.add_progress(desk, citizen, record.fields["text"], record.fields.get("dimension"))
        else:
            citizens.note_strength(desk, citizen, record.fields["text"])


def empty(say: Say, folder: Path, port: int = 0, browse: bool = True) -> None:
    """No invented data: what is written stays in `folder`. The first time, a code for a first worker is said."""
    with Trial(folder / "server", port=8077) as trial:
        phone = Phone(folder / "phone")
        words = []
        if not (folder / "phone" / "vault").exists():
            known = trial.office.workers()
            worker = known[0].id if known else _first_worker(trial)
            code = trial.office.make_code(worker)
            words = [_("Type there: address {address}, code {code}", address=trial.address, code=code)]
        _show(phone.serve(port), say, browse, *words)


def _first_worker(trial: Trial) -> str:
    return trial.office.add_worker(_("First worker"), team=trial.office.add_team(_("First team")))


def _show(served: Served, say: Say, browse: bool, *words: str) -> None:
    for line in (_("Open {address}", address=served.address), *words):
        say(line)
    if browse:
        webbrowser.open(served.address)
    served.run()
