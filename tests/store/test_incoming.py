"""What the server sends is taken in whole, and what the worker has not sent stays on top of it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from fieldapp.domain.access import citizen_scope, worker_scope
from fieldapp.domain.kinds import KINDS
from fieldapp.store import drafts, erasing, incoming, outbox, records, sync_state
from fieldapp.store.bookkeeping import UnknownRow
from fieldapp.store.database import Store
from fieldapp.store.rows import to_fields
from fieldapp.store.tables import TABLES, CitizenRow, ContactRow, GoalRow
from fieldapp.wire import Ack, Row
from tests.examples import NOW, an_id
from tests.store.rows import a_citizen, a_goal, a_row, held, sent

LATER = NOW + timedelta(minutes=5)


def take_in(store: Store, *rows: Row) -> None:
    with store.transaction() as session:
        incoming.take_in(session, rows)


def _goal(store: Store, id: str) -> GoalRow:
    found = held(store, GoalRow(id=id, dimension="", title=""))
    assert isinstance(found, GoalRow)
    return found


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_row_of_every_kind_is_taken_in_with_all_it_carries(store: Store, kind: str):
    row = a_row(kind)
    came = sent(kind, row.id, row.scope, 12, **to_fields(row))
    take_in(store, came)
    found = held(store, row)
    assert found is not None
    assert to_fields(found) == came.fields
    assert (found.seq, found.base, found.set_by) == (12, came.base, came.by)
    assert (found.author, found.added_at, found.added_offset) == (came.author, NOW, 60)
    with store.reading() as session:
        assert outbox.counts(session) == outbox.Counts()


def test_a_newer_row_replaces_the_older_one_whole(store: Store):
    scope, id = citizen_scope(an_id()), an_id()
    take_in(store, sent("goal", id, scope, 5, dimension="home", title="Første", outcome="reached"))
    take_in(store, sent("goal", id, scope, 6, dimension="home", title="Anden"))
    assert (_goal(store, id).title, _goal(store, id).outcome, _goal(store, id).seq) == ("Anden", None, 6)


def test_a_row_in_hand_shows_what_came(store: Store):
    goal = a_goal(store, a_citizen(store), title="Min")
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=o.op, result="ok", seq=3) for o in outbox.waiting(session)])
        loaded = session.get(GoalRow, goal.id)
        assert loaded is not None
        incoming.take_in(session, [sent("goal", goal.id, goal.scope, 8, dimension="home", title="Deres")])
        assert loaded.title == "Deres"


def test_what_the_transaction_changed_before_survives(store: Store):
    with store.transaction() as session:
        sync_state.get(session).since = 77
        incoming.take_in(session, [])
    with store.reading() as session:
        assert sync_state.get(session).since == 77


def test_a_voided_record_says_why(store: Store):
    id, scope = an_id(), citizen_scope(an_id())
    take_in(store, sent("goal", id, scope, 5, dimension="home", title="x").model_copy(update={"void": "Fejl"}))
    assert _goal(store, id).void_reason == "Fejl"


def test_an_own_change_lies_over_the_row_that_came(store: Store):
    goal = a_goal(store, a_citizen(store), title="Før")
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Min")
    take_in(store, sent("goal", goal.id, goal.scope, 9, dimension="home", title="Deres", outcome="reached"))
    found = _goal(store, goal.id)
    assert (found.title, found.outcome, found.base["title"]) == ("Min", "reached", 9)
    with store.reading() as session:
        assert outbox.waiting(session)[-1].base == {"title": 0}  # what the worker had seen


def test_an_own_void_lies_over_the_row_that_came(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        records.void(session, goal, LATER, "Fortrudt")
    take_in(store, sent("goal", goal.id, goal.scope, 9, dimension="home", title="Deres"))
    assert _goal(store, goal.id).void_reason == "Fortrudt"


def test_a_refused_change_let_go_shows_what_the_server_said_last(store: Store):
    goal = a_goal(store, a_citizen(store), title="Før")
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Min")
        op = outbox.waiting(session)[-1].op
    take_in(store, sent("goal", goal.id, goal.scope, 9, dimension="home", title="Deres"))
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=op, result="refused")])
        outbox.discard(session, op)
    assert _goal(store, goal.id).title == "Deres"


def test_a_row_older_than_the_ack_does_not_hide_what_was_acknowledged(store: Store):
    goal = a_goal(store, a_citizen(store), title="Før")
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Min")
        outbox.settle(session, [Ack(ack=o.op, result="ok", seq=10) for o in outbox.waiting(session)])
    take_in(store, sent("goal", goal.id, goal.scope, 9, dimension="home", title="Før"))
    assert _goal(store, goal.id).title == "Min"
    take_in(store, sent("goal", goal.id, goal.scope, 11, dimension="home", title="Deres"))
    assert _goal(store, goal.id).title == "Deres"


def test_an_erased_record_goes_and_does_not_come_back(store: Store):
    goal = a_goal(store, a_citizen(store))
    take_in(store, Row(row="goal", id=goal.id, scope=goal.scope, seq=9, deleted=True))
    assert held(store, goal) is None
    with store.reading() as session:
        assert [o.kind for o in outbox.waiting(session)] == ["citizen"]


def test_a_kind_from_a_newer_app_is_kept_as_it_came(store: Store):
    row = sent("hologram", an_id(), citizen_scope(an_id()), 4, light="blå")
    take_in(store, row)
    take_in(store, row.model_copy(update={"seq": 5}))
    with store.reading() as session:
        [kept] = session.exec(select(UnknownRow)).all()
        assert Row.model_validate(kept.body) == row.model_copy(update={"seq": 5})


def test_a_field_from_a_newer_app_survives(store: Store):
    id, scope = an_id(), citizen_scope(an_id())
    take_in(store, sent("goal", id, scope, 4, dimension="home", title="x", colour="blå", ended_on="snart"))
    assert _goal(store, id).more == {"colour": "blå", "ended_on": "snart"}
    assert _goal(store, id).ended_on is None


def test_a_record_that_turns_unreadable_is_kept_aside_and_comes_back(store: Store):
    id, scope = an_id(), citizen_scope(an_id())
    take_in(store, sent("goal", id, scope, 4, dimension="home", title="x"))
    take_in(store, sent("goal", id, scope, 5, dimension={"home": 1}, title="x"))
    with store.reading() as session:
        assert session.get(GoalRow, id) is None
        assert len(session.exec(select(UnknownRow)).all()) == 1
    take_in(store, sent("goal", id, scope, 6, dimension="home", title="x"))
    with store.reading() as session:
        assert session.get(GoalRow, id) is not None
        assert session.exec(select(UnknownRow)).all() == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(TABLES)), data=st.data())
def test_whatever_the_fields_hold_the_row_is_kept_and_nothing_breaks(store: Store, kind: str, data: st.DataObject):
    names = st.sampled_from([*KINDS[kind].by_name, "newer"])
    fields = to_fields(a_row(kind)) | data.draw(st.dictionaries(names, anything, max_size=4))
    row = sent(kind, an_id(), citizen_scope(an_id()), 4, **fields)
    take_in(store, row)
    with store.reading() as session:
        assert (session.get(TABLES[kind], row.id) is None) != (session.get(UnknownRow, (kind, row.id)) is None)


# The view


def scopes_here(store: Store) -> set[str]:
    with store.reading() as session:
        return {row.scope for row in session.exec(select(GoalRow))}


def change_view(store: Store, *scopes: str) -> None:
    with store.transaction() as session:
        incoming.change_view(session, scopes)


def test_a_lost_scope_goes_at_once_and_a_new_one_is_behind(store: Store):
    one, two, three = (citizen_scope(an_id()) for _ in range(3))
    change_view(store, one, two)
    for scope in (one, two):
        take_in(store, sent("goal", an_id(), scope, 5, dimension="home", title="x"))
    take_in(store, sent("hologram", an_id(), one, 5))
    with store.transaction() as session:
        sync_state.get(session).behind = {}
        drafts.keep(session, f"contact:{one.partition(':')[2]}", {}, NOW)
    change_view(store, two, three)
    assert scopes_here(store) == {two}
    with store.reading() as session:
        state = sync_state.get(session)
        assert (state.view, state.behind) == (sorted([two, three]), {three: 0})
        assert session.exec(select(UnknownRow)).all() == []
        assert drafts.read_all(session) == []
        assert state.erased_in == store.vault.generation


def test_no_draft_about_anything_in_a_lost_scope_stays(store: Store):
    """Some forms are about a record of the citizen's: a correction, a step of a goal."""
    lost, kept = citizen_scope(an_id()), citizen_scope(an_id())
    goal, other, contact = an_id(), an_id(), an_id()
    change_view(store, lost, kept)
    take_in(store, sent("goal", goal, lost, 5, dimension="home", title="x"))
    take_in(store, sent("goal", other, kept, 6, dimension="home", title="x"))
    with store.transaction() as session:
        drafts.keep(session, f"contact:{lost.partition(':')[2]}:{contact}", {"own_words": "opfundet"}, NOW)
        drafts.keep(session, f"step:{goal}", {"text": "opfundet"}, NOW)
        drafts.keep(session, f"step:{other}", {"text": "opfundet"}, NOW)
    change_view(store, kept)
    with store.reading() as session:
        assert [row.key for row in drafts.read_all(session)] == [f"step:{other}"]


