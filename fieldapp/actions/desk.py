"""The unlocked desk of one worker: what every action works at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
    def written(self) -> int:
        """Grows with whatever is written here, by the worker or from the server."""
        return self.store.vault.mark.seq

    @property
    def first_name(self) -> str:
        return self.worker_name.partition(" ")[0]


@dataclass(frozen=True)
class Change:
    """Fields of one record before and after a change."""

    kind: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """What was saved, and what comes next: said in one line after saving, never in a dialog.

    The rest is what *Fortryd* needs: what was added, changed and voided, and the form, which becomes a draft
    again.
    """

    id: str
    citizen: str
    next_step: NextStep | None
    added: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # kind and id
    changed: tuple[Change, ...] = field(default=(), repr=False)
    voided: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    draft: tuple[str, Mapping[str, object]] | None = field(default=None, repr=False)  # key and values

    @property
    def wrote(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self.added or self.changed or self.voided)
