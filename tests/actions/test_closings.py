"""Ending a course at the desk: refused without its ground whatever was tapped, one transaction, and taken back."""

from datetime import timedelta

import pytest

from fieldapp.actions import (
    bridges,
    citizens,
    closings,
    contacts,
    drafts,
    facts,
    moves,
    pauses,
    replacements,
    takeovers,
    timeline,
    worker_changes,
)
from fieldapp.actions.bridges import BridgeForm
from fieldapp.actions.closings import ClosingForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.moves import MoveForm
from fieldapp.actions.pauses import PauseForm
from fieldapp.actions.replacements import ReplacementForm
from fieldapp.actions.takeovers import TakeoverForm
from fieldapp.actions.worker_changes import ChangeForm
from fieldapp.domain.course import State, Step
from fieldapp.domain.values import ClosingGround, Support
from fieldapp.errors import RecordError
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY

ALONE = ClosingForm("manages_own_judgement", own_words="Nu kan jeg godt selv.")


@pytest.fixture
def bent(desk: Desk) -> str:
    return seed(desk, "Bent", known=300, met=(2,))


def support(desk: Desk, citizen: str) -> Support:
    shown = citizens.read(desk, citizen)
    assert shown is not None
    return shown.standing.support


@pytest.mark.parametrize("ground", [None, "silence", *(each for each in ClosingGround if each != ClosingGround.DEATH)])
def test_nothing_ends_on_a_bare_ground_and_what_was_typed_stays(desk: Desk, bent: str, ground: str | None) -> None:
    form = ClosingForm(ground, open_door="Døren er åben.")
    drafts.keep(desk, closings.draft_key(bent), drafts.values_of(form))
    with pytest.raises(RecordError, match="no_ground"):
        closings.close(desk, bent, form)
    assert support(desk, bent) is Support.ACTIVE
    assert closings.last(desk, bent) is None
    assert drafts.read(desk, closings.draft_key(bent)) is not None


def test_a_support_that_begins_later_has_not_begun_whatever_was_ticked(desk: Desk, bent: str) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(RecordError, match="malformed"):
        replacements.keep(desk, bent, ReplacementForm("ordinary_85", "Tine", "", tomorrow, True))
    assert replacements.read(desk, bent) is None


def test_what_took_over_from_one_course_is_no_ground_for_the_next(desk: Desk, bent: str, clock: Clock) -> None:
    replacements.keep(desk, bent, ReplacementForm("ordinary_85", "Tine", "", TODAY, True))
    closings.close(desk, bent, ClosingForm("replacement"))
    clock.move(days=100)
    pauses.resume(desk, bent)
    clock.move(days=100)
    assert replacements.read(desk, bent) is None
    with pytest.raises(RecordError, match="no_ground"):
        closings.close(desk, bent, ClosingForm("replacement"))


def test_a_move_that_ended_one_course_is_no_ground_for_the_next(desk: Desk, bent: str, clock: Clock) -> None:
    """Nor is it still in the form, as if it was about to happen again."""
    moves.keep(desk, bent, MoveForm(TODAY, "Svendborg", "Line", "", TODAY))
    closings.close(desk, bent, ClosingForm("moved_municipality"))
    clock.move(days=100)
    pauses.resume(desk, bent)
    clock.move(days=100)
    assert moves.read(desk, bent).id is None and moves.read(desk, bent).said == MoveForm()
    page = closings.read(desk, bent)
    assert page is not None
    lack = page.blocked(ClosingForm("moved_municipality"), desk.today())
    assert lack is not None and lack.lack == "move"
    with pytest.raises(RecordError, match="no_ground"):
        closings.close(desk, bent, ClosingForm("moved_municipality"))


def test_of_two_moves_the_one_that_is_shown_is_the_ground(desk: Desk, bent: str) -> None:
    agreed = {"on": TODAY, "to": "Svendborg", "agreed_on": TODAY}
    arrive(desk, a_row("municipality_move", bent, **agreed), a_row("municipality_move", bent, on=TODAY, to="Odense"))
    page = closings.read(desk, bent)
    assert page is not None and moves.read(desk, bent).said.to == "Odense"
    lack = page.blocked(ClosingForm("moved_municipality"), TODAY)
    assert lack is not None and lack.lack == "agreed"


