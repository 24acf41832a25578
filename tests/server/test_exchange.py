"""A worker's records reach the server once, and come back to those who may see them."""

from fieldapp.domain.access import citizen_scope
from fieldapp.server.administration import Office
from tests.server.people import Phone, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def test_a_citizen_is_born_with_an_assignment_to_the_one_who_met_them(freja: Phone) -> None:
    citizen = freja.meet(known_as="Åse Ærøskøbing")
    rows = freja.catch_up()
    assert rows[citizen].fields == {"known_as": "Åse Ærøskøbing"}
    [assignment] = [row for row in rows.values() if row.row == "assignment"]
    assert assignment.scope == citizen_scope(citizen)
    assert assignment.fields["worker"] == freja.enrolled.worker
    assert (assignment.fields["name"], assignment.fields["role"]) == ("Freja Opfundet", "responsible")


def test_a_colleague_sees_what_is_assigned_to_them_and_no_more(freja: Phone, karim: Phone, office: Office) -> None:
    shared, own = freja.meet(), freja.meet()
    contact = an_add("contact", shared, MET)
    assert freja.send_one(contact) == "ok"
    office.assign(shared, worker=karim.enrolled.worker)
    rows = karim.catch_up()
    assert contact.id in rows and shared in rows and own not in rows
