"""Citizens go from one to another, workers come, go and stop: what each phone holds then, and what people are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, team_scope
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import CodeRefused, DeviceRevoked, LoginAgain, RecordError
from fieldapp.server import database, enrolment, notices
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Assignment, Quarantine
from fieldapp.settings import DEFAULTS
from fieldapp.wire import EnrolRequest, Operation
from tests.examples import an_id
from tests.server.people import Clock, Phone, an_add, public_pem

MET = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met"}


def a_contact(citizen: str) -> Operation:
    return an_add("contact", citizen, MET)


def told(phone: Phone) -> list[dict[str, Any]]:
    """What this worker's notices say, in the order they were written."""
    rows = sorted(phone.catch_up().values(), key=lambda row: row.seq)
    return [row.fields for row in rows if row.row == "notice"]


def words(phone: Phone) -> list[str]:
    return [fields["what"] for fields in told(phone)]


class TestTheEndOfAnAssignment:
    """Architecture 18: accepted if the end is later than the device's previous exchange, else kept for a decision."""

    @pytest.mark.parametrize(
        ("end_after", "result"),
        [(timedelta(seconds=1), "ok"), (timedelta(0), "quarantined"), (timedelta(seconds=-1), "quarantined")],
    )
    def test_the_end_against_the_previous_exchange(
        self, karim: Phone, freja: Phone, office: Office, clock: Clock, end_after: timedelta, result: str
    ) -> None:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        clock.advance(minutes=1)
        before = clock.now
        karim.exchange()
        office.end_assignment(assignment, before + end_after)
        clock.advance(minutes=1)
        assert karim.send_one(a_contact(citizen)) == result

    def test_what_is_sent_before_the_end_has_come_is_taken(
        self, karim: Phone, freja: Phone, office: Office, clock: Clock
    ) -> None:
        citizen = freja.meet()
        office.assign(citizen, worker=karim.enrolled.worker, to_at=clock.now + timedelta(minutes=3))
        karim.catch_up()
        clock.advance(minutes=2)
        assert karim.send_one(a_contact(citizen)) == "ok"
        clock.advance(minutes=1)
        assert karim.send_one(a_contact(citizen)) == "ok", "it could not know: the end is after its last exchange"
        assert karim.send_one(a_contact(citizen)) == "quarantined"

    def test_it_is_the_servers_time_that_counts(self, karim: Phone, freja: Phone, office: Office, clock: Clock) -> None:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        clock.advance(minutes=1)
        office.end_assignment(assignment)
        karim.exchange()
        early = a_contact(citizen).model_copy(update={"at": clock.now - timedelta(days=30)})
        assert karim.send_one(early) == "quarantined"

    def test_another_phone_of_the_same_worker_is_judged_by_its_own_last_exchange(
        self, karim: Phone, freja: Phone, office: Office, clock: Clock, new_phone: Callable[[str], Phone]
    ) -> None:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        other = new_phone(karim.enrolled.worker)
        karim.catch_up(), other.catch_up()
        clock.advance(minutes=1)
        office.end_assignment(assignment)
        karim.catch_up()
        assert karim.send_one(a_contact(citizen)) == "quarantined"
        assert other.send_one(a_contact(citizen)) == "ok"

    def test_a_citizen_kept_through_the_team_is_kept(
        self, karim: Phone, freja: Phone, office: Office, clock: Clock, team: str
    ) -> None:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        office.assign(citizen, team=team, role=AssignmentRole.TEAM)
        karim.catch_up()
        clock.advance(minutes=1)
        office.end_assignment(assignment)
        karim.exchange()
        assert citizen in karim.catch_up() and karim.send_one(a_contact(citizen)) == "ok"


