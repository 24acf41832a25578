"""A worker's records reach the server once, and come back to those who may see them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, worker_scope
from fieldapp.server.administration import Office
from fieldapp.server.tables import Audit, Record
from fieldapp.wire import Operation, Row, view_hash
from tests.examples import NOW, an_id, an_operation
from tests.server.people import Phone, a_birth, a_change, a_void, an_add

GOAL = {"dimension": "housing", "title": "En opdigtet stol mere til bordet"}


MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def a_contact(citizen: str, **fields: object) -> Operation:
    return an_add("contact", citizen, MET | fields)


def of_kind(phone: Phone, kind: str) -> list[Row]:
    return [row for row in phone.catch_up().values() if row.row == kind]


def results(phone: Phone, *operations: Operation) -> list[str]:
    return [ack.result for ack in phone.send(*operations)]


class TestBirth:
    def test_a_citizen_is_born_with_an_assignment_to_the_one_who_met_them(self, freja: Phone) -> None:
        citizen = freja.meet(known_as="Åse Ærøskøbing")
        assert freja.catch_up()[citizen].fields == {"known_as": "Åse Ærøskøbing"}
        [assignment] = of_kind(freja, "assignment")
        assert assignment.scope == citizen_scope(citizen)
        assert assignment.fields["worker"] == freja.enrolled.worker
        assert (assignment.fields["name"], assignment.fields["role"]) == ("Freja Opfundet", "responsible")

    def test_what_comes_before_the_birth_waits_and_is_taken_after_it(self, freja: Phone) -> None:
        citizen = an_id()
        child = a_contact(citizen)
        assert results(freja, child, a_birth(citizen)) == ["waits", "ok"]
        assert freja.send_one(child) == "ok"
        assert child.id in freja.catch_up()

    def test_a_birth_and_its_children_fit_in_one_batch(self, freja: Phone) -> None:
        citizen = an_id()
        assert results(freja, a_birth(citizen), a_contact(citizen), a_contact(citizen)) == ["ok"] * 3

    def test_a_citizen_lives_in_a_scope_of_their_own(self, freja: Phone) -> None:
        inside = an_operation("add", "citizen", citizen=freja.meet(), fields={"known_as": "Opfundet"})
        assert freja.send_one(inside) == "refused: not_its_scope"

    def test_one_phone_that_holds_the_unborn_gets_their_rows_without_another_round(self, freja: Phone) -> None:
        freja.catch_up()
        citizen = an_id()
        answer = freja.exchange(a_birth(citizen), view=view_hash(freja.view | {citizen_scope(citizen)}))
        assert answer.view is None and {row.row for row in answer.rows} >= {"citizen", "assignment"}


class TestOnce:
    def test_the_same_operation_again_changes_nothing_and_gets_the_same_answer(self, freja: Phone) -> None:
        citizen = freja.meet()
        sent = [a_contact(citizen), a_change(citizen, citizen, {"phone": "00 11"}), a_void(an_id(), citizen)]
        first = freja.send(*sent)
        upto = freja.exchange().upto
        assert [ack.result for ack in first] == ["ok", "ok", "refused"]
        assert freja.send(*sent) == first == freja.send(*reversed(sent))[::-1]
        assert freja.exchange().upto == upto

    def test_an_operation_twice_in_one_batch_happens_once(self, freja: Phone) -> None:
        contact = a_contact(freja.meet())
        first, second = freja.send(contact, contact)
        assert first == second and first.result == "ok"

    def test_every_operation_leaves_one_line_in_the_audit_without_its_content(
        self, freja: Phone, engine: Engine
    ) -> None:
        citizen = freja.meet(known_as="Åse Ærøskøbing")
        contact = a_contact(citizen, own_words="Opdigtede ord")
        waiting = a_contact(an_id())
        freja.send(contact, waiting)
        freja.send(contact, waiting)
        with Session(engine) as session:
            theirs = select(Audit).where(Audit.device == freja.enrolled.device, Audit.do != "enrol")
            lines = session.exec(theirs.order_by(col(Audit.no))).all()
        assert [line.result for line in lines] == ["ok", "ok", "waits"]
        line = lines[1]
        assert (line.op_id, line.record, line.do, line.kind) == (contact.op, contact.id, "add", "contact")
        assert (line.worker, line.device) == (freja.enrolled.worker, freja.enrolled.device)
        assert line.scope == citizen_scope(citizen)
        assert line.seq == freja.rows[contact.id].seq
        everything = " ".join(str(line.model_dump()) for line in lines)
        assert "Opdigtede" not in everything and "Ærøskøbing" not in everything


class TestWhatIsTaken:
    def test_fields_travel_whole_with_who_and_when(self, freja: Phone) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen, own_words="Opdigtede ord: æøå 🌱", dimensions=["housing", "a_newer_word"])
        freja.send(contact)
        row = freja.catch_up()[contact.id]
        assert row.fields == contact.fields
        assert row.base == dict.fromkeys(contact.fields, row.seq)
        assert row.by == dict.fromkeys(contact.fields, freja.enrolled.worker)
        assert (row.author, row.at, row.offset) == (freja.enrolled.worker, NOW, 60)

    def test_a_change_moves_only_what_it_sets(self, freja: Phone) -> None:
        citizen = freja.meet(known_as="Åse", phone="00 11")
        before = freja.catch_up()[citizen]
        freja.send(a_change(citizen, citizen, {"phone": None}, {"phone": before.base["phone"]}))
        after = freja.catch_up()[citizen]
        assert after.fields == {"known_as": "Åse", "phone": None}
        assert after.base == {"known_as": before.seq, "phone": after.seq} and after.seq > before.seq

    def test_a_voided_record_stays_with_its_reason_and_the_first_reason_stands(self, freja: Phone) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen)
        void, again = a_void(contact.id, citizen, reason="Skrevet to gange"), a_void(contact.id, citizen, reason="!")
        assert results(freja, contact, void, again) == ["ok"] * 3
        row = freja.catch_up()[contact.id]
        assert (row.void, row.fields) == ("Skrevet to gange", contact.fields)

    def test_a_device_ahead_of_time_writes_nothing_in_the_future(self, freja: Phone, engine: Engine) -> None:
        citizen = freja.meet()
        early = a_contact(citizen).model_copy(update={"at": NOW.replace(year=2031)})
        ancient = a_contact(citizen).model_copy(update={"at": NOW.replace(year=1)})
        assert results(freja, early, ancient) == ["ok", "ok"]
        rows = freja.catch_up()
        assert rows[early.id].at == NOW and rows[ancient.id].at is not None and rows[ancient.id].at.year == 2000
        with Session(engine) as session:
            claimed = session.exec(select(Audit.at).where(Audit.op_id == early.op)).one()
        assert claimed.year == 2031

    @pytest.mark.parametrize("at", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
    def test_a_clock_at_the_end_of_time_stops_nothing_not_even_the_second_time(self, freja: Phone, at: str) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen).model_copy(update={"at": datetime.fromisoformat(at)})
        then = a_contact(citizen, occurred_at=at)
        assert results(freja, contact, then) == results(freja, contact, then) == ["ok", "refused"]
        assert freja.exchange(now=datetime.fromisoformat(at)).upto

    @pytest.mark.parametrize(
        ("kind", "fields", "why"),
        [
            ("spell", {}, "unknown_kind"),
            ("tip", {}, "unknown_kind"),
            ("who5", {"score": 1}, "unknown_kind"),
            ("contact", {"mode": "met"}, "missing"),
            ("contact", MET | {"mood": "glad"}, "unknown_field"),
            ("contact", MET | {"own_words": "x" * 16_001}, "malformed"),
            ("contact", MET | {"own_words": "\x00"}, "malformed"),
            ("assignment", {"name": "Søren", "role": "responsible", "from_at": MET["occurred_at"]}, "not_writable"),
            ("conflict", {"about_kind": "citizen", "about": an_id(), "field": "phone"}, "not_writable"),
            ("colleague", {"worker": an_id(), "name": "Søren"}, "not_writable"),
        ],
    )
    def test_what_breaks_a_rule_is_refused_and_holds_nothing_else_up(
        self, freja: Phone, kind: str, fields: dict[str, object], why: str
    ) -> None:
        citizen = freja.meet()
        bad, good = an_add(kind, citizen, fields), a_contact(citizen)
        acks = freja.send(bad, good)
        assert [(ack.result, ack.why) for ack in acks] == [("refused", why), ("ok", None)]
        assert good.id in freja.catch_up() and bad.id not in freja.rows

    def test_a_line_that_is_no_operation_is_refused_by_itself(self, freja: Phone) -> None:
        good, bad = a_contact(freja.meet()), an_id()
        for _ in range(2):
            acks = freja.exchange(good, unreadable=[bad]).acks
            assert [(ack.ack, ack.result, ack.why) for ack in acks] == [
                (good.op, "ok", None),
                (bad, "refused", "malformed"),
            ]

    def test_an_append_only_record_is_never_changed(self, freja: Phone) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen)
        freja.send(contact)
        change = a_change(contact.id, citizen, {"own_words": "Noget andet"}, kind="contact")
        assert freja.send_one(change) == "refused: append_only"

    def test_a_record_stays_of_its_kind(self, freja: Phone) -> None:
        citizen = freja.meet()
        goal = an_add("goal", citizen, GOAL)
        freja.send(goal)
        change = a_change(goal.id, citizen, {"text": "Noget andet"}, kind="step")
        assert freja.send_one(change) == "refused: unknown_record"
        assert freja.send_one(a_void(goal.id, citizen, "contact")) == "refused: unknown_record"
        assert freja.catch_up()[goal.id].fields == GOAL

    def test_a_void_needs_a_reason(self, freja: Phone) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen)
        freja.send(contact)
        void = an_operation("void", "contact", id=contact.id, citizen=citizen)
        assert freja.send_one(void) == "refused: missing"

    @pytest.mark.parametrize("scope", ["citizen:", "citizen:1", "person:x", "", "citizen:\x00", worker_scope(an_id())])
    def test_a_scope_that_is_none_is_refused(self, freja: Phone, scope: str) -> None:
        operation = a_contact(an_id()).model_copy(update={"scope": scope})
        assert freja.send_one(operation).startswith("refused: ")

    def test_an_administrator_sends_nothing_from_a_phone(
        self, office: Office, new_phone: Callable[[str], Phone]
    ) -> None:
        phone = new_phone(office.add_worker("Birgit Opfundet", role="administrator"))
        assert phone.send_one(a_birth()) == "refused: not_writable"

    def test_what_the_database_cannot_hold_is_found_and_the_others_are_kept(self, freja: Phone, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE record ADD CHECK (fields->>'own_words' <> 'gift')"))
        citizen, born = freja.meet(), an_id()
        batch = [a_contact(citizen), a_contact(citizen, own_words="gift"), a_birth(born), a_contact(born)]
        assert results(freja, *batch) == ["ok", "refused", "ok", "ok"]
        assert freja.send(*batch)[1].why == "not_storable"
        assert {batch[0].id, batch[3].id} <= set(freja.catch_up()) and batch[1].id not in freja.rows

    def test_a_record_that_is_erased_is_gone_for_every_operation(self, freja: Phone, engine: Engine) -> None:
        citizen = freja.meet()
        goal = an_add("goal", citizen, {"dimension": "housing", "title": "Opdigtet"})
        freja.send(goal)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE record DISABLE TRIGGER USER"))
            connection.execute(text("UPDATE record SET deleted = true, fields = '{}' WHERE id = :id"), {"id": goal.id})
        again = an_add("goal", citizen, goal.fields, id=goal.id)
        change = a_change(goal.id, citizen, {"title": "Andet"}, kind="goal")
        assert results(freja, again, change, a_void(goal.id, citizen, "goal")) == ["gone"] * 3
        assert freja.send_one(an_add("step", citizen, {"goal": goal.id, "text": "Opdigtet"})) == "gone"
        progress = {"goal": goal.id, "text": "Opdigtet", "noted_on": "2026-11-25"}
        assert freja.send_one(an_add("progress", citizen, progress)) == "refused: unknown_reference"


class TestReferences:
    def test_a_step_points_to_a_goal_of_the_same_citizen(self, freja: Phone) -> None:
        citizen = freja.meet()
        goal = an_add("goal", citizen, GOAL)
        step = an_add("step", citizen, {"goal": goal.id, "text": "Kigge i genbrugsen"})
        assert results(freja, goal, step) == ["ok", "ok"]

    def test_it_may_lie_in_another_scope_that_the_worker_holds(self, freja: Phone) -> None:
        goal = an_add("goal", freja.meet(), GOAL)
        step = an_add("step", freja.meet(), {"goal": goal.id, "text": "Opdigtet"})
        assert results(freja, goal, step) == ["ok", "ok"]

    def test_one_that_is_not_there_or_of_another_kind_is_refused(self, freja: Phone) -> None:
        citizen = freja.meet()
        for goal in (an_id(), citizen):
            step = an_add("step", citizen, {"goal": goal, "text": "Opdigtet"})
            assert freja.send_one(step) == "refused: unknown_reference"

    def test_a_change_is_held_to_it_as_well(self, freja: Phone) -> None:
        citizen = freja.meet()
        goal = an_add("goal", citizen, GOAL)
        step = an_add("step", citizen, {"goal": goal.id, "text": "Opdigtet"})
        freja.send(goal, step)
        change = a_change(step.id, citizen, {"goal": an_id()}, kind="step")
        assert freja.send_one(change) == "refused: unknown_reference"

    def test_a_worker_is_no_record_and_is_not_looked_up(self, freja: Phone) -> None:
        citizen = freja.meet()
        plan = an_add("next_step", citizen, {"on": "2026-11-26", "worker": an_id()})
        assert freja.send_one(plan) == "ok"


def test_no_row_lies_on_the_server_that_no_number_was_given_for(freja: Phone, karim: Phone, engine: Engine) -> None:
    freja.meet(), karim.meet()
    with Session(engine) as session:
        numbers = list(session.exec(select(Record.seq).order_by(col(Record.seq))))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_only_an_exchange_that_brings_nothing_does_not_wait_for_the_disk(freja: Phone, engine: Engine) -> None:
    """What is acknowledged is on the disk; that a device was here may be lost in a power cut."""
    asked = text("SELECT source = 'session' FROM pg_settings WHERE name = 'synchronous_commit'")
    off: list[bool] = []

    @event.listens_for(engine, "commit")
    def look(connection: Connection) -> None:
        off.append(bool(connection.execute(asked).scalar()))

    citizen = freja.meet()
    freja.catch_up()
    off.clear()
    freja.exchange()
    assert off == [True]
    freja.exchange(a_contact(citizen))
    assert off == [True, False]


#: The first commit is one the database asks to repeat; a sequence is not put back with what was undone.
ONCE_MORE = """
CREATE SEQUENCE tries;
CREATE FUNCTION once_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF nextval('tries') = 1 THEN RAISE EXCEPTION 'opfundet' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER once_more AFTER INSERT ON record DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION once_more();
"""


def test_a_commit_the_database_asks_to_repeat_is_repeated(freja: Phone, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(ONCE_MORE)
    birth = a_birth()
    [ack] = freja.exchange(birth).acks
    assert ack.result == "ok"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT last_value > 1 FROM tries").scalar_one()
