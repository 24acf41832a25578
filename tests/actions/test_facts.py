"""The facts of everybody are read in short; the list of the day is the same as from everything there is."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from fieldapp.actions import facts
from fieldapp.actions.desk import Desk
from fieldapp.domain.today import the_day
from tests.desks import KARIM, a_row, arrive, seed, ten_years
from tests.examples import NOW
from tests.views.people import ICM

DAYS = st.integers(-2, 700)  # of what is older, one citizen's own page reads the last real contact alone
CONTACTS = st.tuples(DAYS, st.sampled_from(["met", "talked", "citizen_wrote", "not_met"]))
ATTEMPTS = st.tuples(
    DAYS, st.sampled_from([("text", "sent"), ("call", "talked"), ("bell", "nobody_opened"), ("text", "unconfirmed"),
                           ("known_place", "seen_by_others"), ("text", "not_sent")]),
)  # fmt: skip
PEOPLE = st.lists(
    st.tuples(st.booleans(), st.lists(CONTACTS, max_size=6), st.lists(ATTEMPTS, max_size=6), st.booleans()),
    min_size=1,
    max_size=8,
)


def told(desk: Desk, person: tuple[bool, list[Any], list[Any], bool]) -> str:
    with_method, contacts, attempts, corrected = person
    citizen = seed(desk, known=200, more=(ICM,) if with_method else ())
    rows = []
    for days, mode in contacts:
        at = NOW - timedelta(days=days)
        rows.append(a_row("contact", citizen, at, author=KARIM, occurred_at=at, mode=mode))
    for days, (way, outcome) in attempts:
        at = NOW - timedelta(days=days, minutes=5)
        rows.append(a_row("attempt", citizen, at, occurred_at=at, way=way, outcome=outcome))
    if corrected and contacts:
        at = NOW - timedelta(days=contacts[0][0])
        rows.append(a_row("contact", citizen, NOW, occurred_at=at, mode="not_met", corrects=rows[0].id))
    arrive(desk, *rows)
    return citizen


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_the_list_of_the_day_is_the_same_as_from_all_that_is_known(desk: Desk, people: list[Any]) -> None:
    """The people of all examples lie on one desk; those of this one are compared."""
    new = [told(desk, person) for person in people]
    with desk.store.reading() as session:
        short = facts.read(session, desk.today())
        whole = facts.read_some(session, new, desk.today())
    on_short = the_day([short[citizen] for citizen in new], desk.today(), desk.worker)
    assert on_short == the_day(whole.values(), desk.today(), desk.worker)


def test_of_one_citizen_only_the_kinds_are_read_that_there_is_something_of(desk: Desk) -> None:
    citizen = ten_years(desk, goals=4, contacts=40, homes=2)
    asked: list[str] = []
    event.listen(desk.store.vault.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    assert known is not None and known.method == "icm" and known.contacts and known.lost_home_on
    assert len([each for each in asked if each.startswith("SELECT")]) <= 16  # of 42
