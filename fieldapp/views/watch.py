"""When the key is dropped: idle, hidden too long, or hidden by hand (architecture 13). Decides; does nothing itself."""

import time
from typing import NamedTuple

from fieldapp.settings import DEFAULTS, Settings


class Moment(NamedTuple):
    """Two clocks: one stands still while a phone sleeps, the other can be set back. The longer time counts."""

    steady: float
    wall: float


def moment() -> Moment:
    return Moment(time.monotonic(), time.time())


def passed(since: Moment, now: Moment) -> float:
    """Seconds."""
    return max(now.steady - since.steady, now.wall - since.wall)


class Watch:
    def __init__(self, now: Moment, settings: Settings = DEFAULTS) -> None:
        self.idle = settings.idle
        """Seconds; the worker's own setting."""
        self.together = False
        """The phone lies between two: one thinks, and nobody touches it for a while."""
        self._settings = settings
        self._touched = now
        self._hidden: Moment | None = None
        self._on_purpose = False

    def touched(self, now: Moment) -> None:
        self._touched = now

    def leaving_on_purpose(self) -> None:
        """The app itself is about to open another one (sms, call): the person comes back to the same question."""
        self._on_purpose = True

    def hidden(self, now: Moment) -> None:
        self._hidden = self._hidden or now

    def shown(self, now: Moment) -> None:
        """Back in front. Ask `is_over` first."""
        self._hidden = None
        self._on_purpose = False
        self._touched = now

    def is_over(self, now: Moment) -> bool:
        """Whether the key must go now."""
        if self._hidden is None:
            idle = max(self.idle, self._settings.together) if self.together else self.idle
            return passed(self._touched, now) >= idle
        allowed = self._settings.away_on_purpose if self._on_purpose else self._settings.hidden
        return passed(self._hidden, now) >= allowed
