"""J1, I-6: the latest answer holds, a withdrawal wins at once, and an end is told in good time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.consent import Consent, State, ends_on, in_force, state
from fieldapp.domain.facts import Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm_rules import DEFAULT
from fieldapp.domain.today import the_day
from tests.examples import TODAY, a_contact, an_id, days_ago, some_facts


def a_yes(days: int = 10, about: str = "hospital", **more: Any) -> Consent:
    fields: dict[str, Any] = {
        "id": an_id(),
        "answer": "yes",
        "to": "Ådal Sygehus",
        "given_on": TODAY - timedelta(days=days),
        "about": about,
        "given_at": days_ago(days),
    }
    return Consent(**(fields | more))


def back(consent: Consent, days: int = 0, hour: int = 12) -> Consent:
    return replace(consent, withdrawn_on=TODAY - timedelta(days=days), withdrawn_at=days_ago(days, hour))


def test_a_yes_holds_to_its_last_day_and_not_a_day_longer() -> None:
    assert in_force([a_yes(until=TODAY)], "hospital", TODAY)
    assert not in_force([a_yes(until=TODAY - timedelta(days=1))], "hospital", TODAY)
    assert not in_force([a_yes(-1)], "hospital", TODAY)
    assert not in_force([a_yes(about="prison")], "hospital", TODAY)


def test_a_later_no_stands_for_an_earlier_yes_and_the_other_way_round() -> None:
    yes, no = a_yes(9), a_yes(5, answer="no")
    assert in_force([yes, no], "hospital", TODAY) is None
    later = a_yes(2)
    assert in_force([yes, no, later], "hospital", TODAY) is later


def test_a_withdrawal_closes_at_once_and_a_new_yes_opens_again() -> None:
    yes = a_yes(9)
    assert in_force([back(yes)], "hospital", TODAY) is None
    assert in_force([back(yes, hour=9), a_yes(0, given_at=days_ago(0, 10))], "hospital", TODAY)


def test_taking_back_one_of_two_yeses_about_a_place_takes_back_both() -> None:
    """Freja and Karim both noted it; the citizen takes it back once."""
    one, other = a_yes(9), a_yes(5, to="Afsnit 4")
    assert in_force([back(one), other], "hospital", TODAY) is None
    assert state(other, [back(one), other], TODAY) is State.REPLACED


def test_of_a_yes_and_a_withdrawal_on_one_day_the_later_written_wins_and_in_doubt_the_withdrawal() -> None:
    old = back(a_yes(9), hour=10)
    before, after = a_yes(0, given_at=days_ago(0, 9)), a_yes(0, given_at=days_ago(0, 11))
    assert in_force([old, before], "hospital", TODAY) is None
    assert in_force([old, after], "hospital", TODAY) is after
    assert in_force([old, replace(after, given_at=None)], "hospital", TODAY) is None


@pytest.mark.parametrize(
    ("consent", "stands"),
    [
        (a_yes(), State.HOLDS),
        (a_yes(answer="no"), State.SAID_NO),
        (a_yes(until=TODAY - timedelta(days=1)), State.EXPIRED),
        (back(a_yes(until=TODAY - timedelta(days=1))), State.WITHDRAWN),
    ],
    ids=lambda each: each.value if isinstance(each, State) else "",
)
def test_the_register_says_how_each_stands(consent: Consent, stands: State) -> None:
    assert state(consent, [consent], TODAY) is stands


def test_what_two_of_the_network_were_told_is_two_things() -> None:
    sister, brother = a_yes(9, "network", to="Søster Lis"), a_yes(5, "network", to="Bror Ib")
    assert state(sister, [sister, brother], TODAY) is State.HOLDS
    again = a_yes(1, "network", to=" søster lis")
    assert state(sister, [sister, brother, again], TODAY) is State.REPLACED


def test_the_first_end_counts_and_what_was_renewed_ends_no_more() -> None:
    soon, late = TODAY + timedelta(days=5), TODAY + timedelta(days=90)
    old = a_yes(170, until=soon)
    assert ends_on([old, a_yes(30, "money", to="Aftale", until=late)], TODAY) == soon
    assert ends_on([old, a_yes(1, until=late)], TODAY) == late
    assert ends_on([back(old)], TODAY) is None


days = st.integers(-5, 30)


@given(
    st.lists(
        st.builds(
            a_yes,
            days,
            about=st.sampled_from(["hospital", "prison"]),
            answer=st.sampled_from(["yes", "yes", "no"]),
            until=st.none() | days.map(lambda n: TODAY + timedelta(days=n - 12)),
        ),
        max_size=5,
    ),
    st.lists(days.filter(lambda n: n >= 0) | st.none(), min_size=5, max_size=5),
)
def test_nothing_is_open_without_a_yes_that_stands(consents: list[Consent], taken: list[int | None]) -> None:
    """I-6, for whatever was said, taken back and run out."""
    said = [each if n is None else back(each, n) for each, n in zip(consents, taken, strict=False)]
    said.sort(key=lambda each: each.given_on)
    holds = in_force(said, "hospital", TODAY)
    if holds is None:
        return
    assert (holds.answer, holds.about, holds.withdrawn_on) == ("yes", "hospital", None)
    assert holds.given_on <= TODAY and (holds.until is None or holds.until >= TODAY)
    about_it = [each for each in said if each.about == "hospital" and each is not holds]
    assert not [each for each in about_it if holds.given_on < each.given_on <= TODAY]
    assert not [each for each in about_it if each.withdrawn_on and each.withdrawn_on > holds.given_on]


def record(kind: str, ago: int, **fields: Any) -> Record:
    return Record(kind, an_id(), fields, an_id(), days_ago(ago))


@pytest.mark.parametrize(("ahead", "listed"), [(20, False), (14, True), (3, True), (-1, False)])
def test_fourteen_days_before_a_consent_ends_the_citizen_is_on_the_list(ahead: int, listed: bool) -> None:
    """why.consent_ends: until somebody has talked with the citizen."""
    ends = TODAY + timedelta(days=ahead)
    me = an_id()
    facts = some_facts(
        responsible=me, intensity=1, method="icm", contacts=(a_contact(20),), known_since=date(2026, 1, 1)
    )
    facts = replace(facts, consent_ends_on=ends if ahead >= 0 else None)
    rows = the_day([facts], TODAY, me).reach
    assert [(row.reason.why, row.reason.on) for row in rows] == ([(Why.CONSENT_ENDS, ends)] if listed else [])
    met = replace(facts, contacts=(*facts.contacts, a_contact(0)))
    assert not the_day([met], TODAY, me).reach


def test_a_consents_end_is_gathered_from_the_records() -> None:
    ends = TODAY + timedelta(days=9)
    yes = record("consent", 30, given_on="2026-10-26", answer="yes", to="Boligselskabet", until=ends.isoformat())
    known = [record("citizen", 40, known_as="Åse"), yes]
    assert gather("c", known, TODAY).consent_ends_on == ends
    taken = record("consent_withdrawal", 0, on=TODAY.isoformat(), consent=yes.id)
    assert gather("c", [taken, *known], TODAY).consent_ends_on is None
    assert next_step(gather("c", known, TODAY), TODAY, DEFAULT) is not None
