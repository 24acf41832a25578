"""A worker's own caseload: told on the phone, offline too, and never in the way of anybody (P1, P2; C5, C6)."""

from datetime import timedelta
from typing import Any

from fieldapp.actions import caseload, citizens, contacts
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.caseload import Note
from tests.desks import KARIM, a_row, an_assignment, arrive, seed
from tests.examples import NOW, TODAY, an_id

CTI = ("method", {"method": "cti", "from_on": "2026-08-01"})
ICM = ("method", {"method": "icm", "from_on": "2026-08-01"})


def some(desk: Desk, count: int, *more: tuple[str, dict[str, Any]], **who: Any) -> list[str]:
    return [seed(desk, f"Opfundet {n}", more=more, **who) for n in range(count)]


def test_p1_c6_seven_of_eight(desk: Desk) -> None:
    some(desk, 7, ICM)
    own = caseload.read(desk)
    assert (own.citizens, own.ceiling, own.notes) == (7, 8, ())


def test_acceptance_9_with_ten_an_eleventh_is_noted_and_everything_is_still_saved(desk: Desk) -> None:
    some(desk, 10, CTI)
    assert caseload.read(desk).notes == ()
    eleventh = citizens.add(desk, NewCitizen(known_as="Ellevte", met=False)).citizen
    own = caseload.read(desk)
    assert (own.citizens, own.ceiling, own.notes) == (11, 10, (Note.OVER,))
    assert contacts.note(desk, eleventh, ContactForm(own_words="Opfundne ord")).id


def test_acceptance_9_three_who_move_in_are_a_text_about_fewer(desk: Desk) -> None:
    moved = ("housing_period", {"move_in_on": TODAY - timedelta(days=6), "in_use": True})
    some(desk, 3, CTI, moved)
    own = caseload.read(desk)
    assert (own.moving_in, own.notes) == (3, (Note.MOVING_IN,))


def test_c12_act_citizens_of_the_team_are_told_apart_and_eight_is_nobodys_ceiling(desk: Desk) -> None:
    act = ("method", {"method": "act", "from_on": "2026-08-01"})
    some(desk, 9, act)
    for citizen in some(desk, 4, act, responsible=None):
        arrive(desk, a_row("assignment", citizen, team=an_id(), name="Opfundet team", role="team", from_at=NOW))
    own = caseload.read(desk)
    assert (own.citizens, own.by_team, own.ceiling, own.notes) == (9, 4, None, ())


def test_only_ones_own_count_and_whose_support_goes_on(desk: Desk) -> None:
    some(desk, 1, CTI)
    some(desk, 2, CTI, responsible=KARIM)
    [covered] = some(desk, 1, CTI, responsible=KARIM)
    arrive(desk, an_assignment(covered, desk.worker, NOW, NOW + timedelta(days=1), role="deputy"))
    some(desk, 1, CTI, ("closing", {"on": TODAY, "ground": "death"}))
    some(desk, 1, CTI, ("pause", {"from_on": TODAY, "review_on": TODAY + timedelta(days=30), "reason": "opdigtet"}))
    [gone] = some(desk, 1)
    arrive(desk, a_row("keep_answer", gone, NOW, on=TODAY, answer="mistake"))
    assert caseload.read(desk).citizens == 2, "the one, and the one on pause"
