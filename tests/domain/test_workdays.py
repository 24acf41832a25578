"""Danish workdays and the moving rule, checked against calendars made by others."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.workdays import (
    easter,
    holidays,
    is_workday,
    moved,
    next_workday,
    spread,
    workday_before,
    workday_from,
)
from tests.examples import an_id

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "sunday",
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2035-03-25", "2038-04-25", "1818-03-22"],
)
def test_easter_is_when_the_almanac_says(sunday: str) -> None:
    assert easter(date.fromisoformat(sunday).year) == date.fromisoformat(sunday)


def test_the_holidays_of_2026() -> None:
    assert {day.isoformat() for day in holidays(2026)} == {
        "2026-01-01",
        "2026-04-02",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-05-14",
        "2026-05-24",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
    }


def test_store_bededag_is_a_workday_now() -> None:
    assert is_workday(easter(2026) + timedelta(days=26))


def test_the_municipalitys_own_closing_day_is_none() -> None:
    assert is_workday(date(2026, 12, 24))
    assert not is_workday(date(2026, 12, 24), {date(2026, 12, 24)})


def test_a_short_interval_moves_before_and_a_long_one_after_the_weekend() -> None:
    saturday = date(2026, 11, 28)
    assert moved(saturday, 7) == date(2026, 11, 27)
    assert moved(saturday, 8) == date(2026, 11, 30)
    assert moved(date(2026, 11, 25), 3) == date(2026, 11, 25)


def test_over_christmas_the_workday_after_is_monday() -> None:
    assert next_workday(date(2026, 12, 24)) == date(2026, 12, 28)
    assert workday_before(date(2026, 12, 28)) == date(2026, 12, 24)
    assert workday_from(date(2026, 12, 25)) == date(2026, 12, 28)
    assert workday_from(date(2026, 12, 28)) == date(2026, 12, 28)


@given(days, st.integers(1, 60))
@settings(deadline=None)
def test_a_moved_day_is_a_workday_and_nothing_lies_between(day: date, interval: int) -> None:
    to = moved(day, interval)
    assert is_workday(to)
    between = range(1, abs((to - day).days))
    step = 1 if to > day else -1
    assert not any(is_workday(day + timedelta(days=step * n)) for n in between)


@given(days, st.integers(1, 60), st.uuids().map(str))
@settings(deadline=None)
def test_a_spread_day_is_the_same_every_time_and_at_most_a_workday_away(day: date, interval: int, who: str) -> None:
    to, plain = spread(day, interval, who), moved(day, interval)
    assert to == spread(day, interval, who)
    assert is_workday(to)
    allowed = {plain} if interval < 7 else {workday_before(plain), plain, next_workday(plain)}
    assert to in allowed


def test_spreading_takes_a_weeks_heap_apart() -> None:
    monday = date(2026, 11, 30)
    heap = [spread(monday, 7, an_id()) for _ in range(300)]
    assert {day: heap.count(day) > 60 for day in set(heap)} == {
        date(2026, 11, 27): True,
        monday: True,
        date(2026, 12, 1): True,
    }
