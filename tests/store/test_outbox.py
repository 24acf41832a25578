"""An operation leaves the outbox only by its own acknowledgement, and is forgotten only when it is durable."""

from datetime import timedelta

import pytest
from sqlmodel import select

from fieldapp.store import drafts, incoming, outbox, records, sync_state
from fieldapp.store.bookkeeping import OutboxRow
from fieldapp.store.database import Store
from fieldapp.store.tables import AccessRow, CitizenRow, ConflictRow, GoalRow, StepRow
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.store.rows import a_citizen, a_goal, held, sent

LATER = NOW + timedelta(minutes=5)


def ops(store: Store) -> list[str]:
    with store.reading() as session:
        return [operation.op for operation in outbox.waiting(session)]


def settle(store: Store, *acks: Ack, upto: int = 0) -> None:
    with store.transaction() as session:
        outbox.settle(session, acks, upto)


def counts(store: Store) -> outbox.Counts:
    with store.reading() as session:
        return outbox.counts(session)


def test_operations_wait_in_the_order_they_were_done(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen)
    with store.transaction() as session:
        records.change(session, goal, LATER, outcome="reached")
        records.void(session, goal, LATER, "Fortrudt")
    with store.reading() as session:
        found = outbox.waiting(session)
        assert [(o.do, o.kind) for o in found] == [
            ("add", "citizen"),
            ("add", "goal"),
            ("change", "goal"),
            ("void", "goal"),
        ]
        assert outbox.waiting(session, limit=2) == found[:2]
        assert outbox.waiting(session, skip=[found[0].op]) == found[1:]


@pytest.mark.parametrize(("result", "state"), [("ok", "kept"), ("conflict", "kept"), ("quarantined", "quarantined")])
def test_only_the_acknowledged_operation_leaves(store: Store, result: str, state: str):
    for _ in range(3):
        a_citizen(store)
    first, second, third = ops(store)
    settle(store, Ack(ack=second, result=result, seq=9))  # type: ignore[arg-type]
    assert ops(store) == [first, third]
    assert counts(store) == outbox.Counts(waiting=2, **{state: 1})


def test_an_operation_that_waits_for_a_birth_is_sent_again(store: Store):
    a_citizen(store)
    before = ops(store)
    settle(store, Ack(ack=before[0], result="waits"))
    assert ops(store) == before


def test_an_acknowledgement_of_something_else_changes_nothing(store: Store):
    a_citizen(store)
    settle(store, Ack(ack=an_id(), result="ok", seq=4))
    assert len(ops(store)) == 1


def test_a_kept_operation_is_forgotten_when_the_server_has_it_for_good(store: Store):
    for _ in range(2):
        a_citizen(store)
    first, second = ops(store)
    settle(store, Ack(ack=first, result="ok", seq=5), Ack(ack=second, result="quarantined"), upto=6)
    with store.transaction() as session:
        outbox.made_durable(session, 5)
    assert counts(store) == outbox.Counts(quarantined=1)
    with store.transaction() as session:
        outbox.made_durable(session, 6)
    assert counts(store) == outbox.Counts(quarantined=1), "it has no number of its own: a backup at 6 may lack it"
    with store.transaction() as session:
        outbox.made_durable(session, 7)
    assert counts(store) == outbox.Counts()


def test_what_is_not_durable_is_offered_again_before_all_newer_work(store: Store):
    for _ in range(3):
        a_citizen(store)
    first, second, third = ops(store)
    settle(store, Ack(ack=second, result="ok", seq=5), Ack(ack=first, result="ok", seq=4))
    with store.transaction() as session:
        assert outbox.offer_again(session) == 2
    assert ops(store) == [first, second, third]


def handed_on(store: Store, citizen: CitizenRow, *, held: bool) -> str:
    """Work on a citizen who is others' now; the operation."""
    goal = a_goal(store, citizen)
    with store.transaction() as session:
        sync_state.get(session).view = [citizen.scope] if held else []
        op = outbox.waiting(session)[-1].op
        outbox.settle(session, [Ack(ack=op, result="quarantined")])
        assert (session.get(GoalRow, goal.id) is not None) is held
    return op