def test_unsent_work_in_a_lost_scope_is_still_sent(store: Store):
    scope = citizen_scope(an_id())
    change_view(store, scope)
    for mode in ("met", "talked"):
        with store.transaction() as session:
            records.add(session, ContactRow(scope=scope, occurred_at=NOW, mode=mode), NOW)
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=outbox.waiting(session)[0].op, result="ok", seq=3)])
    change_view(store)
    with store.reading() as session:
        assert session.exec(select(ContactRow)).all() == []
        assert [o.fields["mode"] for o in outbox.waiting(session)] == ["talked"]
        assert outbox.counts(session) == outbox.Counts(waiting=1)


def test_a_citizen_born_here_is_held_until_the_server_knows_them(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen)
    change_view(store, worker_scope(an_id()))
    assert held(store, goal) is not None
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=o.op, result="ok", seq=3) for o in outbox.waiting(session)])
    change_view(store, worker_scope(an_id()))
    assert held(store, goal) is None


def test_the_same_view_again_loses_nothing_and_asks_for_nothing(store: Store):
    scope = citizen_scope(an_id())
    change_view(store, scope)
    take_in(store, sent("goal", an_id(), scope, 5, dimension="home", title="x"))
    with store.transaction() as session:
        sync_state.get(session).behind = {}
    change_view(store, scope)
    assert scopes_here(store) == {scope}
    with store.reading() as session:
        assert sync_state.get(session).behind == {}
        assert sync_state.get(session).erased_in == 0


