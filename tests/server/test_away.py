"""Away from now: what a worker says on the phone gives the deputy their citizens at once, and takes them back."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp.domain.access import team_scope
from fieldapp.server.administration import Office
from fieldapp.wire import Operation
from tests.examples import an_id
from tests.server.people import Clock, Phone, a_void, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


@pytest.fixture
def leader(office: Office, team: str, new_phone: Any) -> Phone:
    phone: Phone = new_phone(office.add_worker("Birgit Opfundet", role="leader", team=team))
    return phone


def away(who: Phone, by: Phone | None, team: str, clock: Clock, days: int = 1, **more: Any) -> Operation:
    """From today, so many days in all."""
    today = clock.now.date()
    fields = {
        "worker": who.enrolled.worker,
        "from_on": today.isoformat(),
        "to_on": (today + timedelta(days=days - 1)).isoformat(),
        "deputy": by and by.enrolled.worker,
    } | more
    said = {name: value for name, value in fields.items() if value is not None}
    absence = an_add("worker_absence", an_id(), said)
    return absence.model_copy(update={"scope": team_scope(team), "at": clock.now})


def taken_back(absence: Operation) -> Operation:
    return a_void(absence.id, "", kind="worker_absence").model_copy(update={"scope": absence.scope})


def test_the_deputy_has_the_citizens_from_the_exchange_that_says_so_until_the_last_day_ends(
    freja: Phone, karim: Phone, team: str, clock: Clock
) -> None:
    citizen = freja.meet()
    assert citizen not in karim.catch_up()
    assert freja.send_one(away(freja, karim, team, clock, days=2)) == "ok"
    assert citizen in karim.catch_up()
    assert karim.send_one(an_add("contact", citizen, MET)) == "ok"
    assert citizen in freja.catch_up(), "who is away keeps them"
    clock.advance(days=3)
    karim.log_in()
    karim.catch_up()
    assert karim.send_one(an_add("contact", citizen, MET)) == "quarantined"


def test_without_a_last_day_access_ends_by_itself(freja: Phone, karim: Phone, team: str, clock: Clock) -> None:
    citizen = freja.meet()
    freja.send(away(freja, karim, team, clock, to_on=None))
    clock.advance(days=6)
    karim.log_in()
    assert citizen in karim.catch_up()
    clock.advance(days=3)
    karim.log_in()
    assert citizen not in karim.catch_up()


def test_back_before_the_day_takes_it_back(freja: Phone, karim: Phone, team: str, clock: Clock) -> None:
    citizen = freja.meet()
    absence = away(freja, karim, team, clock, days=5)
    freja.send(absence)
    assert citizen in karim.catch_up()
    clock.advance(minutes=5)
    assert freja.send_one(taken_back(absence)) == "ok"
    clock.advance(minutes=5)
    assert citizen not in karim.catch_up()


def test_said_twice_it_entrusts_once(freja: Phone, karim: Phone, team: str, clock: Clock, office: Office) -> None:
    freja.meet()
    absence = away(freja, karim, team, clock)
    freja.send(absence)
    again = away(freja, karim, team, clock)
    assert freja.send_one(again) == "ok"
    told = [row for row in karim.catch_up().values() if row.row == "assignment" and row.fields["role"] == "deputy"]
    assert len(told) == 1


def test_a_leader_says_it_for_somebody_and_a_colleague_does_not(
    freja: Phone, karim: Phone, leader: Phone, team: str, clock: Clock
) -> None:
    citizen = freja.meet()
    assert karim.send_one(away(freja, karim, team, clock)) == "refused: not_writable"
    assert citizen not in karim.catch_up()
    assert leader.send_one(away(freja, karim, team, clock)) == "ok"
    assert citizen in karim.catch_up()


def test_a_colleague_takes_nothing_back(freja: Phone, karim: Phone, team: str, clock: Clock) -> None:
    citizen = freja.meet()
    absence = away(freja, karim, team, clock, days=5)
    freja.send(absence)
    karim.catch_up()
    assert karim.send_one(taken_back(absence)) == "refused: not_writable"
    assert citizen in karim.catch_up()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"deputy": an_id()}, "unknown_reference"),
        ({"worker": an_id()}, "not_writable"),
        ({"to_on": "2020-01-01"}, "malformed"),
        ({"from_on": "9999-12-31", "to_on": "9999-12-31"}, "malformed"),
    ],
)
def test_what_cannot_be_is_refused_and_entrusts_nobody(
    freja: Phone, karim: Phone, team: str, clock: Clock, more: dict[str, Any], why: str
) -> None:
    citizen = freja.meet()
    assert freja.send_one(away(freja, karim, team, clock, **more)) == f"refused: {why}"
    assert citizen not in karim.catch_up()


def test_nobody_is_given_citizens_who_is_not_of_the_team(
    freja: Phone, stranger: Phone, team: str, clock: Clock
) -> None:
    freja.meet()
    assert freja.send_one(away(freja, stranger, team, clock)) == "refused: unknown_reference"
    assert freja.send_one(away(freja, freja, team, clock)) == "refused: malformed"


def test_away_without_a_deputy_is_only_told(freja: Phone, karim: Phone, team: str, clock: Clock) -> None:
    citizen = freja.meet()
    assert freja.send_one(away(freja, None, team, clock)) == "ok"
    rows = karim.catch_up()
    assert citizen not in rows
    assert [row.row for row in rows.values() if row.row == "worker_absence"] == ["worker_absence"]


def test_the_one_who_is_away_sees_that_the_deputy_has_seen_it(
    freja: Phone, karim: Phone, team: str, clock: Clock
) -> None:
    absence = away(freja, karim, team, clock)
    freja.send(absence)
    karim.catch_up()
    seen = an_add("worker_absence_seen", an_id(), {"seen_at": clock.now.isoformat(), "worker_absence": absence.id})
    assert karim.send_one(seen.model_copy(update={"scope": absence.scope})) == "ok"
    assert seen.id in freja.catch_up()


def test_taken_back_and_said_again_the_deputy_has_them_again(
    freja: Phone, karim: Phone, team: str, clock: Clock
) -> None:
    """*I am back* was a slip of the thumb: what is said once more holds."""
    citizen = freja.meet()
    first = away(freja, karim, team, clock, days=5)
    freja.send(first)
    clock.advance(minutes=2)
    freja.send(taken_back(first))
    clock.advance(minutes=2)
    assert citizen not in karim.catch_up()
    again = away(freja, karim, team, clock, days=5)
    freja.send(again)
    assert citizen in karim.catch_up()
    clock.advance(minutes=2)
    freja.send(taken_back(again))
    clock.advance(minutes=2)
    assert citizen not in karim.catch_up()


def test_of_the_same_said_twice_one_taken_back_leaves_the_other(
    freja: Phone, karim: Phone, team: str, clock: Clock
) -> None:
    citizen = freja.meet()
    once, again = (away(freja, karim, team, clock, days=5) for _ in range(2))
    freja.send(once, again)
    clock.advance(minutes=5)
    freja.send(taken_back(once))
    clock.advance(minutes=5)
    assert citizen in karim.catch_up()
    freja.send(taken_back(again))
    clock.advance(minutes=5)
    assert citizen not in karim.catch_up()


class TestSeen:
    """Whoever is away relies on it: they need not call."""

    def seen(self, absence: Operation, clock: Clock, **more: Any) -> Operation:
        fields = {"seen_at": clock.now.isoformat(), "worker_absence": absence.id}
        return an_add("worker_absence_seen", an_id(), fields).model_copy(update={"scope": absence.scope} | more)

    def test_only_the_deputy_can_have_seen_it(
        self, freja: Phone, karim: Phone, leader: Phone, team: str, clock: Clock
    ) -> None:
        absence = away(freja, karim, team, clock)
        freja.send(absence)
        for other in (freja, leader):
            assert other.send_one(self.seen(absence, clock)) == "refused: not_writable"
        by_karim = self.seen(absence, clock)
        assert karim.send_one(by_karim) == "ok"
        [seen] = [row.id for row in freja.catch_up().values() if row.row == "worker_absence_seen"]
        assert seen == by_karim.id

    def test_nor_does_anybody_see_an_absence_without_a_deputy(
        self, freja: Phone, karim: Phone, team: str, clock: Clock
    ) -> None:
        absence = away(freja, None, team, clock)
        freja.send(absence)
        assert karim.send_one(self.seen(absence, clock)) == "refused: not_writable"

    def test_it_is_said_in_the_team_where_the_absence_was_said(
        self, freja: Phone, karim: Phone, team: str, clock: Clock, office: Office
    ) -> None:
        other = office.add_team("Et andet opfundet team")
        office.join(karim.enrolled.worker, other)
        absence = away(freja, karim, team, clock)
        freja.send(absence)
        said = self.seen(absence, clock, scope=team_scope(other))
        assert karim.send_one(said) == "refused: unknown_reference"

    def test_nobody_else_takes_it_back(self, freja: Phone, karim: Phone, team: str, clock: Clock) -> None:
        absence = away(freja, karim, team, clock)
        freja.send(absence)
        seen = self.seen(absence, clock)
        karim.send(seen)
        back = a_void(seen.id, "", kind="worker_absence_seen")
        assert freja.send_one(back.model_copy(update={"scope": seen.scope})) == "refused: not_writable"
        again = a_void(seen.id, "", kind="worker_absence_seen")
        assert karim.send_one(again.model_copy(update={"scope": seen.scope})) == "ok"


def test_a_leader_takes_back_what_somebody_else_said(
    freja: Phone, karim: Phone, leader: Phone, team: str, clock: Clock
) -> None:
    citizen = freja.meet()
    absence = away(freja, karim, team, clock, days=5)
    freja.send(absence)
    clock.advance(minutes=5)
    assert leader.send_one(taken_back(absence)) == "ok"
    clock.advance(minutes=5)
    assert citizen not in karim.catch_up()


def test_a_leader_of_another_team_says_nothing_here(
    freja: Phone, karim: Phone, office: Office, new_phone: Any, team: str, clock: Clock
) -> None:
    other = new_phone(office.add_worker("En opfundet leder", role="leader", team=office.add_team("Et andet")))
    assert other.send_one(away(freja, karim, team, clock)) == "refused: scope"
