"""The list for today, over a real store."""

from sqlalchemy import event

from fieldapp.actions import today
from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Why
from tests.desks import seed, seed_many


def test_somebody_silent_for_400_days_stands_under_reach_out(desk: Desk) -> None:
    """Acceptance test 1, with no network at all."""
    citizen = seed(desk, known=900, met=(400,))
    day = today.read(desk)
    assert [(row.citizen, row.name) for row in day.reach] == [(citizen, "Åse")]
    assert day.citizens == 1
    assert day.reach[0].last is not None
    assert (day.reach[0].last.why, day.reach[0].last.days) == (Why.DAYS_SINCE, 400)


def test_a_hundred_citizens_and_ten_thousand_contacts_are_read_with_few_queries(desk: Desk) -> None:
    seed_many(desk)
    queries = []
    event.listen(desk.store.vault.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    day = today.read(desk)
    assert day.citizens == 100
    assert len([q for q in queries if q.startswith("SELECT")]) <= 20
