"""The weekly sample of who opened whom: which week, and which of its openings are drawn."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

#: So many a week are few enough to be looked at, each of them.
DRAWN = 10


class Judgement(StrEnum):
    """What a leader says to one opening. `ask`: the worker will be asked why."""

    FINE = "fine"
    ASK = "ask"
    NOT_FINE = "not_fine"


#: Weeks that are asked for: beyond them calendars end.
YEARS = range(2000, 2200)


class Week(NamedTuple):
    """An ISO week, in UTC: from Monday 00:00 on."""

    year: int
    number: int

    @property
    def begins(self) -> datetime:
        return datetime.fromisocalendar(self.year, self.number, 1).replace(tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(days=7)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


def week_of(at: datetime) -> Week:
    year, number, _ = at.astimezone(UTC).isocalendar()
    return Week(year, number)


def week_before(at: datetime) -> Week:
    """The last whole one."""
    return week_of(at - timedelta(days=7))


def week_from(text: str) -> Week:
    """Of `2026-W48`. ValueError for anything else."""
    day = datetime.strptime(f"{text}-1", "%G-W%V-%u")  # noqa: DTZ007 - a week has no zone
    if day.year not in YEARS:
        raise ValueError("year")
    return Week(*day.isocalendar()[:2])


def draw(ids: Iterable[str], key: bytes, week: Week, at_most: int = DRAWN) -> list[str]:
    """The same ids, key and week draw the same in any order; without the key nobody can tell beforehand which."""

    def lot(id: str) -> bytes:
        return hmac.digest(key, f"{week}|{id}".encode(), hashlib.sha256)

    return sorted(set(ids), key=lot)[:at_most]
