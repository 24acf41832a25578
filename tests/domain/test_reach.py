"""Which way to reach out: the citizen's wishes first, and another way when nobody answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from fieldapp.domain.facts import Absence
from fieldapp.domain.reach import beads, suggested, ways
from tests.domain import anything
from tests.examples import TODAY, a_contact, an_attempt, some_facts


def silent(*tried: str, **more: object) -> str:
    """The way suggested after these tries, a day apart, since a talk ten days ago."""
    attempts = tuple(an_attempt(len(tried) - n, way) for n, way in enumerate(tried))
    return suggested(some_facts(**({"contacts": (a_contact(10),), "attempts": attempts} | more)), TODAY)


@pytest.mark.parametrize(
    ("tried", "then"),
    [
        ((), "text"),
        (("text",), "call"),
        (("text", "call"), "bell"),
        (("text", "call", "bell"), "known_place"),
        (("text", "call", "bell", "note"), "known_place"),
        (("text", "call", "bell", "known_place"), "text"),
        (("bell", "note", "known_place", "text"), "call"),
    ],
)
def test_when_nobody_answers_the_kind_changes_each_time(tried: tuple[str, ...], then: str) -> None:
    assert silent(*tried) == then


def test_an_answer_starts_from_the_beginning() -> None:
    assert silent("text", "call", contacts=(a_contact(0),)) == "text"


@pytest.mark.parametrize(
    ("wish", "allowed"),
    [
        ("text_only", ("text",)),
        ("call_only", ("call",)),
        ("not_at_home", ("text", "call", "known_place")),
        ("fine", ("text", "call", "bell", "known_place")),
    ],
)
def test_the_citizens_wish_decides(wish: str, allowed: tuple[str, ...]) -> None:
    assert ways(some_facts(wishes=frozenset({wish})), TODAY) == allowed


def test_a_number_that_does_not_work_leads_to_a_known_place() -> None:
    assert ways(some_facts(phone_works=False, situation="street"), TODAY) == ("known_place",)
    assert ways(some_facts(has_phone=False), TODAY) == ("bell", "known_place")
    assert ways(some_facts(has_phone=False, wishes=frozenset({"text_only"})), TODAY) == ("known_place",)


@pytest.mark.parametrize(
    "more",
    [
        {"situation": "street"},
        {"situation": "car"},
        {"protected_address": True},
        {"absence": Absence("hospital", TODAY - timedelta(days=3))},
    ],
)
def test_no_bell_is_suggested_where_there_is_no_door_to_ring_at(more: dict[str, object]) -> None:
    assert "bell" not in ways(some_facts(**more), TODAY)


def test_once_in_30_silent_days_somebody_goes_there() -> None:
    tries = (an_attempt(20, "text"), an_attempt(10, "call"), an_attempt(1, "text"))
    facts = some_facts(contacts=(a_contact(29),), attempts=tries, known_places="Søndre Kaj", situation="street")
    assert suggested(facts, TODAY) == "known_place"
    tries = (an_attempt(35, "known_place"), an_attempt(20, "bell"), an_attempt(2, "call"))
    assert suggested(replace(facts, contacts=(a_contact(50),), attempts=tries, situation=None), TODAY) == "text"
    tries = (an_attempt(40, "known_place"), an_attempt(31, "bell"), an_attempt(2, "call"))
    assert suggested(replace(facts, contacts=(a_contact(50),), attempts=tries, situation=None), TODAY) == "known_place"


def test_who_wrote_gets_a_text_back() -> None:
    facts = some_facts(contacts=(a_contact(9), a_contact(1, mode="citizen_wrote")), wishes=frozenset({"not_at_home"}))
    assert suggested(facts, TODAY) == "text"


def test_after_the_peace_a_soft_text() -> None:
    tried = (an_attempt(30, "text"),)
    facts = some_facts(contacts=(a_contact(40),), attempts=tried, peace_until=TODAY - timedelta(days=1))
    assert suggested(facts, TODAY) == "text"


def test_the_thread_is_contacts_and_attempts_in_order() -> None:
    facts = some_facts(
        contacts=(a_contact(9), a_contact(2, mode="not_met", real=False)),
        attempts=(an_attempt(5), an_attempt(1, "call", "talked", real=True)),
    )
    assert beads(facts) == ("m", "a", "a", "m")


def test_the_thread_shows_the_last_nine() -> None:
    facts = some_facts(contacts=tuple(a_contact(days) for days in range(30, 10, -1)), attempts=(an_attempt(1),))
    assert beads(facts) == ("m",) * 8 + ("a",)


@given(anything.facts(), anything.near)
@settings(deadline=None)
def test_there_is_always_a_way(facts, today) -> None:
    found = ways(facts, today)
    assert found
    assert len(set(found)) == len(found)
    assert "bell" not in found or not facts.wishes & {"not_at_home", "text_only", "call_only"}
