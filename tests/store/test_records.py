"""add, change and void write the row and its operation together; any other write to a synced table fails."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, team_scope
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError, UnsyncedWrite
from fieldapp.store import outbox, records
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.database import Store
from fieldapp.store.tables import TABLES, CitizenRow, ContactRow, GoalRow, Synced
from fieldapp.wire import Operation
from tests.examples import NOW, an_id
from tests.store.conftest import WORKER
from tests.store.rows import a_citizen, a_goal, a_row, held

WRITTEN_HERE = sorted(k for k in TABLES if KINDS[k].written_by == "worker")
LATER = NOW + timedelta(minutes=5)


def operations(store: Store) -> list[Operation]:
    with store.reading() as session:
        return outbox.waiting(session)


@pytest.mark.parametrize("kind", WRITTEN_HERE)
def test_every_kind_a_worker_writes_can_be_added_and_is_queued(store: Store, kind: str):
    row = a_row(kind)
    with store.transaction() as session:
        records.add(session, row, NOW)
    found = held(store, row)
    assert found is not None
    assert {f: getattr(found, f) for f in KINDS[kind].by_name} == {f: getattr(row, f) for f in KINDS[kind].by_name}
    [operation] = operations(store)
    assert (operation.do, operation.kind, operation.id, operation.scope) == ("add", kind, row.id, row.scope)


def test_an_added_record_says_who_when_and_on_which_clock(store: Store):
    found = held(store, a_citizen(store))
    assert found is not None
    assert (found.author, found.added_at, found.added_offset) == (WORKER, NOW, 60)
    assert found.added_at.tzinfo is UTC or found.added_at.utcoffset() == timedelta(0)
    assert (found.seq, found.base, found.stale, found.void_reason) == (0, {}, False, None)


def test_a_new_record_gets_an_id_in_the_order_of_time(store: Store):
    first, second = a_citizen(store), a_citizen(store)
    assert first.id < second.id
    assert first.scope == citizen_scope(first.id)


def test_row_and_operation_are_saved_together_or_not_at_all(store: Store):
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        records.add(session, CitizenRow(known_as="Åse"), NOW)
        raise ZeroDivisionError
    with store.reading() as session:
        assert session.exec(select(CitizenRow)).all() == []
        assert outbox.counts(session) == outbox.Counts()


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        ("contact", ""),
        ("contact", "all"),
        ("contact", team_scope(an_id())),
        ("contact", "citizen:"),
        ("contact", "citizen:somebody"),
        ("citizen", citizen_scope(an_id())),  # another citizen's
    ],
)
def test_a_record_in_a_scope_that_is_not_its_own_is_refused(store: Store, kind: str, scope: str):
    row = a_row(kind)
    row.scope = scope
    with pytest.raises(RecordError, match="scope"), store.transaction() as session:
        records.add(session, row, NOW)
    assert operations(store) == []


@pytest.mark.parametrize("kind", sorted(set(TABLES) - set(WRITTEN_HERE)))
def test_what_the_server_writes_is_not_written_here(store: Store, kind: str):
    with pytest.raises(RecordError, match="written_by_server"), store.transaction() as session:
        records.add(session, a_row(kind), NOW)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"mode": None}, "missing (mode)"),
        ({"occurred_at": datetime(2026, 11, 25, 9)}, "malformed (occurred_at)"),  # noqa: DTZ001
        ({"mode": "Met"}, "malformed (mode)"),
        ({"own_words": "æ" * 16_001}, "malformed (own_words)"),
        ({"dimensions": "home"}, "malformed (dimensions)"),
        ({"corrects": "not an id"}, "malformed (corrects)"),
        ({"place_text": "half \ud800"}, "malformed (place_text)"),
    ],
)
def test_a_field_the_rules_refuse_is_not_saved(store: Store, fields: dict[str, Any], rule: str):
    row = ContactRow(**({"scope": citizen_scope(an_id()), "occurred_at": NOW, "mode": "met"} | fields))
    with pytest.raises(RecordError) as refused, store.transaction() as session:
        records.add(session, row, NOW)
    assert str(refused.value) == f"record: {rule}"
    assert operations(store) == []


def test_a_moment_without_an_offset_is_refused(store: Store):
    with pytest.raises(RecordError, match="malformed"), store.transaction() as session:
        records.add(session, CitizenRow(), datetime(2026, 11, 25, 9))  # noqa: DTZ001


def test_only_what_differs_is_sent_with_the_seq_it_was_seen_at(store: Store):
    goal = a_goal(store, a_citizen(store))
    seen = held(store, goal)
    assert isinstance(seen, GoalRow)
    seen.base = {"title": 7}
    with store.transaction() as session:
        records.change(session, seen, LATER, title="Et roligt sted", dimension="home", ended_on=date(2026, 12, 1))
    changed = operations(store)[-1]
    assert changed.do == "change"
    assert changed.fields == {"title": "Et roligt sted", "ended_on": "2026-12-01"}
    assert changed.base == {"title": 7, "ended_on": 0}
    assert (changed.at, changed.offset) == (LATER, 60)
    found = held(store, goal)
    assert isinstance(found, GoalRow)
    assert (found.title, found.ended_on) == ("Et roligt sted", date(2026, 12, 1))
    assert found.set_by == {}, "who set it is for the server to say"


def test_a_change_that_changes_nothing_is_not_sent(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        records.change(session, goal, LATER, title=goal.title)
    assert [o.do for o in operations(store)] == ["add", "add"]


def test_every_copy_of_a_changed_record_is_right_in_the_same_transaction(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        loaded = session.get(GoalRow, goal.id)
        records.change(session, goal, LATER, title="Andet")
        assert goal.title == "Andet"
        assert loaded is not None
        assert loaded.title == "Andet"
        records.change(session, loaded, LATER, outcome="reached")
        assert loaded not in session.dirty
    assert [o.fields for o in operations(store)][2:] == [{"title": "Andet"}, {"outcome": "reached"}]


def test_an_append_only_record_cannot_be_changed(store: Store):
    contact = a_row("contact")
    with store.transaction() as session:
        records.add(session, contact, NOW)
    with pytest.raises(RecordError, match="not_editable"), store.transaction() as session:
        records.change(session, contact, LATER, mode="talked")


@pytest.mark.parametrize(("fields", "rule"), [({"shoe_size": "42"}, "unknown_field"), ({"title": None}, "missing")])
def test_a_change_the_rules_refuse_is_not_saved(store: Store, fields: dict[str, Any], rule: str):
    goal = a_goal(store, a_citizen(store))
    with pytest.raises(RecordError, match=rule), store.transaction() as session:
        records.change(session, goal, LATER, **fields)
    assert len(operations(store)) == 2


def test_a_voided_record_stays_with_its_reason(store: Store):
    contact = a_row("contact")
    with store.transaction() as session:
        records.add(session, contact, NOW)
        records.void(session, contact, LATER, "Fortrudt")
    found = held(store, contact)
    assert found is not None
    assert found.void_reason == "Fortrudt"
    assert operations(store)[-1].fields == {"reason": "Fortrudt"}


@pytest.mark.parametrize("reason", ["", "  ", "æ" * 501])
def test_a_record_is_not_voided_without_a_reason_that_fits(store: Store, reason: str):
    citizen = a_citizen(store)
    with pytest.raises(RecordError, match="reason"), store.transaction() as session:
        records.void(session, citizen, LATER, reason)


def test_a_record_that_is_void_or_gone_can_be_neither_changed_nor_voided(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        records.void(session, goal, LATER, "Fortrudt")
    elsewhere = GoalRow(id=an_id(), scope=goal.scope, dimension="home", title="Væk")
    for row in (goal, elsewhere):
        with pytest.raises(RecordError, match="gone_or_void"), store.transaction() as session:
            records.change(session, row, LATER, outcome="reached")
        with pytest.raises(RecordError, match="gone_or_void"), store.transaction() as session:
            records.void(session, row, LATER, "Igen")
    assert len(operations(store)) == 3


def test_a_change_remembers_what_the_server_last_said(store: Store):
    goal = a_goal(store, a_citizen(store), title="Første")
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Anden")
    with store.reading() as session:
        last = session.exec(select(OutboxRow).order_by(col(OutboxRow.position).desc())).first()
    assert last is not None
    assert last.was == {"title": "Første"}


# Any other write fails loudly


def _orm_add(session: Session, row: Synced) -> None:
    session.add(a_row("goal"))


def _orm_dirty(session: Session, row: Synced) -> None:
    loaded = session.get(GoalRow, row.id)
    assert loaded is not None
    loaded.title = "Forbi records"


def _orm_delete(session: Session, row: Synced) -> None:
    session.delete(session.get(GoalRow, row.id))


def _core_insert(session: Session, row: Synced) -> None:
    session.execute(insert(GoalRow).values(a_row("goal").model_dump()))


def _core_update(session: Session, row: Synced) -> None:
    session.execute(update(GoalRow).values(title="Forbi records"))


def _core_delete(session: Session, row: Synced) -> None:
    session.execute(delete(GoalRow))


def _raw_insert(session: Session, row: Synced) -> None:
    session.execute(text("INSERT OR REPLACE INTO goal SELECT * FROM goal"))


def _raw_update(session: Session, row: Synced) -> None:
    session.execute(text("UPDATE goal SET title = 'Forbi records'"))


def _raw_delete(session: Session, row: Synced) -> None:
    session.execute(text("DELETE FROM goal"))


def _dirty_beside_an_add(session: Session, row: Synced) -> None:
    """Not even in the shadow of a write that is allowed."""
    _orm_dirty(session, row)
    records.add(session, CitizenRow(), NOW)


WAYS_PAST = (
    _orm_add,
    _orm_dirty,
    _orm_delete,
    _core_insert,
    _core_update,
    _core_delete,
    _raw_insert,
    _raw_update,
    _raw_delete,
    _dirty_beside_an_add,
)


@pytest.mark.parametrize("way", WAYS_PAST)
def test_a_write_past_records_fails_and_leaves_nothing(store: Store, way: Any):
    goal = a_goal(store, a_citizen(store), title="Et sted at bo")
    with pytest.raises(UnsyncedWrite), store.transaction() as session:
        way(session, goal)
    with store.reading() as session:
        assert [row.title for row in session.exec(select(GoalRow))] == ["Et sted at bo"]
    assert len(operations(store)) == 2


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_every_synced_table_is_guarded(store: Store, kind: str):
    with pytest.raises(UnsyncedWrite), store.transaction() as session:
        session.add(a_row(kind))


def test_the_guard_is_closed_again_after_a_write_that_failed(store: Store):
    citizen = a_citizen(store)
    with store.transaction() as session:
        with pytest.raises(RecordError):
            records.void(session, CitizenRow(id=an_id()), NOW, "Væk")
        with pytest.raises(UnsyncedWrite):
            session.execute(text("DELETE FROM citizen"))
        session.rollback()
    assert held(store, citizen) is not None
