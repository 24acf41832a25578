"""Two phones set the same field: one value stands, the other is kept where both workers see it."""

import json

import pytest

from fieldapp.server.administration import Office
from fieldapp.server.claims import conflict_id
from fieldapp.wire import Row
from tests.server.people import Phone, a_change


@pytest.fixture
def citizen(freja: Phone, karim: Phone, office: Office) -> str:
    """Known to both, and both have seen the phone number 00 11."""
    citizen = freja.meet(known_as="Åse Opfundet", phone="00 11", cpr="010203-0000")
    office.assign(citizen, worker=karim.enrolled.worker)
    freja.catch_up(), karim.catch_up()
    return citizen


def conflicts(phone: Phone) -> list[Row]:
    return [row for row in phone.catch_up().values() if row.row == "conflict"]


def test_the_newcomer_stands_and_what_it_displaced_unseen_is_kept(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    assert freja.send_one(a_change(citizen, citizen, {"phone": "00 22"}, seen)) == "ok"
    theirs = a_change(citizen, citizen, {"phone": "00 33", "language": "dansk"}, seen)
    assert karim.send_one(theirs) == "conflict"
    row = freja.catch_up()[citizen]
    assert (row.fields["phone"], row.fields["language"]) == ("00 33", "dansk")
    assert row.by["phone"] == karim.enrolled.worker
    [kept] = conflicts(freja)
    assert kept == conflicts(karim)[0] and kept.id == conflict_id(theirs.op, "phone") and kept.scope == row.scope
    assert kept.fields == {
        "about_kind": "citizen",
        "about": citizen,
        "field": "phone",
        "stored": json.dumps("00 33"),
        "kept": json.dumps("00 22"),
        "stored_by": karim.enrolled.worker,
        "kept_by": freja.enrolled.worker,
    }


def test_a_guarded_field_stands_and_the_newcomer_is_kept(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"cpr": "010203-1111"}, seen))
    assert karim.send_one(a_change(citizen, citizen, {"cpr": "010203-2222"}, seen)) == "conflict"
    assert karim.catch_up()[citizen].fields["cpr"] == "010203-1111"
    [kept] = conflicts(karim)
    assert (kept.fields["stored"], kept.fields["kept"]) == ('"010203-1111"', '"010203-2222"')
    assert (kept.fields["stored_by"], kept.fields["kept_by"]) == (freja.enrolled.worker, karim.enrolled.worker)


def test_a_phone_that_shows_its_own_guarded_value_is_told_what_stands(freja: Phone, karim: Phone, citizen: str) -> None:
    """It took in the other value while its own edit, made before, was waiting on top."""
    before = karim.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"cpr": "010203-1111"}, before))
    karim.catch_up()
    answer = karim.exchange(a_change(citizen, citizen, {"cpr": "010203-2222"}, before))
    assert "010203-1111" in [row.fields.get("cpr") for row in answer.rows]


def test_different_fields_are_no_conflict(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    assert freja.send_one(a_change(citizen, citizen, {"phone": "00 22"}, seen)) == "ok"
    assert karim.send_one(a_change(citizen, citizen, {"address": "Opfundet Allé 1"}, seen)) == "ok"
    assert conflicts(freja) == []


def test_what_was_seen_is_no_conflict(freja: Phone, karim: Phone, citizen: str) -> None:
    freja.send(a_change(citizen, citizen, {"phone": "00 22"}, freja.rows[citizen].base))
    seen = karim.catch_up()[citizen].base
    assert karim.send_one(a_change(citizen, citizen, {"phone": "00 33"}, seen)) == "ok"
    assert conflicts(freja) == []


def test_a_chain_of_edits_on_one_phone_is_no_conflict_with_itself(freja: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    chain = [a_change(citizen, citizen, {"phone": f"00 {n}"}, seen) for n in range(3)]
    assert [ack.result for ack in freja.send(*chain[:2])] == ["ok", "ok"]
    assert freja.send_one(chain[2]) == "ok" and conflicts(freja) == []


def test_the_same_value_twice_is_no_conflict_and_no_news(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"phone": "00 22"}, seen))
    seq = freja.catch_up()[citizen].seq
    assert karim.send_one(a_change(citizen, citizen, {"phone": "00 22"}, seen)) == "ok"
    assert freja.catch_up()[citizen].seq == seq and conflicts(freja) == []


def test_a_cleared_field_is_kept_too(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"phone": None}, seen))
    assert karim.send_one(a_change(citizen, citizen, {"phone": "00 33"}, seen)) == "conflict"
    assert conflicts(karim)[0].fields["kept"] == "null"


def test_offered_again_after_its_audit_was_lost_it_doubles_nothing(
    freja: Phone, karim: Phone, citizen: str, office: Office
) -> None:
    seen = freja.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"phone": "00 22"}, seen))
    theirs = a_change(citizen, citizen, {"phone": "00 33"}, seen)
    karim.send(theirs)
    freja.send(a_change(citizen, citizen, {"phone": "00 44"}, freja.catch_up()[citizen].base))
    with office.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit")
    assert karim.send_one(theirs) == "conflict"
    assert len(conflicts(karim)) == 1 and karim.rows[citizen].fields["phone"] == "00 44"


def test_a_human_ends_it_with_an_edit_that_saw_both(freja: Phone, karim: Phone, citizen: str) -> None:
    seen = freja.rows[citizen].base
    freja.send(a_change(citizen, citizen, {"phone": "00 22"}, seen))
    karim.send(a_change(citizen, citizen, {"phone": "00 33"}, seen))
    decided = a_change(citizen, citizen, {"phone": "00 22"}, freja.catch_up()[citizen].base)
    assert freja.send_one(decided) == "ok"
    assert karim.catch_up()[citizen].fields["phone"] == "00 22" and len(conflicts(karim)) == 1
