"""What exists only while the vault is open: the desk, the client, and the loop that sends."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import asdict, replace
from typing import Any

from fieldapp.actions.desk import Desk
from fieldapp.actions.sending import Sending
from fieldapp.errors import VedholdError
from fieldapp.store.mark import Mark
from fieldapp.sync import status
from fieldapp.sync.client import Client
from fieldapp.sync.http import hang_up
from fieldapp.sync.orders import Order
from fieldapp.sync.schedule import Runner, Schedule
from fieldapp.sync.session import Login
from fieldapp.wire import SyncServer


class Opened:
    """`rounded` is told what the screens may say of sending, each time that changes; `keep_mark` how far the vault has
    come, after each exchange and when it is closed. `exchanged` is what else is done when an exchange went well; what
    fails of it is done after another one. `ordered`: the server wants this device wiped."""

    def __init__(
        self,
        desk: Desk,
        client: Client,
        server: SyncServer,
        login: Login,
        rounded: Callable[[Sending], None],
        keep_mark: Callable[[Mark], Coroutine[Any, Any, None]],
        exchanged: Callable[[], Coroutine[Any, Any, None]],
        ordered: Callable[[Order], None],
    ) -> None:
        self.desk = desk
        self.login = login
        self._server = server
        self.sending = Sending()
        self.runner = Runner(Schedule(random.uniform), self._round, self._after)
        self._client = client
        self._rounded = rounded
        self._keep_mark = keep_mark
        self._exchanged = exchanged
        self._ordered = ordered
        self._besides = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: list[asyncio.Event] = []
        self._served: list[asyncio.Event] = []  # who had asked when the exchange began that runs, or ran last

    def start(self) -> None:
        self._spawn(self.runner.run())

    def end(self, keep: Callable[[int, bool], None], stop: Callable[[], bool]) -> "Future[None]":
        """`keep` is told, at the end, how much waits and whether anything is nowhere but here. `stop`: whoever closed
        it is back, so that tidying the file must wait for another time."""
        for task in self._tasks:
            task.cancel()
        self._rounded = lambda _sending: None  # an exchange still in its thread knows only older numbers
        _let_go(self._waiting)
        closed: Future[None] = Future()
        self._loop.run_in_executor(None, self._close, closed, keep, stop)
        return closed

    def wrote(self) -> None:
        self.runner.tell(Schedule.wrote)
        self._spawn(self.refresh())

    async def sync_now(self) -> None:
        """Wait for the end of an exchange that knows what was so when this was asked, not of one already under way."""
        done = asyncio.Event()
        self._waiting.append(done)
        self.runner.tell(Schedule.asked)
        await done.wait()

    async def refresh(self) -> None:
        told = await asyncio.to_thread(
            status.read,
            self.desk.store,
            moving=self._client.moving,
            next_try_in=_whole(self.runner.next_in),
            talked=self._client.talked,
            trouble=self._client.trouble,
        )
        self.sending = Sending(**asdict(told))
        self._rounded(self.sending)

    def _round(self) -> tuple[float, bool]:
        """In the runner's thread."""
        self._served = self._waiting.copy()
        self._say(state="moving" if self.sending.waiting else self.sending.state)
        outcome = self._client.run(lambda done, total: self._say(done=done, total=total))
        return outcome.next_in, outcome.more

    def _say(self, **changes: Any) -> None:
        """From any thread: tell the screens how far it is."""

        def said() -> None:
            self.sending = replace(self.sending, **changes)
            self._rounded(self.sending)

        self._loop.call_soon_threadsafe(said)

    def _after(self) -> None:
        self._spawn(self._ended(self._served))

    async def _ended(self, served: list[asyncio.Event]) -> None:
        try:
            await self.refresh()
            await self._keep_mark(await asyncio.to_thread(self._mark))
        finally:
            _let_go(served)
            self._waiting = [done for done in self._waiting if not done.is_set()]
        if self.login.order is not None:
            self._ordered(self.login.order)
        elif self.sending.why is None and not self._besides.locked():
            async with self._besides:
                with contextlib.suppress(VedholdError):
                    await self._exchanged()

    def _mark(self) -> Mark:
        store = self.desk.store
        with store.reading():  # nobody commits meanwhile: its number and its tag belong together
            return store.vault.mark

    def _spawn(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _close(self, closed: "Future[None]", keep: Callable[[int, bool], None], stop: Callable[[], bool]) -> None:
        with contextlib.ExitStack() as whatever_fails:
            whatever_fails.callback(self._keep_last_mark, closed)
            whatever_fails.callback(self.desk.store.close, stop)
            hang_up(self._server)
            keep(status.read(self.desk.store).waiting, status.owes(self.desk.store))

    def _keep_last_mark(self, closed: "Future[None]") -> None:
        """In the closing thread; the keystore is asked on the loop."""
        keeping = self._keep_mark(self.desk.store.vault.mark)
        try:
            asyncio.run_coroutine_threadsafe(keeping, self._loop).add_done_callback(lambda _: closed.set_result(None))
        except RuntimeError:  # the loop has ended: the vault is further on than its mark, which is fine
            keeping.close()
            closed.set_result(None)


def _let_go(waiting: list[asyncio.Event]) -> None:
    for done in waiting:
        done.set()


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
