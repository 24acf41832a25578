"""One device, wired: store, actions, sync, platform and screens; the only module that knows them all."""

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import flet as ft

from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.contact import Contact
from fieldapp.device import Keystore, NoAnswer, PagePlatform, Platform, keystore_for, uptime
from fieldapp.errors import DeviceRevoked, PracticeOnly, RecoveryRefused, VaultError, VedholdError
from fieldapp.keys import Biometric, Keys, unsent_beside
from fieldapp.leaving import Leaving
from fieldapp.opened import Opened
from fieldapp.outside import Gone, Outside, account_of
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.store.policy import propose_words, secret_policy
from fieldapp.store.vault import Vault
from fieldapp.sync import older, recovery, session, status
from fieldapp.sync.client import Client
from fieldapp.sync.http import HttpServer, is_on_this_machine
from fieldapp.sync.orders import Order
from fieldapp.sync.schedule import Schedule
from fieldapp.texts import ASSETS, use_language
from fieldapp.views.root import root
from fieldapp.wire import SyncServer

State = Literal["new", "enrolled", "locked", "open"]


def local_now() -> datetime:
    return datetime.now().astimezone()


class App:
    """One worker's device, as the screens see it (views.gate.Gate). Everything unlocked hangs on `_open`."""

    def __init__(
        self,
        folder: Path,
        keystore: Keystore,
        platform: Platform,
        *,
        connect: Callable[[str], SyncServer] = HttpServer,
        clock: Callable[[], datetime] = local_now,
        cost: int | None = None,
        disk: Disk = DISK,
        ticks: Callable[[], float] = uptime,
    ) -> None:
        self.platform = platform
        self.practice = keystore.kind == "practice"
        self._folder = folder
        self._connect = connect
        self._clock = clock
        self._outside = Outside(keystore)
        self._keys = Keys(folder, self._outside, secret_policy(keystore.kind), cost, disk)
        self._contact = Contact(self._outside, connect, clock, ticks, lambda: self._spawn(self._obey()))
        self._leaving = Leaving(self._outside, self._keys, self._contact, self._shut, self._changed)
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: Opened | None = None
        self._closing: Future[None] | None = None
        self._wanted = False  # nobody has left since somebody began to open it
        self._one = asyncio.Lock()  # a second tap waits: it must not make other keys meanwhile
        self._calls: list[Callable[[], None]] = []
        self._words, self._unsent = "", -1
        platform.on_online(lambda: self.tell(Schedule.network))

    async def load(self) -> None:
        """Read what is kept outside the vault, and begin to ask the server whether all of it must go.

        Call once, before the screens; a silent keystore is asked again.
        """
        with contextlib.suppress(NoAnswer, VaultError):
            await self._ready()
            if self._outside.must_confirm:
                self._spawn(self._tell_wiped())
            elif self._outside.known is not None:
                await self._contact.look()
                self._contact.ask()

    async def _ready(self) -> None:
        """What is kept outside is known; of a wipe that was cut off nothing is left but to tell the server."""
        await self._outside.load()
        await self._leaving.go_on()

    # ---- what the screens read

    @property
    def secret_form(self) -> Literal["pin", "words"]:
        return self._keys.policy.form

    @property
    def state(self) -> State:
        if self._open is not None:
            return "open"
        if self._keys.has_vault and not self._outside.wiping:
            return "locked"
        return "new" if self._outside.enrolment is None else "enrolled"

    @property
    def desk(self) -> Desk | None:
        return None if self._open is None else self._open.desk

    @property
    def sending(self) -> Sending:
        if self._open is None:
            return Sending()
        locks_in = self._contact.locks_in
        silent = self._contact.silence.days if locks_in is not None else 0
        return replace(self._open.sending, locks_in=locks_in, silent_days=silent)

    @property
    def gone(self) -> Gone | None:
        """New: why nothing is here any more, if this device was in use before."""
        return self._outside.gone

    @property
    def unsent(self) -> int:
        path = unsent_beside(self._folder)
        return int(path.read_text() or 0) if path.exists() else 0

    @property
    def proposed_words(self) -> str:
        self._words = self._words or propose_words()
        return self._words

    def on_change(self, call: Callable[[], None]) -> None:
        self._calls.append(call)

    # ---- what the screens do

    async def enrol(self, address: str, code: str, fingerprint: str = "") -> None:
        """Trade the code for an enrolment; `fingerprint`: what the server's key is known by, from the leader's link.

        A practice device, which a PIN on a file opens, never meets a real server (architecture 11).
        """
        if self.practice and not is_on_this_machine(address):
            raise PracticeOnly
        async with self._one:
            await self._ready()
            await self._leaving.tell(last_chance=True)
            if self.state == "new":  # else it is enrolled already, and the keystore kept silent about it
                key = await self._outside.new_device_key()
                enrolled = await self._contact.enrol(address, code, fingerprint, key)
                await self._outside.keep_enrolment(enrolled, address)
                await self._contact.heard(enrolled.lease_days)
                await self._outside.forget_why()
        self._changed()

    async def choose_secret(self, secret: str) -> None:
        async with self._one:
            self._wanted = True
            await self._ready()
            await self._opened(await self._keys.make(secret))

    async def change_secret(self, old: str, new: str) -> None:
        async with self._one:
            await self._keys.change(old, new)
        self._words = ""

    async def confirm(self, secret: str) -> None:
        async with self._one:
            await self._keys.confirm(secret)

    async def closed(self) -> None:
        """Wait until the vault that was locked is really closed."""
        if self._closing is not None:
            # Shielded: who stops waiting must not take the end from the others, nor from the vault.
            await asyncio.shield(asyncio.wrap_future(self._closing))

    def typing(self) -> None:
        if not self._one.locked():  # who opens it has said so already, and somebody may have locked it since
            self._wanted = True

    async def unlock(self, secret: str, *, accept_older: bool = False) -> None:
        async with self._one:
            if self._open is not None:
                return
            self._wanted = True  # a vault that is still being tidied closes at once
            await self.closed()
            await self._may_open()
            await self._opened(await self._keys.open(secret, accept_older=accept_older))

    @property
    def biometric(self) -> Biometric:
        return self._keys.biometric

    async def unlock_by_biometric(self) -> None:
        async with self._one:
            if self._open is not None:
                return
            self._wanted = True
            await self.closed()
            await self._may_open()
            await self._opened(await self._keys.open_by_biometric())

    async def use_biometric(self, on: bool) -> None:
        async with self._one:
            if self._open is not None:
                await self._keys.use_biometric(self._open.desk.store.vault, on)

    @property
    def can_recover(self) -> bool:
        """The code for a forgotten PIN has come: a new one can be chosen."""
        return self._keys.can_recover

    async def ask_for_recovery(self) -> None:
        """Fetch the code for a forgotten PIN, if a leader has said yes."""
        async with self._one:
            await self._ready()
            if self.can_recover:
                return
            if self._outside.account is None:
                raise RecoveryRefused("nothing")
            await self._outside.keep_code(await self._contact.code(await self._outside.asking()))

    async def recover(self, secret: str) -> None:
        async with self._one:
            self._wanted = True
            await self.closed()
            await self._may_open()
            await self._keys.recover(secret)
            await self._opened(await self._keys.open(secret))

    async def _may_open(self) -> None:
        """Raises what keeps it shut: the server wants it wiped, or was not heard for too long."""
        await self._ready()
        await self._contact.asked()
        if await self._leaving.obey(is_open=False):
            raise DeviceRevoked(self._contact.order)
        if self._keys.has_vault:
            await self._contact.check()
            await self._keys.opens()

    async def _opened(self, vault: Vault) -> None:
        store = Store(vault, author="")
        try:
            await self._begin(store)
        except BaseException:  # nobody holds it: it must not keep its folder from the next try
            self._open = None
            await asyncio.to_thread(store.close)
            raise
        if not self._wanted:
            self.lock()

    async def _begin(self, store: Store) -> None:
        vault = store.vault
        if vault.older:  # in this order: whatever ends it here, it is asked again, or told to the server
            await asyncio.to_thread(older.remember, store, self._keys.commits_behind(vault))
            await self._outside.keep_mark(vault.mark)
        key = await self._outside.device_key()
        enrolled, address = await asyncio.to_thread(self._contact.whose, store)
        await self._outside.keep_account(account_of(enrolled, address))
        await self._no_code(store)
        if self._keys.lost_biometric:
            with contextlib.suppress(VaultError):
                await self._keys.drop_biometric(vault)
        self._words = ""
        store.author = enrolled.worker
        desk = Desk(store, enrolled.worker, enrolled.worker_name, self._clock)
        server = self._connect(address)
        login = session.Login(server, enrolled, key, self._clock)
        client = Client(store, server, login, self._clock)

        async def exchanged() -> None:
            lease = client.lease or (self._outside.lock_days or enrolled.lease_days,)
            await self._contact.heard(*lease, server_now=client.server_now)
            if not await asyncio.to_thread(recovery.is_delivered, store):
                await asyncio.to_thread(recovery.deliver, store, login, server, await self._outside.device_secret())

        self._open = opened = Opened(
            desk, client, server, login, self._rounded, self._outside.keep_mark, exchanged, self._ordered
        )
        await opened.refresh()
        if self._open is opened:  # else it was locked meanwhile
            opened.start()
            self._changed()

    async def enrol_again(self, code: str) -> None:
        """Not one at a time: who locks meanwhile must not wait for the network to get in again."""
        opened = self._open
        if opened is not None:
            await self._contact.enrol_again(opened.desk.store, opened.login, code)
            await self.sync_now()

    # ---- the end

    async def wipe(self, why: Gone | None = None) -> None:
        """Take everything off this device, for good: the keys first, so that nothing opens whatever ends it."""
        async with self._one:
            await self._leaving.wipe(why)

    async def _shut(self) -> None:
        """Before a wipe: a file that is about to go need not be tidied."""
        self.lock()
        self._wanted = True
        await self.closed()
        self._wanted = False

    async def _tell_wiped(self) -> None:
        """What an earlier start without a network could not do."""
        async with self._one:
            await self._leaving.tell()

    def _ordered(self, order: Order) -> None:
        """By the server, of a device that is open; of one that is locked the contact hears it."""
        self._contact.order = order
        self._spawn(self._obey())

    async def _obey(self) -> None:
        async with self._one:
            opened = self._open
            if opened is not None and self._contact.order == "retired":
                if await asyncio.to_thread(status.owes, opened.desk.store):
                    return  # the worker finishes what the server will not take as it is
                self.lock()  # what was begun meanwhile shows when it is closed
                await self.closed()
            await self._leaving.obey(is_open=self._open is not None)

    async def _no_code(self, store: Store) -> None:
        """A code that has come has served, or is not needed after all. What fails of it is done when next opened."""
        if self._outside.code is not None:
            with contextlib.suppress(VaultError, NoAnswer):
                await asyncio.to_thread(recovery.has_served, store, self._outside.code)
                await self._outside.forget_code()

    def lock(self) -> None:
        """Drop the desk at once; the vault closes in a thread, since it may tidy its file."""
        self._wanted = False
        if self._open is None:
            return
        was, self._open = self._open, None
        self._closing = was.end(self._keys.keep_unsent, lambda: self._wanted)
        self._changed()

    async def sync_now(self) -> None:
        """Ask for an exchange and wait for it to end, whatever its outcome: `sending` tells it."""
        if self._open:
            await self._open.sync_now()

    def wrote(self) -> None:
        if self._open is not None:
            self._open.wrote()

    @property
    def runner_next_in(self) -> float | None:
        """Seconds to the next exchange; None when only something that happens brings one."""
        return None if self._open is None else self._open.runner.next_in

    def hidden(self) -> None:
        self.tell(Schedule.hidden)

    def shown(self) -> None:
        if self.state == "locked":
            self._contact.ask()
        self.tell(Schedule.resumed)

    def tell(self, event: Callable[[Schedule, float], None]) -> None:
        """Pass on what happened to the device, so that the schedule can decide."""
        if self._open is not None:
            self._open.runner.tell(event)

    # ---- inside

    def _rounded(self, sending: Sending) -> None:
        if sending.waiting != self._unsent:  # it is told at each piece of a fetch, on the loop
            self._unsent = sending.waiting
            self._keys.keep_unsent(sending.waiting, owes=True)
        self._changed()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Beside the screen. What a keystore or a disk refuses of it, the next start does."""

        async def tried() -> None:
            with contextlib.suppress(VedholdError):
                await work

        task = asyncio.get_running_loop().create_task(tried())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _changed(self) -> None:
        for call in self._calls:
            call()


async def screen(page: ft.Page) -> None:
    """A phone's or a desktop's one page."""
    use_language("da")
    storage = Path(os.environ.get("FLET_APP_STORAGE_DATA", ".flet/storage"))
    app = App(storage / "vault", keystore_for(page, storage / "keys"), PagePlatform())
    await app.load()
    root(page, app)


def main() -> None:
    ft.run(screen, assets_dir=str(ASSETS))