class TestMoreThanOneExchangeHolds:
    """What a device sends in pieces was all written before it heard of the end."""

    @pytest.fixture
    def citizen(self, karim: Phone, freja: Phone, office: Office, clock: Clock) -> str:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        karim.catch_up()
        clock.advance(minutes=1)
        office.end_assignment(assignment)
        return citizen

    @pytest.mark.parametrize(("count", "words"), [(250, 0), (35, 16_000)])
    def test_the_pieces_after_the_first_are_taken_too(
        self, karim: Phone, citizen: str, clock: Clock, count: int, words: int
    ) -> None:
        contacts = [
            an_add("contact", citizen, MET | {"own_words": "x" * words} if words else MET) for _ in range(count)
        ]
        assert {ack.result for ack in karim.send(*contacts)} == {"ok"}
        clock.advance(minutes=1)
        assert karim.send_one(a_contact(citizen)) == "ok"
        assert karim.send_one(a_contact(citizen)) == "quarantined"

    def test_but_not_for_ever(self, karim: Phone, citizen: str, clock: Clock) -> None:
        for _ in range(2):
            assert {ack.result for ack in karim.send(*[a_contact(citizen) for _ in range(250)])} == {"ok"}
            clock.advance(minutes=10)
            karim.log_in()
        assert karim.send_one(a_contact(citizen)) == "quarantined"


