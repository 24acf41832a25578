"""A team's own texts: checked before they are offered, in turn with the app's, and in place of one where wanted."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.actions import attempts, contacts, local_texts, templates
from fieldapp.actions.desk import Desk
from fieldapp.actions.greetings import TextChoice
from fieldapp.domain.access import scope_kind
from fieldapp.domain.texts_to_citizens import Problem, forbidden_word
from fieldapp.domain.values import Way
from fieldapp.domain.values_day import LocalText
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import TEAM, Clock, a_row, arrive, seed
from tests.examples import an_id

OURS = "Hej {navn}. Vi drikker kaffe på trappen {hvornår}. {medarbejder}"


def offered(desk: Desk, citizen: str) -> dict[str, TextChoice]:
    out = attempts.read(desk, citizen)
    assert out is not None
    return {choice.template: choice for choice in out.texts}


def test_a_teams_text_takes_its_turn_with_first_names_in_it(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, "Åse Ærø", met=(3,))
    templates.save(desk, Way.TEXT, OURS, about="Kaffe på trappen")
    own = templates.read(desk).ours[0]
    seen: dict[str, TextChoice] = {}
    other: set[str] = set()
    for _turn in range(8):
        now = offered(desk, citizen)
        seen |= now
        taken = next(iter(now.values()))
        attempts.save(desk, citizen, Way.TEXT, "sent", text=taken.text, template=taken.template)
        out = attempts.read(desk, citizen)
        assert out is not None
        other |= {choice.template for choice in out.other_texts}
        here = {choice.template for choice in (*out.texts, *out.other_texts)}
        assert taken.template not in here, "the last one sent is never offered again"
        clock.move(hours=1)
    assert seen[own.code].text == "Hej Åse. Vi drikker kaffe på trappen i morgen. Freja"
    assert seen[own.code].about == "Kaffe på trappen"
    assert {"s1", "s2", "s3", "s7", "s9"} < set(seen)
    assert {"s4", "s11", "s12", "s13", "s16"} < other


def test_a_teams_text_can_stand_in_the_place_of_one_of_the_apps(desk: Desk) -> None:
    citizen = seed(desk, met=(3,))
    assert "s1" in offered(desk, citizen)
    saved = templates.save(desk, Way.TEXT, "Goddag {navn}. Hilsen {medarbejder}", replaces="s1")
    now = offered(desk, citizen)
    assert "s1" not in now and templates.read(desk).ours[0].code in now
    contacts.undo(desk, saved)
    assert "s1" in offered(desk, citizen)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem("empty")),
        ("Hej {navn}. Vi skal tale om din husleje.", Problem("forbidden", "husleje")),
        ("Hej {navn} – vi ses", Problem("alphabet", "–")),
        ("Hej {fornavn}", Problem("placeholder", "{fornavn}")),
        ("Hej {navn", Problem("placeholder", "{")),
        ("Mit nummer er {nummer}", Problem("placeholder", "{nummer}")),
        ("Hej {navn}. " + "x" * 141, Problem("too_long", over=1)),
    ],
)
def test_a_text_that_fails_is_not_saved_and_says_what_is_wrong(desk: Desk, text: str, problem: Problem) -> None:
    assert templates.check(Way.TEXT, text) == (problem,)
    with pytest.raises(RecordError, match="not_offered"):
        templates.save(desk, Way.TEXT, text)
    assert templates.read(desk).ours == ()


def test_one_that_arrives_from_elsewhere_and_fails_stands_on_the_page_and_is_not_offered(desk: Desk) -> None:
    citizen = seed(desk, met=(3,))
    row = a_row("template", citizen, way="text", text="Hej {navn}. Kommunen venter.", replaces="s1")
    arrive(desk, row.model_copy(update={"scope": f"team:{TEAM}"}))
    (own,) = templates.read(desk).ours
    assert own.problems == (Problem("forbidden", "Kommunen"),)
    assert "s1" in offered(desk, citizen) and own.code not in offered(desk, citizen)


def test_changed_and_ended_it_is_so_for_the_whole_team(desk: Desk) -> None:
    citizen = seed(desk, met=(3,))
    id = templates.save(desk, Way.NOTE, "Hej {navn}. Ring på {nummer}. {medarbejder}").id
    templates.save(desk, Way.NOTE, "Hej {navn}. Skriv til {nummer}. {medarbejder}", id=id)
    out = attempts.read(desk, citizen)
    assert out is not None and out.notes[-1].text == "Hej Åse. Skriv til 00 00 00 01. Freja"
    ended = templates.end(desk, id)
    out = attempts.read(desk, citizen)
    assert out is not None and len(out.notes) == 3
    contacts.undo(desk, ended)
    out = attempts.read(desk, citizen)
    assert out is not None and len(out.notes) == 4
    with desk.store.reading() as session:
        sent = outbox.waiting(session, limit=100)
    assert {scope_kind(each.scope) for each in sent} == {"team"}


def test_a_worker_in_no_team_has_nobody_to_share_one_with(desk: Desk) -> None:
    alone = replace(desk, worker=an_id())
    assert not templates.read(alone).can_change
    with pytest.raises(RecordError, match="no_team"):
        templates.save(alone, Way.TEXT, OURS)
    with pytest.raises(RecordError, match="no_team"):
        local_texts.keep(alone, LocalText.CONCERN, "Ring til vagten")


def test_what_a_team_has_agreed_is_written_once_and_changed(desk: Desk) -> None:
    assert local_texts.read(desk, LocalText.OTHER_MESSAGES) == ""
    local_texts.keep(desk, LocalText.OTHER_MESSAGES, "Kun sms.")
    saved = local_texts.keep(desk, LocalText.OTHER_MESSAGES, "Sms og brev. ")
    assert local_texts.read(desk, LocalText.OTHER_MESSAGES) == "Sms og brev."
    contacts.undo(desk, saved)
    assert local_texts.read(desk, LocalText.OTHER_MESSAGES) == "Kun sms."
    assert local_texts.read(desk, LocalText.CONCERN) == ""
    with pytest.raises(RecordError, match="text"):
        local_texts.keep(desk, LocalText.CONCERN, " ")


def test_without_the_name_no_text_holds_it_and_next_time_it_is_left_out_too(desk: Desk) -> None:
    citizen = seed(desk, "Åse", met=(3,))
    out = attempts.read(desk, citizen)
    assert out is not None and not out.nameless
    assert all("Åse" in choice.text and "Åse" not in choice.nameless for choice in out.texts)
    assert out.texts[0].nameless.startswith("Hej, det er Freja. ")
    attempts.save(desk, citizen, Way.TEXT, "sent", text=out.texts[0].nameless, template=out.texts[0].template)
    again = attempts.read(desk, citizen)
    assert again is not None and again.nameless


def test_who_asked_for_peace_just_now_can_be_told_that_they_get_it(desk: Desk) -> None:
    citizen = seed(desk, met=(3,))
    attempts.save(desk, citizen, Way.CALL, "wants_peace")
    assert "Jeg skriver igen omkring den 10. december" in offered(desk, citizen)["s8"].text


def test_a_note_left_where_an_appointment_was_today_says_another_day(desk: Desk) -> None:
    agreed = ("next_step", {"on": "2026-11-25", "at": "10:30", "agreed": True})
    out = attempts.read(desk, seed(desk, met=(9,), more=(agreed,)))
    assert out is not None and "Jeg kigger forbi igen i morgen." in out.notes[1].text


NAMES = st.lists(st.sampled_from(["Åse", "Jens-Ole", "Fru", "Ærøskøbing", "Søborg", "af", "Ålkær"]), max_size=4)


@given(name=NAMES, tried=st.integers(0, 4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_to_a_citizen_holds_more_than_first_names(desk: Desk, name: list[str], tried: int) -> None:
    """I-9: neither surname, place nor the worker's surname leaves the app, in a text, on a note or on a card."""
    whole = " ".join(name)
    known = {"label": "Søndre Kaj, 25.11."} if not name else {}
    citizen = seed(desk, whole or None, met=(40,), tried=tuple(range(1, tried + 1)), **known)
    out = attempts.read(desk, citizen)
    assert out is not None
    said = [words for each in (*out.texts, *out.notes) for words in (each.text, each.nameless)]
    for text in (*said, out.voicemail, out.first_name):
        rest = text.replace(out.first_name, "") if out.first_name else text
        assert not [word for word in name if len(word) > 2 and word not in out.first_name and word in rest]
        assert "Kaj" not in rest and "Sivmose" not in rest
        assert forbidden_word(text) is None
