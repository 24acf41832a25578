"""I2-I4, I8: whom a yes is about, which lists a place has, and when each thing is due before coming home."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.absence import ABOUT, dated, due_on, has_home_to_keep
from fieldapp.domain.facts import Absence, Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.reasons import elsewhere
from fieldapp.domain.rhythm_rules import DEFAULT
from fieldapp.domain.values import AbsencePlace
from fieldapp.domain.values_day import TASKS, TaskItem, TaskList
from fieldapp.domain.workdays import is_workday
from tests.examples import TODAY, a_contact, an_id, days_ago, some_facts

HOME = date(2027, 1, 20)


def test_every_place_but_the_unknown_can_be_told_with_a_yes_about_it() -> None:
    assert set(AbsencePlace) - set(ABOUT) == {AbsencePlace.UNKNOWN}


def test_hospital_has_the_list_of_a_good_discharge_and_prison_of_a_good_release() -> None:
    """I8."""
    assert dated("hospital") == (TaskList.COMING_HOME, TaskList.DISCHARGE)
    assert dated("prison") == (TaskList.COMING_HOME, TaskList.RELEASE)
    assert dated("treatment") == dated("shelter_110") == (TaskList.COMING_HOME,)


def test_everything_on_a_list_with_a_day_has_a_day() -> None:
    for of in (TaskList.COMING_HOME, TaskList.DISCHARGE, TaskList.RELEASE):
        assert all(due_on(of, item, HOME, TODAY) for item in TASKS[of])
    assert not any(due_on(TaskList.KEEP_HOME, item, HOME, TODAY) for item in TASKS[TaskList.KEEP_HOME])


def test_the_bed_of_the_first_night_is_seen_to_a_month_before_release() -> None:
    assert due_on(TaskList.RELEASE, TaskItem.PLACE_TO_SLEEP, HOME, TODAY) == date(2026, 12, 21)


@given(st.sampled_from(list(TaskList)), st.integers(-40, 400))
def test_what_is_due_lies_on_a_workday_before_coming_home_and_never_in_the_past(of: TaskList, ahead: int) -> None:
    home = TODAY + timedelta(days=ahead)
    for item in TASKS[of]:
        due = due_on(of, item, home, TODAY)
        assert due is None or due == TODAY or (is_workday(due) and TODAY < due < home)


@pytest.mark.parametrize(
    ("keep", "known"),
    [
        (True, {"situation": "own_home"}),
        (True, {"situation": "hospital", "home_in_use": False}),
        (True, {}),
        (False, {"situation": "street"}),
        (False, {"situation": "shelter_110", "home_in_use": False}),
        (True, {"situation": "family_friends", "home_in_use": True}),
        (False, {"situation": "own_home", "lost_home_on": TODAY}),
    ],
)
def test_there_is_a_home_to_look_after_unless_there_surely_is_none(keep: bool, known: dict[str, object]) -> None:
    """I3: nobody on the street is asked about rent."""
    assert has_home_to_keep(some_facts(**known)) is keep


def test_whoever_has_not_been_asked_is_to_be_asked_first() -> None:
    """I2, why.elsewhere_new: "Spørg, om du må give besked.\""""
    new = some_facts(contacts=(a_contact(2),), absence=Absence("hospital", TODAY, asked=False))
    assert elsewhere(new, TODAY, DEFAULT).why is Why.ELSEWHERE_NEW
    asked = some_facts(contacts=(a_contact(2),), absence=Absence("hospital", TODAY))
    assert elsewhere(asked, TODAY, DEFAULT).why is Why.ELSEWHERE
    soon = some_facts(absence=Absence("hospital", TODAY, TODAY + timedelta(days=3), asked=False))
    assert elsewhere(soon, TODAY, DEFAULT).why is Why.HOME_SOON


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_no_is_an_answer_too(answer: str) -> None:
    def record(kind: str, **fields: object) -> Record:
        return Record(kind, an_id(), fields, an_id(), days_ago(1))

    away = record("absence", place="prison", since_on="2026-11-20")
    assert gather("c", [away], TODAY).absence.asked is False
    said = record("consent", given_on="2026-11-21", answer=answer, to="Arresten", about="prison")
    assert gather("c", [away, said], TODAY).absence.asked is True
    unknown = record("absence", place="unknown", since_on="2026-11-20")
    assert gather("c", [unknown], TODAY).absence.asked is True
