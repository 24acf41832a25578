"""The search: citizens, and what was written about them, with the words around the match."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from fieldapp.actions import citizens, contacts, search
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.desk import Desk
from fieldapp.actions.search import Note
from fieldapp.store import incoming
from fieldapp.store.bookkeeping import WrittenRow
from tests.desks import KARIM, a_row, arrive, seed
from tests.examples import NOW, TODAY


def found(desk: Desk, query: str) -> list[Note]:
    return list(search.notes(desk, query).found)


def marked(note: Note) -> list[str]:
    return [note.piece.text[begin:end] for begin, end in note.piece.marks]


def a_note(desk: Desk, citizen: str, days: int = 1, **fields: Any) -> str:
    at = NOW - timedelta(days=days)
    row = a_row("contact", citizen, at, occurred_at=at, mode="met", author=KARIM, **fields)
    arrive(desk, row)
    return row.id


def test_a_note_is_found_with_whom_and_when_and_what_matched(desk: Desk) -> None:
    citizen = seed(desk, "Åse")
    id = a_note(desk, citizen, 3, own_words="Nej tak", professional_view="Vi drak kaffe på Café Åkanden.")
    note = found(desk, "aakanden KAFFE")[0]
    assert (note.id, note.kind, note.citizen, note.name) == (id, "contact", citizen, "Åse")
    assert note.on == TODAY - timedelta(days=3)
    assert marked(note) == ["kaffe", "Åkanden"]
    assert not note.own
    assert [marked(each) for each in found(desk, "akanden")] == [["Åkanden"]]


@pytest.mark.parametrize(
    ("kind", "fields", "on", "own"),
    [
        ("attempt", {"occurred_at": NOW, "way": "note", "outcome": "left", "text": "Ved Søen?"}, TODAY, False),
        ("goal", {"dimension": "home", "title": "Bo ved Søen"}, TODAY, False),
        ("step", {"goal": "01990000-0000-7000-8000-000000000001", "text": "Se Søen"}, TODAY, False),
        ("progress", {"noted_on": "2026-11-20", "text": "Gik til Søen"}, date(2026, 11, 20), False),
        ("own_words", {"aspect": "wish", "said_on": "2026-11-20", "text": "Søen"}, date(2026, 11, 20), True),
        ("respect", {"wishes": [], "said_on": "2026-11-20", "own_words": "Kun Søen"}, date(2026, 11, 20), True),
        ("next_step", {"on": "2026-12-20", "text": "Søen"}, date(2026, 12, 20), False),
        ("citizen", {"known_as": "Bent", "most_important": "At komme til Søen"}, TODAY, False),
    ],
)
def test_whatever_has_words_is_found(desk: Desk, kind: str, fields: dict[str, Any], on: date, own: bool) -> None:
    citizen = seed(desk, "Åse")
    arrive(desk, a_row(kind, citizen, NOW, id=citizen if kind == "citizen" else None, **fields))
    assert [(each.kind, each.on, each.own) for each in found(desk, "søen")] == [(kind, on, own)]


def test_a_sensitive_note_is_hidden_and_nothing_tells_that_there_is_one(desk: Desk) -> None:
    citizen = seed(desk)
    a_note(desk, citizen, professional_view="Noget svært", place_text="Kilden", sensitive=True)
    assert found(desk, "svært") == [] and found(desk, "kilden") == []
    with desk.store.reading() as session:
        assert not [row.words for row in session.exec(select(WrittenRow)) if "svært" in row.words]


def test_what_was_corrected_is_found_as_it_reads_now(desk: Desk) -> None:
    citizen = seed(desk)
    first = a_note(desk, citizen, professional_view="Kaffe på broen")
    second = a_note(desk, citizen, professional_view="Kaffe på molen", corrects=first)
    assert [each.id for each in found(desk, "kaffe")] == [second]
    a_note(desk, citizen, professional_view="Kaffe på molen", corrects=second, sensitive=True)
    assert found(desk, "kaffe") == []


def test_many_corrected_ones_hide_none_of_the_others(desk: Desk) -> None:
    citizen = seed(desk)
    old = a_note(desk, citizen, 60, professional_view="Kaffe på molen")
    for days in range(1, 30):
        first = a_note(desk, citizen, days, professional_view="Kaffe på broen")
        a_note(desk, citizen, days, professional_view="Te på broen", corrects=first)
    assert [each.id for each in found(desk, "kaffe")] == [old]
    assert not search.notes(desk, "kaffe").more


def test_a_small_progress_noted_with_a_contact_is_found_once(desk: Desk) -> None:
    citizen = seed(desk)
    contacts.note(desk, citizen, contacts.ContactForm(progress="Ringede selv"))
    assert [each.kind for each in found(desk, "ringede")] == ["contact"]


def test_twenty_are_shown_newest_first_and_that_there_are_more(desk: Desk) -> None:
    citizen = seed(desk)
    ids = [a_note(desk, citizen, days, own_words=f"kaffe {days}") for days in range(1, 22)]
    answer = search.notes(desk, "kaffe")
    assert [each.id for each in answer.found] == ids[:20]
    assert answer.more
    assert not search.notes(desk, "kaffe 21").more


@pytest.mark.parametrize("query", ["", "k", "%", "'"])
def test_one_letter_is_not_enough_to_look_through_the_notes(desk: Desk, query: str) -> None:
    a_note(desk, seed(desk), own_words="kaffe")
    assert found(desk, query) == []


def test_what_was_undone_is_not_found_nor_what_is_about_nobody_here(desk: Desk) -> None:
    saved = citizens.add(desk, NewCitizen(known_as="Ægir", place="Søen", most_important="En sovepose"))
    assert {each.kind for each in found(desk, "søen")} == {"contact"}
    assert len(search.everything(desk, "søen").citizens) == 1
    contacts.undo(desk, saved)
    assert search.everything(desk, "søen").citizens == () == search.notes(desk, "sovepose").found
    lost = seed(desk)
    a_note(desk, lost, own_words="kaffe")
    with desk.store.transaction() as session:
        incoming.change_view(session, ["all"])
    assert found(desk, "kaffe") == []


def test_the_question_who_reads_no_notes(desk: Desk) -> None:
    a_note(desk, seed(desk, known_places="Søen"), own_words="Ved Søen")
    assert len(search.people(desk, "søen").citizens) == 1
    assert search.people(desk, "søen").notes.found == ()
    assert search.people(desk, "søen").query == "søen"
