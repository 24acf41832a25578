"""What is said at the same table: saved in one go, dated, added to, and taken back in one go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldapp.actions import contacts, drafts, focus, goals, own_page, together
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.together import TogetherForm
from fieldapp.domain.wheel import Period, Sign
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY


def page_of(desk: Desk, citizen: str) -> own_page.OwnPage:
    shown = own_page.read(desk, citizen)
    assert shown is not None
    return shown.page


def whole() -> TogetherForm:
    return TogetherForm(
        dimensions=("finances",),
        begun=True,
        wish="Betale regningerne selv",
        hope="At sove roligt",
        well="Jeg spørger om hjælp",
        step="Åbne ét brev",
        step_due_on=TODAY,
        near=4,
    )


def test_all_of_it_is_saved_and_can_be_taken_back_with_its_draft(desk: Desk) -> None:
    citizen = seed(desk)
    form = whole()
    drafts.keep(desk, together.draft_key(citizen), drafts.values_of(form))
    saved = together.save(desk, citizen, form)
    page = page_of(desk, citizen)
    assert [(each.aspect, each.text, each.on) for each in page.words] == [
        ("wish", "Betale regningerne selv", TODAY),
        ("hope", "At sove roligt", TODAY),
    ]
    assert [each.text for each in page.strengths] == ["Jeg spørger om hjælp"]
    assert (page.focus, [each.value for each in page.near]) == (("finances",), [4])
    (goal,) = page.goals
    assert (goal.title, goal.decided_by) == ("Betale regningerne selv", "citizen")
    assert [(s.text, s.by, s.due_on) for s in goal.steps] == [("Åbne ét brev", "citizen", TODAY)]
    assert drafts.read(desk, together.draft_key(citizen)) is None

    contacts.undo(desk, saved)
    assert page_of(desk, citizen) == own_page.OwnPage()
    kept = drafts.read(desk, together.draft_key(citizen))
    assert kept is not None and drafts.restored(TogetherForm, kept.values) == form


def test_a_step_goes_to_the_goal_that_stands_there_and_a_wish_is_a_goal_of_its_own(desk: Desk) -> None:
    citizen = seed(desk)
    together.save(desk, citizen, TogetherForm(("housing",), wish="Et bord", step="Måle"))
    together.save(desk, citizen, TogetherForm(("housing",), ("housing",), True, step="Kigge i genbrugsen"))
    assert [(g.title, [s.text for s in g.steps]) for g in goals.read(desk, citizen)] == [
        ("Et bord", ["Måle", "Kigge i genbrugsen"])
    ]
    together.save(desk, citizen, TogetherForm(("housing",), ("housing",), True, wish="To stole"))
    assert [g.title for g in goals.read(desk, citizen)] == ["Et bord", "To stole"]


def test_a_step_without_a_wish_makes_its_own_goal_and_a_long_wish_stands_whole_among_the_words(desk: Desk) -> None:
    citizen = seed(desk)
    together.save(desk, citizen, TogetherForm(("finances",), step="Åbne ét brev"))
    long = "Jeg vil gerne " * 50
    together.save(desk, citizen, TogetherForm(("housing",), wish=long, step="Se på en bolig"))
    assert [g.title for g in goals.read(desk, citizen)] == ["Se på en bolig", "Åbne ét brev"]
    assert [each.text for each in page_of(desk, citizen).words] == [long.strip()]
    together.save(desk, citizen, TogetherForm(("substances",), wish=long))
    assert len(goals.read(desk, citizen)[-1].title) == 500


def test_with_several_chosen_the_step_is_about_the_one_said_or_tapped_last(desk: Desk) -> None:
    citizen = seed(desk)
    together.save(desk, citizen, TogetherForm(("housing", "finances"), step="Et"))
    together.save(desk, citizen, TogetherForm(("housing", "finances"), about="housing", step="To"))
    assert [(g.dimension, g.title) for g in goals.read(desk, citizen)] == [("housing", "To"), ("finances", "Et")]


@pytest.mark.parametrize(("form", "field"), [(TogetherForm(), "text"), (TogetherForm(step="Noget"), "dimension")])
def test_nothing_is_nothing_and_a_step_belongs_to_one_of_the_eight(desk: Desk, form: TogetherForm, field: str) -> None:
    with pytest.raises(RecordError, match="missing") as refused:
        together.save(desk, seed(desk), form)
    assert refused.value.field == field


def test_own_words_are_never_edited_away(desk: Desk, clock: Clock) -> None:
    """L1: a new wish stands beside the old one, each with its day; no record is changed."""
    citizen = seed(desk)
    together.save(desk, citizen, TogetherForm(wish="En hund"))
    clock.move(days=30)
    together.save(desk, citizen, TogetherForm(wish="En kat"))
    assert [each.text for each in page_of(desk, citizen).words] == ["En kat", "En hund"]
    with desk.store.reading() as session:
        assert all(operation.do == "add" for operation in outbox.waiting(session))


def test_focus_areas_are_the_citizens_choice_and_a_colleagues_stay(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    for code in ("housing", "finances", "substances", "network_relations"):
        focus.choose(desk, citizen, code)
    assert focus.read(desk, citizen) == ("housing", "finances", "network_relations", "substances"), "more than three"
    form = TogetherForm()
    form.begin(page_of(desk, citizen).focus)
    arrive(desk, a_row("focus_area", citizen, from_on=TODAY, dimension="mental_health"))
    form.dimensions = ("housing", "education_work")
    together.save(desk, citizen, form)
    assert focus.read(desk, citizen) == ("housing", "mental_health", "education_work")
    clock.move(days=1)
    assert focus.read(desk, citizen) == ("housing", "mental_health", "education_work")
    contacts.undo(desk, focus.choose(desk, citizen, "housing"))
    assert "housing" in focus.read(desk, citizen)


def test_of_a_talk_that_was_corrected_the_wheel_sees_the_correction_alone_and_of_an_old_one_nothing(
    desk: Desk, clock: Clock
) -> None:
    citizen, at = seed(desk), clock.now
    first = a_row("contact", citizen, at, occurred_at=at, mode="met", dimensions=["housing"])
    before = at - timedelta(days=500)  # corrected as of another day
    later = a_row("contact", citizen, at, occurred_at=at, mode="met", dimensions=["finances"], corrects=first.id)
    wrong = a_row("contact", citizen, at, occurred_at=at, mode="met", dimensions=["substances"])
    moved = a_row("contact", citizen, at, occurred_at=before, mode="met", dimensions=["substances"], corrects=wrong.id)
    arrive(desk, first, later, wrong, moved)
    for period in Period:
        seen = [sector.dimension for sector in own_page.worked_with(desk, citizen, period) if sector.signs]
        assert seen == ["finances"], period


def test_the_wheel_sees_contacts_goals_and_progress(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    at = clock.now
    arrive(desk, a_row("contact", citizen, at, occurred_at=at, mode="met", dimensions=["housing", "newer"]))
    goal = a_row("goal", citizen, at, dimension="finances", title="Brevene")
    arrive(desk, goal, a_row("progress", citizen, at, noted_on=TODAY, text="Åbnede ét", goal=goal.id))
    focus.choose(desk, citizen, "substances")
    seen = {sector.dimension: sector.signs for sector in own_page.worked_with(desk, citizen) if sector.signs}
    assert seen == {"housing": (Sign.TALKED,), "finances": (Sign.GOAL, Sign.FORWARD), "substances": (Sign.CHOSEN,)}
    clock.move(days=91)
    goals.end(desk, goal.id)
    assert [s.dimension for s in own_page.worked_with(desk, citizen) if s.signs] == ["substances"]
    assert [s.dimension for s in own_page.worked_with(desk, citizen, Period.LAST_YEAR) if s.signs] == [
        *("housing", "finances", "substances")
    ]


def test_a_note_that_was_corrected_is_talked_about_no_more(desk: Desk) -> None:
    citizen = seed(desk, "Åse")
    saved = contacts.note(desk, citizen, ContactForm(dimensions=("substances",), own_words="Forkert tryk"))
    form = replace(contacts.form_of(desk, saved.id), dimensions=("housing",))
    contacts.note(desk, citizen, form)
    assert [each.dimension for each in own_page.worked_with(desk, citizen) if each.signs] == ["housing"]