def a_notice(store: Store, what: str, op: str) -> str:
    id, worker = an_id(), an_id()
    said = {"what": what, "citizen": an_id(), "from_at": NOW.isoformat(), "about": op}
    with store.transaction() as session:
        incoming.take_in(session, [sent("notice", id, f"worker:{worker}", 9, **said)])
    return id


@pytest.mark.parametrize("held", [True, False])
def test_of_a_citizen_who_has_left_only_what_waits_stays_behind(store: Store, held: bool):
    handed_on(store, a_citizen(store), held=held)
    assert counts(store).quarantined == 1


@pytest.mark.parametrize(("what", "left"), [("quarantined", 1), ("accepted", 0), ("rejected", 0), ("lost", 1)])
def test_what_waits_for_others_leaves_when_its_writer_is_told_of_their_decision(store: Store, what: str, left: int):
    op = handed_on(store, a_citizen(store), held=False)
    a_notice(store, what, op)
    assert counts(store).quarantined == left


def test_a_decision_told_before_the_work_was_offered_again_is_not_forgotten(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen)
    op = ops(store)[-1]
    a_notice(store, "accepted", op)
    settle(store, Ack(ack=op, result="quarantined"))
    assert counts(store).quarantined == 0 and held(store, goal) is None


def test_what_waits_for_others_goes_when_the_citizen_is_erased_with_them(store: Store):
    op = handed_on(store, a_citizen(store), held=False)
    notice = a_notice(store, "quarantined", op)
    with store.transaction() as session:
        erased = sent("notice", notice, f"worker:{an_id()}", 10)
        incoming.take_in(session, [erased.model_copy(update={"deleted": True})])
    assert counts(store).quarantined == 0


def told(store: Store) -> outbox.Counts:
    with store.reading() as session:
        return outbox.told(session)


def test_what_nobody_wrote_is_sent_and_not_told(store: Store):
    citizen = a_citizen(store)
    with store.transaction() as session:
        records.add(session, AccessRow(opened_at=NOW, scope=citizen.scope), NOW)
    assert len(ops(store)) == counts(store).waiting == 2 and told(store).waiting == 1