# A reset


def test_a_reset_leaves_every_row_readable_until_it_is_confirmed_or_over(store: Store):
    scope, kept, dropped = citizen_scope(an_id()), an_id(), an_id()
    for id in (kept, dropped):
        take_in(store, sent("goal", id, scope, 5, dimension="home", title="x"))
    take_in(store, sent("hologram", an_id(), scope, 5))
    mine = a_citizen(store)
    with store.transaction() as session:
        incoming.mark_stale(session)
    assert _goal(store, dropped).stale
    take_in(store, sent("goal", kept, scope, 6, dimension="home", title="x"))
    with store.transaction() as session:
        erasing.drop_stale(session)
    with store.reading() as session:
        assert [row.id for row in session.exec(select(GoalRow))] == [kept]
        assert [row.id for row in session.exec(select(CitizenRow))] == [mine.id]
        assert session.exec(select(UnknownRow)).all() == []
        assert not session.get_one(GoalRow, kept).stale


# What the server holds otherwise


def test_a_doubted_scope_is_fetched_again_and_stays_as_it_was_until_then(store: Store):
    one, two = citizen_scope(an_id()), citizen_scope(an_id())
    change_view(store, one, two)
    for scope in (one, two):
        take_in(
            store, sent("goal", an_id(), scope, 5, dimension="home", title="x"), sent("hologram", an_id(), scope, 6)
        )
    with store.transaction() as session:
        sync_state.get(session).behind = {}
        incoming.doubt(session, [one, citizen_scope(an_id()), "nonsense"])
    with store.reading() as session:
        state = sync_state.get(session)
        assert (state.behind, state.resetting) == ({one: 0}, True)
        assert {row.scope for row in session.exec(select(GoalRow)) if row.stale} == {one}
        assert {row.scope for row in session.exec(select(UnknownRow)) if row.stale} == {one}
    assert scopes_here(store) == {one, two}


def test_a_doubt_about_what_is_not_seen_here_is_none(store: Store):
    change_view(store, citizen_scope(an_id()))
    with store.transaction() as session:
        before = sync_state.get(session).behind
        incoming.doubt(session, [citizen_scope(an_id())])
        assert (sync_state.get(session).behind, sync_state.get(session).resetting) == (before, False)


def test_what_nobody_confirmed_goes_for_good_but_for_own_work_and_drafts(store: Store):
    scope = citizen_scope(an_id())
    change_view(store, scope)
    gone, edited = an_id(), an_id()
    for id in (gone, edited):
        take_in(store, sent("goal", id, scope, 5, dimension="home", title="x"))
    with store.transaction() as session:
        records.change(session, session.get_one(GoalRow, edited), LATER, title="Min")
        drafts.keep(session, f"step:{gone}", {"text": "Opdigtet"}, NOW)
        incoming.mark_stale(session)
        erasing.drop_stale(session)
    with store.reading() as session:
        assert [row.id for row in session.exec(select(GoalRow))] == [edited]
        assert drafts.read(session, f"step:{gone}") is not None
        assert sync_state.get(session).erased_in == store.vault.generation


@pytest.mark.parametrize("resetting", [True, False])
def test_a_row_that_only_own_work_kept_goes_with_it_once_the_reset_is_over(store: Store, resetting: bool):
    scope, edited = citizen_scope(an_id()), an_id()
    change_view(store, scope)
    take_in(store, sent("goal", edited, scope, 5, dimension="home", title="x"))
    with store.transaction() as session:
        records.change(session, session.get_one(GoalRow, edited), LATER, title="Min")
        [operation] = outbox.waiting(session)
        outbox.settle(session, [Ack(ack=operation.op, result="refused", why="unknown_record")])
        incoming.mark_stale(session)
        if not resetting:
            erasing.drop_stale(session)
        sync_state.get(session).resetting = resetting
        outbox.discard(session, operation.op)
    with store.reading() as session:
        assert [(row.title, row.stale) for row in session.exec(select(GoalRow))] == ([("x", True)] if resetting else [])
