"""Work for a citizen its writer no longer holds waits, and is taken along or not by one who does."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.values import RejectReason
from fieldapp.errors import RecordError
from fieldapp.server import schemas
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Audit, Quarantine, Record
from fieldapp.wire import SCHEMA, Operation, Row
from tests.examples import NOW, an_id
from tests.planted import upgrade
from tests.server.people import Clock, Phone, a_birth, a_change, a_void, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


class Moved:
    """Karim had the citizen, and knows that it is Freja's alone now."""

    def __init__(self, freja: Phone, karim: Phone, office: Office, clock: Clock) -> None:
        self.citizen = freja.meet(known_as="Åse Opfundet", phone="00 11")
        assignment = office.assign(self.citizen, worker=karim.enrolled.worker)
        self.seen = karim.catch_up()[self.citizen].base
        clock.advance(minutes=1)
        office.end_assignment(assignment)
        clock.advance(minutes=1)
        karim.catch_up()
        clock.advance(minutes=1)
        freja.catch_up()


@pytest.fixture
def moved(freja: Phone, karim: Phone, office: Office, clock: Clock) -> Moved:
    return Moved(freja, karim, office, clock)


def a_contact(citizen: str, **fields: object) -> Operation:
    return an_add("contact", citizen, MET | fields)


def a_decision(citizen: str, kept: Operation, decision: str = "accept", **fields: object) -> Operation:
    return an_add("quarantine_decision", citizen, {"quarantined": kept.op, "decision": decision} | fields)


def of_kind(phone: Phone, kind: str) -> list[Row]:
    return [row for row in phone.catch_up().values() if row.row == kind]


def notices(phone: Phone, *words: str) -> list[Row]:
    return [row for row in of_kind(phone, "notice") if row.fields["what"] in words]


def kept(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.exec(select(Quarantine.op_id)))


class TestWaiting:
    def test_who_supports_the_citizen_sees_what_it_is_and_who_wrote_it(
        self, freja: Phone, karim: Phone, moved: Moved
    ) -> None:
        late = a_contact(moved.citizen, own_words="Opdigtede ord: æøå")
        assert karim.send_one(late) == "quarantined"
        [row] = of_kind(freja, "quarantined")
        assert (row.id, row.scope, row.author) == (late.op, citizen_scope(moved.citizen), karim.enrolled.worker)
        assert json.loads(row.fields.pop("words")) == late.fields
        assert row.fields == {
            "do": "add",
            "about_kind": "contact",
            "about": late.id,
            "worker": karim.enrolled.worker,
            "name": "Karim Opfundet",
            "written_at": NOW.astimezone(tz=row.at and row.at.tzinfo).isoformat(),
        }

    def test_its_writer_is_told_who_decides_and_nothing_of_the_citizen(
        self, freja: Phone, karim: Phone, moved: Moved
    ) -> None:
        late = a_contact(moved.citizen, own_words="Opdigtede ord")
        karim.send(late)
        [told] = notices(karim, "quarantined")
        assert (told.fields["about"], told.fields["about_kind"]) == (late.op, "contact")
        assert (told.fields["worker"], told.fields["name"]) == (freja.enrolled.worker, "Freja Opfundet")
        assert "Åse" not in told.model_dump_json() and "Opdigtede" not in told.model_dump_json()
        assert citizen_scope(moved.citizen) not in karim.view

    def test_offered_again_it_waits_once(self, freja: Phone, karim: Phone, moved: Moved, engine: Engine) -> None:
        late = a_contact(moved.citizen)
        assert [karim.send_one(late) for _ in range(2)] == ["quarantined"] * 2
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM audit")
        assert karim.send_one(late) == "quarantined"
        assert len(of_kind(freja, "quarantined")) == len(notices(karim, "quarantined")) == 1

    def test_that_a_page_was_opened_is_not_asked_about(self, freja: Phone, karim: Phone, moved: Moved) -> None:
        opened = an_add("access", moved.citizen, {"opened_at": NOW.isoformat()})
        assert karim.send_one(opened) == "ok"
        assert freja.catch_up()[opened.id].author == karim.enrolled.worker

    def test_only_work_for_a_citizen_waits(self, karim: Phone, freja: Phone) -> None:
        read = an_add("notice_read", an_id(), {"notice": an_id()})
        theirs = read.model_copy(update={"scope": f"worker:{freja.enrolled.worker}"})
        assert karim.send_one(theirs) == "refused: scope"


