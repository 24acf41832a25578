"""The list for today, over a real store."""

from datetime import timedelta

from sqlalchemy import event

from fieldapp.actions import citizens, today
from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Why
from tests.desks import FREJA, KARIM, Clock, a_row, an_assignment, arrive, seed, seed_many
from tests.examples import NOW, an_id


def test_somebody_silent_for_400_days_stands_under_reach_out(desk: Desk) -> None:
    """Acceptance test 1, with no network at all."""
    citizen = seed(desk, known=900, met=(400,))
    day = today.read(desk)
    assert [(row.citizen, row.name) for row in day.reach] == [(citizen, "Åse")]
    assert day.citizens == 1
    assert day.reach[0].last is not None
    assert (day.reach[0].last.why, day.reach[0].last.days) == (Why.DAYS_SINCE, 400)


def test_the_list_is_the_responsible_workers_whoever_added_the_citizen(desk: Desk) -> None:
    handed_over = seed(desk, "Bent", met=(30,), responsible=KARIM)
    taken_over = an_id()
    born = NOW - timedelta(days=90)
    arrive(
        desk,
        a_row("citizen", taken_over, born, author=KARIM, id=taken_over, known_as="Åse"),
        an_assignment(taken_over, FREJA, born),
    )
    assert [row.citizen for row in today.read(desk).reach] == [taken_over]
    assert {line.id: line.mine for line in citizens.read_all(desk)} == {taken_over: True, handed_over: False}


def test_whose_worker_has_stopped_stands_on_everybodys_list(desk: Desk) -> None:
    """Who is not entrusted to any worker is for all who have them: nobody is forgotten in between."""
    aase, shared = an_id(), an_id()
    born, ended = NOW - timedelta(days=90), NOW - timedelta(days=2)
    for citizen in (aase, shared):
        arrive(desk, a_row("citizen", citizen, born, author=KARIM, id=citizen, known_as="Åse"))
    arrive(desk, an_assignment(aase, KARIM, born, ended))
    arrive(desk, a_row("assignment", shared, born, team=an_id(), name="Opfundet team", role="team", from_at=born))
    assert {row.citizen for row in today.read(desk).reach} == {aase, shared}
    assert {(line.responsible, line.mine) for line in citizens.read_all(desk)} == {(None, False)}
    page = citizens.read(desk, aase)
    assert page is not None and page.responsible is None


def test_a_deputys_list_has_the_citizens_of_the_one_who_is_away_until_the_day(desk: Desk, clock: Clock) -> None:
    away = seed(desk, "Bent", met=(30,), responsible=KARIM)
    arrive(desk, an_assignment(away, FREJA, NOW, NOW + timedelta(days=3), role="deputy"))
    seen = []
    for _ in range(2):
        seen.append([row.citizen for row in today.read(desk).reach])
        clock.move(days=4)
    assert seen == [[away], []]
    page = citizens.read(desk, away)
    assert page is not None and page.responsible == "Karim Lyngå"


def test_a_hundred_citizens_and_ten_thousand_contacts_are_read_with_few_queries(desk: Desk) -> None:
    seed_many(desk)
    queries = []
    event.listen(desk.store.vault.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    day = today.read(desk)
    assert day.citizens == 100
    assert len([q for q in queries if q.startswith("SELECT")]) <= 43  # one a kind
