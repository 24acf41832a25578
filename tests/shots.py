"""`make shots`: a picture of every screen, on a phone, a tablet (upright and wide) and a desktop, light and dark, and
with 200 % text.

    python -m tests.shots [part of a name ...]

The app is the real one in practice mode, with its own server; everybody on the pictures is invented.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import flet as ft
from playwright.sync_api import TimeoutError
from sqlmodel import Session, select
from uuid6 import uuid7

from fieldapp.actions import citizens
from fieldapp.demo import PIN, NoPlatform, Phone, practice_phone
from fieldapp.device import Keystore
from fieldapp.domain.values import AssignmentRole
from fieldapp.practice.cast import WORKERS
from fieldapp.server.tables import Record
from fieldapp.store import sync_state
from fieldapp.sync import session as session_of
from fieldapp.texts import use_language
from fieldapp.trial import Trial, added
from fieldapp.wire import ExchangeRequest
from tests.browser import UI, Browser, NoChromium, running
from tests.devices import Finger
from tests.shots_screens import MOVED, SCREENS

FOLDER = Path("shots")
WORDS = "lanterne brosten morgenfrue kajkant"
FREJA = next(worker.name for worker in WORKERS if worker.key == "freja")


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    height: int
    dark: bool = False
    text_scale: float = 1.0
    sharp: int = 2


PHONE, PHONE_DARK = Size("phone_light", 390, 844), Size("phone_dark", 390, 844, dark=True)
LARGE = Size("phone_200pct", 360, 640, text_scale=2.0)
SIZES = (
    PHONE,
    PHONE_DARK,
    LARGE,
    Size("tablet_light", 820, 1180, sharp=1),
    Size("tablet_dark", 820, 1180, dark=True, sharp=1),
    Size("tablet_wide_light", 1180, 820, sharp=1),
    Size("tablet_wide_dark", 1180, 820, dark=True, sharp=1),
    Size("desktop_light", 1280, 800, sharp=1),
    Size("desktop_dark", 1280, 800, dark=True, sharp=1),
)


class FingerPhone(Phone):
    @cached_property
    def keystore(self) -> Keystore:  # type: ignore[override]
        finger = Finger(self.folder / "keys")
        finger.kind = "practice"
        return finger


@dataclass
class Stage:
    """One open page of the app, and the way to any of its routes."""

    ui: UI
    phone: Phone
    page: ft.Page
    loop: asyncio.AbstractEventLoop
    ids: dict[str, str] = field(default_factory=dict)

    def is_ready(self) -> None:
        """The keys are on screen and listened to."""
        self.ui.find("key-1").wait_for(state="attached")
        self.ui.page.wait_for_timeout(500)

    def unlock(self) -> None:
        self.is_ready()
        self.ui.keys(*PIN, "Enter")
        self.ui.find("sync-line").wait_for(state="attached")
        desk = self.phone._app and self.phone._app.desk
        assert desk is not None
        self.ids = {line.name: line.id for line in citizens.read_all(desk)}

    def go(self, route: str) -> None:
        asyncio.run_coroutine_threadsafe(self.page.push_route(route), self.loop).result(20)


def main(wanted: list[str]) -> int:
    use_language("da")
    with tempfile.TemporaryDirectory(prefix="vedhold-") as name, Trial(Path(name) / "server", durable=False) as trial:
        phone = practice_phone(trial, Path(name) / "phone")
        try:
            with running(FOLDER) as browser:
                for size in SIZES:
                    _first_start(browser, Path(name), size, wanted)
                    _locked(browser, phone, size, wanted)
                    _open(browser, phone, size, SCREENS, wanted)
                    _erased(browser, phone, size, wanted)
                    _forgotten(browser, trial, phone, size, wanted)
                    _finger(browser, phone, size, wanted)
                    _words(browser, trial, Path(name), size, wanted)
                    _older(browser, phone, Path(name), size, wanted)
                if _any(wanted, PHONE, *MOVED) or _any(wanted, PHONE_DARK, *MOVED) or _any(wanted, LARGE, *MOVED):
                    _move(trial)
                for size in (PHONE, PHONE_DARK, LARGE):
                    _open(browser, phone, size, MOVED, wanted)
        except NoChromium as none:
            print(none)
            return 1
    return 0


def _first_start(browser: Browser, folder: Path, size: Size, wanted: list[str]) -> None:
    if not _any(wanted, size, "first_start", "choose_pin", "choose_words"):
        return
    with _stage(browser, Phone(folder / f"new-{size.name}", practice=True), size) as stage:
        _shot(stage, size, "first_start", wanted)


def _locked(browser: Browser, phone: Phone, size: Size, wanted: list[str]) -> None:
    if not _any(wanted, size, "unlock", "unlock_wrong", "cover"):
        return
    with _stage(browser, phone, size) as stage:
        stage.is_ready()
        stage.ui.keys(*"123")
        _shot(stage, size, "unlock", wanted)
        stage.ui.keys(*"999", "Enter")
        stage.ui.sees("Koden er forkert")
        _shot(stage, size, "unlock_wrong", wanted)
        stage.unlock()
        stage.ui.tap("hide")
        stage.ui.find("cover").wait_for(state="attached")
        _shot(stage, size, "cover", wanted)


def _move(trial: Trial) -> None:
    """Freja loses a citizen and stands in for Karim; Jonas, who has left Bent, wrote about him too late."""
    office, now = trial.office, datetime.now().astimezone()
    workers = {worker.name.partition(" ")[0]: worker.id for worker in office.workers()}
    with Session(office.engine) as session:
        found = session.exec(select(Record).where(Record.kind == "citizen")).all()
    named = {record.fields.get("known_as"): record for record in found}
    bent = named["Bent"]
    office.end_assignment(office.assign(bent.id, worker=workers["Jonas"], role=AssignmentRole.DEPUTY))
    met = {"occurred_at": now.isoformat(), "mode": "met", "own_words": "Hils Freja, og sig at nøglen passer.",
           "professional_view": "Stod ved døren og ville gerne snakke."}  # fmt: skip
    note = added("contact", str(uuid7()), bent.scope, met, now)
    change = {"do": "change", "fields": {"known_places": "Bænken ved åen"}, "base": bent.base}
    places = added("citizen", bent.id, bent.scope, {}, now).model_copy(update=change)
    key, enrolled = session_of.enrol(trial.server, office.make_code(workers["Jonas"]), "shots")
    login = session_of.Login(trial.server, enrolled, key, trial.server.clock)
    request = ExchangeRequest(rid=str(uuid7()), epoch=enrolled.epoch, now=now, operations=[note, places])
    acks = login.call(lambda token: trial.server.exchange(token, request)).acks
    assert [ack.result for ack in acks] == ["quarantined", "quarantined"], acks
    office.hand_over(named["Michael"].id, worker=workers["Jonas"])
    office.deputize(workers["Karim"], workers["Freja"], now, now + timedelta(days=8))


def _open(
    browser: Browser, phone: Phone, size: Size, screens: dict[str, tuple[str, tuple[str, ...]]], wanted: list[str]
) -> None:
    if not _any(wanted, size, *screens):
        return
    with _stage(browser, phone, size) as stage:
        stage.unlock()
        for name, (route, taps) in screens.items():
            if _any(wanted, size, name):
                stage.go(route.format(**stage.ids))
                stage.ui.page.wait_for_timeout(600)
                try:
                    for tap in taps:
                        _do(stage.ui, tap)
                except (AssertionError, TimeoutError) as gone:  # the way there has changed; others are wanted
                    print(f"no way to {name}_{size.name}: {gone}".partition("\n")[0], flush=True)
                _shot(stage, size, name, wanted)


def _erased(browser: Browser, phone: Phone, size: Size, wanted: list[str]) -> None:
    if not _any(wanted, size, "sync_erased"):
        return
    with _stage(browser, phone, size) as stage:
        stage.unlock()
        desk = phone._app and phone._app.desk
        assert desk is not None
        with desk.store.transaction() as session:
            sync_state.get(session).erased_in = desk.store.vault.generation
        stage.go("/sync")
        stage.ui.find("lock-now").wait_for(state="attached")
        _shot(stage, size, "sync_erased", wanted)


def _forgotten(browser: Browser, trial: Trial, phone: Phone, size: Size, wanted: list[str]) -> None:
    if not _any(wanted, size, "forgotten", "forgotten_not_yet", "forgotten_choose"):
        return
    with _stage(browser, phone, size) as stage:
        stage.is_ready()
        stage.ui.tap("help")
        stage.ui.find("leader-said-yes").wait_for(state="attached")
        _shot(stage, size, "forgotten", wanted)
        stage.ui.tap("leader-said-yes")
        stage.ui.sees("ikke sagt ja endnu")
        _shot(stage, size, "forgotten_not_yet", wanted)
        freja = next(one.id for one in trial.office.workers() if one.name == FREJA)
        trial.office.approve_recovery(freja, "opfundet")
        stage.ui.tap("leader-said-yes")
        stage.is_ready()
        _shot(stage, size, "forgotten_choose", wanted)
        stage.ui.tap("leave")
        stage.unlock()  # remembered after all: the next size begins anew


def _finger(browser: Browser, phone: Phone, size: Size, wanted: list[str]) -> None:
    """The same phone, with a platform that knows a finger."""
    if not _any(wanted, size, "settings_finger", "unlock_finger"):
        return
    with _stage(browser, FingerPhone(phone.folder, practice=True), size) as stage:
        stage.unlock()
        stage.go("/more/settings")
        stage.ui.page.wait_for_timeout(600)
        stage.ui.scroll(2000)
        stage.ui.tap("biometric-on")
        stage.ui.page.wait_for_timeout(600)
        _shot(stage, size, "settings_finger", wanted)
        _locked_now(stage)
        _shot(stage, size, "unlock_finger", wanted)
        stage.ui.keys(*PIN, "Enter")
        stage.ui.find("hide").wait_for(state="attached")
        app = stage.phone._app
        assert app is not None
        asyncio.run_coroutine_threadsafe(app.use_biometric(False), stage.loop).result(20)
        _locked_now(stage)  # another phone takes the same folder next


def _words(browser: Browser, trial: Trial, folder: Path, size: Size, wanted: list[str]) -> None:
    """A machine without a keystore: words instead of a PIN."""
    if not _any(wanted, size, "unlock_words", "change_words"):
        return
    phone = Phone(folder / f"words-{size.name}")
    worker = trial.office.add_worker("Freja Sivmose")
    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        apart.submit(lambda: asyncio.run(_first_words(phone, trial, worker))).result()
    with _stage(browser, phone, size) as stage:
        stage.ui.find("words").wait_for(state="attached")
        _shot(stage, size, "unlock_words", wanted)
        app = phone._app
        assert app is not None
        asyncio.run_coroutine_threadsafe(app.unlock(WORDS), stage.loop).result(20)
        stage.go("/more/settings/code")
        stage.ui.find("old").wait_for(state="attached")
        stage.ui.page.wait_for_timeout(600)
        _shot(stage, size, "change_words", wanted)


async def _first_words(phone: Phone, trial: Trial, worker: str) -> None:
    app = await phone.app(NoPlatform())
    await app.enrol(trial.address, trial.office.make_code(worker))
    await app.choose_secret(WORDS)
    await app.sync_now()
    app.lock()
    await app.closed()


def _older(browser: Browser, phone: Phone, folder: Path, size: Size, wanted: list[str]) -> None:
    if not _any(wanted, size, "older", "older_accept"):
        return
    vault, aside = phone.folder / "vault", folder / f"aside-{size.name}"
    shutil.copytree(vault, aside)
    with _stage(browser, phone, size) as stage:
        stage.unlock()
        _locked_now(stage)
        shutil.rmtree(vault)
        shutil.copytree(aside, vault)
        stage.ui.keys(*PIN, "Enter")
        stage.ui.find("older").wait_for(state="attached")
        _shot(stage, size, "older", wanted)
        stage.ui.tap("get-newer")
        stage.is_ready()
        _shot(stage, size, "older_accept", wanted)
        stage.ui.keys(*PIN, "Enter")
        stage.ui.find("sync-line").wait_for(state="attached")


def _locked_now(stage: Stage) -> None:
    app = stage.phone._app
    assert app is not None
    stage.loop.call_soon_threadsafe(stage.phone.lock)
    stage.is_ready()
    asyncio.run_coroutine_threadsafe(app.closed(), stage.loop).result(20)


def _do(ui: UI, tap: str) -> None:
    field, _, words = tap.partition("=")
    if tap == "scroll":
        ui.scroll(620)
    elif tap == "wait":
        ui.page.wait_for_timeout(1500)
    elif words:
        ui.bring(field)  # with large text it lies further down
        ui.write(field, words)
    else:
        ui.tap(tap)
    ui.page.wait_for_timeout(400)


@contextmanager
def _stage(browser: Browser, phone: Phone, size: Size) -> Iterator[Stage]:
    opened: list[tuple[ft.Page, asyncio.AbstractEventLoop]] = []

    async def shown(page: ft.Page) -> None:
        opened.append((page, asyncio.get_running_loop()))
        await phone.screen(page)

    ui = browser.open_page(
        shown,
        width=size.width,
        height=size.height,
        dark=size.dark,
        text_scale=size.text_scale,
        sharp=size.sharp,
    )
    page, loop = opened[-1]
    yield Stage(ui, phone, page, loop)
    loop.call_soon_threadsafe(phone.lock)
    browser.close_pages()


def _shot(stage: Stage, size: Size, name: str, wanted: list[str]) -> None:
    if _any(wanted, size, name):
        print(stage.ui.shot(f"{name}_{size.name}"), flush=True)


def _any(wanted: list[str], size: Size, *names: str) -> bool:
    return not wanted or any(part in f"{name}_{size.name}" for part in wanted for name in names)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
