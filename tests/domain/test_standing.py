"""I-1, I-3, I-4: only a named person with a ground moves a citizen out of active."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.facts import Absence, Closing, Pause, Reopening
from fieldapp.domain.gather import gather
from fieldapp.domain.standing import counts, standing
from fieldapp.domain.values import ClosingGround, Support
from tests.domain import anything
from tests.examples import TODAY, a_contact, an_id, days_ago, some_facts

BY = an_id()


def a_closing(days: int = 10, ground: str = ClosingGround.OWN_WISH, **more: object) -> Closing:
    defaults = {"recorded_at": days_ago(days), "on": TODAY - timedelta(days=days), "ground": ground, "by": BY}
    return Closing(**(defaults | more))


def a_pause(days: int = 10, review_in: int = 20) -> Pause:
    on = TODAY - timedelta(days=days)
    return Pause(recorded_at=days_ago(days), from_on=on, review_on=TODAY + timedelta(days=review_in), by=BY)


def a_reopening(days: int = 5) -> Reopening:
    return Reopening(recorded_at=days_ago(days), on=TODAY - timedelta(days=days), by=BY)


def test_a_citizen_is_active_from_the_start() -> None:
    facts = some_facts()
    assert standing(facts, TODAY).support is Support.ACTIVE
    assert standing(facts, TODAY).since_on == facts.known_since


def test_400_silent_days_without_a_home_change_nothing() -> None:
    facts = some_facts(
        contacts=(a_contact(400),),
        lost_home_on=TODAY - timedelta(days=390),
        absence=Absence("unknown", TODAY - timedelta(days=380)),
    )
    assert standing(facts, TODAY).support is Support.ACTIVE


def test_a_closing_by_a_person_on_a_ground_closes() -> None:
    state = standing(some_facts(closings=(a_closing(),)), TODAY)
    assert (state.support, state.ground, state.since_on) == (Support.CLOSED, "own_wish", TODAY - timedelta(days=10))


def test_death_is_closed_on_its_own_ground() -> None:
    state = standing(some_facts(closings=(a_closing(ground=ClosingGround.DEATH),)), TODAY)
    assert (state.support, state.ground) == (Support.CLOSED, "death")


@pytest.mark.parametrize(
    "closing",
    [
        a_closing(by=""),
        a_closing(ground="cannot_be_found"),
        a_closing(ground="closed_by_sync"),
        a_closing(days=-1),
    ],
    ids=["nobody", "not found", "unknown", "tomorrow"],
)
def test_what_is_no_closing_leaves_the_citizen_active(closing: Closing) -> None:
    assert not counts(closing, TODAY)
    assert standing(some_facts(closings=(closing,)), TODAY).support is Support.ACTIVE


def test_a_later_reopening_opens_again() -> None:
    state = standing(some_facts(closings=(a_closing(10),), reopenings=(a_reopening(5),)), TODAY)
    assert (state.support, state.since_on) == (Support.ACTIVE, TODAY - timedelta(days=5))


def test_a_closing_after_the_reopening_closes() -> None:
    facts = some_facts(closings=(a_closing(10), a_closing(3)), reopenings=(a_reopening(5),))
    assert standing(facts, TODAY).support is Support.CLOSED


@pytest.mark.parametrize("hours", [-3, 3])
def test_of_a_closing_and_a_reopening_on_one_day_the_reopening_wins(hours: int) -> None:
    reopening = replace(a_reopening(5), recorded_at=days_ago(5) + timedelta(hours=hours))
    assert standing(some_facts(closings=(a_closing(5),), reopenings=(reopening,)), TODAY).support is Support.ACTIVE


def test_a_closing_dated_back_does_not_undo_a_reopening() -> None:
    closing = a_closing(5, on=TODAY - timedelta(days=20))
    assert standing(some_facts(closings=(closing,), reopenings=(a_reopening(10),)), TODAY).support is Support.ACTIVE


def test_a_pause_is_paused_until_somebody_takes_it_up_again() -> None:
    state = standing(some_facts(pauses=(a_pause(200, review_in=-100),)), TODAY)
    assert (state.support, state.review_on) == (Support.PAUSED, TODAY - timedelta(days=100))
    taken_up = some_facts(pauses=(a_pause(200),), reopenings=(a_reopening(5),))
    assert standing(taken_up, TODAY).support is Support.ACTIVE


def test_a_pause_on_the_day_of_the_reopening_holds_when_written_later() -> None:
    facts = some_facts(pauses=(replace(a_pause(5), recorded_at=days_ago(5, 15)),), reopenings=(a_reopening(5),))
    assert standing(facts, TODAY).support is Support.PAUSED


def test_a_pause_that_begins_tomorrow_is_not_one_yet() -> None:
    assert standing(some_facts(pauses=(a_pause(-1),)), TODAY).support is Support.ACTIVE


@given(anything.facts(closings=st.just(()), pauses=st.just(())), anything.near)
@settings(deadline=None)
def test_without_a_closing_or_a_pause_everybody_is_active_on_any_day(facts, day) -> None:
    assert standing(facts, day).support is Support.ACTIVE


@given(anything.facts(), anything.facts(), anything.near)
@settings(deadline=None)
def test_only_closings_pauses_and_reopenings_are_read(one, other, day) -> None:
    mixed = replace(
        other,
        known_since=one.known_since,
        closings=one.closings,
        pauses=one.pauses,
        reopenings=one.reopenings,
    )
    assert standing(mixed, day) == standing(one, day)


@given(anything.records("closing", "pause"), anything.near)
@settings(deadline=None)
def test_no_record_of_another_kind_ends_or_pauses_the_support(records, day) -> None:
    assert standing(gather(an_id(), records, day), day).support is Support.ACTIVE
