"""Citizens go from one to another, workers come, go and stop: what each phone holds then, and what people are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import RecordError
from fieldapp.server import notices
from fieldapp.server.administration import Office
from fieldapp.wire import Operation
from tests.examples import an_id
from tests.server.people import Clock, Phone, an_add

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
