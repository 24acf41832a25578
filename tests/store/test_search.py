"""What is written is found by its words, until it is void, erased or somebody else's; slips are forgiven."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, select

from fieldapp.domain import search as compared
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.search import plain
from fieldapp.store import erasing, incoming, outbox, records, search
from fieldapp.store.database import Store
from fieldapp.store.search import PARTS, Hit, find
from fieldapp.store.tables import TABLES, ContactRow, GoalRow, Synced
from fieldapp.store.vault import open_with_key
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.fresh import KEY
from tests.store.conftest import WORKER
from tests.store.rows import a_citizen, a_goal, a_row, sent

SEARCHED = sorted(kind for kind in TABLES if any(field.searched for field in KINDS[kind].fields))


def found(store: Store, query: str, part: Any = "written", limit: int | None = None) -> list[str]:
    with store.reading() as session:
        return [hit.id for hit in find(session, query, part, limit)]


def a_contact(store: Store, scope: str, days: int = 0, **fields: Any) -> str:
    """A contact so many days ago, written today."""
    row = ContactRow(**({"scope": scope, "occurred_at": NOW - timedelta(days=days), "mode": "met"} | fields))
    with store.transaction() as session:
        records.add(session, row, NOW)
    return row.id


@pytest.mark.parametrize("kind", SEARCHED)
def test_every_searched_field_of_every_kind_is_read(store: Store, kind: str):
    with store.transaction() as session:
        for field in KINDS[kind].fields:
            if field.searched:
                row = a_row(kind)
                if "sensitive" in KINDS[kind].by_name:
                    row.sensitive = False  # type: ignore[attr-defined]
                setattr(row, field.name, f"Ærø{field.name}")
                records.add(session, row, NOW)
                assert find(session, f"aeroe{field.name.replace('_', ' ')}", field.searched) == [Hit(kind, row.id)]


def test_what_is_nobody_s_business_is_not_searched(store: Store):
    a_citizen(store, cpr="0101701234", address="Opfundet Allé 7", language="volapyk")
    for query in ("0101701234", "010170", "opfundet", "volapyk", "told"):
        assert found(store, query, "who") == found(store, query, "written") == []


def test_every_word_must_stand_there_in_any_order_and_field(store: Store):
    citizen = a_citizen(store)
    both = a_contact(store, citizen.scope, own_words="Kaffe, tak", place_text="Banegården")
    one = a_contact(store, citizen.scope, days=1, own_words="Kaffe igen")
    assert found(store, "kaffe") == [both, one]
    assert found(store, "BANEGAARD kaffe") == [both]
    assert found(store, "kaffe te") == []
    assert found(store, "takbane") == [], "words of two fields do not grow together"


def test_the_newest_come_first_by_the_day_they_are_about(store: Store):
    citizen = a_citizen(store)
    old, new, middle = (a_contact(store, citizen.scope, days, own_words="kaffe") for days in (9, 1, 5))
    goal = a_goal(store, citizen, title="Kaffe hver dag")  # as old as its writing
    assert found(store, "kaffe") == [goal.id, new, middle, old]
    assert found(store, "kaffe", limit=2) == [goal.id, new]


def test_slips_are_looked_for_when_nothing_is_right(store: Store):
    citizen = a_citizen(store, known_as="Jørgen")
    right = a_contact(store, citizen.scope, own_words="På banegaren")
    assert found(store, "banegaren") == [right]
    near = a_contact(store, citizen.scope, own_words="På Banegården med Bodil")
    assert found(store, "banegaren") == [right]
    assert found(store, "baneegården") == found(store, "bodli baneegaard") == [near]
    assert found(store, "jorgen", "who") == [citizen.id]
    assert found(store, "bodxx banegården") == []


@pytest.mark.parametrize("query", ["201", "2012 34 56", "20 12 3", "+45 20123456", "+45 20", "0045 20 12", "3456"])
def test_a_number_is_found_by_any_run_of_its_digits(store: Store, query: str):
    sought = a_citizen(store, phone="20 12 34 56")
    a_citizen(store, phone="+45 00 00 00 00")
    assert found(store, query, "who") == [sought.id]


def test_a_number_does_not_slip(store: Store):
    a_citizen(store, phone="20 12 34 56")
    assert found(store, "20 12 34 57", "who") == []


@pytest.mark.parametrize("query", ["", "%", "_", "'", '"', "\\", "a'; DROP TABLE search; --", "+45", "\x00", "🙂"])
def test_anything_may_be_typed(store: Store, query: str):
    citizen = a_citizen(store)
    a_contact(store, citizen.scope, own_words="Intet")
    assert found(store, query) == found(store, query, "who") == []


def test_a_pasted_page_is_harmless(store: Store):
    citizen = a_citizen(store)
    note = a_contact(store, citizen.scope, own_words="ord " * 4_000)
    assert found(store, "ord " * 4_000) == [note]
    assert found(store, " ".join(f"w{n}" for n in range(4_000))) == found(store, "x" * 16_000) == []


def test_void_is_not_found(store: Store):
    citizen = a_citizen(store)
    note = a_contact(store, citizen.scope, own_words="kaffe")
    with store.transaction() as session:
        records.void(session, session.get_one(ContactRow, note), NOW, "undone")
    assert found(store, "kaffe") == []


def test_a_changed_text_is_found_by_its_new_words_only(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen, title="Et bord")
    with store.transaction() as session:
        records.change(session, session.get_one(GoalRow, goal.id), NOW, title="To stole")
    assert found(store, "bord") == []
    assert found(store, "stole") == [goal.id]


def test_erased_or_of_a_lost_scope_is_found_nowhere(store: Store):
    one, other = a_citizen(store, known_as="Bodil"), a_citizen(store, known_as="Bent")
    erased = a_contact(store, one.scope, own_words="kaffe")
    a_contact(store, other.scope, own_words="kaffe")
    with store.transaction() as session:
        incoming.erase(session, "contact", erased)
        erasing.drop_scopes(session, [other.scope])
        kept = "SELECT kind FROM search_who UNION ALL SELECT kind FROM search_written"
        assert session.execute(text(kept)).all() == [("citizen",)]
    assert found(store, "kaffe") == []
    assert found(store, "bodil", "who") == [one.id]


def test_what_a_newer_app_wrote_is_not_guessed_at(store: Store):
    citizen = a_citizen(store)
    with store.transaction() as session:
        incoming.take_in(session, [sent("hologram", an_id(), citizen.scope, 7, text="kaffe")])
    assert found(store, "kaffe") == []


def test_a_row_that_comes_again_costs_no_write(store: Store):
    citizen, note = an_id(), an_id()
    rows = [
        sent("contact", note, citizen_scope(citizen), 7, occurred_at=NOW.isoformat(), mode="met", own_words="kaffe")
    ]
    with store.transaction() as session:
        incoming.take_in(session, rows)
        session.execute(text("UPDATE search_written SET words = ' te'"))
        incoming.take_in(session, [rows[0].model_copy(update={"seq": 9})])
        incoming.mark_stale(session)
    assert found(store, "te") == [note]


def test_nothing_that_was_looked_for_is_remembered_past_the_lock(folder: Path):
    store = Store(open_with_key(folder, KEY), WORKER)
    a_citizen(store, known_as="Bodil")
    assert found(store, "bodli", "who")
    assert compared._look.cache_info().currsize
    store.close()
    assert not compared._look.cache_info().currsize


# ---- whatever happens to rows, their words follow

phrases = st.sampled_from(["", "Kaffe på bænken", "Åse ved Søen", "20 12 34 56", "kaffe", "…", "Søndag 3. maj"])
deeds = st.lists(
    st.tuples(st.sampled_from(["add", "change", "void", "arrive", "erase", "lose"]), phrases, st.integers(0, 9))
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_the_words_are_those_of_the_rows_whatever_happens_to_them(store: Store, deeds: list[tuple[str, str, int]]):
    citizens = [a_citizen(store, known_as=f"Borger {n}", phone="20123456") for n in range(3)]
    goals = [a_goal(store, citizen, title=citizen.known_as) for citizen in citizens]
    for number, deed in enumerate(deeds):
        with store.transaction() as session:
            _do(session, *deed, number, goals)
    with store.transaction() as session:
        kept = _kept(session)
        assert kept == _written(session)
        search.make(session.connection())
        assert kept == _kept(session)
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        erasing.drop_scopes(session, incoming._present(session))
        assert not _kept(session)


def _do(session: Session, deed: str, words: str, which: int, number: int, goals: list[GoalRow]) -> None:
    goal = goals[which % len(goals)]
    kind = SEARCHED[which % len(SEARCHED)]
    row = session.get(GoalRow, goal.id)
    if deed == "add":
        row = a_row(kind, None if kind == "citizen" else goal.scope.partition(":")[2])
        for field in KINDS[kind].fields:
            if field.searched:
                setattr(row, field.name, words or ("x" if field.required else None))
        records.add(session, row, NOW - timedelta(days=which))
    elif deed == "arrive":
        incoming.take_in(session, [sent("goal", goal.id, goal.scope, number + 1, dimension="home", title=words)])
        outbox.settle(session, [Ack(ack=each.op, result="ok", seq=number) for each in outbox.waiting(session)])
    elif deed == "erase":
        incoming.erase(session, "goal", goal.id)
    elif deed == "lose":
        erasing.drop_scopes(session, [goal.scope])
    elif row is not None and row.void_reason is None:
        if deed == "change":
            records.change(session, row, NOW, title=words, ended_on=date(2026, 11, which + 1))
        else:
            records.void(session, row, NOW, "undone")


def _kept(session: Session) -> set[tuple[Any, ...]]:
    kept = [
        (part, *row) for part in PARTS for row in session.execute(text(f"SELECT kind, id, words FROM search_{part}"))
    ]
    assert len(kept) == len(set(kept))
    return set(kept)


def _written(session: Session) -> set[tuple[Any, ...]]:
    words = set()
    for kind in TABLES:
        for row in session.exec(select(TABLES[kind])):
            for part in PARTS:
                texts = [t for t in _texts(row, part) if t is not None]
                if row.void_reason is None and not getattr(row, "sensitive", None) and "".join(texts):
                    words.add((part, kind, row.id, plain(" ".join(texts))))
    return words


def _texts(row: Synced, part: Any) -> list[str | None]:
    return [getattr(row, name) for name in KINDS[row.kind].searched(part)]
