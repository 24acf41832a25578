"""Drafts: what is typed and not yet saved; they survive lock and kill (architecture 13)."""

from dataclasses import dataclass
from datetime import datetime

from fieldapp.actions.desk import Desk


@dataclass(frozen=True)
class Draft:
    """`key` names the form (`contact:<citizen>`); `values` is what `dataclasses.asdict` of the form gave, as JSON."""

    key: str
    values: dict[str, object]
    saved_at: datetime


def keep(desk: Desk, key: str, values: dict[str, object]) -> None:
    raise NotImplementedError


def read(desk: Desk, key: str) -> Draft | None:
    raise NotImplementedError


def read_all(desk: Desk) -> tuple[Draft, ...]:
    raise NotImplementedError


def discard(desk: Desk, key: str) -> None:
    raise NotImplementedError