def test_an_ending_is_taken_back_with_its_draft(desk: Desk, bent: str) -> None:
    drafts.keep(desk, closings.draft_key(bent), drafts.values_of(ALONE))
    saved = closings.close(desk, bent, ALONE)
    assert saved.next_step is None and drafts.read(desk, closings.draft_key(bent)) is None
    contacts.undo(desk, saved)
    draft = drafts.read(desk, closings.draft_key(bent))
    assert support(desk, bent) is Support.ACTIVE
    assert draft is not None and draft.values["own_words"] == ALONE.own_words


def test_k10_whoever_comes_back_finds_it_all_in_the_history(desk: Desk, bent: str, clock: Clock) -> None:
    closings.close(desk, bent, ALONE)
    clock.move(days=30)
    pauses.resume(desk, bent)
    told = [(each.kind, each.own_words) for each in timeline.timeline(desk, bent)]
    assert told == [("reopening", None), ("closing", "Nu kan jeg godt selv."), ("contact", None)]


def test_after_a_comeback_the_course_starts_without_the_ending_of_the_one_before(
    desk: Desk, bent: str, clock: Clock
) -> None:
    """Who took over, bridges, a change of worker and their meetings: read again, but no step of the new course."""
    soon = TODAY + timedelta(days=3)
    bridges.keep(desk, bent, BridgeForm("Kilden", joint_meeting_on=soon))
    takeovers.keep(desk, bent, "finances", TakeoverForm("Banken", meeting_on=soon))
    worker_changes.keep(desk, bent, ChangeForm("Tine", joint_meeting_on=soon))
    agreed = [{"on": day, "form": "coordination"} for day in (soon, TODAY + timedelta(days=105))]
    arrive(desk, *(a_row("coordination_meeting", bent, **each) for each in agreed))
    closings.close(desk, bent, ALONE)
    clock.move(days=100)
    assert dict(the_course(desk, bent))[Step.BRIDGING] == State.BEEN
    saved = pauses.resume(desk, bent)
    assert dict(the_course(desk, bent))[Step.BRIDGING] == State.AHEAD
    page = closings.read(desk, bent)
    assert page is not None and (page.handed_over, page.bridges, page.change) == (0, 0, None)
    assert takeovers.read(desk, bent) == {} and worker_changes.read(desk, bent) is None
    assert [(each.said.to, each.earlier) for each in bridges.read(desk, bent)] == [("Kilden", True)]
    clock.move(days=5)
    assert waits(desk, bent) == ["coordination_meeting"], "the one that was agreed for a day in this course"
    takeovers.keep(desk, bent, "finances", TakeoverForm("Gældsrådgivningen", meeting_on=desk.today()))
    assert [each.who for each in takeovers.read(desk, bent).values()] == ["Gældsrådgivningen"]
    assert dict(the_course(desk, bent))[Step.BRIDGING] == State.NOW
    assert "dimension_handover" in waits(desk, bent)
    contacts.undo(desk, saved)
    assert len(bridges.read(desk, bent)) == 1 and not bridges.read(desk, bent)[0].earlier


def test_going_on_after_a_pause_is_the_same_course(desk: Desk, bent: str, clock: Clock) -> None:
    takeovers.keep(desk, bent, "finances", TakeoverForm("Banken", meeting_on=TODAY))
    pauses.pause(desk, bent, PauseForm("Rejse (opfundet)", TODAY + timedelta(days=20)))
    clock.move(days=10)
    pauses.resume(desk, bent)
    assert len(takeovers.read(desk, bent)) == 1 and waits(desk, bent) == ["dimension_handover"]


def the_course(desk: Desk, citizen: str) -> tuple[tuple[Step, State], ...]:
    page = closings.read(desk, citizen)
    assert page is not None
    return page.course


def waits(desk: Desk, citizen: str) -> list[str]:
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    assert known is not None
    return [each.kind for each in known.dated]
