"""A worker's records reach the server once, and come back to those who may see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, worker_scope
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import ServerTrouble, VersionMismatch
from fieldapp.server import feed
from fieldapp.server.administration import Office
from fieldapp.server.tables import Audit, Quarantine, Record
from fieldapp.wire import EPOCH_STEP, SCHEMA, Operation, Row, view_hash
from tests.examples import NOW, an_id, an_operation
from tests.server.people import Clock, Phone, a_birth, a_change, a_void, an_add

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


class TestView:
    def test_a_colleague_sees_what_is_assigned_to_them_and_no_more(
        self, freja: Phone, karim: Phone, office: Office
    ) -> None:
        shared, own = freja.meet(), freja.meet()
        contact = a_contact(shared)
        freja.send(contact)
        office.assign(shared, worker=karim.enrolled.worker, role=AssignmentRole.DEPUTY)
        rows = karim.catch_up()
        assert contact.id in rows and shared in rows and own not in rows

    def test_a_team_sees_what_is_assigned_to_the_team(
        self, freja: Phone, karim: Phone, stranger: Phone, office: Office, team: str
    ) -> None:
        citizen = freja.meet()
        office.assign(citizen, team=team, role=AssignmentRole.TEAM)
        assert citizen in karim.catch_up() and citizen not in stranger.catch_up()
        assert "Opfundet team" in {row.fields["name"] for row in of_kind(karim, "assignment")}

    def test_a_changed_view_is_an_answer_without_rows(self, freja: Phone) -> None:
        answer = freja.exchange()
        assert answer.view == sorted(freja.view) and not answer.rows and answer.more
        citizen = freja.meet()
        answer = freja.exchange()
        assert citizen_scope(citizen) in freja.view
        assert answer.rows and answer.view is None and not answer.more

    def test_an_assignment_counts_from_its_first_to_its_last_moment(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        citizen = freja.meet()
        start, end = clock.now + timedelta(days=1), clock.now + timedelta(days=8)
        office.assign(citizen, worker=karim.enrolled.worker, role=AssignmentRole.DEPUTY, from_at=start, to_at=end)
        seen = []
        for moment in (clock.now, start, end - timedelta(seconds=1), end):
            clock.now = moment
            karim.log_in()
            seen.append(citizen in karim.catch_up())
        assert seen == [False, True, True, False]

    def test_a_scope_held_again_comes_whole(self, freja: Phone, karim: Phone, office: Office) -> None:
        citizen = freja.meet()
        first = office.assign(citizen, worker=karim.enrolled.worker)
        assert citizen in karim.catch_up()
        office.end_assignment(first)
        freja.send(a_contact(citizen))
        assert citizen not in karim.catch_up()
        office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        assert {id for id in freja.catch_up() if freja.rows[id].scope == citizen_scope(citizen)} <= set(karim.rows)

    def test_colleagues_are_told_of_each_other_through_the_team(
        self, freja: Phone, karim: Phone, stranger: Phone
    ) -> None:
        names = {row.fields["name"]: row.fields for row in of_kind(freja, "colleague")}
        assert set(names) == {"Freja Opfundet", "Karim Opfundet"}
        assert names["Freja Opfundet"]["job"] == "CTI-medarbejder" and "job" not in names["Karim Opfundet"]
        assert of_kind(stranger, "colleague") == []


class TestLostScope:
    """An assignment ended while the phone was away (architecture 18)."""

    @pytest.fixture
    def citizen(self, freja: Phone, karim: Phone, office: Office) -> str:
        citizen = freja.meet()
        self.assignment = office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        return citizen

    def test_what_was_written_before_the_phone_could_know_is_taken(
        self, freja: Phone, karim: Phone, office: Office, citizen: str, clock: Clock
    ) -> None:
        clock.advance(minutes=5)
        office.end_assignment(self.assignment)
        clock.advance(minutes=5)
        contact = a_contact(citizen)
        assert karim.send_one(contact) == "ok"
        assert citizen not in karim.rows and contact.id in freja.catch_up()

    def test_what_comes_later_is_kept_for_the_new_responsible_worker(
        self, freja: Phone, karim: Phone, office: Office, citizen: str, clock: Clock, engine: Engine
    ) -> None:
        clock.advance(minutes=5)
        office.end_assignment(self.assignment)
        clock.advance(minutes=5)
        karim.exchange()
        contact = a_contact(citizen, own_words="Opdigtede ord")
        assert results(karim, contact) == results(karim, contact) == ["quarantined"]
        assert contact.id not in freja.catch_up()
        with Session(engine) as session:
            [kept] = session.exec(select(Quarantine)).all()
        assert (kept.op_id, kept.scope, kept.worker) == (contact.op, contact.scope, karim.enrolled.worker)
        assert Operation.model_validate(kept.operation) == contact.model_copy(update={"schema_": SCHEMA})


class TestFeed:
    @pytest.fixture
    def new(self, freja: Phone, new_phone: Callable[[str], Phone]) -> Phone:
        """Another phone of the same worker, still empty."""
        return new_phone(freja.enrolled.worker)

    def test_rows_come_in_the_order_of_their_numbers_and_pages_miss_none(self, freja: Phone, new: Phone) -> None:
        citizen = freja.meet()
        freja.send(*[a_contact(citizen) for _ in range(22)])
        assert new.exchange().view
        answers = [new.exchange(rows=5) for _ in range(5)]
        assert [answer.left for answer in answers] == [20, 15, 10, 5, 0]
        assert [answer.more for answer in answers] == [True] * 4 + [False]
        seen = [row.seq for answer in answers for row in answer.rows]
        assert seen == sorted(seen) and new.rows == freja.catch_up() and len(seen) == len(new.rows) == 25

    def test_an_answer_has_an_end_in_size_too(self, freja: Phone, new: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
        citizen = freja.meet()
        freja.send(*[a_contact(citizen, own_words="x" * 1_000) for _ in range(4)])
        monkeypatch.setattr(feed, "ANSWER_SIZE", 2_500)
        new.exchange()
        assert [len(new.exchange().rows) for _ in range(2)] == [5, 2]
        assert new.rows == freja.catch_up()

    def test_one_row_larger_than_the_limit_still_comes(self, freja: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
        citizen = freja.meet()
        monkeypatch.setattr(feed, "ANSWER_SIZE", 10)
        assert citizen in freja.catch_up()

    def test_nothing_new_is_nothing_sent(self, freja: Phone) -> None:
        freja.meet()
        freja.catch_up()
        answer = freja.exchange()
        assert (answer.rows, answer.more, answer.left, answer.upto) == ([], False, 0, freja.since)

    def test_nothing_is_durable_before_the_first_backup(self, freja: Phone) -> None:
        assert freja.exchange().durable == 0

    def test_numbers_start_with_the_epoch(self, freja: Phone) -> None:
        citizen = freja.meet()
        assert EPOCH_STEP < freja.catch_up()[citizen].seq < 2 * EPOCH_STEP


class TestTimelines:
    def test_another_epoch_is_told_and_its_operations_wait_for_the_older_ones(self, freja: Phone) -> None:
        citizen = freja.meet()
        contact = a_contact(citizen)
        answer = freja.exchange(contact, epoch="before-the-restore")
        assert (answer.reset, answer.epoch) == ("epoch", freja.enrolled.epoch)
        assert not (answer.acks or answer.rows) and answer.view is None and answer.upto == 0
        assert freja.send_one(contact) == "ok"

    def test_a_device_that_saw_more_than_there_is_stops_the_exchange(self, freja: Phone) -> None:
        citizen = freja.meet()
        freja.catch_up()
        contact = a_contact(citizen)
        with pytest.raises(ServerTrouble, match="rewound"):
            freja.exchange(contact, since=freja.since + 1)
        assert freja.send_one(contact) == "ok", "nothing of it was taken before"

    @pytest.mark.parametrize(
        ("said", "why"), [({"v": 2}, "server_old"), ({"v": 0}, "app_old"), ({"schema": SCHEMA + 1}, "server_old")]
    )
    def test_versions_that_do_not_fit_are_told_apart(self, freja: Phone, said: dict[str, int], why: str) -> None:
        with pytest.raises(VersionMismatch) as refusal:
            freja.exchange(**said)
        assert refusal.value.why == why


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
