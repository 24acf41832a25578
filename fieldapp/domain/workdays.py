"""Danish workdays: which days nobody is expected to reach out, and where such a day moves to."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b

SHORT = 7
"""An interval of at most a week moves to the workday before, a longer one to the day after (review.md 2.8)."""

_A_DAY = timedelta(days=1)
_SATURDAY = 5
_AFTER_EASTER = (-3, -2, 0, 1, 39, 49, 50)  # skærtorsdag, langfredag, påske, Kristi himmelfart, pinse


@cache
def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays; store bededag has not been one since 2024."""
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter(year) + timedelta(days=days) for days in _AFTER_EASTER})


def is_workday(day: date, closed: Collection[date] = ()) -> bool:
    """`closed` are the municipality's own closing days."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year) and day not in closed


def next_workday(day: date, closed: Collection[date] = ()) -> date:
    """The first workday after `day`."""
    day += _A_DAY
    while not is_workday(day, closed):
        day += _A_DAY
    return day


def workday_before(day: date, closed: Collection[date] = ()) -> date:
    """The last workday before `day`."""
    day -= _A_DAY
    while not is_workday(day, closed):
        day -= _A_DAY
    return day


def workday_from(day: date, closed: Collection[date] = ()) -> date:
    """`day`, or the first workday after it."""
    return day if is_workday(day, closed) else next_workday(day, closed)


def moved(day: date, interval: int, closed: Collection[date] = ()) -> date:
    """`day`, or the workday beside it: before for an interval of at most 7 days, after for a longer one."""
    if is_workday(day, closed):
        return day
    return workday_before(day, closed) if interval <= SHORT else next_workday(day, closed)


def spread(day: date, interval: int, citizen: str, closed: Collection[date] = ()) -> date:
    """`day` moved to a workday and, from 7 days up, at most a workday to either side, always the same for a citizen."""
    day = moved(day, interval, closed)
    if interval < SHORT:
        return day
    match blake2b(citizen.encode(), digest_size=2).digest()[0] % 3:
        case 0:
            return workday_before(day, closed)
        case 1:
            return next_workday(day, closed)
    return day
