"""The clocks of CTI, ICM and ACT (acceptance tests 7 and 8)."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.methods import months_after, next_phase, phase_ends_on

PHASES = ("transition", "try_out", "handover")


def _ends(first: date) -> list[date]:
    """When each phase ends if every one begins the day the one before it ends."""
    ends, begins = [], first
    for phase in PHASES:
        begins = phase_ends_on(phase, begins) or begins
        ends.append(begins)
    return ends


def test_a_course_from_31_january_shifts_at_month_ends() -> None:
    assert _ends(date(2026, 1, 31)) == [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]


def test_a_course_from_the_middle_of_a_month_keeps_its_day() -> None:
    assert _ends(date(2026, 11, 12)) == [date(2027, 2, 12), date(2027, 5, 12), date(2027, 8, 12)]


def test_the_30th_of_november_ends_in_february() -> None:
    assert _ends(date(2027, 11, 29))[0] == date(2028, 2, 29)
    assert phase_ends_on("transition", date(2026, 11, 30)) == date(2027, 2, 28)


def test_the_contact_period_has_no_end_and_starts_no_clock() -> None:
    assert phase_ends_on("contact_period", date(2026, 1, 31)) is None
    assert phase_ends_on("transition", None) is None


@pytest.mark.parametrize("phase", [None, "icm", "a_newer_phase"])
def test_what_is_no_cti_phase_has_no_end(phase: str | None) -> None:
    assert phase_ends_on(phase, date(2026, 1, 31)) is None


def test_the_phases_follow_each_other() -> None:
    assert [next_phase(p) for p in ("contact_period", *PHASES)] == [*PHASES, None]
    assert next_phase("a_newer_phase") is None


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 24))
@settings(deadline=None)
def test_months_after_is_that_many_months_later(day: date, months: int) -> None:
    to = months_after(day, months)
    assert (to.year * 12 + to.month) - (day.year * 12 + day.month) == months
    assert to.day == day.day or to.day == monthrange(to.year, to.month)[1]


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
@settings(deadline=None)
def test_three_phases_last_nine_months_give_or_take_three_days(first: date) -> None:
    assert abs(_ends(first)[-1] - months_after(first, 9)) <= timedelta(days=3)
