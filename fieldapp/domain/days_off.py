"""Days without the worker: leave that is planned, breaks around holidays, and who wrote meanwhile (review.md 2.8)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fieldapp.domain.facts import Facts
from fieldapp.domain.values import ContactMode, Outcome
from fieldapp.domain.workdays import easter, is_workday, workday_before

LEAVE_WORKDAYS = 3
"""From so many workdays on, everybody is told before."""
TELL_BEFORE = timedelta(days=3)
BREAK_DAYS = 4
"""So many days off in a row are a break."""
BREAK_AHEAD = 10
"""Workdays."""
_A_DAY = timedelta(days=1)
_WROTE = frozenset({ContactMode.CITIZEN_WROTE, ContactMode.CITIZEN_CALLED})


class Feast(StrEnum):
    CHRISTMAS = "christmas"
    NEW_YEAR = "new_year"
    EASTER = "easter"
    OTHER = "other"


@dataclass(frozen=True)
class Leave:
    """Both days are part of it."""

    from_on: date
    to_on: date


@dataclass(frozen=True)
class Break:
    """`workdays`: left until it begins, today among them."""

    feast: Feast
    from_on: date
    to_on: date
    workdays: int


def workdays_in(first: date, last: date, closed: Collection[date] = ()) -> int:
    """Both days counted."""
    return sum(is_workday(first + timedelta(days=n), closed) for n in range((last - first).days + 1))


def tells_from(leave: Leave, closed: Collection[date] = ()) -> date | None:
    """The first day to tell everybody: three days before, and never without a workday in between.

    None for leave so short that nobody needs to be told.
    """
    if workdays_in(leave.from_on, leave.to_on, closed) < LEAVE_WORKDAYS:
        return None
    return min(leave.from_on - TELL_BEFORE, workday_before(leave.from_on, closed))


def has_heard(facts: Facts, since: date, template: str) -> bool:
    """That the worker will be off: the text about it was sent, or they have talked."""
    told = any(each.template == template and each.outcome != Outcome.NOT_SENT and each.at.date() >= since
               for each in facts.attempts)  # fmt: skip
    return told or any(each.real and each.at.date() >= since for each in facts.acts)


def break_ahead(today: date, closed: Collection[date] = ()) -> Break | None:
    """The next four days off or more in a row, from ten workdays before it begins until the day before it."""
    first = today + _A_DAY
    while workdays_in(today, first - _A_DAY, closed) <= BREAK_AHEAD:
        last = first
        while _is_off(last, closed):
            last += _A_DAY
        if (last - first).days >= BREAK_DAYS and not _is_off(first - _A_DAY, closed):
            left = sum(not _is_off(day, closed) for day in _days(today, first))
            return Break(_feast(first, last), first, last - _A_DAY, left)
        first = last + _A_DAY
    return None


def wrote_meanwhile(facts: Facts, today: date, worker: str, closed: Collection[date] = ()) -> bool:
    """The citizen wrote or called on the days off just gone by, and somebody else noted it."""
    since = off_since(today, closed)
    return since is not None and any(
        each.mode in _WROTE and since < each.at.date() < today and each.by not in (None, worker)
        for each in facts.contacts
    )


def off_since(today: date, closed: Collection[date] = ()) -> date | None:
    """On the first workday after days off: the last workday before them."""
    before = workday_before(today, closed)
    return before if is_workday(today, closed) and (today - before).days > 1 else None


def _is_off(day: date, closed: Collection[date]) -> bool:
    """Nobody works on the days before Christmas and New Year either, whatever the municipality has closed (ours)."""
    return not is_workday(day, closed) or (day.month, day.day) in {(12, 24), (12, 31)}


def _days(first: date, end: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((end - first).days))


def _feast(first: date, end: date) -> Feast:
    days = set(_days(first, end))
    if date(first.year, 12, 25) in days:
        return Feast.CHRISTMAS
    if date(end.year, 1, 1) in days:
        return Feast.NEW_YEAR
    return Feast.EASTER if easter(first.year) in days else Feast.OTHER
