"""F6-F8, J4, K11, N4, N6, N8: the plan, other plans, meetings, the network, and *Når det bliver svært*."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp.actions import consents, contacts, coping, entries, plans, today
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.coping import CopingForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.entries import Sort
from fieldapp.actions.plans import MeetingForm, OtherPlanForm, PlanForm, RelativeForm
from fieldapp.domain.facts import Why
from fieldapp.errors import RecordError
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY

FORMS: list[tuple[Sort[Any], Any, Any]] = [
    (plans.PLAN, PlanForm("section_141", TODAY, purpose="Et hjem"), PlanForm("one_plan", TODAY, purpose="Ro")),
    (plans.OTHER_PLAN, OtherPlanForm("job", "Praktik tirsdag"), OtherPlanForm("job", "Praktik onsdag")),
    (plans.MEETING, MeetingForm("coordination", TODAY, with_whom="Åse"), MeetingForm("open_dialogue", TODAY)),
    (plans.RELATIVE, RelativeForm("Bo", "Bror", "private", "near"), RelativeForm("Bo Bø", "Bror", "private", "far")),
]


@pytest.mark.parametrize(("sort", "first", "then"), FORMS, ids=[sort.kind for sort, *_ in FORMS])
def test_an_entry_is_kept_changed_ended_and_taken_back(desk: Desk, sort: Sort[Any], first: Any, then: Any) -> None:
    citizen = seed(desk)
    saved = entries.keep(desk, citizen, sort, first)
    assert [each.form for each in entries.read(desk, citizen, sort)] == [first]
    changed = entries.keep(desk, citizen, sort, then, saved.id)
    assert [each.form for each in entries.read(desk, citizen, sort)] == [then]
    contacts.undo(desk, changed)
    assert [each.form for each in entries.read(desk, citizen, sort)] == [first]
    if sort.done:
        ended = entries.end(desk, sort, saved.id)
        assert [each.over for each in entries.read(desk, citizen, sort)] == [True], "stays readable"
        contacts.undo(desk, ended)
        assert [each.over for each in entries.read(desk, citizen, sort)] == [False]
    contacts.undo(desk, saved)
    assert entries.read(desk, citizen, sort) == ()


@pytest.mark.parametrize(("sort", "first", "_then"), FORMS, ids=[sort.kind for sort, *_ in FORMS])
def test_what_must_be_said_is_asked_for_and_nothing_else(desk: Desk, sort: Sort[Any], first: Any, _then: Any) -> None:
    citizen = seed(desk)
    with pytest.raises(RecordError, match=rf"missing \({sort.must[0]}\)"):
        entries.keep(desk, citizen, sort, sort.form())
    assert entries.missing(sort, first) is None
    assert entries.read(desk, citizen, sort) == ()


def test_a_meeting_comes_onto_the_list_on_its_day_until_it_is_held(desk: Desk, clock: Clock) -> None:
    """K11."""
    citizen = seed(desk, met=(0,))
    saved = entries.keep(desk, citizen, plans.MEETING, MeetingForm("coordination", TODAY + timedelta(days=2)))
    assert [row.reason.why for row in today.read(desk).reach] == []
    clock.move(days=2)
    contacts.note(desk, citizen, ContactForm())  # nothing else calls for them
    [row] = today.read(desk).reach
    assert (row.citizen, row.reason.why, row.reason.word) == (citizen, Why.DATED, "coordination")
    entries.end(desk, plans.MEETING, saved.id)
    assert today.read(desk).reach == ()


def test_the_plan_begins_with_the_citizens_latest_words(desk: Desk) -> None:
    """F7."""
    citizen = seed(desk)
    arrive(
        desk,
        a_row("own_words", citizen, aspect="wish", text="En hund", said_on=TODAY - timedelta(days=40)),
        a_row("own_words", citizen, aspect="wish", text="En altan", said_on=TODAY),
    )
    assert plans.own_words(desk, citizen) == (("wish", "En altan", TODAY),)


def test_the_network_is_called_only_with_a_yes_and_never_after_it_was_taken_back(desk: Desk) -> None:
    """N4."""
    citizen = seed(desk)
    bo = entries.keep(desk, citizen, plans.RELATIVE, RelativeForm("Bo", circle="private", phone="00 00 00 41")).id
    with pytest.raises(RecordError, match="no_consent"):
        plans.number_of(desk, citizen, bo)
    given = consents.give(desk, citizen, ConsentForm(about="network", to="Familien", how="orally"))
    assert plans.number_of(desk, citizen, bo) == "00 00 00 41"
    consents.withdraw(desk, given.id)
    assert not plans.may_contact(desk, citizen)
    with pytest.raises(RecordError, match="no_consent"):
        plans.number_of(desk, citizen, bo)


def test_those_on_the_map_stand_by_circle_and_the_nearest_first(desk: Desk) -> None:
    citizen = seed(desk)
    for name, circle, near in (("C", "professional", "near"), ("B", "private", "far"), ("A", "private", "near")):
        entries.keep(desk, citizen, plans.RELATIVE, RelativeForm(name, circle=circle, closeness=near))
    assert [each.form.name for each in entries.read(desk, citizen, plans.RELATIVE)] == ["A", "B", "C"]


def test_the_latest_coping_plan_stands_and_those_before_stay_readable(desk: Desk, clock: Clock) -> None:
    """N6."""
    citizen = seed(desk)
    coping.keep(desk, citizen, CopingForm(signs="Sover ikke", helps="En gåtur"))
    clock.move(days=10)
    saved = coping.keep(desk, citizen, CopingForm(signs="Sover ikke", helps="Ring til Bo"))
    assert [each.helps for each in coping.read(desk, citizen)] == ["Ring til Bo", "En gåtur"]
    contacts.undo(desk, saved)
    assert [each.helps for each in coping.read(desk, citizen)] == ["En gåtur"]
    with pytest.raises(RecordError, match="missing"):
        coping.keep(desk, citizen, CopingForm(signs="  "))