def test_what_is_told_is_records_not_operations(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Anden")
    assert len(ops(store)) == counts(store).waiting == 3 and told(store).waiting == 2


def test_a_refused_operation_stays_with_its_reason_and_blocks_nothing(store: Store):
    for _ in range(2):
        a_citizen(store)
    first, second = ops(store)
    settle(store, Ack(ack=first, result="refused", why="scope"))
    assert ops(store) == [second]
    with store.reading() as session:
        assert [(row.op, row.why) for row in outbox.refused(session)] == [(first, "scope")]


def test_a_refused_change_stays_on_screen_until_the_worker_lets_it_go(store: Store):
    goal = a_goal(store, a_citizen(store), title="Første")
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Anden")
    last = ops(store)[-1]
    settle(store, Ack(ack=last, result="refused", why="scope"))
    assert _title(store, goal) == "Anden"
    with store.transaction() as session:
        outbox.discard(session, last)
    assert _title(store, goal) == "Første"
    assert counts(store).refused == 0


def test_letting_one_change_go_leaves_a_newer_one_on_the_same_field(store: Store):
    goal = a_goal(store, a_citizen(store), title="Første")
    for title in ("Anden", "Tredje"):
        with store.transaction() as session:
            records.change(session, goal, LATER, title=title)
    second = ops(store)[-2]
    settle(store, Ack(ack=second, result="refused"))
    with store.transaction() as session:
        outbox.discard(session, second)
    assert _title(store, goal) == "Tredje"


def test_letting_a_refused_void_go_brings_the_record_back(store: Store):
    goal = a_goal(store, a_citizen(store))
    with store.transaction() as session:
        records.void(session, goal, LATER, "Fortrudt")
    last = ops(store)[-1]
    settle(store, Ack(ack=last, result="refused"))
    with store.transaction() as session:
        outbox.discard(session, last)
    found = held(store, goal)
    assert found is not None
    assert found.void_reason is None


def test_letting_a_refused_record_go_removes_it(store: Store):
    goal = a_goal(store, a_citizen(store))
    last = ops(store)[-1]
    settle(store, Ack(ack=last, result="refused"))
    with store.transaction() as session:
        outbox.discard(session, last)
    assert held(store, goal) is None


def test_letting_a_refused_goal_go_leaves_its_refused_step_to_be_asked_about(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen)
    step = StepRow(goal=goal.id, text="Opdigtet", scope=citizen.scope)
    with store.transaction() as session:
        records.add(session, step, NOW)
    *_, first, second = ops(store)
    settle(store, Ack(ack=first, result="refused", why="x"), Ack(ack=second, result="refused", why="x"))
    with store.transaction() as session:
        outbox.discard(session, first)
        assert session.get(StepRow, step.id) is not None
        assert [row.op for row in outbox.refused(session)] == [second]


def test_only_what_was_refused_can_be_let_go(store: Store):
    citizen = a_citizen(store)
    with store.transaction() as session:
        outbox.discard(session, ops_in(session)[0])
    assert held(store, citizen) is not None
    assert len(ops(store)) == 1


def ops_in(session):  # type: ignore[no-untyped-def]
    return list(session.exec(select(OutboxRow.op)))


def test_gone_erases_the_record_with_all_that_is_about_it(store: Store):
    citizen = a_citizen(store)
    goal, other = a_goal(store, citizen), a_goal(store, citizen)
    with store.transaction() as session:
        drafts.keep(session, f"goal:{goal.id}", {"title": "halvt"}, NOW)
        conflict = sent("conflict", an_id(), citizen.scope, 3, about_kind="goal", about=goal.id, field="title")
        incoming.take_in(session, [conflict])
    settle(store, Ack(ack=ops(store)[1], result="gone"))
    assert held(store, goal) is None
    assert held(store, other) is not None
    assert len(ops(store)) == 2
    with store.reading() as session:
        assert drafts.read_all(session) == []
        assert session.exec(select(ConflictRow)).all() == []
        assert sync_state.get(session).erased_in == store.vault.generation


def test_a_citizen_that_is_gone_takes_everything_along(store: Store):
    citizen, other = a_citizen(store), a_citizen(store)
    goal = a_goal(store, citizen)
    with store.transaction() as session:
        records.add(session, StepRow(scope=citizen.scope, goal=goal.id, text="Ringe"), NOW)
        drafts.keep(session, f"contact:{citizen.id}", {}, NOW)
        drafts.keep(session, f"contact:{other.id}", {}, NOW)
    settle(store, Ack(ack=ops(store)[0], result="gone"))
    with store.reading() as session:
        assert [row.id for row in session.exec(select(CitizenRow))] == [other.id]
        assert session.exec(select(GoalRow)).all() == session.exec(select(StepRow)).all() == []
        assert [row.key for row in drafts.read_all(session)] == [f"contact:{other.id}"]
        assert {o.id for o in outbox.waiting(session)} == {other.id}


def test_the_states_of_a_scope_name_what_is_unsent(store: Store):
    citizen = a_citizen(store)
    goal = a_goal(store, citizen)
    with store.transaction() as session:
        records.change(session, goal, LATER, title="Anden")
    _, added, changed = ops(store)
    settle(store, Ack(ack=added, result="refused"))
    with store.reading() as session:
        assert outbox.states(session, citizen.scope) == {citizen.id: "waiting", goal.id: "refused"}
    settle(store, Ack(ack=changed, result="ok", seq=4))
    with store.reading() as session:
        assert outbox.states(session, citizen.scope) == {citizen.id: "waiting", goal.id: "refused"}
        assert outbox.states(session, a_scope_without_rows()) == {}


def a_scope_without_rows() -> str:
    return f"citizen:{an_id()}"


def _title(store: Store, goal: GoalRow) -> str:
    found = held(store, goal)
    assert isinstance(found, GoalRow)
    return found.title


def test_letting_a_whole_chain_go_shows_what_stood_before_it(store: Store):
    goal = a_goal(store, a_citizen(store), title="Første")
    for title in ("Anden", "Tredje"):
        with store.transaction() as session:
            records.change(session, goal, LATER, title=title)
    chain = ops(store)[-2:]
    settle(store, *(Ack(ack=op, result="refused") for op in chain))
    for op in chain:
        with store.transaction() as session:
            outbox.discard(session, op)
    assert _title(store, goal) == "Første"
