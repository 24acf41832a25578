"""What the leader sees of who supports how many: computed from what the phones sent, and blocking nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from fieldapp.domain.caseload import Note
from fieldapp.domain.figures import Group, Share
from fieldapp.server.administration import Office
from fieldapp.server.caseload import TeamView, WorkerLoad
from tests.examples import TODAY, an_id
from tests.server.people import Clock, Phone, a_birth, an_add

METHOD = {"from_on": "2020-01-01"}


def meet(phone: Phone, count: int, method: str | None = "cti", **fields: Any) -> list[str]:
    """So many new citizens, each with the method, in one exchange."""
    births = [a_birth(**fields) for _ in range(count)]
    chosen = [an_add("method", birth.id, METHOD | {"method": method}) for birth in births if method]
    assert {ack.result for ack in phone.send(*births, *chosen)} == {"ok"}
    return [birth.id for birth in births]


def of(office: Office, phone: Phone) -> WorkerLoad:
    load = office.caseload(phone.enrolled.worker)
    assert load is not None
    return load


def the_team(office: Office) -> TeamView:
    [team] = office.overview().teams
    return team


def test_acceptance_9_the_eleventh_is_taken_and_the_leader_reads_it(freja: Phone, karim: Phone, office: Office) -> None:
    meet(freja, 10)
    assert (of(office, freja).load.citizens, of(office, freja).load.notes) == (10, ())
    [eleventh] = meet(karim, 1)
    office.hand_over(eleventh, worker=freja.enrolled.worker)
    load = of(office, freja).load
    assert (load.citizens, load.ceiling, load.notes) == (11, 10, (Note.OVER,))
    assert eleventh in freja.catch_up(), "nothing was held back"
    meet(freja, 1)
    assert of(office, freja).load.citizens == 12, "nor is a birth"
    assert [load.name for load in the_team(office).workers] == ["Freja Opfundet", "Karim Opfundet"]


def test_acceptance_9_three_who_move_in_are_a_sentence(freja: Phone, office: Office) -> None:
    ids = meet(freja, 3)
    freja.send(*(an_add("housing_period", id, {"move_in_on": TODAY.isoformat(), "in_use": True}) for id in ids))
    assert (of(office, freja).load.moving_in, of(office, freja).load.notes) == (3, (Note.MOVING_IN,))


def test_acceptance_10_an_act_team_of_eleven_with_81_citizens_is_noted(freja: Phone, office: Office, team: str) -> None:
    for n in range(10):
        office.add_worker(f"Opfundet {n}", team=team)
    office.add_worker("Birgit Opfundet", role="leader", team=team)
    for id in meet(freja, 81, "act"):
        office.hand_over(id, team=team)
    act = the_team(office).act
    assert act is not None
    assert (act.citizens, act.workers, act.notes) == (81, 11, (Note.TEAM_OVER,))
    assert act.average == pytest.approx(81 / 11)
    assert of(office, freja).load.citizens == 0, "they are the team's, not hers alone"


def test_c15_c19_d11_methods_courses_and_what_there_is_here(freja: Phone, karim: Phone, office: Office) -> None:
    office.work_by(freja.enrolled.worker, "cti", date(2026, 3, 2))
    office.work_by(karim.enrolled.worker, "icm")
    office.work_by(karim.enrolled.worker, "cti")
    first, second = of(office, freja), of(office, karim)
    assert (first.works_by, first.several, first.no_course, first.load.ceiling) == (("cti",), False, (), 10)
    assert (second.works_by, second.several, second.no_course) == (("cti", "icm"), True, ("cti", "icm"))
    assert second.load.notes == (Note.SEVERAL_METHODS,)
    assert office.overview().methods == ("cti", "icm")


def test_t14_who_waits_without_a_method_stands_with_the_longest_first(
    freja: Phone, karim: Phone, office: Office, clock: Clock
) -> None:
    [first] = meet(freja, 1, None, situation="street")
    clock.advance(days=3)
    freja.log_in(), karim.log_in()
    meet(freja, 1, "cti")
    born = a_birth().model_copy(update={"at": clock.now})
    karim.send(born)
    waiting = office.overview().waiting
    assert [(each.citizen, each.worker) for each in waiting] == [
        (first, "Freja Opfundet"),
        (born.id, "Karim Opfundet"),
    ]
    assert waiting[0].since_on == TODAY


def test_e10_counts_are_anonymous_and_small_groups_are_left_out(freja: Phone, office: Office) -> None:
    meet(freja, 6, "cti", situation="street", made_aware_by="drop_in_volunteer")
    meet(freja, 5, None, situation="shelter_110")
    meet(freja, 2, "cti", situation="car", made_aware_by="police")
    meet(freja, 1, "cti", situation="hotel_camping", made_aware_by="police")
    seen = office.overview()
    assert seen.situations.shown == (Group("street", 6), Group("shelter_110", 5))
    assert seen.situations.small == 2
    assert seen.channels.shown == (Group("drop_in_volunteer", 6),), "the next smallest goes with the small one"
    assert seen.waiting_by.shown == (Group("shelter_110", 5),)


def test_h8_a1_shares_and_waiting_are_of_five_or_more(freja: Phone, office: Office, clock: Clock) -> None:
    ids = meet(freja, 5, "cti", situation="street")
    assert the_team(office).kept_steps == Share(5, 5)
    clock.advance(days=30)
    freja.log_in()
    met = {"occurred_at": clock.now.isoformat(), "mode": "met"}
    freja.send(*(an_add("contact", id, met, at=clock.now) for id in ids[:2]))
    assert the_team(office).kept_steps == Share(2, 5)
    home = office.overview().without_home
    assert home is not None and (home.people, home.days) == (5, 30)
    freja.send(an_add("housing_period", ids[0], {"move_in_on": clock.now.date().isoformat()}, at=clock.now))
    assert office.overview().without_home is None


def test_who_has_ended_who_was_let_go_and_who_is_registered_twice_are_counted_as_on_the_phone(
    freja: Phone, office: Office, clock: Clock
) -> None:
    ended, gone, twice, kept = meet(freja, 4, None)
    clock.advance(minutes=5)
    on = {"on": TODAY.isoformat()}
    acks = freja.send(
        an_add("closing", ended, on | {"ground": "death"}, at=clock.now),
        an_add("keep_answer", gone, on | {"answer": "remove"}, at=clock.now),
        an_add("citizen_merge", twice, on | {"same_as": kept}, at=clock.now),
    )
    assert {ack.result for ack in acks} == {"ok"}
    assert [each.citizen for each in office.overview().waiting] == [kept]
    assert of(office, freja).load.citizens == 1


def test_a_worker_in_no_team_a_leader_with_somebody_and_one_who_stopped(
    stranger: Phone, freja: Phone, karim: Phone, office: Office, team: str, new_phone: Callable[[str], Phone]
) -> None:
    leader = new_phone(office.add_worker("Birgit Opfundet", role="leader", team=team))
    assert office.caseload(leader.enrolled.worker) is None
    meet(leader, 1)
    office.disable(karim.enrolled.worker)
    seen = office.overview()
    assert [load.name for load in seen.others] == ["Søren Opfundet"]
    assert [load.name for load in the_team(office).workers] == ["Birgit Opfundet", "Freja Opfundet"]
    assert office.caseload(an_id()) is None


def test_a_deputy_and_a_former_worker_do_not_count_and_an_empty_server_has_an_overview(
    freja: Phone, karim: Phone, office: Office, clock: Clock
) -> None:
    assert (office.overview().citizens, office.overview().waiting) == (0, ())
    [citizen] = meet(freja, 1)
    office.deputize(freja.enrolled.worker, karim.enrolled.worker, clock.now, clock.now + timedelta(days=3))
    assert of(office, karim).load.citizens == 0
    office.hand_over(citizen, worker=karim.enrolled.worker)
    assert (of(office, freja).load.citizens, of(office, karim).load.citizens) == (0, 1)