class TestAccepted:
    def test_it_stands_as_its_writers_at_its_time(
        self, freja: Phone, karim: Phone, moved: Moved, engine: Engine
    ) -> None:
        late = a_contact(moved.citizen, own_words="Opdigtede ord")
        karim.send(late)
        freja.catch_up()
        assert freja.send_one(a_decision(moved.citizen, late)) == "ok"
        row = freja.catch_up()[late.id]
        assert (row.fields, row.author, row.at, row.offset) == (late.fields, karim.enrolled.worker, NOW, 60)
        [decided] = of_kind(freja, "quarantined")
        assert (decided.fields["decision"], decided.fields["decided_by"]) == ("accept", freja.enrolled.worker)
        assert "words" not in decided.fields, "they stand in the record"
        assert kept(engine) == []

    def test_its_writer_is_told(self, freja: Phone, karim: Phone, moved: Moved) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        freja.catch_up()
        freja.send(a_decision(moved.citizen, late))
        [told] = notices(karim, "accepted")
        assert (told.fields["about"], told.fields["name"]) == (late.op, "Freja Opfundet")
        assert late.id not in karim.rows

    def test_a_change_that_meets_another_keeps_both_texts(self, freja: Phone, karim: Phone, moved: Moved) -> None:
        late = a_change(moved.citizen, moved.citizen, {"phone": "00 33"}, moved.seen)
        karim.send(late)
        freja.send(a_change(moved.citizen, moved.citizen, {"phone": "00 22"}, freja.catch_up()[moved.citizen].base))
        assert freja.send_one(a_decision(moved.citizen, late)) == "ok"
        assert freja.catch_up()[moved.citizen].fields["phone"] == "00 33"
        [conflict] = of_kind(freja, "conflict")
        assert (conflict.fields["kept"], conflict.fields["stored_by"]) == ('"00 22"', karim.enrolled.worker)

    @pytest.mark.parametrize("decided_first", [True, False])
    def test_both_texts_are_kept_when_the_own_one_comes_with_the_decision(
        self, freja: Phone, karim: Phone, moved: Moved, decided_first: bool
    ) -> None:
        late = a_change(moved.citizen, moved.citizen, {"phone": "00 33"}, moved.seen)
        karim.send(late)
        own = a_change(moved.citizen, moved.citizen, {"phone": "00 22"}, freja.catch_up()[moved.citizen].base)
        sent = [own, a_decision(moved.citizen, late)]
        freja.send(*(reversed(sent) if decided_first else sent))
        stands = freja.catch_up()[moved.citizen].fields["phone"]
        [conflict] = of_kind(freja, "conflict")
        assert {stands, json.loads(conflict.fields["kept"])} == {"00 22", "00 33"}

    def test_what_waited_through_an_update_of_the_server_is_brought_up(
        self, freja: Phone, karim: Phone, moved: Moved, server: InProcessServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        late = a_change(moved.citizen, moved.citizen, {"phone": "00 33"}, moved.seen)
        karim.send(late)
        upgrade(server, SCHEMA + 1, monkeypatch, since=SCHEMA)
        monkeypatch.setattr(schemas, "TODAY", server.schemas)
        freja.catch_up()
        assert freja.send_one(a_decision(moved.citizen, late)) == "ok"
        with Session(server.engine) as session:
            assert session.get_one(Record, moved.citizen).fields["telephone"] == "00 33"

    def test_a_step_is_taken_along_after_its_goal_and_not_before(
        self, freja: Phone, karim: Phone, moved: Moved, engine: Engine
    ) -> None:
        goal = an_add("goal", moved.citizen, {"dimension": "housing", "title": "Opdigtet"})
        step = an_add("step", moved.citizen, {"goal": goal.id, "text": "Opdigtet"})
        assert [ack.result for ack in karim.send(goal, step)] == ["quarantined"] * 2
        freja.catch_up()
        assert freja.send_one(a_decision(moved.citizen, step)) == "refused: unknown_reference"
        assert len(kept(engine)) == 2, "it waits on"
        both = freja.send(a_decision(moved.citizen, goal), a_decision(moved.citizen, step))
        assert [ack.result for ack in both] == ["ok", "ok"]
        assert {goal.id, step.id} <= set(freja.catch_up())

    def test_taking_back_what_is_erased_meanwhile_changes_nothing_and_is_told(
        self, freja: Phone, karim: Phone, moved: Moved, engine: Engine
    ) -> None:
        contact = a_contact(moved.citizen)
        freja.send(contact)
        late = a_void(contact.id, moved.citizen)
        karim.send(late)
        freja.catch_up()
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE record DISABLE TRIGGER USER")
            connection.exec_driver_sql(f"UPDATE record SET deleted = true, fields = '{{}}' WHERE id = '{contact.id}'")
        assert freja.send_one(a_decision(moved.citizen, late)) == "ok"
        assert [told.fields["reason"] for told in notices(karim, "rejected")] == ["gone"]


class TestRejected:
    def test_it_stays_readable_where_it_waited_and_its_writer_is_told_the_reason_alone(
        self, freja: Phone, karim: Phone, moved: Moved, engine: Engine
    ) -> None:
        late = a_contact(moved.citizen, own_words="Opdigtede ord")
        karim.send(late)
        freja.catch_up()
        no = a_decision(moved.citizen, late, "reject", reason="already_there", text="Åse fortalte det i går")
        assert freja.send_one(no) == "ok"
        assert late.id not in freja.catch_up() and kept(engine) == []
        [row] = of_kind(freja, "quarantined")
        assert json.loads(row.fields["words"]) == late.fields
        [told] = notices(karim, "rejected")
        assert told.fields["reason"] == "already_there" and "Åse" not in told.model_dump_json()

    def test_a_decision_is_not_taken_back(self, freja: Phone, karim: Phone, moved: Moved) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        freja.catch_up()
        no = a_decision(moved.citizen, late, "reject")
        freja.send(no)
        assert freja.send_one(a_void(no.id, moved.citizen, "quarantine_decision")) == "refused: decided"


class TestWhoDecides:
    def test_of_two_who_decide_the_first_stands_and_the_same_again_is_fine(
        self, freja: Phone, karim: Phone, moved: Moved, office: Office, new_phone: Callable[[str], Phone]
    ) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        birgit = new_phone(office.add_worker("Birgit Opfundet", role="leader"))
        office.assign(moved.citizen, worker=birgit.enrolled.worker)
        freja.catch_up(), birgit.catch_up()
        assert freja.send_one(a_decision(moved.citizen, late)) == "ok"
        assert birgit.send_one(a_decision(moved.citizen, late)) == "ok"
        assert birgit.send_one(a_decision(moved.citizen, late, "reject")) == "refused: decided"
        assert late.id in birgit.catch_up() and len(notices(karim, "accepted", "rejected")) == 1

    def test_its_writer_cannot(self, freja: Phone, karim: Phone, moved: Moved, engine: Engine) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        assert karim.send_one(a_decision(moved.citizen, late)) == "refused: scope"
        assert kept(engine) == [late.op]

    def test_a_stranger_learns_nothing_by_trying(self, karim: Phone, stranger: Phone, moved: Moved) -> None:
        late, own = a_contact(moved.citizen), stranger.meet()
        karim.send(late)
        answers = {stranger.send_one(a_decision(own, kept)) for kept in (late, a_contact(moved.citizen))}
        assert answers == {"refused: unknown_reference"}
        answers = {stranger.send_one(a_decision(citizen, late)) for citizen in (moved.citizen, an_id())}
        assert answers == {"refused: scope"}

    def test_it_is_decided_in_its_own_citizens_scope(self, freja: Phone, karim: Phone, moved: Moved) -> None:
        late, other = a_contact(moved.citizen), freja.meet()
        karim.send(late)
        freja.catch_up()
        assert freja.send_one(a_decision(other, late)) == "refused: unknown_reference"

    @pytest.mark.parametrize("fields", [{"decision": "perhaps"}, {"quarantined": "abc"}, {"quarantined": None}])
    def test_what_is_no_decision_is_refused(
        self, freja: Phone, karim: Phone, moved: Moved, engine: Engine, fields: dict[str, object]
    ) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        freja.catch_up()
        decision = a_decision(moved.citizen, late, **fields)
        assert freja.send_one(decision).startswith("refused: m")
        assert kept(engine) == [late.op]


class TestOffice:
    def test_a_leader_decides_by_name_and_it_is_in_the_audit(
        self, freja: Phone, karim: Phone, moved: Moved, office: Office, engine: Engine
    ) -> None:
        yes, no = a_contact(moved.citizen), a_contact(moved.citizen, own_words="Opdigtede ord")
        karim.send(yes, no)
        leader = office.add_worker("Birgit Opfundet", role="leader")
        assert [(one.id, one.citizen, one.kind, one.by) for one in office.quarantine()] == [
            (kept.op, moved.citizen, "contact", "Karim Opfundet") for kept in (yes, no)
        ]
        office.accept(yes.op, by=leader)
        office.accept(yes.op, by=leader)
        office.reject(no.op, by=leader, reason=RejectReason.OUTDATED, text="Aftalt med Karim")
        assert office.quarantine() == []
        assert yes.id in freja.catch_up() and no.id not in freja.rows
        assert {row.fields["decision"]: row.author for row in of_kind(freja, "quarantine_decision")} == {
            "accept": leader,
            "reject": leader,
        }
        with Session(engine) as session:
            lines = session.exec(select(Audit).where(Audit.kind == "quarantine_decision")).all()
        assert [(line.worker, line.result, line.scope) for line in lines] == [
            (leader, "ok", citizen_scope(moved.citizen))
        ] * 2
        with pytest.raises(RecordError, match="decided"):
            office.reject(yes.op, by=leader)

    def test_what_is_not_there_and_who_may_not_are_told(
        self, karim: Phone, moved: Moved, office: Office, engine: Engine
    ) -> None:
        late = a_contact(moved.citizen)
        karim.send(late)
        leader = office.add_worker("Birgit Opfundet", role="leader")
        for unknown in (an_id(), "abc", late.id, moved.citizen):
            with pytest.raises(RecordError, match="unknown_quarantined"):
                office.accept(unknown, by=leader)
        administrator = office.add_worker("Åse Opdigtet", role="administrator")
        with pytest.raises(RecordError, match="not_writable"):
            office.accept(late.op, by=administrator)
        assert kept(engine) == [late.op]


def test_a_birth_is_never_kept_waiting(karim: Phone, moved: Moved) -> None:
    assert karim.send_one(a_birth()) == "ok"


def test_a_record_that_waits_is_numbered_like_every_other(karim: Phone, moved: Moved, engine: Engine) -> None:
    karim.send(a_contact(moved.citizen))
    with Session(engine) as session:
        assert all(row.seq for row in session.exec(select(Record)))
