"""Registered twice: everything reads as one, nothing is copied, and taken back they are two again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from fieldapp.actions import (
    absences,
    attempts,
    citizen_page,
    citizens,
    concerns,
    contacts,
    goals,
    methods,
    next_steps,
    registered,
    respect,
    reviews,
    search,
    support_answers,
    timeline,
    today,
)
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import citizen_scope
from fieldapp.errors import RecordError
from fieldapp.store.tables import AccessRow, ContactRow
from tests.desks import FREJA, KARIM, Clock, a_desk, a_row, an_assignment, arrive, seed

#: One record each, by days ago: what two registrations of a person may hold.
KINDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "contact": lambda at: {"occurred_at": at, "mode": "met", "own_words": "Opfundet: kaffe"},
    "attempt": lambda at: {"occurred_at": at, "way": "call", "outcome": "no_answer"},
    "own_words": lambda at: {"aspect": "hope", "text": "Opfundet håb", "said_on": at.date()},
    "strength": lambda at: {"text": "Opfundet styrke", "noted_on": at.date()},
    "progress": lambda at: {"text": "Opfundet skridt", "noted_on": at.date()},
    "goal": lambda at: {"dimension": "housing", "title": "Opfundet mål"},
    "next_step": lambda at: {"on": at.date() + timedelta(days=3), "text": "Opfundet aftale", "agreed": True},
    "intensity": lambda at: {"level": 4, "from_on": at.date()},
    "respect": lambda at: {"wishes": ["text_only"], "said_on": at.date()},
}
told = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.booleans(), st.integers(0, 80)), max_size=8)


def two(desk: Desk, records: list[tuple[str, bool, int]] | None = None) -> tuple[str, str]:
    """The one kept, and the one registered twice."""
    kept = seed(desk, "Marek", known=90, phone="00 00 12 34")
    twice = seed(desk, None, known=20, label="Kajen, 5.11.", phone=None, known_places="Kajen")
    for kind, of_kept, days in records or []:
        at = desk.now() - timedelta(days=days)
        arrive(desk, a_row(kind, kept if of_kept else twice, at, **KINDS[kind](at)))
    return kept, twice


def everything(desk: Desk, *ids: str) -> tuple[Any, ...]:
    """All that any screen shows of them, but for what has not been sent yet."""
    pages = [page and replace(page, waiting=False) for page in (citizens.read(desk, id) for id in ids)]
    return (
        citizens.read_all(desk),
        today.read(desk),
        *pages,
        *((timeline.timeline(desk, id), goals.read(desk, id)) for id in ids),
        *(next_steps.read(desk, id) for id in ids),
        *(attempts.read(desk, id) for id in ids),
        search.everything(desk, "opfundet"),
    )


def test_one_line_one_page_one_timeline_one_next_step(desk: Desk) -> None:
    kept, twice = two(desk, [("contact", True, 9), ("contact", False, 2), ("own_words", False, 3), ("goal", False, 4)])
    registered.merge(desk, twice, kept)
    (line,) = citizens.read_all(desk)
    page, same_page = citizens.read(desk, kept), citizens.read(desk, twice)
    assert line.id == kept and line.last is not None and line.last.days == 2
    assert page is not None and page == same_page
    assert (page.id, page.name, page.known_places, page.phone_ends) == (kept, "Marek", "Kajen", "34")
    assert len([each for each in timeline.timeline(desk, kept) if each.kind == "contact"]) == 2
    assert len(goals.read(desk, kept)) == 1 and len(page.own_words) == 1
    assert next_steps.read(desk, kept) == next_steps.read(desk, twice)
    assert today.read(desk).citizens == 1


def test_every_page_of_the_one_registered_twice_has_the_name_of_the_one_kept(desk: Desk) -> None:
    kept, twice = two(desk)
    registered.merge(desk, twice, kept)
    arrive(desk, a_row("absence", twice, place="hospital", since_on=desk.today()))
    pages: tuple[Callable[[Desk, str], Any], ...] = (
        *(methods.read, reviews.read, support_answers.read, respect.read, concerns.read, absences.read),
    )
    for read in pages:
        page, same_page = read(desk, kept), read(desk, twice)
        assert page is not None and same_page is not None
        assert page.name == same_page.name == "Marek"


def test_search_leads_to_the_one_kept(desk: Desk) -> None:
    kept, twice = two(desk, [("contact", False, 2)])
    registered.merge(desk, twice, kept)
    assert [line.id for line in citizens.read_all(desk, "kajen")] == [kept]
    (note,) = search.everything(desk, "kaffe").notes.found
    assert (note.citizen, note.name) == (kept, "Marek")


def test_new_records_go_to_the_one_kept_and_what_belongs_stays_beside_it(desk: Desk) -> None:
    kept, twice = two(desk, [("contact", False, 2)])
    registered.merge(desk, twice, kept)
    saved = contacts.note(desk, twice, ContactForm(mode="met"))
    (old,) = [each.id for each in timeline.timeline(desk, kept) if each.id != saved.id]
    correction = contacts.note(desk, kept, ContactForm(mode="talked", corrects=old))
    with desk.store.reading() as session:
        assert session.get_one(ContactRow, saved.id).scope == citizen_scope(kept)
        assert session.get_one(ContactRow, correction.id).scope == citizen_scope(twice)


def test_fortryd_and_two_persons_again_change_nothing(desk: Desk) -> None:
    kept, twice = two(desk, [("contact", False, 2), ("goal", True, 3)])
    before = everything(desk, kept, twice)
    saved = registered.merge(desk, twice, kept)
    assert everything(desk, kept, twice) != before
    contacts.undo(desk, saved)
    assert everything(desk, kept, twice) == before
    registered.merge(desk, twice, kept)
    as_one = citizens.read_all(desk)
    apart = registered.apart(desk, twice)
    assert citizens.read_all(desk) == before[0]
    contacts.undo(desk, apart)
    assert citizens.read_all(desk) == as_one


def test_they_are_shown_to_be_two_registrations_and_can_be_told_apart(desk: Desk) -> None:
    kept, twice = two(desk)
    registered.merge(desk, twice, kept)
    shown = registered.read(desk, kept)
    assert shown is not None
    assert [(each.id, each.name, each.known_places) for each in shown.also] == [(twice, "Kajen, 5.11.", "Kajen")]
    with pytest.raises(RecordError, match="already_same"):
        registered.merge(desk, kept, twice)


def test_the_other_way_round_on_two_phones_the_smallest_id_is_kept(desk: Desk) -> None:
    one, other = two(desk)
    for twice, kept in ((one, other), (other, one)):
        arrive(desk, a_row("citizen_merge", twice, on=desk.today(), same_as=kept))
    assert [line.id for line in citizens.read_all(desk)] == [min(one, other)]
    registered.apart(desk, one)
    assert len(citizens.read_all(desk)) == 2


def test_nobody_disappears_behind_one_who_is_not_on_this_phone(desk: Desk) -> None:
    kept, twice = two(desk)
    stranger = "01990000-0000-7000-8000-00000000dddd"
    arrive(desk, a_row("citizen_merge", twice, on=desk.today(), same_as=stranger))
    assert {line.id for line in citizens.read_all(desk)} == {kept, twice}


def test_who_supports_the_one_kept_supports_both(desk: Desk) -> None:
    kept, twice = two(desk)
    arrive(desk, an_assignment(twice, KARIM, desk.now()))
    registered.merge(desk, twice, kept)
    page = citizens.read(desk, kept)
    assert page is not None and page.mine and page.responsible == "Freja Sivmose"
    assert FREJA != KARIM


def test_whoever_opens_the_page_has_opened_both(desk: Desk) -> None:
    kept, twice = two(desk)
    registered.merge(desk, twice, kept)
    citizens.opened(desk, twice)
    citizens.opened(desk, kept)
    with desk.store.reading() as session:
        seen = sorted(row.scope for row in session.exec(select(AccessRow)))
    assert seen == sorted([citizen_scope(kept), citizen_scope(twice)])


def test_a_number_that_does_not_work_is_marked_where_it_stands(desk: Desk) -> None:
    kept = seed(desk, "Marek", phone=None)
    twice = seed(desk, "Mareck", phone="00 00 99 99")
    registered.merge(desk, twice, kept)
    attempts.save(desk, kept, "call", "number_not_working")
    page = citizens.read(desk, kept)
    assert page is not None and (page.phone_ends, page.phone_works) == ("99", False)


def test_those_it_could_be_are_found_by_number_and_by_the_place_of_the_label(desk: Desk) -> None:
    """By name, by the last digits, and without a name by the place."""
    kept, twice = two(desk)
    assert [line.id for line in citizens.similar(desk, "", "+45 00 00 12 34")] == [kept]
    assert [line.id for line in citizens.similar(desk, "", "", "kajen")] == [twice]
    assert citizens.similar(desk, "", "12", "") == ()


def test_added_by_mistake_is_off_every_list_and_comes_back_with_fortryd(desk: Desk, clock: Clock) -> None:
    kept, twice = two(desk, [("contact", True, 2)])
    before = everything(desk, kept, twice)
    clock.move(minutes=1)
    saved = registered.by_mistake(desk, kept)
    assert [line.id for line in citizens.read_all(desk)] == [twice]
    assert citizen_page.read(desk, kept) is None and search.everything(desk, "kaffe").notes.found == ()
    assert today.read(desk).citizens == 1
    contacts.undo(desk, saved)
    clock.move(minutes=-1)
    assert everything(desk, kept, twice) == before


@given(told)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_read_as_one_without_losing_a_record_and_are_two_again(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, bool, int]]
) -> None:
    with a_desk(Path(tmp_path_factory.mktemp("vault"))) as desk:
        kept, twice = two(desk, told)
        before = everything(desk, kept, twice)
        moments = {m.id for id in (kept, twice) for m in timeline.timeline(desk, id)}
        aims = {goal.id for id in (kept, twice) for goal in goals.read(desk, id)}
        saved = registered.merge(desk, twice, kept)
        assert {m.id for m in timeline.timeline(desk, kept)} == moments
        assert {goal.id for goal in goals.read(desk, kept)} == aims
        assert next_steps.read(desk, kept) is not None
        assert [line.id for line in citizens.read_all(desk)] == [kept]
        contacts.undo(desk, saved)
        assert everything(desk, kept, twice) == before


def test_met_again_after_the_support_had_ended_and_said_to_be_the_same_it_goes_on(desk: Desk) -> None:
    """Nobody falls off the list because an older registration was closed."""
    ending = {"on": desk.today(), "ground": "manages_own_judgement", "own_words": "Nu kan jeg selv."}
    closed = seed(desk, "Marek", known=400, met=(300,), more=(("closing", ending),))
    again = seed(desk, "Marek", known=5, met=(5,))
    assert [today.read(desk).citizens, next_steps.read(desk, closed)] == [1, None]
    saved = registered.merge(desk, again, closed)
    assert saved.next_step is not None and today.read(desk).citizens == 1
    contacts.undo(desk, saved)
    assert next_steps.read(desk, closed) is None
    registered.merge(desk, closed, again)
    assert today.read(desk).citizens == 1
