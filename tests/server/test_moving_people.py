"""Deputies, teams, and workers who stop: who has which citizens then, and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, team_scope
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import CodeRefused, LoginAgain, RecordError
from fieldapp.server import database, enrolment
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Assignment, Quarantine
from fieldapp.settings import DEFAULTS
from fieldapp.wire import EnrolRequest, Operation, Token
from tests.server.people import Clock, Phone, an_add, public_pem
from tests.server.test_revoking import asked

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def a_contact(citizen: str) -> Operation:
    return an_add("contact", citizen, MET)


def told(phone: Phone) -> list[dict[str, Any]]:
    """What this worker's notices say, in the order they were written."""
    rows = sorted(phone.catch_up().values(), key=lambda row: row.seq)
    return [row.fields for row in rows if row.row == "notice"]


class TestDeputy:
    def test_both_see_all_citizens_while_it_lasts_and_it_leaves_by_itself(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        citizens = {freja.meet(), freja.meet()}
        start, end = clock.now + timedelta(days=1), clock.now + timedelta(days=8)
        assert len(office.deputize(freja.enrolled.worker, karim.enrolled.worker, start, end)) == 2
        seen = []
        for moment in (clock.now, start, end - timedelta(seconds=1), end):
            clock.now = moment
            freja.log_in(), karim.log_in()
            assert citizens <= set(freja.catch_up())
            seen.append(citizens <= set(karim.catch_up()))
        assert seen == [False, True, True, False]

    def test_once_more_adds_only_those_that_are_new(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        freja.meet()
        time = clock.now, clock.now + timedelta(days=8)
        office.deputize(freja.enrolled.worker, karim.enrolled.worker, *time)
        new = freja.meet()
        made = office.deputize(freja.enrolled.worker, karim.enrolled.worker, *time)
        assert [one.citizen for one in office.assignments() if one.id in made] == [new]

    def test_only_what_the_worker_answers_for_in_that_time(
        self, freja: Phone, karim: Phone, stranger: Phone, office: Office, clock: Clock
    ) -> None:
        handed_over, lent = freja.meet(), stranger.meet()
        office.hand_over(handed_over, worker=stranger.enrolled.worker)
        office.assign(lent, freja.enrolled.worker, role=AssignmentRole.DEPUTY)
        clock.advance(minutes=1)
        time = clock.now, clock.now + timedelta(days=8)
        assert office.deputize(freja.enrolled.worker, karim.enrolled.worker, *time) == []

    def test_never_before_or_after_the_worker(
        self, freja: Phone, karim: Phone, stranger: Phone, office: Office, clock: Clock
    ) -> None:
        citizen, today = freja.meet(), clock.now
        theirs = today + timedelta(days=10), today + timedelta(days=20)
        office.assign(citizen, stranger.enrolled.worker, from_at=theirs[0], to_at=theirs[1])
        office.deputize(stranger.enrolled.worker, karim.enrolled.worker, today, today + timedelta(days=30))
        seen = []
        for days in (0, 10, 19, 20):
            clock.now = today + timedelta(days=days)
            karim.log_in()
            seen.append(citizen in karim.catch_up())
        assert seen == [False, True, True, False]

    def test_nobody_stands_in_for_themselves_or_for_no_time(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        workers = freja.enrolled.worker, karim.enrolled.worker
        for who, deputy, days in ((0, 0, 1), (0, 1, 0), (0, 1, -1)):
            with pytest.raises(RecordError, match="deputy"):
                office.deputize(workers[who], workers[deputy], clock.now, clock.now + timedelta(days=days))


class TestTeams:
    def test_who_leaves_has_the_teams_rows_and_citizens_no_longer(
        self, freja: Phone, karim: Phone, office: Office, team: str, clock: Clock
    ) -> None:
        citizen, own = freja.meet(), karim.meet()
        office.assign(citizen, team=team, role=AssignmentRole.TEAM)
        assert citizen in karim.catch_up() and team_scope(team) in karim.view
        clock.advance(minutes=1)
        office.leave(karim.enrolled.worker, team)
        rows = karim.catch_up().values()
        assert team_scope(team) not in karim.view
        assert {row.scope for row in rows} == {citizen_scope(own), f"worker:{karim.enrolled.worker}"}
        assert [(one["what"], one.get("citizen"), one.get("name")) for one in told(karim)] == [
            ("gained", citizen, None),
            ("lost", citizen, "Freja Opfundet"),
        ]

    def test_the_team_keeps_the_name_and_knows_who_has_left(
        self, freja: Phone, karim: Phone, office: Office, team: str
    ) -> None:
        office.leave(karim.enrolled.worker, team)
        left = {row.fields["name"]: row.fields.get("left") for row in freja.catch_up().values()}
        assert left == {"Freja Opfundet": None, "Karim Opfundet": True}

    def test_to_join_twice_is_to_join_once_and_one_may_come_back(
        self, freja: Phone, karim: Phone, office: Office, team: str, clock: Clock
    ) -> None:
        office.join(karim.enrolled.worker, team)
        assert len([row for row in freja.catch_up().values() if row.row == "colleague"]) == 2
        clock.advance(minutes=1)
        office.leave(karim.enrolled.worker, team)
        with pytest.raises(RecordError, match="not_a_member"):
            office.leave(karim.enrolled.worker, team)
        office.join(karim.enrolled.worker, team)
        karim.catch_up()
        assert team_scope(team) in karim.view

    def test_what_came_to_the_team_after_one_had_left_was_never_theirs(
        self, freja: Phone, karim: Phone, office: Office, team: str, clock: Clock, engine: Engine
    ) -> None:
        citizen = freja.meet()
        clock.advance(minutes=1)
        office.leave(karim.enrolled.worker, team)
        office.assign(citizen, team=team)
        with Session(engine) as session:
            assert reach(session, karim.enrolled.worker).citizens_ever == frozenset()
        assert karim.send_one(a_contact(citizen)) == "waits"
        with Session(engine) as session:
            assert session.exec(select(Quarantine)).all() == []


def _may_only_send(server: InProcessServer, phone: Phone) -> bool:
    """A phone of somebody who has stopped gets a token that is an order: send what you have, then wipe."""
    phone.server = server
    answer, _nonce = asked(phone)
    return isinstance(answer, Token) and answer.retire is not None


class TestStopped:
    def test_nor_one_that_was_being_enrolled_meanwhile(
        self, freja: Phone, office: Office, server: InProcessServer, clock: Clock, engine: Engine
    ) -> None:
        code, worker = office.make_code(freja.enrolled.worker), freja.enrolled.worker
        with database.writing(engine, None) as session:
            assert enrolment.use_code(session, code, clock.now, DEFAULTS) == worker
            enrolled = enrolment.add_device(session, worker, public_pem(freja.key), "", clock.now, DEFAULTS)
            session.flush()
            office.disable(worker)
            session.commit()
        assert _may_only_send(server, Phone(server, enrolled, freja.key, clock))

    def test_no_phone_of_theirs_is_let_in_and_no_new_one(
        self, freja: Phone, office: Office, server: InProcessServer
    ) -> None:
        citizen, code = freja.meet(), office.make_code(freja.enrolled.worker)
        office.disable(freja.enrolled.worker)
        with pytest.raises(LoginAgain):
            freja.exchange()
        assert _may_only_send(server, freja)
        with pytest.raises(CodeRefused):
            server.enrol(EnrolRequest(code=code, public_key=public_pem(freja.key)))
        for act in (
            lambda: office.make_code(freja.enrolled.worker),
            lambda: office.assign(citizen, worker=freja.enrolled.worker),
            lambda: office.hand_over(citizen, worker=freja.enrolled.worker),
        ):
            with pytest.raises(RecordError, match="disabled"):
                act()

    def test_their_citizens_are_listed_until_somebody_answers_for_them(
        self, freja: Phone, karim: Phone, office: Office, team: str, clock: Clock
    ) -> None:
        alone, shared = freja.meet(), freja.meet()
        office.assign(shared, team=team, role=AssignmentRole.TEAM)
        assert office.in_need() == []
        clock.advance(minutes=1)
        office.disable(freja.enrolled.worker)
        office.disable(freja.enrolled.worker)
        [open] = office.in_need()
        assert (open.citizen, open.was, open.until) == (alone, "Freja Opfundet", clock.now)
        assert shared in karim.catch_up() and alone not in karim.rows
        office.hand_over(alone, worker=karim.enrolled.worker)
        assert office.in_need() == [] and alone in karim.catch_up()

    def test_what_was_to_begin_later_does_not_begin(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock, engine: Engine
    ) -> None:
        freja.meet()
        office.deputize(freja.enrolled.worker, karim.enrolled.worker, clock.now + timedelta(days=1),
                        clock.now + timedelta(days=8))  # fmt: skip
        office.disable(karim.enrolled.worker)
        with Session(engine) as session:
            later = session.exec(select(Assignment).where(col(Assignment.role) == "deputy")).one()
            assert not reach(session, karim.enrolled.worker).at(clock.now + timedelta(days=2)) & {
                citizen_scope(later.citizen)
            }

    def test_a_citizen_whose_support_has_ended_needs_nobody(self, freja: Phone, office: Office, clock: Clock) -> None:
        closed, reopened, open = freja.meet(), freja.meet(), freja.meet()
        for citizen in (closed, reopened):
            freja.send(
                an_add(
                    "closing",
                    citizen,
                    {"on": "2026-11-24", "ground": "manages_own_judgement", "own_words": "Jeg klarer det."},
                )
            )
        clock.advance(minutes=1)
        later = an_add("reopening", reopened, {"on": "2026-11-25"}).model_copy(update={"at": clock.now})
        assert freja.send_one(later) == "ok"
        office.disable(freja.enrolled.worker)
        assert {one.citizen for one in office.in_need()} == {reopened, open}

    def test_a_citizen_nobody_ever_had_is_listed_too(self, freja: Phone, office: Office, engine: Engine) -> None:
        citizen = freja.meet()
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM assignment")
        assert [(one.citizen, one.was, one.until) for one in office.in_need()] == [(citizen, None, None)]
