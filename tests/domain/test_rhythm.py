"""The table of rhythm.md, row by row, and what holds for everybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.facts import Absence, Pause, Reopening, Why
from fieldapp.domain.rhythm import DEFAULT, RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support
from fieldapp.domain.workdays import is_workday
from tests.domain import anything
from tests.examples import TODAY, a_contact, an_attempt, an_id, days_ago, some_facts

#: TODAY is a Wednesday: nothing within two days of it moves.
MET_TODAY = (a_contact(0), a_contact(20), a_contact(40))


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def interval(**more: object) -> int:
    """The interval of somebody met today (and before), so that nothing else shortens it."""
    return due(some_facts(**({"contacts": MET_TODAY} | more)), TODAY).interval


@pytest.mark.parametrize(("level", "days"), [(1, 30), (2, 14), (3, 7), (4, 3), (5, 1)])
def test_the_intensity_sets_the_base(level: int, days: int) -> None:
    assert interval(intensity=level) == days


@pytest.mark.parametrize(
    ("phase", "chosen", "days"),
    [
        ("contact_period", None, 3),
        ("contact_period", 2, 3),
        ("transition", None, 4),
        ("transition", 1, 7),
        ("transition", 5, 1),
        ("try_out", None, 7),
        ("try_out", 1, 10),
        ("handover", None, 14),
        ("handover", 1, 21),
        ("a_newer_phase", None, 3),
    ],
)
def test_cti_falls_from_phase_to_phase_and_never_beyond_its_longest(phase: str, chosen: int | None, days: int) -> None:
    assert interval(method="cti", phase=phase, phase_from_on=in_days(-10), intensity=chosen) == days


def test_the_last_28_days_of_cti_are_every_week_so_that_nobody_vanishes() -> None:
    assert interval(method="cti", phase="handover", phase_from_on=in_days(-70)) == 7
    assert interval(method="cti", phase="handover", phase_from_on=in_days(-70), intensity=2) == 7
    assert interval(method="cti", phase="handover", phase_from_on=in_days(-45)) == 14


def test_icm_is_close_for_90_days_and_then_every_week() -> None:
    assert interval(method="icm", method_from_on=in_days(-89)) == 3
    assert interval(method="icm", method_from_on=in_days(-90)) == 7


def test_a_phase_left_over_from_cti_does_not_count_in_icm() -> None:
    assert interval(method="icm", method_from_on=in_days(-200), phase="handover") == 7


@pytest.mark.parametrize(("chosen", "days"), [(None, 2), (1, 7), (3, 7), (5, 1)])
def test_act_is_every_other_day_and_at_most_a_week(chosen: int | None, days: int) -> None:
    assert interval(method="act", intensity=chosen) == days
    assert interval(method="act_modified", intensity=chosen) == days


@pytest.mark.parametrize(
    ("moves_in", "days"),
    [(15, 14), (14, 3), (1, 3), (0, 1), (-14, 1), (-15, 3), (-28, 3), (-29, 7), (-90, 7), (-91, 7)],
)
def test_around_the_move_the_rhythm_is_close_and_falls_slowly(moves_in: int, days: int) -> None:
    assert interval(intensity=2, move_in_on=in_days(moves_in)) == days


@pytest.mark.parametrize("looked", [{"intensity_from_on": in_days(-1)}, {"reviewed_on": in_days(0)}])
def test_g8_h13_after_ninety_days_it_is_as_close_as_before_until_somebody_has_looked_at_it(
    looked: dict[str, date],
) -> None:
    assert interval(intensity=2, move_in_on=in_days(-400), intensity_from_on=in_days(-380)) == 7
    assert interval(intensity=2, move_in_on=in_days(-91), **looked) == 14


def test_the_day_after_the_move_always_counts() -> None:
    tries = (an_attempt(2), an_attempt(1), an_attempt(0))
    facts = some_facts(intensity=1, contacts=(a_contact(10),), attempts=tries, move_in_on=in_days(1))
    assert due(facts, TODAY).on == in_days(2)
    assert due(replace(facts, move_in_on=None), TODAY).on > in_days(2)


def test_somebody_met_once_is_met_again_in_three_days_and_then_every_week() -> None:
    assert interval(contacts=(a_contact(0),)) == 3
    assert interval(contacts=(a_contact(0), a_contact(0))) == 3
    assert interval(contacts=(a_contact(0), a_contact(5))) == 7


def test_a_tip_gets_a_first_try_within_two_workdays() -> None:
    friday = date(2026, 11, 27)
    assert due(some_facts(known_since=TODAY, intensity=2), TODAY).on == friday
    assert due(some_facts(known_since=friday), TODAY).on == date(2026, 12, 1)


@pytest.mark.parametrize(("tried", "gap"), [((0,), 7), ((0, 8), 14), ((0, 8, 20), 14)])
def test_after_a_tip_the_tries_come_after_7_and_then_14_days(tried: tuple[int, ...], gap: int) -> None:
    facts = some_facts(known_since=in_days(-30), attempts=tuple(an_attempt(days, "bell") for days in tried))
    assert due(facts, TODAY).interval == gap


def test_in_hospital_first_the_next_workday_then_every_fourth_day() -> None:
    away = Absence("hospital", since_on=TODAY)
    assert due(some_facts(intensity=1, contacts=(a_contact(20),), absence=away), TODAY).on == in_days(1)
    assert interval(intensity=1, absence=Absence("hospital", since_on=in_days(-3))) == 4


def test_the_day_before_and_the_day_after_coming_home_from_hospital_count() -> None:
    away = Absence("hospital", since_on=in_days(-10), home_on=in_days(2))
    met = some_facts(intensity=1, contacts=(a_contact(0),), absence=away)
    assert (due(met, TODAY).on, due(met, TODAY).reason.why) == (in_days(1), Why.HOME_SOON)
    home = some_facts(intensity=1, contacts=(a_contact(1), a_contact(9)), home_again_on=in_days(0))
    assert due(home, TODAY).on == in_days(1)


def test_in_prison_the_third_workday_then_every_14_days_and_closer_before_release() -> None:
    known = Absence("prison", since_on=TODAY)
    assert due(some_facts(intensity=5, contacts=(a_contact(2),), absence=known), TODAY).on == date(2026, 11, 30)
    assert interval(intensity=5, absence=Absence("prison", since_on=in_days(-5))) == 14
    for home_in, on in ((31, 1), (15, 1), (4, 1), (1, 1)):
        away = Absence("prison", since_on=in_days(-40), home_on=in_days(home_in))
        facts = some_facts(intensity=3, contacts=(a_contact(0),), absence=away)
        assert due(facts, TODAY).on == in_days(on), home_in


def test_an_intensity_chosen_for_the_absence_counts_in_it() -> None:
    away = Absence("prison", since_on=in_days(-20))
    assert interval(intensity=4, intensity_from_on=in_days(-19), absence=away) == 3
    assert interval(intensity=4, intensity_from_on=in_days(-21), absence=away) == 14


def test_a_treatment_stay_is_every_week() -> None:
    assert interval(intensity=4, absence=Absence("treatment", since_on=in_days(-5))) == 7


@pytest.mark.parametrize("place", ["shelter_110", "unknown", "a_newer_place"])
def test_elsewhere_is_as_before_but_at_most_a_week(place: str) -> None:
    away = Absence(place, since_on=in_days(-5))
    assert interval(intensity=4, absence=away) == 3
    assert interval(intensity=1, absence=away) == 7
    assert interval(intensity=1, home_in_use=False) == 7


def test_a_lost_home_draws_close_for_14_days_and_ends_nothing() -> None:
    lost = some_facts(intensity=2, contacts=MET_TODAY, lost_home_on=in_days(-14))
    assert due(lost, TODAY).interval == 2
    assert standing(lost, TODAY).support is Support.ACTIVE
    assert interval(intensity=2, lost_home_on=in_days(-15)) == 14


def test_harder_right_now_is_one_step_closer_for_14_days() -> None:
    assert interval(intensity=2, harder_on=in_days(-14)) == 7
    assert interval(intensity=2, harder_on=in_days(-15)) == 14
    assert interval(intensity=5, harder_on=TODAY) == 1


def test_a_pause_has_a_sign_of_life_every_30_days_and_its_review() -> None:
    pause = Pause(days_ago(60), from_on=in_days(-60), review_on=in_days(60), by=an_id())
    assert interval(intensity=5, pauses=(pause,)) == 30
    soon = replace(pause, review_on=in_days(2))
    found = due(some_facts(contacts=MET_TODAY, pauses=(soon,)), TODAY)
    assert (found.on, found.reason.why) == (in_days(2), Why.PAUSE_REVIEW)


@pytest.mark.parametrize(
    ("level", "gaps"),
    [(5, (2, 3, 5, 7, 7)), (4, (2, 3, 5, 7, 7)), (3, (4, 7, 10, 10)), (2, (7, 14, 14)), (1, (15, 30, 30))],
)
def test_when_nobody_answers_the_tries_grow_apart(level: int, gaps: tuple[int, ...]) -> None:
    for tried, gap in enumerate(gaps, start=1):
        attempts = tuple(an_attempt(days) for days in range(tried))
        found = due(some_facts(intensity=level, contacts=(a_contact(100), a_contact(90)), attempts=attempts), TODAY)
        assert (found.interval, found.reason.why) == (gap, Why.NO_ANSWER)


@pytest.mark.parametrize(
    ("method", "level", "longest"),
    [("act", 3, 7), ("act", 4, 7), ("icm", 3, 10), ("icm", 2, 14), ("icm", 1, 30), ("cti", 3, 10)],
)
def test_no_method_lets_more_pass_between_tries_than_its_own(method: str, level: int, longest: int) -> None:
    attempts = tuple(an_attempt(days) for days in range(9))
    facts = some_facts(method=method, intensity=level, contacts=(a_contact(100),), attempts=attempts)
    assert due(facts, TODAY).interval == longest


def test_two_acts_at_one_door_are_one_try() -> None:
    attempts = (an_attempt(0, "bell", "nobody_opened"), an_attempt(0, "note", "left"))
    assert due(some_facts(intensity=3, contacts=(a_contact(30),), attempts=attempts), TODAY).interval == 4


def test_a_try_before_it_is_time_does_not_bring_the_day_forward() -> None:
    facts = some_facts(intensity=1, contacts=(a_contact(5),), attempts=(an_attempt(0),))
    assert due(facts, TODAY).interval == 30


def test_an_answer_ends_the_silence() -> None:
    tries = (an_attempt(9), an_attempt(6), an_attempt(2, "bell", "opened_not_today", real=True))
    found = due(some_facts(intensity=4, contacts=(a_contact(30),), attempts=tries), TODAY)
    assert found.interval == 3
    assert found.on == in_days(1)


def test_it_counts_from_a_colleagues_contact_and_from_the_citizens_own_call() -> None:
    for contact in (a_contact(0, by=an_id()), a_contact(0, mode="citizen_called")):
        facts = some_facts(intensity=3, contacts=(a_contact(40), a_contact(30), contact))
        assert due(facts, TODAY).on > in_days(4)


def test_not_meeting_is_no_contact() -> None:
    facts = some_facts(intensity=4, contacts=(a_contact(9), a_contact(0, mode="not_met", real=False)))
    assert due(facts, TODAY).on < TODAY


def test_a_contact_dated_in_the_future_hides_nobody() -> None:
    facts = some_facts(intensity=3, contacts=(a_contact(400), a_contact(-400)))
    assert due(facts, TODAY).on < TODAY


def test_it_never_falls_back_on_the_day_of_the_contact() -> None:
    friday = date(2026, 11, 27)
    facts = some_facts(intensity=5, contacts=(a_contact(-2),))
    assert due(facts, friday).on == date(2026, 11, 30)


def test_peace_is_kept_until_the_day_after_and_then_one_hello() -> None:
    facts = some_facts(intensity=5, contacts=(a_contact(3),), peace_until=in_days(1))
    assert (due(facts, TODAY).on, due(facts, TODAY).reason.why) == (in_days(2), Why.AFTER_PEACE)
    over = replace(facts, peace_until=in_days(-30))
    assert due(replace(over, contacts=(a_contact(33),)), TODAY).on == in_days(-29)
    assert due(over, TODAY).reason.why is not Why.AFTER_PEACE


def test_peace_that_ends_before_a_weekend_lasts_over_it() -> None:
    facts = some_facts(intensity=5, contacts=(a_contact(3),), peace_until=date(2026, 11, 27))
    assert due(facts, TODAY).on == date(2026, 11, 30)


def test_a_reopened_citizen_counts_from_the_reopening() -> None:
    back = Reopening(days_ago(0), TODAY, an_id())
    found = due(some_facts(intensity=4, contacts=(a_contact(250), a_contact(260)), reopenings=(back,)), TODAY)
    assert found.on > TODAY


def test_the_server_can_change_the_figures() -> None:
    rules = RhythmRules(by_intensity=(20, 9, 5, 2, 1))
    assert due(some_facts(intensity=2, contacts=MET_TODAY), TODAY, rules).interval == 9
    closed = RhythmRules(closed=frozenset({in_days(3)}))
    assert due(some_facts(intensity=4, contacts=MET_TODAY), TODAY, closed).on == in_days(2)


@given(anything.facts(), anything.near)
@settings(deadline=None, max_examples=300)
def test_it_always_leads_to_a_workday(facts, today) -> None:
    found = due(facts, today)
    assert is_workday(found.on)
    assert found.interval >= 1


@given(anything.facts(peace_until=anything.near))
@settings(deadline=None)
def test_it_never_leads_into_the_peace(facts) -> None:
    if facts.peace_until >= TODAY:
        assert due(facts, TODAY).on > facts.peace_until


@given(anything.facts(pauses=st.just(()), peace_until=st.none()))
@settings(deadline=None)
def test_nobody_waits_longer_than_the_longest_interval_and_a_workday(facts) -> None:
    """From the last thing that happened: 30 days, two of spreading, and at most a long Easter."""
    acts = [*facts.contacts, *facts.attempts]
    last = max((act.at.date() for act in acts if act.at.date() <= TODAY), default=None)
    reopened = max((r.on for r in facts.reopenings if r.on <= TODAY), default=facts.known_since)
    away = min(facts.absence.since_on, TODAY) if facts.absence else date.min
    since = max(last or facts.known_since, facts.known_since, reopened, away)
    assert due(facts, TODAY).on <= since + timedelta(days=max(DEFAULT.by_intensity) + 10)
