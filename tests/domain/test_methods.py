"""The clocks of CTI, ICM and ACT (acceptance tests 7 and 8)."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.gather import gather
from fieldapp.domain.methods import months_after, next_phase, phase_ends_on
from tests.domain.test_gather import a_record
from tests.examples import TODAY, an_id

PHASES = ("transition", "try_out", "handover")


def _ends(first: date) -> list[date]:
    """When each phase ends if every one begins the day the one before it ends."""
    ends, begins = [], first
    for phase in PHASES:
        begins = phase_ends_on(phase, begins, first) or begins
        ends.append(begins)
    return ends


def test_acceptance_07_a_course_from_31_january_shifts_at_month_ends() -> None:
    assert _ends(date(2026, 1, 31)) == [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]


def test_acceptance_07_a_contact_period_before_it_changes_nothing() -> None:
    known = a_record("phase", 400, phase="contact_period", from_on="2025-10-12")
    first = a_record("phase", 290, phase="transition", from_on="2026-01-31")
    for told in ((known, first), (first,)):
        facts = gather(an_id(), [a_record("citizen", 400), *told], date(2026, 2, 1))
        assert (facts.phase, facts.first_phase_on) == ("transition", date(2026, 1, 31))
        assert phase_ends_on(facts.phase, facts.phase_from_on, facts.first_phase_on) == date(2026, 4, 30)


def test_a_course_from_the_middle_of_a_month_keeps_its_day() -> None:
    assert _ends(date(2026, 11, 12)) == [date(2027, 2, 12), date(2027, 5, 12), date(2027, 8, 12)]


def test_a_shorter_month_on_the_way_does_not_shorten_what_follows() -> None:
    assert _ends(date(2026, 11, 30)) == [date(2027, 2, 28), date(2027, 5, 30), date(2027, 8, 30)]
    assert _ends(date(2027, 11, 29))[0] == date(2028, 2, 29)


@pytest.mark.parametrize("late", [1, 14, 60])
def test_a_shift_confirmed_later_does_not_make_the_nine_months_longer(late: int) -> None:
    first = date(2026, 3, 3)
    assert phase_ends_on("try_out", date(2026, 6, 3) + timedelta(days=late), first) == date(2026, 9, 3)


def test_no_phase_ends_before_it_begins() -> None:
    assert phase_ends_on("try_out", date(2026, 12, 1), date(2026, 1, 5)) == date(2027, 3, 1)


def test_the_contact_period_has_no_end_and_starts_no_clock() -> None:
    assert phase_ends_on("contact_period", date(2026, 1, 31)) is None
    assert phase_ends_on("transition", None) is None


@pytest.mark.parametrize("phase", [None, "icm", "a_newer_phase"])
def test_what_is_no_cti_phase_has_no_end(phase: str | None) -> None:
    assert phase_ends_on(phase, date(2026, 1, 31)) is None


def test_the_phases_follow_each_other() -> None:
    assert [next_phase(p) for p in ("contact_period", *PHASES)] == [*PHASES, None]
    assert next_phase("a_newer_phase") is None


def test_for_every_first_day_of_four_years_a_phase_ends_whole_months_after_it() -> None:
    """The end of phase k is the start and 3k months, the day clipped to the month's last (C2)."""
    for first in (date(2024, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)):
        for k, end in enumerate(_ends(first), 1):
            month = first.month + 3 * k
            year, month = first.year + (month - 1) // 12, (month - 1) % 12 + 1
            assert end == date(year, month, min(first.day, monthrange(year, month)[1])), (first, k)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-24, 24))
@settings(deadline=None)
def test_months_after_is_that_many_months_later(day: date, months: int) -> None:
    to = months_after(day, months)
    assert (to.year * 12 + to.month) - (day.year * 12 + day.month) == months
    assert to.day == min(day.day, monthrange(to.year, to.month)[1])


def test_what_is_begun_ahead_is_no_phase_yet() -> None:
    ahead = a_record("phase", 1, phase="transition", from_on=(TODAY + timedelta(days=9)).isoformat())
    facts = gather(an_id(), [a_record("citizen", 40), ahead], TODAY)
    assert (facts.phase, facts.first_phase_on) == (None, None)
