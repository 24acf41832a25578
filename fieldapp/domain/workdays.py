"""Danish workdays: which days nobody is expected to reach out, and where such a day moves to."""

from collections.abc import Collection
from datetime import date


def easter(year: int) -> date:
    raise NotImplementedError


def holidays(year: int) -> frozenset[date]:
    """The public holidays; store bededag has not been one since 2024."""
    raise NotImplementedError


def is_workday(day: date, closed: Collection[date] = ()) -> bool:
    """`closed` are the municipality's own closing days."""
    raise NotImplementedError


def next_workday(day: date, closed: Collection[date] = ()) -> date:
    """The first workday after `day`."""
    raise NotImplementedError


def workday_before(day: date, closed: Collection[date] = ()) -> date:
    """The last workday before `day`."""
    raise NotImplementedError


def moved(day: date, interval: int, closed: Collection[date] = ()) -> date:
    """`day`, or the workday beside it: before for an interval of at most 7 days, after for a longer one."""
    raise NotImplementedError


def spread(day: date, interval: int, citizen: str, closed: Collection[date] = ()) -> date:
    """`day` moved to a workday and, from 7 days up, at most a workday to either side, always the same for a citizen."""
    raise NotImplementedError
