"""E1: who is looked for, by place; and what a place is in the words people typed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.facts import Attempt, Closing, Contact, Facts, Why
from fieldapp.domain.next_step import next_step
from fieldapp.domain.tracing import TIMES, is_looked_for, last_seen, places, the_round, times_of, with_times
from fieldapp.domain.values import Situation
from tests.domain import anything
from tests.domain.anything import at_noon
from tests.examples import NOW, TODAY

KNOWN = Facts("a", known_since=TODAY - timedelta(days=40), responsible="w")


def test_two_places_are_two_stops_and_the_same_place_spelt_otherwise_is_one() -> None:
    one = replace(KNOWN, citizen="a", known_places="Banegården om aftenen, Kilden")
    two = replace(KNOWN, citizen="b", known_places="banegaarden")
    stops = {stop.place: [line.citizen for line in stop.lines] for stop in the_round([one, two], TODAY)}
    assert stops == {"Banegården": ["a", "b"], "Kilden": ["a"]}


def test_who_should_have_heard_from_us_first_stands_first_and_who_has_no_place_stands_last() -> None:
    later = replace(KNOWN, citizen="a", known_places="Kilden", known_since=TODAY)
    first = replace(KNOWN, citizen="b", known_places="Kilden")
    nowhere = replace(KNOWN, citizen="c")
    stops = the_round([later, nowhere, first], TODAY)
    assert [(stop.place, [line.citizen for line in stop.lines]) for stop in stops] == [
        ("Kilden", ["b", "a"]), (None, ["c"]),
    ]  # fmt: skip


def test_without_a_known_place_where_they_were_last_seen_counts() -> None:
    seen = Attempt(at_noon(TODAY - timedelta(days=2)), "known_place", "seen_by_others", False, place="Åparken")
    (stop,) = the_round([replace(KNOWN, attempts=(seen,))], TODAY)
    assert stop.place == "Åparken"
    assert (stop.lines[0].seen.why, stop.lines[0].seen.on) == (Why.SEEN, TODAY - timedelta(days=2))


@pytest.mark.parametrize("code", ["hospital", "custody", "shelter_110"])
def test_a_kind_of_place_is_not_said_in_the_list_and_is_no_stop(code: str) -> None:
    met = Contact(at_noon(TODAY - timedelta(days=1)), "met", True, place=code)
    (stop,) = the_round([replace(KNOWN, contacts=(met,))], TODAY)
    assert (stop.place, stop.lines[0].seen.place) == (None, None)


def test_a_word_on_the_phone_is_not_having_seen_them() -> None:
    talked = Contact(at_noon(TODAY - timedelta(days=1)), "talked", True, place="Åparken")
    assert last_seen(replace(KNOWN, contacts=(talked,)), TODAY).why is Why.DAYS_SINCE


def test_whoever_has_a_method_is_not_looked_for_but_for_the_contact_period() -> None:
    assert not is_looked_for(replace(KNOWN, method="icm"), TODAY)
    assert is_looked_for(replace(KNOWN, method="cti", phase="contact_period"), TODAY)
    assert not is_looked_for(replace(KNOWN, closings=(Closing(NOW, TODAY, "own_wish", "w"),)), TODAY)


@pytest.mark.parametrize("situation", Situation)
def test_at_risk_and_functional_are_looked_for_too_without_a_gate_of_housing(situation: Situation) -> None:
    """E7, H12, D13, G23: where somebody sleeps, and how old they are, closes nothing."""
    known = replace(KNOWN, situation=situation)
    assert is_looked_for(known, TODAY) and the_round([known], TODAY)
    assert next_step(known, TODAY) == next_step(KNOWN, TODAY)


@given(st.lists(anything.facts(), max_size=6, unique_by=lambda facts: facts.citizen))
def test_everybody_who_is_looked_for_stands_somewhere_and_nobody_else(everybody: list[Facts]) -> None:
    listed = {line.citizen for stop in the_round(everybody, TODAY) for line in stop.lines}
    assert listed == {facts.citizen for facts in everybody if is_looked_for(facts, TODAY)}


@given(st.sets(st.sampled_from(TIMES)))
def test_times_are_put_on_and_taken_off_again(times: set[str]) -> None:
    chosen = tuple(time for time in TIMES if time in times)
    assert times_of(with_times("Kilden, Søndre Kaj", chosen)) == ("Kilden, Søndre Kaj", chosen)


@given(st.text())
def test_any_text_is_places_that_are_never_empty(text: str) -> None:
    assert all(place.strip() for place in places(text))
    assert places(None) == ()
