"""Planned leave, breaks around holidays, and who wrote on days off (review.md 2.8)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import days_off
from fieldapp.domain.days_off import Break, Feast, Leave
from fieldapp.domain.facts import Attempt, Contact
from fieldapp.domain.workdays import is_workday
from tests.examples import CET, some_facts

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CET)


@pytest.mark.parametrize(
    ("first", "last", "from_"),
    [
        (date(2026, 11, 30), date(2026, 12, 4), date(2026, 11, 27)),
        (date(2026, 12, 3), date(2026, 12, 7), date(2026, 11, 30)),
        (date(2026, 12, 4), date(2026, 12, 7), None),
        (date(2026, 4, 7), date(2026, 4, 10), date(2026, 4, 1)),
    ],
    ids=["a week from Monday: on Friday", "three workdays", "two workdays", "after Easter: on Wednesday before it"],
)
def test_from_three_workdays_on_everybody_is_told_three_days_before_and_on_a_workday(
    first: date, last: date, from_: date | None
) -> None:
    assert days_off.tells_from(Leave(first, last)) == from_


@given(days, st.integers(0, 40))
def test_whoever_is_to_be_told_can_be_told_on_a_workday(first: date, more: int) -> None:
    leave = Leave(first, first + timedelta(days=more))
    from_ = days_off.tells_from(leave)
    assert (from_ is None) == (days_off.workdays_in(leave.from_on, leave.to_on) < 3)
    if from_:
        assert any(is_workday(from_ + timedelta(days=n)) for n in range((first - from_).days))


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 12, 9), None),
        (date(2026, 12, 10), Break(Feast.CHRISTMAS, date(2026, 12, 24), date(2026, 12, 27), 10)),
        (date(2026, 12, 23), Break(Feast.CHRISTMAS, date(2026, 12, 24), date(2026, 12, 27), 1)),
        (date(2026, 12, 24), Break(Feast.NEW_YEAR, date(2026, 12, 31), date(2027, 1, 3), 3)),
        (date(2026, 3, 30), Break(Feast.EASTER, date(2026, 4, 2), date(2026, 4, 6), 3)),
        (date(2026, 5, 11), None),
        (date(2026, 8, 3), None),
    ],
)
def test_ten_workdays_before_a_break_of_four_days(today: date, found: Break | None) -> None:
    assert days_off.break_ahead(today) == found


def test_a_closing_day_of_ones_own_makes_a_break() -> None:
    """The Friday after Kristi himmelfartsdag."""
    found = days_off.break_ahead(date(2026, 5, 11), {date(2026, 5, 15)})
    assert found == Break(Feast.OTHER, date(2026, 5, 14), date(2026, 5, 17), 3)


@given(days)
def test_a_break_lies_ahead_has_four_days_and_is_not_told_too_early(today: date) -> None:
    found = days_off.break_ahead(today)
    if found:
        assert today < found.from_on and (found.to_on - found.from_on).days >= 3
        assert 0 <= found.workdays <= 10


def test_whoever_wrote_at_the_weekend_is_told_of_on_monday_when_somebody_else_noted_it() -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 21)

    def wrote(day: date, by: str | None = "karim", mode: str = "citizen_wrote") -> bool:
        facts = some_facts(contacts=(Contact(noon(day), mode, True, by=by),))
        return days_off.wrote_meanwhile(facts, monday, "freja")

    assert wrote(saturday) and wrote(saturday, mode="citizen_called")
    assert not wrote(saturday, by="freja") and not wrote(saturday, by=None) and not wrote(saturday, mode="met")
    assert not wrote(date(2026, 11, 20)) and not wrote(monday), "a workday is not the weekend"
    assert days_off.off_since(monday + timedelta(days=1)) is None
    assert days_off.off_since(date(2026, 4, 7)) == date(2026, 4, 1), "after Easter too"
    assert days_off.off_since(saturday) is None


def test_who_has_heard_it() -> None:
    since = date(2026, 11, 27)
    text = Attempt(noon(since), "text", "unconfirmed", False, template="s13")
    for told, facts in (
        (False, some_facts()),
        (True, some_facts(attempts=(text,))),
        (False, some_facts(attempts=(Attempt(noon(since), "text", "sent", False, template="s1"),))),
        (False, some_facts(attempts=(Attempt(noon(date(2026, 11, 1)), "text", "sent", False, template="s13"),))),
        (True, some_facts(contacts=(Contact(noon(since), "met", True),))),
        (False, some_facts(contacts=(Contact(noon(since), "not_met", False),))),
    ):
        assert days_off.has_heard(facts, since, "s13") is told
