"""Figures for a leader: never of one citizen, never of fewer than five people (A1, E10, H8)."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import figures
from fieldapp.domain.facts import Closing, Facts, Pause, PlannedStep
from fieldapp.domain.figures import FEWEST, Share, WithoutHome
from tests.domain import anything
from tests.examples import NOW, TODAY, a_contact, an_id, some_facts


def days(number: int) -> timedelta:
    return timedelta(days=number)


@given(st.lists(st.sampled_from(["street", "shelter_110", "own_home", "car", None]), max_size=60))
def test_e10_no_small_group_is_shown_and_no_difference_tells_of_one(said: list[str | None]) -> None:
    found, counted = figures.groups(said), Counter(said)
    assert all(group.people >= FEWEST and counted[group.what] == group.people for group in found.shown)
    assert len(found.shown) + found.small == len(counted)
    left_out = len(said) - sum(group.people for group in found.shown)
    assert found.small != 1 or not found.shown, "one group alone is what is missing from the whole"
    assert found.small > 0 or left_out == 0


def test_e10_the_largest_stands_first_and_the_next_smallest_goes_with_a_single_small_one() -> None:
    found = figures.groups(["street"] * 9 + ["car"] * 6 + ["own_home"] * 2)
    assert [(group.what, group.people) for group in found.shown] == [("street", 9)]
    assert found.small == 2


def test_h8_peace_pause_and_what_is_due_today_are_kept_and_what_was_missed_is_not() -> None:
    missed = PlannedStep("s", TODAY - days(1), text="Kaffe")
    today = PlannedStep("s", TODAY, text="Kaffe")
    seen = (a_contact(5),)
    late = some_facts(contacts=(a_contact(60),))
    on_time = [
        some_facts(contacts=seen, steps=(today,)),
        some_facts(contacts=(a_contact(60),), peace_until=TODAY),
        some_facts(contacts=(a_contact(60),), pauses=(Pause(NOW, TODAY - days(9), TODAY + days(9), an_id()),)),
        some_facts(contacts=(a_contact(0),)),
    ]
    assert [figures.overdue(each, TODAY) for each in on_time] == [False] * 4
    assert figures.overdue(late, TODAY) and figures.overdue(some_facts(contacts=seen, steps=(missed,)), TODAY)
    ended = some_facts(closings=(Closing(NOW, TODAY, "own_wish", an_id()),))
    assert figures.kept_steps([*on_time, late, ended], TODAY) == Share(4, 5)
    assert figures.kept_steps([*on_time, ended], TODAY) is None, "of four nothing is said"


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        (some_facts(situation="street"), 100),
        (some_facts(situation="own_home"), None),
        (some_facts(situation="functional"), None),
        (some_facts(situation="street", move_in_on=TODAY - days(3)), None),
        (some_facts(situation="street", move_in_on=TODAY + days(3)), 100),
        (some_facts(situation="own_home", lost_home_on=TODAY - days(9)), 9),
    ],
)
def test_a1_days_without_a_home_count_from_the_loss_or_from_when_we_knew_them(facts: Facts, since: int | None) -> None:
    assert figures.days_without_home(facts, TODAY) == since


def test_a1_the_team_sees_how_long_half_of_them_have_waited_and_never_one() -> None:
    waiting = [some_facts(situation="street", known_since=TODAY - days(n)) for n in (10, 20, 30, 40, 400)]
    assert figures.without_home([*waiting, some_facts(situation="own_home")], TODAY) == WithoutHome(5, 30)
    assert figures.without_home(waiting[:4], TODAY) is None


@given(st.lists(anything.facts(), max_size=12))
def test_any_facts_have_figures(citizens: list[Facts]) -> None:
    share, home = figures.kept_steps(citizens, TODAY), figures.without_home(citizens, TODAY)
    assert share is None or (share.of >= FEWEST and 0 <= share.part <= share.of <= len(citizens))
    assert home is None or (home.people >= FEWEST and home.days >= 0)
