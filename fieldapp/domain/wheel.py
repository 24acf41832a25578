"""What is worked with over the eight dimensions, now and over the last year: signs of it, never a score or a count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fieldapp.domain.values import Dimension

LATELY = timedelta(days=90)
"""What was talked about or went forward is *now* for as long as there is between two reviews."""
YEAR = timedelta(days=365)


class Period(StrEnum):
    NOW = "now"
    LAST_YEAR = "last_year"


class Sign(StrEnum):
    """Why a dimension is worked with, in the order it is said."""

    CHOSEN = "chosen"  # a focus area
    GOAL = "goal"
    TALKED = "talked"
    FORWARD = "forward"


@dataclass(frozen=True)
class Mark:
    """Something about one dimension, from a day to a day (None: it still stands). What happens once has one day."""

    dimension: str | None
    sign: Sign
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Sector:
    """One of the eight. Without a sign it is not worked with, which is as good (000 §1.1: "en eller flere")."""

    dimension: Dimension
    signs: tuple[Sign, ...] = ()


def happened(dimension: str | None, sign: Sign, on: date) -> Mark:
    return Mark(dimension, sign, on, on)


def wheel(marks: Iterable[Mark], today: date, period: Period = Period.NOW) -> tuple[Sector, ...]:
    """Always all eight, in the manual's order; a dimension of a newer app is passed over."""
    found: dict[str | None, set[Sign]] = {}
    for mark in marks:
        if _within(mark, today, period):
            found.setdefault(mark.dimension, set()).add(mark.sign)
    return tuple(Sector(each, tuple(sign for sign in Sign if sign in found.get(each, ()))) for each in Dimension)


def _within(mark: Mark, today: date, period: Period) -> bool:
    """A goal that has ended is not now; what happened once is, for a while."""
    if mark.from_on > today:
        return False
    once = mark.to_on == mark.from_on and mark.sign in (Sign.TALKED, Sign.FORWARD)
    if period == Period.NOW and not once:
        return mark.to_on is None or mark.to_on > today
    return mark.to_on is None or mark.to_on >= since(today, period)


def since(today: date, period: Period) -> date:
    """What happened once before this day is no sign any more."""
    return today - (YEAR if period == Period.LAST_YEAR else LATELY)
