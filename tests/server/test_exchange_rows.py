"""What a phone is given: its view, all rows in it and no others, on one timeline."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import ServerTrouble, VersionMismatch
from fieldapp.server import feed
from fieldapp.server.administration import Office
from fieldapp.server.tables import Quarantine
from fieldapp.wire import EPOCH_STEP, SCHEMA, Operation, Row
from tests.server.people import Clock, Phone, an_add

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def a_contact(citizen: str, **fields: object) -> Operation:
    return an_add("contact", citizen, MET | fields)


def of_kind(phone: Phone, kind: str) -> list[Row]:
    return [row for row in phone.catch_up().values() if row.row == kind]


def results(phone: Phone, *operations: Operation) -> list[str]:
    return [ack.result for ack in phone.send(*operations)]


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
