"""Thanks that are owed, and *Skal de her oplysninger stadig stå her?*"""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from fieldapp.actions import citizens, contacts, keeping, today
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Why
from fieldapp.domain.values import MadeAwareBy
from fieldapp.domain.values_day import KeepAnswer
from fieldapp.errors import RecordError
from fieldapp.store.tables import CitizenRow, ThanksOwedRow
from tests.desks import KARIM, Clock, a_row, arrive, seed
from tests.examples import NOW
from tests.views.people import ICM


def asked(desk: Desk) -> list[tuple[str, Why]]:
    return [(each.citizen, each.reason.why) for each in keeping.read(desk)]


def test_who_made_us_aware_is_thanked_the_next_workday_with_one_tap(desk: Desk, clock: Clock) -> None:
    """F5: the record holds to whom and when, and nothing of the person."""
    saved = citizens.add(desk, NewCitizen(made_aware_by="gp", thanks_to="Lægehuset, Åse i skranken", met=False))
    assert asked(desk) == []
    clock.move(days=1)
    (owed,) = keeping.read(desk)
    assert (owed.citizen, owed.reason.why, owed.reason.text) == (saved.citizen, Why.THANKS, "Lægehuset, Åse i skranken")
    assert owed.thanks is not None
    done = keeping.thanked(desk, owed.thanks)
    assert asked(desk) == []
    contacts.undo(desk, done)
    assert len(asked(desk)) == 1


@pytest.mark.parametrize("by", [None, *MadeAwareBy])
def test_nobody_is_thanked_for_having_come_themselves(desk: Desk, by: str | None) -> None:
    citizens.add(desk, NewCitizen(made_aware_by=by))
    with desk.store.reading() as session:
        owed = len(session.exec(select(ThanksOwedRow)).all())
    assert owed == (0 if by in (None, "self") else 1)


def test_after_ninety_days_without_contact_or_case_it_is_asked_of_whoever_supports_them(desk: Desk) -> None:
    """E11"""
    long = seed(desk, "Åse", known=200, met=(91,))
    seed(desk, "Bent", known=200, met=(89,))
    seed(desk, "Ida", known=200, met=(91,), more=(ICM,))
    seed(desk, "Kim", known=200, met=(91,), cpr="010203-0000")
    seed(desk, "Lone", known=200, met=(91,), responsible=KARIM)
    assert asked(desk) == [(long, Why.KEEP)]


def test_yes_asks_again_ninety_days_later(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, "Åse", known=200, met=(91,))
    keeping.answer(desk, citizen, KeepAnswer.KEEP)
    assert asked(desk) == [] and today.read(desk).citizens == 1
    clock.move(days=89)
    assert asked(desk) == []
    clock.move(days=1)
    assert asked(desk) == [(citizen, Why.KEEP)]


def test_no_takes_them_off_every_list_at_once_and_fortryd_brings_them_back(desk: Desk) -> None:
    citizen = seed(desk, "Åse", known=200, met=(91,))
    saved = keeping.answer(desk, citizen, KeepAnswer.REMOVE)
    assert (asked(desk), citizens.read_all(desk), citizens.read(desk, citizen)) == ([], (), None)
    assert today.read(desk).citizens == 0
    contacts.undo(desk, saved)
    assert citizens.read(desk, citizen) is not None and today.read(desk).citizens == 1


def test_a_colleague_who_wrote_meanwhile_brings_them_back(desk: Desk, clock: Clock) -> None:
    """Nobody is forgotten: who met them without knowing of the answer has not written in vain."""
    citizen = seed(desk, "Åse", known=200, met=(91,))
    keeping.answer(desk, citizen, KeepAnswer.REMOVE)
    clock.move(minutes=5)
    contacts.note(desk, citizen, contacts.ContactForm(mode="met"))
    assert [line.id for line in citizens.read_all(desk)] == [citizen]


def test_nothing_is_answered_about_somebody_who_is_not_here(desk: Desk) -> None:
    with pytest.raises(RecordError, match="gone"):
        keeping.answer(desk, "01990000-0000-7000-8000-00000000dddd", KeepAnswer.REMOVE)


def test_the_answer_voids_nothing(desk: Desk) -> None:
    """What is voided cannot come back under its own id; an answer can be taken back."""
    citizen = seed(desk, "Åse", known=200, met=(91,))
    keeping.answer(desk, citizen, KeepAnswer.REMOVE)
    with desk.store.reading() as session:
        assert session.get_one(CitizenRow, citizen).void_reason is None


@pytest.mark.parametrize(
    "told",
    [
        ("method", {"method": "icm", "from_on": date(2026, 11, 20)}),
        ("contact", {"occurred_at": NOW - timedelta(hours=20), "mode": "met"}),
    ],
    ids=lambda told: str(told[0]),
)
def test_what_a_colleague_wrote_before_and_sent_after_brings_them_back(
    desk: Desk, told: tuple[str, dict[str, Any]]
) -> None:
    """Met yesterday on a phone without network: the one who said no today could not know of it."""
    citizen = seed(desk, "Åse", known=200, met=(91,))
    keeping.answer(desk, citizen, KeepAnswer.REMOVE)
    assert citizens.read_all(desk) == ()
    arrive(desk, a_row(told[0], citizen, NOW - timedelta(hours=19), KARIM, **told[1]))
    assert [line.id for line in citizens.read_all(desk)] == [citizen]


@pytest.mark.parametrize("said", [KeepAnswer.REMOVE, KeepAnswer.MISTAKE])
def test_a_no_to_one_registration_is_none_to_the_person_it_turns_out_to_be(desk: Desk, said: KeepAnswer) -> None:
    """Two phones at the same time: added by mistake, and it is the same person as one who is supported."""
    supported = seed(desk, "Bent", known=200, met=(3,), more=(ICM,))
    mistake = seed(desk, "Bendt", known=200, met=(91,))
    keeping.answer(desk, mistake, said)
    arrive(desk, a_row("citizen_merge", mistake, NOW, KARIM, on=NOW.date(), same_as=supported))
    assert [line.id for line in citizens.read_all(desk)] == [supported]
    assert today.read(desk).citizens == 1


def test_a_no_to_somebody_registered_twice_is_one_to_both(desk: Desk) -> None:
    kept, twice = (seed(desk, name, known=200, met=(91,)) for name in ("Åse", "Aase"))
    arrive(desk, a_row("citizen_merge", twice, NOW - timedelta(days=1), on=NOW.date(), same_as=kept))
    saved = keeping.answer(desk, twice, KeepAnswer.REMOVE)
    assert citizens.read_all(desk) == ()
    contacts.undo(desk, saved)
    assert [line.id for line in citizens.read_all(desk)] == [kept]
