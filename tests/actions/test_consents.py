"""J1: the register of what the citizen has said yes to; a withdrawal wins at once."""

from datetime import date, timedelta

import pytest

from fieldapp.actions import consents, contacts, today
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from tests.desks import Clock, seed
from tests.examples import TODAY


def states(desk: Desk, citizen: str) -> list[tuple[str, str]]:
    return [(each.consent.to, each.state.value) for each in consents.register(desk, citizen)]


def test_the_register_holds_purpose_to_whom_how_from_and_until(desk: Desk) -> None:
    citizen = seed(desk)
    form = ConsentForm("money", " Banken ", "Faste udgifter først", how="in_writing")
    consents.give(desk, citizen, form)
    (kept,) = consents.register(desk, citizen)
    one = kept.consent
    assert (one.to, one.purpose, one.how, one.given_on) == ("Banken", "Faste udgifter først", "in_writing", TODAY)
    assert one.until == date(2027, 5, 24), "six months are suggested"


def test_a_yes_can_be_without_an_end_and_a_no_has_none(desk: Desk) -> None:
    citizen = seed(desk)
    consents.give(desk, citizen, ConsentForm("network", "Søster Lis", forever=True))
    consents.give(desk, citizen, ConsentForm("network", "Bror Ib", answer="no"))
    assert {each.consent.until for each in consents.register(desk, citizen)} == {None}


def test_somebody_must_be_named(desk: Desk) -> None:
    citizen = seed(desk)
    with pytest.raises(RecordError, match="missing"):
        consents.give(desk, citizen, ConsentForm("money", "  "))
    assert consents.register(desk, citizen) == ()


def test_a_withdrawal_wins_at_once_is_made_once_and_can_be_undone(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    given = consents.give(desk, citizen, ConsentForm("network", "Søster Lis"))
    clock.move(minutes=1)
    saved = consents.withdraw(desk, given.id)
    assert consents.withdraw(desk, given.id).id == saved.id
    assert states(desk, citizen) == [("Søster Lis", "withdrawn")]
    contacts.undo(desk, saved)
    assert states(desk, citizen) == [("Søster Lis", "holds")]


def test_what_holds_comes_first_and_what_ran_out_says_so(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    consents.give(desk, citizen, ConsentForm("money", "Banken", until=TODAY + timedelta(days=60)))
    consents.give(desk, citizen, ConsentForm("other", "Kirken", until=TODAY + timedelta(days=5)))
    clock.move(days=6)
    assert states(desk, citizen) == [("Banken", "holds"), ("Kirken", "expired")]


def test_a_consent_that_ends_within_two_weeks_is_on_the_list(desk: Desk, clock: Clock) -> None:
    """J1, why.consent_ends: read from the store, as every fact of the list."""
    calm = ("intensity", {"level": 1, "from_on": "2026-11-01"})
    citizen = seed(desk, met=(3,), more=(("method", {"method": "icm", "from_on": "2026-01-01"}), calm))
    consents.give(desk, citizen, ConsentForm("money", "Banken", until=TODAY + timedelta(days=15)))
    assert citizen not in {row.citizen for row in today.read(desk).reach}
    clock.move(days=1)
    (row,) = today.read(desk).reach
    assert (row.citizen, row.reason.why) == (citizen, "consent_ends")