class TestHandOver:
    def test_the_one_loses_and_the_other_gains_and_both_are_told(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        citizen = freja.meet(known_as="Åse Opfundet")
        freja.catch_up()
        clock.advance(minutes=1)
        office.hand_over(citizen, worker=karim.enrolled.worker)
        assert citizen in karim.catch_up() and citizen not in freja.catch_up()
        [gained] = told(karim)
        assert gained == {
            "what": "gained",
            "citizen": citizen,
            "from_at": clock.now.isoformat(),
            "role": "responsible",
        }
        [lost] = told(freja)
        assert lost == {
            "what": "lost",
            "citizen": citizen,
            "from_at": clock.now.isoformat(),
            "role": "responsible",
            "worker": karim.enrolled.worker,
            "name": "Karim Opfundet",
        }
        assert "Åse" not in str(freja.rows)

    def test_to_a_team_everybody_in_it_is_told_but_a_former_member(
        self, freja: Phone, karim: Phone, stranger: Phone, office: Office, team: str, new_phone: Callable[[str], Phone]
    ) -> None:
        birgit = new_phone(office.add_worker("Birgit Opfundet", team=team))
        office.leave(birgit.enrolled.worker, team)
        citizen = stranger.meet()
        office.hand_over(citizen, team=team)
        assert [words(phone) for phone in (freja, karim, birgit, stranger)] == [["gained"], ["gained"], [], ["lost"]]
        assert told(stranger)[0]["name"] == "Opfundet team" and "worker" not in told(stranger)[0]

    def test_from_team_to_team_the_first_has_it_no_longer(
        self, freja: Phone, stranger: Phone, office: Office, team: str
    ) -> None:
        other = office.add_team("Et andet opfundet team")
        office.join(stranger.enrolled.worker, other)
        citizen = freja.meet()
        office.hand_over(citizen, team=team)
        assert citizen in freja.catch_up()
        office.hand_over(citizen, team=other)
        assert citizen not in freja.catch_up() and citizen in stranger.catch_up()

    def test_within_the_team_the_team_keeps_it(self, freja: Phone, karim: Phone, office: Office, team: str) -> None:
        citizen = freja.meet()
        office.assign(citizen, team=team, role=AssignmentRole.TEAM)
        office.hand_over(citizen, worker=karim.enrolled.worker)
        assert citizen in freja.catch_up() and citizen in karim.catch_up()

    def test_to_whom_it_is_already_changes_nothing(self, freja: Phone, office: Office) -> None:
        citizen = freja.meet()
        before = office.assignments()
        assert office.hand_over(citizen, worker=freja.enrolled.worker) == before[0].id
        assert office.assignments() == before and words(freja) == []

    def test_to_whom_it_is_until_a_day_it_is_without_one(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        citizen = freja.meet()
        office.assign(citizen, karim.enrolled.worker, to_at=clock.now + timedelta(days=1))
        office.hand_over(citizen, worker=karim.enrolled.worker)
        clock.advance(days=2)
        karim.log_in()
        assert citizen in karim.catch_up() and office.in_need() == []

    def test_a_deputy_stays_until_their_day(self, freja: Phone, karim: Phone, stranger: Phone, office: Office,
                                            clock: Clock) -> None:  # fmt: skip
        citizen = freja.meet()
        office.deputize(freja.enrolled.worker, karim.enrolled.worker, clock.now, clock.now + timedelta(days=3))
        office.hand_over(citizen, worker=stranger.enrolled.worker)
        assert citizen in karim.catch_up()

    def test_what_cannot_be_is_refused(self, freja: Phone, office: Office, team: str) -> None:
        citizen = freja.meet()
        for both in ({}, {"worker": freja.enrolled.worker, "team": team}):
            with pytest.raises(RecordError, match="worker_or_team"):
                office.hand_over(citizen, **both)
        with pytest.raises(RecordError, match="unknown_citizen"):
            office.hand_over(an_id(), team=team)


class TestNotices:
    def test_whoever_met_the_citizen_is_told_nothing(self, freja: Phone) -> None:
        freja.meet()
        assert words(freja) == []

    def test_an_end_ahead_is_told_from_its_moment_and_anew_when_it_moves(
        self, freja: Phone, karim: Phone, office: Office, clock: Clock
    ) -> None:
        citizen = freja.meet()
        end = clock.now + timedelta(days=5)
        assignment = office.assign(citizen, karim.enrolled.worker, role=AssignmentRole.DEPUTY, to_at=end)
        gained, lost = told(karim)
        assert (gained["what"], gained["role"], gained["to_at"]) == ("gained", "deputy", end.isoformat())
        assert (lost["what"], lost["from_at"], lost["name"]) == ("lost", end.isoformat(), "Freja Opfundet")
        office.end_assignment(assignment, end + timedelta(days=2))
        assert told(karim)[-1]["from_at"] == (end + timedelta(days=2)).isoformat() and len(told(karim)) == 2
        office.end_assignment(assignment)
        assert told(karim)[-1]["from_at"] == clock.now.isoformat() and len(told(karim)) == 2

    def test_the_same_again_is_no_news(self, freja: Phone, karim: Phone, office: Office, clock: Clock) -> None:
        citizen = freja.meet()
        assignment = office.assign(citizen, worker=karim.enrolled.worker)
        office.end_assignment(assignment, clock.now)
        seq = max(row.seq for row in karim.catch_up().values() if row.row == "notice")
        office.end_assignment(assignment, clock.now)
        assert max(row.seq for row in karim.catch_up().values() if row.row == "notice") == seq

    def test_it_is_marked_read_on_all_the_workers_phones_and_by_nobody_else(
        self, freja: Phone, karim: Phone, office: Office, new_phone: Callable[[str], Phone]
    ) -> None:
        office.assign(freja.meet(), worker=karim.enrolled.worker)
        [notice] = [row for row in karim.catch_up().values() if row.row == "notice"]
        read = an_add("notice_read", an_id(), {"notice": notice.id}).model_copy(update={"scope": notice.scope})
        assert freja.send_one(read) == "refused: scope"
        assert karim.send_one(read.model_copy(update={"op": an_id()})) == "ok"
        assert read.id in new_phone(karim.enrolled.worker).catch_up()

    def test_they_are_found_by_the_citizen_to_be_erased_together(
        self, freja: Phone, karim: Phone, office: Office, engine: Engine
    ) -> None:
        citizen, other = freja.meet(), freja.meet()
        for one in (citizen, other):
            office.hand_over(one, worker=karim.enrolled.worker)
        with Session(engine) as session:
            found = notices.about(session, citizen)
        assert sorted(row.fields["what"] for row in found) == ["gained", "lost"]
        assert {row.fields["citizen"] for row in found} == {citizen}


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
        with pytest.raises(DeviceRevoked, match="retired"):
            Phone(server, enrolled, freja.key, clock).log_in()

    def test_no_phone_of_theirs_is_let_in_and_no_new_one(
        self, freja: Phone, office: Office, server: InProcessServer
    ) -> None:
        citizen, code = freja.meet(), office.make_code(freja.enrolled.worker)
        office.disable(freja.enrolled.worker)
        with pytest.raises(LoginAgain):
            freja.exchange()
        with pytest.raises(DeviceRevoked, match="retired"):
            freja.log_in()
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
            freja.send(an_add("closing", citizen, {"on": "2026-11-24", "ground": "death"}))
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
