"""When to exchange: a pure decision, told what happens and when; and the loop that acts on it beside the screen.

On start, on resume, when asked, soon after a write, when a network appears (spread over a minute), and on a timer
while the app is in front. A failed round plans the next one: full jitter from seconds to a quarter of an hour, and
never before the moment the server named (sync.md 3.7).
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from fieldapp.errors import ServerTrouble, VedholdError
from fieldapp.settings import DEFAULTS, Settings

#: Seconds after a write, so that a note and its next step travel together.
SOON = 2.0
#: A street full of phones gets its network back in the same second.
SPREAD = 60.0
#: The server's wish for the next time is kept within these.
MOST_OFTEN, LEAST_OFTEN = 15.0, 3_600.0

#: `draw(low, high)`: a number between the two, as random.uniform gives it.
Draw = Callable[[float, float], float]
log = logging.getLogger(__name__)


class Schedule:
    """Every `now` is in seconds on one clock that never jumps; it does nothing by itself and knows no time."""

    def __init__(self, draw: Draw, settings: Settings = DEFAULTS) -> None:
        self._draw = draw
        self._settings = settings
        self._visible = True
        self._event: float | None = None  # when what happened wants a round, in front or not
        self._timer: float | None = None  # when the clock alone wants one, in front only
        self._not_before = float("-inf")  # Retry-After
        self._failures = 0

    def next(self, now: float) -> float | None:
        """Seconds until a round should begin (0: now), or None: not until something happens."""
        wanted = [at for at in (self._event, self._timer if self._visible else None) if at is not None]
        return max(0.0, min(wanted) - now, self._not_before - now) if wanted else None

    def started(self, now: float) -> None:
        self.resumed(now)

    def resumed(self, now: float) -> None:
        self._visible = True
        self._wish(now)

    def hidden(self, now: float) -> None:
        self._visible = False

    def asked(self, now: float) -> None:
        """The worker pressed *Send nu*."""
        self._wish(now)

    def wrote(self, now: float) -> None:
        """While rounds fail a write waits for the next try: it would not get through any better."""
        if not self._failures:
            self._wish(now + SOON)

    def network(self, now: float) -> None:
        self._failures = 0
        self._wish(now + self._draw(0.0, SPREAD))

    def began(self, now: float) -> None:
        """A round begins: what happens from here on is not part of it."""
        self._event = self._timer = None

    def succeeded(self, now: float, next_in: float, more: bool = False) -> None:
        """`next_in`: the seconds the server proposed. `more`: the round stopped with work left."""
        self._failures = 0
        self._timer = now if more else now + min(max(next_in, MOST_OFTEN), LEAST_OFTEN)

    def failed(self, now: float, retry_after: int | None = None) -> None:
        self._failures += 1
        longest = min(self._settings.retry_longest, self._settings.retry_first * 2 ** min(self._failures - 1, 30))
        self._timer = now + self._draw(0.0, longest)
        self._not_before = now + (retry_after or 0)

    def _wish(self, at: float) -> None:
        self._event = at if self._event is None else min(self._event, at)


class Runner:
    """Runs `round` in a thread whenever the schedule says so, one at a time, and `changed` after each.

    `round` blocks; it returns when the server would like to hear from us again, in seconds, and whether work is left.
    """

    def __init__(
        self,
        schedule: Schedule,
        round: Callable[[], tuple[float, bool]],
        changed: Callable[[], Any] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._schedule = schedule
        self._round = round
        self._changed = changed
        self._clock = clock
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self, event: Callable[[Schedule, float], None]) -> None:
        """Something happened: `runner.tell(Schedule.resumed)`. From any thread."""
        if self._loop is None:
            event(self._schedule, self._clock())
        else:
            self._loop.call_soon_threadsafe(self._note, event)

    @property
    def next_in(self) -> float | None:
        return self._schedule.next(self._clock())

    async def run(self) -> None:
        """Until cancelled. A cancelled runner leaves a round in its thread to end by itself."""
        self._loop = asyncio.get_running_loop()
        self._note(Schedule.started)
        while True:
            if await self._due():
                await self._one()

    def _note(self, event: Callable[[Schedule, float], None]) -> None:
        event(self._schedule, self._clock())
        self._told.set()

    async def _due(self) -> bool:
        """Wait for the moment or for something to happen, whichever is first."""
        self._told.clear()
        wait = self.next_in
        if wait is not None and wait <= 0:
            return True
        try:
            await asyncio.wait_for(self._told.wait(), wait)
        except TimeoutError:
            return True
        return False

    async def _one(self) -> None:
        self._schedule.began(self._clock())
        try:
            next_in, more = await asyncio.to_thread(self._round)
        except VedholdError as error:
            self._schedule.failed(self._clock(), error.retry_after if isinstance(error, ServerTrouble) else None)
        except Exception as error:  # noqa: BLE001 - the outermost guard: a fault of ours must not end all sending
            log.error("a round failed: %s", type(error).__name__)
            self._schedule.failed(self._clock())
        else:
            self._schedule.succeeded(self._clock(), next_in, more)
        self._changed()
