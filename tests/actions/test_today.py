"""The list for today, over a real store."""

from datetime import timedelta

from sqlalchemy import event

from fieldapp.actions import citizens, today
from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Why
from tests.desks import FREJA, KARIM, a_row, an_assignment, arrive, seed, seed_many
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


def test_a_hundred_citizens_and_ten_thousand_contacts_are_read_with_few_queries(desk: Desk) -> None:
    seed_many(desk)
    queries = []
    event.listen(desk.store.vault.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    day = today.read(desk)
    assert day.citizens == 100
    assert len([q for q in queries if q.startswith("SELECT")]) <= 20
