"""What one finds out together: resources before needs, dated, added to, never finished, and nothing missing."""

import pytest

from fieldapp.actions import assessments, contacts, drafts
from fieldapp.actions.assessments import NoteForm, UsesForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import Dimension
from fieldapp.domain.values_life import Assessed
from fieldapp.errors import RecordError
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY


def test_the_eight_and_what_else_matters_are_the_only_ones() -> None:
    assert [*map(str, Dimension), "other"] == [*map(str, Assessed)]


def test_notes_are_added_to_and_none_takes_anothers_place(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    first = NoteForm(resources=" En ven, der kan flytte ting ", needs="")
    drafts.keep(desk, assessments.draft_key(citizen, "housing"), drafts.values_of(first))
    assessments.add(desk, citizen, "housing", first)
    assert drafts.read(desk, assessments.draft_key(citizen, "housing")) is None
    clock.move(days=2)
    assessments.add(desk, citizen, "housing", NoteForm(needs="En seng"))
    assessments.add(desk, citizen, "other", NoteForm(resources="Taler tre sprog"))
    arrive(desk, a_row("assessment_note", citizen, on=TODAY, about="from_a_newer_app", needs="Noget nyt"))
    found = assessments.read(desk, citizen)
    assert [about.code for about in found.about] == ["housing", "other", "from_a_newer_app"], "an empty one is no line"
    told = found.about[0].notes
    assert [(n.resources, n.needs) for n in told] == [(None, "En seng"), ("En ven, der kan flytte ting", None)]
    assert (told[0].on - told[1].on).days == 2


def test_both_are_optional_but_not_both_at_once(desk: Desk) -> None:
    with pytest.raises(RecordError, match="missing"):
        assessments.add(desk, seed(desk), "housing", NoteForm("  ", ""))


def test_the_three_steps_are_dated_and_the_latest_stands_first(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    assessments.set_uses(desk, citizen, UsesForm("very_limited", "Venteværelser er svære"))
    clock.move(days=90)
    saved = assessments.set_uses(desk, citizen, UsesForm("some_degree"))
    assert [(u.level, u.note) for u in assessments.read(desk, citizen).uses] == [
        ("some_degree", None),
        ("very_limited", "Venteværelser er svære"),
    ]
    contacts.undo(desk, saved)
    assert [u.level for u in assessments.read(desk, citizen).uses] == ["very_limited"]
    with pytest.raises(RecordError, match="missing"):
        assessments.set_uses(desk, citizen, UsesForm())
