"""The unlocked desk of one worker: what every action works at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.domain.facts import NextStep
from fieldapp.store.database import Store


@dataclass(frozen=True)
class Desk:
    """`clock` gives the aware local moment; the tests pass their own."""

    store: Store
    worker: str
    worker_name: str
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        return self.clock().date()

    @property
    def first_name(self) -> str:
        return self.worker_name.partition(" ")[0]


@dataclass(frozen=True)
class Saved:
    """What was saved, and what comes next: said in one line after saving, never in a dialog."""

    id: str
    citizen: str
    next_step: NextStep | None
