"""What a device asks of the server while nothing is open: to be enrolled, whether it must wipe itself, a code that was
forgotten; and how long it has not heard from it.

A locked phone asks whether it must wipe itself at each start and whenever it comes to the front, before it is opened.
Whoever opens it waits for the answer, three seconds at most: without a network the work goes on.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from fieldapp import __version__
from fieldapp.device import NoAnswer
from fieldapp.domain import invitation
from fieldapp.domain.lease import Silence, Verdict
from fieldapp.errors import (
    BadAddress,
    DeviceRevoked,
    LeaseOver,
    LoginAgain,
    RecoveryRefused,
    SyncError,
    VaultDamaged,
    VaultError,
)
from fieldapp.outside import Outside, account_of
from fieldapp.settings import DEFAULTS
from fieldapp.store.database import Store
from fieldapp.sync import recovery, session
from fieldapp.sync.http import hang_up
from fieldapp.sync.orders import Order
from fieldapp.sync.session import Login
from fieldapp.wire import Enrolled, SyncServer

#: As the leader sees it among a worker's devices.
DEVICE_NAME = f"Vedhold {__version__}"
#: Seconds that somebody who opens the app waits for the answer; and when the lease is over, so that it must come.
PATIENCE, PATIENCE_WHEN_OVER = 3.0, 10.0

T = TypeVar("T")


class Contact:
    """`came` is called on the loop when an answer has come, or none will."""

    def __init__(
        self,
        outside: Outside,
        connect: Callable[[str], SyncServer],
        clock: Callable[[], datetime],
        ticks: Callable[[], float],
        came: Callable[[], None],
    ) -> None:
        self._outside = outside
        self._connect = connect
        self._clock = clock
        self._ticks = ticks
        self._came = came
        self._asking: asyncio.Task[None] | None = None
        self._began = 0.0
        self._answered = False
        self.order: Order | None = None

    # ---- must it wipe itself?

    def ask(self) -> None:
        """Begin to ask, unless somebody is at it."""
        if self._outside.known is not None and (self._asking is None or self._asking.done()):
            loop = asyncio.get_running_loop()
            self._began, self._answered = loop.time(), False
            self._asking = loop.create_task(self._ask())

    async def asked(self, patience: float = PATIENCE) -> None:
        """Wait for the answer, no longer than that since it was asked."""
        if self._asking is not None:
            waited = asyncio.get_running_loop().time() - self._began
            await asyncio.wait({self._asking}, timeout=max(0.0, patience - waited))

    async def _ask(self) -> None:
        asked_as = self._outside.known
        try:
            order, server_now = await self._with_login(self._order)
        except LoginAgain:  # it does not know this device: opened, it can be enrolled again
            self._answered = True
        except (SyncError, NoAnswer, VaultError):
            pass
        else:
            if asked_as != self._outside.known:
                return  # it is another device meanwhile
            self._answered, self.order = True, order or self.order
            if self.order is None:
                await self.heard(server_now=server_now)
        self._came()

    def _order(self, login: Login, server: SyncServer) -> tuple[Order | None, datetime | None]:
        try:
            login.token()
        except DeviceRevoked:
            if login.order is None:  # nobody signed it
                raise
        return login.order, login.server_now

    async def confirm_wiped(self) -> bool:
        """Tell the server that all is gone; whether it knows now."""
        try:
            await self._with_login(lambda login, server: login.confirm_wiped())
        except LoginAgain:  # it has forgotten this device: there is nobody to tell
            return True
        except (SyncError, NoAnswer, VaultError):
            return False
        return True

    # ---- how long it has been silent

    @property
    def silence(self) -> Silence:
        now = self._clock(), self._ticks()
        return self._outside.silence.at(*now) if self._outside.silence else Silence(*now)

    @property
    def verdict(self) -> Verdict:
        return self.silence.verdict(self._lock_days, self._outside.erase_days or DEFAULTS.lease_erase_days)

    @property
    def locks_in(self) -> int | None:
        """Days until the lock, once they are to be told."""
        return self._lock_days - self.silence.days if self.verdict == "soon" else None

    @property
    def _lock_days(self) -> int:
        return self._outside.lock_days or DEFAULTS.lease_lock_days

    async def look(self) -> None:
        """Count what went by."""
        await self._outside.keep_silence(self.silence)

    async def heard(
        self, lock_days: int | None = None, erase_days: int | None = None, *, server_now: datetime | None = None
    ) -> None:
        """The server answered just now; it may say how long it may be silent, and what its own clock shows. An older
        one that does not say leaves what was told before."""
        before = self._outside.silence
        server = server_now or (before.server if before else None)
        heard = Silence(self._clock(), self._ticks(), server=server)
        await self._outside.keep_silence(heard, lock_days, erase_days)

    async def check(self) -> None:
        """Raises LeaseOver when the server was silent for too long, and still is."""
        await self.look()
        if self.verdict in ("over", "erase"):
            self.ask()
            await self.asked(PATIENCE_WHEN_OVER)
            if not self._answered:
                raise LeaseOver(self.silence.days)

    # ---- asked for by the worker

    async def enrol(self, address: str, code: str, fingerprint: str, key: bytes) -> Enrolled:
        """Raises BadAddress(`other_server`) when it is not the server of the leader's link."""

        enrolled = await self._with_server(address, lambda server: session.enrol(server, code, DEVICE_NAME, key)[1])
        self.order = None  # that was another device
        if fingerprint and invitation.fingerprint(enrolled.server_key) != fingerprint:
            raise BadAddress("other_server")
        return enrolled

    def whose(self, store: Store) -> tuple[Enrolled, str]:
        """Who the open vault belongs to, and the server's address. The first time, the enrolment moves into it."""
        if self._outside.enrolment is not None and session.enrolment(store) is None:
            session.keep_enrolment(store, *self._outside.enrolment)
        whose = session.enrolment(store)
        if whose is None:
            raise VaultDamaged("no_enrolment")
        return whose

    async def enrol_again(self, store: Store, login: Login, code: str) -> None:
        """The server knows this device no more: with a new code it is another device of the same worker."""
        was, address = await asyncio.to_thread(self.whose, store)
        key = await self._outside.device_key()

        def ask(server: SyncServer) -> Enrolled:
            return session.enrol_again(was, server, code, DEVICE_NAME, key)

        enrolled = await self._with_server(address, ask)
        await asyncio.to_thread(self._keep, store, login, enrolled, address)
        await self._outside.keep_account(account_of(enrolled, address))

    def _keep(self, store: Store, login: Login, enrolled: Enrolled, address: str) -> None:
        recovery.lost(store)  # first: no enrolment without a code for a forgotten PIN
        session.keep_enrolment(store, enrolled, address)
        login.become(enrolled)

    async def code(self, by: str) -> bytes:
        """The code for a forgotten PIN. Raises RecoveryRefused."""
        if self._outside.account is None:
            raise RecoveryRefused("nothing")
        return await self._with_login(lambda login, server: recovery.ask(login, server, by))

    async def _with_login(self, ask: Callable[[Login, SyncServer], T]) -> T:
        account, key = self._outside.known, await self._outside.device_key()
        assert account is not None, "asked of a device that is enrolled"
        return await self._with_server(
            account.address, lambda server: ask(Login(server, account, key, self._clock), server)
        )

    async def _with_server(self, address: str, ask: Callable[[SyncServer], T]) -> T:
        def asked() -> T:
            server = self._connect(address)
            try:
                return ask(server)
            finally:
                hang_up(server)

        return await asyncio.to_thread(asked)
