"""E11: whether somebody without a case shall still stand here is asked, and answered by people only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from fieldapp.domain.facts import Absence, Closing, Contact, Facts, PlannedStep, Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.keeping import GONE, asks, let_go
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm_rules import DEFAULT, RhythmRules
from tests.domain import anything
from tests.domain.anything import at_noon
from tests.examples import NOW, TODAY, an_id

LONG = TODAY - timedelta(days=90)


def met(days: int, **more: object) -> Facts:
    at = at_noon(TODAY - timedelta(days=days))
    known = Facts("c", known_since=at.date(), responsible="w", contacts=(Contact(at, "met", True),))
    return replace(known, **more)  # type: ignore[arg-type]


def test_ninety_days_without_contact_and_without_a_case_it_is_asked_and_not_a_day_before() -> None:
    assert asks(met(89), TODAY) is None
    asked = asks(met(90), TODAY)
    assert asked is not None and (asked.why, asked.days) == (Why.KEEP, 90)


def test_a_tip_nobody_found_is_asked_about_as_well() -> None:
    assert asks(Facts("c", known_since=LONG), TODAY) is not None


@pytest.mark.parametrize(
    "case",
    [
        {"method": "icm"},
        {"has_cpr": True},
        {"absence": Absence("hospital", LONG)},
        {"steps": (PlannedStep("s", TODAY, agreed=True),)},
        {"closings": (Closing(NOW, LONG, "own_wish", "w"),)},
        {"kept_on": TODAY - timedelta(days=89)},
    ],
    ids=lambda case: next(iter(case)),
)
def test_not_of_somebody_with_a_case_or_away_or_lately_asked_about(case: dict[str, object]) -> None:
    assert asks(met(200, **case), TODAY) is None


def test_after_a_yes_it_is_asked_again_ninety_days_later_and_the_time_is_a_setting() -> None:
    assert asks(met(200, kept_on=LONG), TODAY) is not None
    assert asks(met(20), TODAY, RhythmRules(keep_asked=20)) is not None


def records(*more: tuple[str, int, dict[str, object]]) -> list[Record]:
    born = Record("citizen", an_id(), {}, "w", NOW)
    return [born, *(Record(kind, an_id(), fields, "w", NOW + timedelta(hours=h)) for kind, h, fields in more)]


def test_no_takes_them_off_and_what_is_written_afterwards_brings_them_back() -> None:
    no = ("keep_answer", 1, {"on": TODAY, "answer": "remove"})
    assert let_go(records(no)) is not None
    assert let_go(records(no, ("access", 2, {}))) is not None
    assert let_go(records(no, ("contact", 2, {}))) is None
    assert let_go(records(no, ("contact", 1, {}))) is None  # in doubt they stay
    assert let_go(records(no, ("keep_answer", 2, {"on": TODAY, "answer": "keep"}))) is None
    assert let_go(records(("keep_answer", 1, {"on": TODAY, "answer": "mistake"}))) is not None


def test_whoever_has_a_case_or_was_lately_met_was_not_asked_about_and_stays() -> None:
    """It came from another phone later; added by a mistake is said of anybody."""
    no, mistake = (("keep_answer", 1, {"on": TODAY, "answer": said}) for said in ("remove", "mistake"))
    lately, long = (NOW - timedelta(days=days) for days in (20, 91))
    for known in (
        ("method", 0, {"method": "icm"}),
        ("contact", 0, {"occurred_at": lately.isoformat(), "mode": "met"}),
        ("attempt", 0, {"occurred_at": lately, "outcome": "met"}),
    ):
        assert let_go(records(known, no)) is None
        assert let_go(records(known, mistake)) is not None
    for known in (
        ("contact", 0, {"occurred_at": long, "mode": "met"}),
        ("contact", 0, {"occurred_at": lately, "mode": "not_met"}),
        ("attempt", 0, {"occurred_at": lately, "outcome": "no_answer"}),
    ):
        assert let_go(records(known, no)) is not None


def test_an_answer_taken_back_is_none() -> None:
    back = Record("keep_answer", an_id(), {"answer": "remove"}, "w", NOW + timedelta(hours=1), void=True)
    assert let_go([*records(), back]) is None


@given(anything.records("keep_answer", "closing"))
def test_nothing_but_an_answer_by_a_person_lets_anybody_go(records: list[Record]) -> None:
    assert let_go(records) is None


@given(anything.records("closing"))
def test_whatever_was_answered_the_support_goes_on_until_a_person_ends_it(records: list[Record]) -> None:
    """I-1, I-2: an answer is no closing: there is a next step for whoever still stands here."""
    assert next_step(gather("c", records, TODAY), TODAY) is not None


def test_the_question_is_a_default_of_ninety_days_and_both_answers_are_known() -> None:
    assert DEFAULT.keep_asked == 90 and len(GONE) == 2
    assert datetime(2026, 1, 1, tzinfo=UTC) < NOW
