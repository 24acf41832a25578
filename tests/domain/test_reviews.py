"""The review together: every three months, with CTI at each shift; named calmly, and it calls nobody onto the list."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from fieldapp.domain import cti, reasons, reviews
from fieldapp.domain.act_balance import Share, balance
from fieldapp.domain.facts import Facts, Reason, Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.intensity import asks_after_move
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm import DEFAULT
from fieldapp.domain.today import the_day
from fieldapp.domain.values import Method
from tests.domain import anything
from tests.domain.test_cti import a_course
from tests.domain.test_gather import ME, a_contact, a_record, on
from tests.examples import TODAY, an_id, some_facts


def an_icm_course(begun: int, *more: Record) -> Facts:
    """ICM for so many days; met today."""
    method = a_record("method", begun, method="icm", from_on=on(-begun))
    return gather(an_id(), [a_record("citizen", begun), a_contact(0), method, *more], TODAY)


def test_acceptance_08_icm_has_no_end_date_anywhere_and_a_review_after_three_months() -> None:
    facts = an_icm_course(10, a_record("phase", 400, phase="try_out", from_on=on(-400)))
    assert cti.ends_on(facts) is None and cti.reminders(facts) == ()
    assert reviews.due_on(facts, TODAY) == date(2027, 2, 15)  # begun 15 November
    again = an_icm_course(400, a_record("review", 31, on="2026-10-31"))
    assert reviews.due_on(again, TODAY) == date(2027, 1, 31)


def test_without_a_method_and_while_the_support_rests_none_is_due() -> None:
    paused = a_record("pause", 1, from_on=on(-1), reason="Afsoner", review_on=on(60))
    assert reviews.due_on(gather(an_id(), [a_record("citizen", 300)], TODAY), TODAY) is None
    assert reviews.due_on(an_icm_course(400, paused), TODAY) is None


def test_the_day_agreed_counts_before_the_usual_one() -> None:
    agreed = an_icm_course(400, a_record("review", 20, on=on(-20), next_on=on(5)))
    assert reviews.due_on(agreed, TODAY) == TODAY + timedelta(days=5)


def test_with_cti_it_is_at_each_shift_and_one_shortly_before_it_counts() -> None:
    shift = TODAY + timedelta(days=12)
    assert reviews.due_on(a_course("try_out", 12), TODAY) == shift
    just = a_record("review", 2, on=on(-2))
    assert reviews.due_on(a_course("try_out", 12, just), TODAY) == date(2027, 3, 7)
    assert reviews.due_on(a_course("try_out", 12, a_record("review", 60, on=on(-60))), TODAY) == shift


def test_the_next_one_proposed_is_the_shift_or_three_months_ahead() -> None:
    assert reviews.next_on(an_icm_course(400), TODAY) == date(2027, 2, 25)
    assert reviews.next_on(a_course("transition", 70), TODAY) == TODAY + timedelta(days=70)
    assert reviews.next_on(a_course("transition", 7), TODAY) == date(2027, 2, 25)


def test_k2_a_due_review_is_a_calm_reason_and_brings_nobody_onto_the_list() -> None:
    due = an_icm_course(400, a_record("review", 200, on=on(-200)), a_record("intensity", 9, level=2, from_on=on(-9)))
    assert reviews.is_due(due, TODAY) and the_day([due], TODAY, ME).reach == ()
    step = next_step(due, TODAY)
    assert step is not None
    assert reasons.why_now(due, step, TODAY, DEFAULT) == Reason(Why.REVIEW, on=TODAY - timedelta(days=200))


@given(anything.facts())
def test_a_review_never_decides_who_is_on_the_list(facts: Facts) -> None:
    """Only what waits beside it does; the card after the move looks at the day of a review, nothing else."""
    if facts.move_in_on is None:
        other = replace(facts, reviewed_on=TODAY - timedelta(days=500))
        rows = [the_day([each], TODAY, ME) for each in (facts, other)]
        assert [row.citizen for row in rows[0].reach] == [row.citizen for row in rows[1].reach]


@pytest.mark.parametrize(
    ("days", "more", "asks"),
    [
        (89, {}, False),
        (90, {}, True),
        (400, {"intensity": 5, "intensity_from_on": TODAY - timedelta(days=390)}, True),
        (91, {"intensity": 5, "intensity_from_on": TODAY}, False),
        (91, {"reviewed_on": TODAY - timedelta(days=1)}, False),
        (91, {"method": Method.CTI, "phase": "try_out", "phase_from_on": TODAY}, False),
        (91, {"method": Method.ICM, "phase": "try_out", "phase_from_on": TODAY}, True),
    ],
)
def test_g8_ninety_days_after_the_move_it_asks_until_somebody_has_looked(
    days: int, more: dict[str, Any], asks: bool
) -> None:
    assert asks_after_move(some_facts(move_in_on=TODAY - timedelta(days=days), **more), TODAY) is asks


def test_c8_the_three_dimensions_are_told_as_most_some_or_none() -> None:
    assert balance([]) == balance([()]) == {}
    found = balance([("social_practical",), ("social_practical", "health"), ("social_practical",)])
    assert list(found.values()) == [Share.MOST, Share.SOME, Share.NONE]
