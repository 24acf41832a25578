"""Turning the support up or down while a contact is noted; *Gem* says no to nothing."""

from datetime import timedelta

import pytest

from fieldapp.actions import citizens, contacts, intensity, next_steps, readable, rows
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.kinds import KINDS
from fieldapp.store import outbox
from fieldapp.store.tables import ContactRow, IntensityRow, NextStepRow
from fieldapp.texts import use_language
from tests.desks import Clock, seed
from tests.examples import TODAY

REGULAR = ("intensity", {"level": 3, "from_on": "2026-08-01"})
ICM = ("method", {"method": "icm", "from_on": "2026-01-01"})


@pytest.fixture(autouse=True)
def danish() -> None:
    use_language("da")


def turned(desk: Desk, citizen: str) -> list[tuple[int, object, str | None]]:
    with desk.store.reading() as session:
        return [(row.level, row.from_on, row.reason) for row in rows.of_citizen(session, IntensityRow, citizen)]


def steps(desk: Desk, citizen: str) -> list[tuple[object, str | None, bool | None]]:
    with desk.store.reading() as session:
        found = [(row.on, row.text, row.agreed) for row in rows.of_citizen(session, NextStepRow, citizen)]
    return sorted(found, key=str)


def test_h1_c14_the_intensity_is_a_dated_record_with_a_short_reason_saved_with_the_contact(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR, ICM))
    generations = desk.store.vault.mark.seq
    form = ContactForm(intensity=5, intensity_reasons=("Krise", "Flytning"), intensity_why="Fik nøglen i går.")
    contacts.note(desk, citizen, form)
    assert desk.store.vault.mark.seq == generations + 1  # one transaction
    assert turned(desk, citizen)[-1] == (5, TODAY, "Krise, Flytning. Fik nøglen i går")
    page = citizens.read(desk, citizen)
    assert page is not None and page.intensity == 5
    told = contacts.timeline(desk, citizen)
    assert [(m.kind, m.word, m.text) for m in told][:1] == [("intensity", "5", "Krise, Flytning. Fik nøglen i går")]


def test_h1_without_a_reason_it_is_turned_too_and_fortryd_turns_it_back(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR,))
    saved = contacts.note(desk, citizen, ContactForm(intensity=4))
    assert turned(desk, citizen)[-1] == (4, TODAY, None)
    contacts.undo(desk, saved)
    assert [level for level, _on, _why in turned(desk, citizen)] == [3]


def test_c14_no_record_of_the_contact_or_the_intensity_knows_hours() -> None:
    names = {name for kind in ("contact", "intensity", "method") for name in KINDS[kind].by_name}
    assert not [name for name in names if any(word in name for word in ("hour", "minute", "duration", "target"))]


def test_h2_below_regular_it_asks_and_the_day_becomes_a_next_step_with_a_text(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR, ICM))
    now = intensity.read(desk, citizen)
    assert now is not None and (now.level, now.assess) == (3, {1, 2})
    day = TODAY + timedelta(days=7)
    contacts.note(desk, citizen, ContactForm(intensity=2, assess_on=day.isoformat()))
    assert (day, "Se på støtten sammen", True) in steps(desk, citizen)


def test_h2_the_day_of_the_assessment_never_takes_the_place_of_the_rhythms(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR, ICM))
    day = TODAY + timedelta(days=28)
    saved = contacts.note(desk, citizen, ContactForm(intensity=2, assess_on=day.isoformat()))
    assert saved.next_step is not None
    assert TODAY < saved.next_step.on <= TODAY + timedelta(days=16) and saved.next_step.text is None
    contacts.undo(desk, saved)
    assert steps(desk, citizen) == []


def test_h2_another_day_for_the_next_step_does_not_move_the_assessment(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR, ICM))
    day = TODAY + timedelta(days=7)
    contacts.note(desk, citizen, ContactForm(intensity=2, assess_on=day.isoformat()))
    contacts.note(desk, citizen, ContactForm(mode="talked", next_on="2026-11-27"))
    assert (day, "Se på støtten sammen", True) in steps(desk, citizen)
    step = next_steps.read(desk, citizen)
    assert step is not None and step.on.isoformat() == "2026-11-27"


def test_h2_nothing_is_demanded(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR, ICM))
    contacts.note(desk, citizen, ContactForm(intensity=1))
    contacts.note(desk, citizen, ContactForm(intensity=1, assess_on="en dag"))
    assert steps(desk, citizen) == []


def test_a_correction_turns_nothing(desk: Desk) -> None:
    citizen = seed(desk, more=(REGULAR,))
    first = contacts.note(desk, citizen, ContactForm(intensity=4))
    form = contacts.form_of(desk, first.id)
    assert form.intensity is None
    contacts.note(desk, citizen, form)
    assert [level for level, _on, _why in turned(desk, citizen)] == [3, 4]


@pytest.mark.parametrize("field", ["with_whom", "place_text", "progress", "intensity_why"])
def test_a_line_that_is_too_long_is_saved_whole_all_the_same(desk: Desk, field: str) -> None:
    long = "Et opfundet langt ord. " * 40
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, ContactForm(professional_view="Rolig.", intensity=4, **{field: long}))
    with desk.store.reading() as session:
        row = session.get(ContactRow, saved.id)
    assert row is not None and row.professional_view == f"Rolig.\n{long.strip()}"


def test_the_question_is_asked_the_first_ten_times_only(desk: Desk, clock: Clock) -> None:
    """Ville jeg være tryg ved, at borgeren læste det her? (review.md 2.5)"""
    citizen = seed(desk)
    asked = []
    for _time in range(12):
        asked.append(readable.still_asked(desk))
        contacts.note(desk, citizen, ContactForm())
        clock.move(minutes=20)
    assert asked == [True] * 10 + [False] * 2
    with desk.store.reading() as session:
        assert {operation.kind for operation in outbox.waiting(session)} == {"contact"}, "the count stays here"


def test_h13_time_alone_never_turns_the_support_down(desk: Desk, clock: Clock) -> None:
    """Need may stay high long after the move (000 §2.3): it is a person who turns it down, never a date."""
    moved = ("housing_period", {"move_in_on": TODAY.isoformat(), "in_use": True})
    high = ("intensity", {"level": 5, "from_on": TODAY.isoformat()})
    citizen = seed(desk, more=(high, ICM, moved))
    for _month in range(12):
        clock.move(days=30)
        contacts.note(desk, citizen, ContactForm())
        page = citizens.read(desk, citizen)
        assert page is not None and page.intensity == 5
        step = next_steps.suggestion(desk, citizen)
        assert step is not None and (step.on - desk.today()).days <= 6, "after Easter at the latest"
    assert turned(desk, citizen) == [(5, TODAY, None)]
