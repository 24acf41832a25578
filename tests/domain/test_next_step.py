"""I-2: whoever is active or paused always has a next step with a date and a person."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldapp.domain.facts import Closing, Pause, PlannedStep, Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.next_step import next_step, suggestion
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support
from fieldapp.domain.workdays import is_workday
from tests.domain import anything
from tests.examples import NOW, TODAY, a_contact, an_attempt, an_id, days_ago, some_facts

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)


def a_step(in_days: int = 2, **more: object) -> PlannedStep:
    return PlannedStep(**({"id": an_id(), "on": TODAY + timedelta(days=in_days), "made_at": days_ago(5)} | more))


def test_the_earliest_planned_step_is_the_next() -> None:
    near, far = a_step(2, text="Kaffe på Kilden"), a_step(6, agreed=True)
    found = next_step(some_facts(steps=(far, near)), TODAY)
    assert (found.id, found.on, found.text) == (near.id, near.on, "Kaffe på Kilden")


def test_of_two_on_one_day_the_earlier_hour_comes_first() -> None:
    early, late, some_time = a_step(at=time(9)), a_step(at=time(14)), a_step()
    assert next_step(some_facts(steps=(some_time, late, early)), TODAY).id == early.id


def test_without_a_planned_step_the_rhythm_suggests_one_with_the_responsible_worker() -> None:
    facts = some_facts(intensity=4, contacts=(a_contact(1),))
    found = next_step(facts, TODAY)
    assert (found.id, found.on, found.worker) == (None, FRIDAY, facts.responsible)


def test_an_overdue_rhythm_means_today_or_the_next_workday() -> None:
    facts = some_facts(contacts=(a_contact(400),))
    assert next_step(facts, TODAY).on == TODAY
    assert next_step(facts, SATURDAY).on == MONDAY


def test_a_missed_appointment_keeps_its_day_until_something_is_noted() -> None:
    missed = a_step(-1, agreed=True)
    facts = some_facts(steps=(missed,), contacts=(a_contact(5),))
    assert next_step(facts, TODAY).on == TODAY - timedelta(days=1)
    noted = replace(facts, attempts=(an_attempt(1, "bell", "nobody_opened"),))
    assert next_step(noted, TODAY).id is None


def test_a_step_today_stays_after_this_mornings_call() -> None:
    facts = some_facts(steps=(a_step(0, at=time(15), agreed=True),), contacts=(a_contact(0),))
    assert next_step(facts, TODAY).at == time(15)


def test_a_step_too_far_ahead_does_not_hide_somebody_who_waits() -> None:
    waiting = some_facts(intensity=3, contacts=(a_contact(20),))
    assert next_step(replace(waiting, steps=(a_step(30),)), TODAY).id is not None
    assert next_step(replace(waiting, steps=(a_step(31),)), TODAY).on == TODAY


def test_a_colleague_may_take_the_step() -> None:
    colleague = an_id()
    assert next_step(some_facts(steps=(a_step(worker=colleague),)), TODAY).worker == colleague


def test_a_closed_citizen_has_none() -> None:
    closing = Closing(days_ago(3), TODAY - timedelta(days=3), "death", an_id())
    facts = some_facts(closings=(closing,), steps=(a_step(),))
    assert next_step(facts, TODAY) is None
    assert suggestion(facts, TODAY) is None


def test_the_review_of_a_pause_comes_before_a_step_planned_after_it() -> None:
    pause = Pause(days_ago(40), TODAY - timedelta(days=40), TODAY + timedelta(days=2), an_id())
    facts = some_facts(pauses=(pause,), contacts=(a_contact(10),), steps=(a_step(20),))
    assert next_step(facts, TODAY).reason.why is Why.PAUSE_REVIEW
    assert next_step(replace(facts, steps=(a_step(1),)), TODAY).id is not None


class TestPeace:
    facts = some_facts(contacts=(a_contact(4),), peace_until=FRIDAY, peace_said_at=days_ago(3))

    def test_a_step_planned_within_it_waits_until_the_workday_after(self) -> None:
        found = next_step(replace(self.facts, steps=(a_step(1, agreed=True),)), TODAY)
        assert (found.on, found.reason.why) == (MONDAY, Why.AFTER_PEACE)

    def test_what_the_citizen_agreed_to_after_asking_for_it_stands(self) -> None:
        agreed = a_step(1, agreed=True, made_at=days_ago(1))
        assert next_step(replace(self.facts, steps=(agreed,)), TODAY).on == agreed.on

    def test_the_rhythm_comes_back_the_day_after(self) -> None:
        assert next_step(self.facts, TODAY).on == MONDAY


class TestSuggestion:
    def test_after_a_talk_it_is_the_rhythms_day(self) -> None:
        facts = some_facts(intensity=4, contacts=(a_contact(9), a_contact(19)))
        found = suggestion(facts, TODAY)
        assert (found.on, found.reason.why, found.reason.days) == (FRIDAY, Why.RHYTHM, 3)

    def test_after_a_try_without_an_answer_it_says_so(self) -> None:
        facts = some_facts(intensity=4, contacts=(a_contact(9),))
        found = suggestion(facts, TODAY, after=an_attempt(0))
        assert (found.on, found.reason.why) == (FRIDAY, Why.NO_ANSWER)

    def test_what_was_to_be_done_today_is_done_by_saving(self) -> None:
        facts = some_facts(intensity=4, steps=(a_step(-1), a_step(0)))
        assert suggestion(facts, TODAY, after=a_contact(0)).on > TODAY

    def test_an_appointment_later_today_is_still_ahead(self) -> None:
        later = a_step(0, at=time(15), agreed=True)
        assert suggestion(some_facts(steps=(later,)), TODAY, after=a_contact(0)).id == later.id

    def test_an_appointment_inside_the_interval_is_the_next_step(self) -> None:
        agreed, planned = a_step(2, agreed=True), a_step(1)
        facts = some_facts(intensity=3, contacts=(a_contact(20), a_contact(30)), steps=(planned, agreed))
        assert suggestion(facts, TODAY).id == agreed.id

    def test_an_appointment_beyond_it_is_not(self) -> None:
        facts = some_facts(intensity=4, contacts=(a_contact(20),), steps=(a_step(9, agreed=True),))
        assert suggestion(facts, TODAY).on < TODAY + timedelta(days=9)

    @pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
    def test_it_never_lies_on_the_day_it_is_made(self, level: int) -> None:
        assert suggestion(some_facts(intensity=level), FRIDAY, after=a_contact(-2)).on > FRIDAY


@given(anything.facts(), anything.near)
@settings(deadline=None, max_examples=300)
def test_it_is_missing_only_when_the_support_is_closed(facts, today) -> None:
    closed = standing(facts, today).support is Support.CLOSED
    found = next_step(facts, today)
    assert (found is None) == closed
    assert closed or found.worker is not None


@given(anything.records(), anything.near)
@settings(deadline=None, max_examples=300)
def test_no_sequence_of_records_leaves_somebody_without_a_date_and_a_person(records, today) -> None:
    born = Record("citizen", an_id(), {"known_as": "Elvis"}, anything.WORKERS[0], NOW)
    facts = gather(an_id(), [born, *records], today)
    found = next_step(facts, today)
    assert (found is None) == (standing(facts, today).support is Support.CLOSED)
    if found is not None:
        assert found.on >= date(1900, 1, 1)
        assert found.worker is not None or any(r.kind == "citizen" and r.author is None for r in records)


@given(anything.facts(steps=st.just(())), anything.near)
@settings(deadline=None)
def test_what_the_rhythm_chooses_is_a_workday_from_today_on_and_outside_the_peace(facts, today) -> None:
    found = next_step(facts, today)
    assume(found is not None)
    assert is_workday(found.on)
    assert found.on >= today
    assert facts.peace_until is None or found.on > facts.peace_until


@given(anything.facts(peace_until=anything.near, peace_said_at=st.none()), anything.near)
@settings(deadline=None)
def test_no_step_lies_within_the_peace(facts, today) -> None:
    found = next_step(facts, today)
    assert found is None or found.on > facts.peace_until


@given(anything.facts(), anything.near, st.sampled_from([None, a_contact(0), an_attempt(0), an_attempt(0, "bell")]))
@settings(deadline=None)
def test_a_suggestion_made_today_lies_ahead(facts, today, after) -> None:
    after = after and replace(after, at=anything.at_noon(today))
    found = suggestion(facts, today, after=after)
    assume(found is not None)
    assert found.on >= today
    assert found.id is not None or found.on > today or standing(facts, today).review_on is not None
