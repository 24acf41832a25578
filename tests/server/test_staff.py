"""What the office says of a worker reaches the real phones of the team: whom one may ask, and who stands in."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.actions import away
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.errors import RecordError
from fieldapp.server import profiles
from fieldapp.server.administration import Office
from fieldapp.server.tables import Record, Team, Worker
from tests.examples import an_id
from tests.server.people import Phone
from tests.sync.parts import Device, World


def desk(device: Device, name: str = "Freja Opfundet") -> Desk:
    return Desk(device.store, device.worker, name, device.clock)


def colleague(phone: Phone, worker: str) -> dict[str, object]:
    [told] = [row.fields for row in phone.catch_up().values() if row.fields.get("worker") == worker]
    return told


class TestOnARealPhone:
    def test_asking_a_role_offers_it_and_the_usual_deputy_is_proposed(self, world: World) -> None:
        freja, karim = world.colleague("Freja Opfundet"), world.colleague("Karim Opfundet")
        world.office.add_worker("Anker Opfundet", team=world.team)
        freja.sync()
        assert {each.role for each in away.colleagues(desk(freja))} == {None}
        assert not [each for each in away.colleagues(desk(freja)) if each.usual]
        world.office.describe(karim.worker, role="nurse_somatic")
        world.office.describe(freja.worker, deputy=karim.worker)
        world.converged()
        first = away.colleagues(desk(freja))[0]
        assert (first.name, first.role, first.usual) == ("Karim Opfundet", "nurse_somatic", True)

    def test_a_new_name_and_number_stand_in_place_of_the_old_and_what_is_taken_off_is_gone(self, world: World) -> None:
        freja = world.colleague("Freja Opfundet")
        new = world.office.add_worker("Kar Opfundet", job="Nattevagt", phone="00 00 00 02", team=world.team)
        freja.sync()
        world.office.describe(new, name=" Karim Opfundet ", job=None, role="peer")
        world.converged(freja)
        row = next(row for row in freja.rows(["colleague"]).values() if row["fields"]["worker"] == new)
        assert row["fields"] == {"worker": new, "name": "Karim Opfundet", "phone": "00 00 00 02", "role": "peer"}

    def test_whoever_joins_another_team_is_known_there_with_all_of_it(self, world: World) -> None:
        freja = world.colleague("Freja Opfundet")
        other = world.office.add_team("Et andet opfundet team")
        new = world.office.add_worker("Karim Opfundet", team=other)
        world.office.describe(new, role="peer")
        world.office.join(new, world.team)
        freja.sync()
        assert [each.role for each in away.colleagues(desk(freja)) if each.id == new] == ["peer"]


def test_every_team_of_theirs_is_told_and_nothing_else_of_the_record_moves(
    freja: Phone, karim: Phone, team: str, office: Office, engine: Engine
) -> None:
    other = office.add_team("Et andet opfundet team")
    office.join(freja.enrolled.worker, other)
    office.describe(freja.enrolled.worker, role="support")
    with Session(engine) as session:
        mine = [m.id for m in profiles.memberships(session, freja.enrolled.worker)]
        told = {r.scope: (r.fields["role"], r.base["role"] == r.seq > r.base["name"]) for r in
                (session.get_one(Record, id) for id in mine)}  # fmt: skip
    assert told == {team_scope(team): ("support", True), team_scope(other): ("support", True)}
    seq = max(row.seq for row in karim.catch_up().values())
    office.describe(freja.enrolled.worker, role="support")
    assert max(row.seq for row in karim.catch_up().values()) == seq, "the same again is no change"


@pytest.mark.parametrize(
    ("changes", "why", "field"),
    [
        ({"role": "king"}, "malformed", "role"),
        ({"role": "Nurse"}, "malformed", "role"),
        ({"name": "  "}, "missing", "name"),
        ({"name": "x" * 121}, "malformed", "name"),
        ({"phone": "0" * 31}, "malformed", "phone"),
        ({"worker": "somebody"}, "unknown_field", "worker"),
        ({"left": "yes"}, "unknown_field", "left"),
        ({"deputy": "nobody"}, "unknown_worker", None),
        ({"deputy": an_id()}, "unknown_worker", None),
        ({"job": "x\x00"}, "malformed", "job"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    freja: Phone, karim: Phone, office: Office, changes: dict[str, str], why: str, field: str | None
) -> None:
    before = colleague(karim, freja.enrolled.worker)
    with pytest.raises(RecordError) as refused:
        office.describe(freja.enrolled.worker, **({"job": "Ny"} | changes))
    assert (refused.value.why, refused.value.field) == (why, field)
    assert colleague(karim, freja.enrolled.worker) == before


def test_a_deputy_is_a_working_colleague_and_somebody_else(
    freja: Phone, karim: Phone, stranger: Phone, office: Office
) -> None:
    me, him = freja.enrolled.worker, karim.enrolled.worker
    for deputy, why in ((me, "deputy_is_self"), (stranger.enrolled.worker, "deputy_team")):
        with pytest.raises(RecordError, match=why):
            office.describe(me, deputy=deputy)
    office.describe(me, deputy=him)
    assert colleague(karim, me)["deputy"] == him
    office.describe(me, deputy=None)
    assert "deputy" not in colleague(karim, me)
    office.disable(him)
    with pytest.raises(RecordError, match="disabled_worker"):
        office.describe(me, deputy=him)


def test_c15_c19_methods_with_the_day_of_their_course_are_for_the_office_alone(freja: Phone, office: Office) -> None:
    me = freja.enrolled.worker
    office.work_by(me, "cti")
    office.work_by(me, "cti", date(2026, 3, 2))
    office.work_by(me, "icm")
    assert [(m.method, m.course_on) for m in office.methods()] == [("cti", date(2026, 3, 2)), ("icm", None)]
    office.not_by(me, "icm")
    office.not_by(me, "act")
    assert [m.method for m in office.methods()] == ["cti"]
    with pytest.raises(RecordError, match="malformed"):
        office.work_by(me, "a_new_one")
    assert "cti" not in str(colleague(freja, me)), "no phone is told"


def test_e9_a_team_belongs_to_a_unit(office: Office, team: str, engine: Engine) -> None:
    office.place(team, " Udekørende, Ådal ")
    with Session(engine) as session:
        assert session.get_one(Team, team).unit == "Udekørende, Ådal"
    office.place(team, " ")
    with Session(engine) as session:
        assert session.get_one(Team, team).unit is None
    for bad in ("x" * 121, "a\nb"):
        with pytest.raises(RecordError, match="malformed"):
            office.place(team, bad)
    with pytest.raises(RecordError, match="unknown_team"):
        office.place(an_id(), "Ådal")


def test_whoever_left_a_team_keeps_the_name_there_and_is_told_of_no_more(
    freja: Phone, karim: Phone, team: str, office: Office, engine: Engine
) -> None:
    office.leave(freja.enrolled.worker, team)
    office.describe(freja.enrolled.worker, name="Freja Nynavn", role="peer")
    assert colleague(karim, freja.enrolled.worker)["name"] == "Freja Opfundet"
    with Session(engine) as session:
        assert session.get_one(Worker, freja.enrolled.worker).name == "Freja Nynavn"
