"""How long the server has not been heard, and what follows: a warning, a lock that only connects, an erasure.

Counted by two clocks: the wall's, which anybody can set, and one that only runs while the phone is on (`ticks`, in
seconds from any beginning, such as its start). Each time it is looked at, the time that went by is at least what either
of them says, and what was counted is never taken back. So a wall clock set back gains nothing; one that was set forward
by mistake costs no more than a network.

A wall that was wrong when the server was heard, and is put right while the phone is off, says nothing of what went by:
then the server's own time, kept when it was heard, is what the wall is held against.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

DAY = 86_400.0
#: Days before the lock from which the worker is asked to find a network (review.md 2.5: on the tenth of fourteen).
WARN_BEFORE = 4
#: A wall set back by less is a clock that is kept right, as all are now and then.
SET_BACK = timedelta(hours=1)

Verdict = Literal["fine", "soon", "over", "erase"]


@dataclass(frozen=True)
class Silence:
    """`seconds` since the server was heard, as counted when the clocks stood at `wall` and `ticks`; it last told its
    own time as `server`."""

    wall: datetime
    ticks: float
    seconds: float = 0.0
    server: datetime | None = None

    def at(self, wall: datetime, ticks: float) -> "Silence":
        """Looked at again. Fewer ticks than before: it was switched off meanwhile, and has run for these since."""
        ran = ticks - self.ticks if ticks >= self.ticks else ticks
        passed = max(ran, (wall - self.wall).total_seconds(), 0.0)
        seconds = self.seconds + passed
        if self.server is not None and self.wall - wall > SET_BACK:
            seconds = max(seconds, (wall - self.server).total_seconds())
        return replace(self, wall=wall, ticks=ticks, seconds=seconds)

    @property
    def days(self) -> int:
        return int(self.seconds // DAY)

    def verdict(self, lock_days: int, erase_days: int) -> Verdict:
        if self.days >= erase_days:
            return "erase"
        if self.days >= lock_days:
            return "over"
        return "soon" if self.days >= lock_days - min(WARN_BEFORE, lock_days - 1) else "fine"
