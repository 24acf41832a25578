"""Two people wrote about the same thing, and what waits to be sent."""

import json
from typing import Any

import pytest

from fieldapp.actions import citizens, conflicts, contacts, goals, next_steps
from fieldapp.actions import outbox as page
from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from fieldapp.store import outbox, sync_state
from fieldapp.wire import Ack, Row
from tests.desks import FREJA, KARIM, Clock, a_row, arrive, seed
from tests.examples import TODAY, an_id


def a_conflict(about: Row, field: str, stored: Any, kept: Any, by: tuple[str, str] = (KARIM, FREJA)) -> Row:
    """`stored` stands, `kept` was displaced; `by` wrote them in this order."""
    values = {"stored": json.dumps(stored), "kept": json.dumps(kept), "stored_by": by[0], "kept_by": by[1]}
    citizen = about.scope.partition(":")[2]
    return a_row("conflict", citizen, about_kind=about.row, about=about.id, field=field, **values)


@pytest.fixture
def goal(desk: Desk) -> Row:
    """Karim's title stands, Freja's was displaced."""
    goal = a_row("goal", seed(desk), dimension="housing", title="En altan")
    arrive(desk, goal, a_conflict(goal, "title", "En altan", "Et bord"))
    return goal


def test_both_texts_are_shown_with_whose_they_are(desk: Desk, goal: Row) -> None:
    found = conflicts.read(desk)
    assert [(c.name, c.kind, c.field, c.mine, c.theirs, c.who, c.stands) for c in found] == [
        ("Åse", "goal", "title", "Et bord", "En altan", "Karim Lyngå", "theirs")
    ]
    assert [g.two_versions for g in goals.read(desk, found[0].citizen)] == [True]


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Et bord"), ("theirs", "En altan"), ("both", "En altan\nEt bord")]
)
def test_a_person_decides_which_text_stands(desk: Desk, goal: Row, choice: conflicts.Choice, title: str) -> None:
    found = conflicts.read(desk)[0]
    conflicts.resolve(desk, found.id, choice)
    assert conflicts.read(desk) == ()
    read = goals.read(desk, found.citizen)[0]
    assert (read.title, read.two_versions) == (title, False)
    with desk.store.reading() as session:
        *changes, decision = outbox.waiting(session)
    assert [change.fields for change in changes] == ([] if choice == "theirs" else [{"title": title}])
    version = {"mine": "kept", "theirs": "stored", "both": "both"}[choice]
    assert (decision.kind, decision.fields) == ("conflict_decision", {"conflict": found.id, "version": version})


def test_a_decision_by_a_colleague_reaches_this_device_too(desk: Desk, goal: Row) -> None:
    citizen = goal.scope.partition(":")[2]
    arrive(desk, a_row("goal", citizen, author=KARIM, id=goal.id, dimension="housing", title="Et bord på altanen"))
    assert conflicts.read(desk) == ()


def test_that_what_stands_may_stay_is_decided_for_colleagues_too(desk: Desk, goal: Row) -> None:
    found = conflicts.read(desk)[0]
    citizen = goal.scope.partition(":")[2]
    arrive(desk, a_row("conflict_decision", citizen, author=KARIM, conflict=found.id, version="stored"))
    assert conflicts.read(desk) == ()
    assert [g.title for g in goals.read(desk, citizen)] == ["En altan"]


def test_between_two_colleagues_nobody_is_called_you(desk: Desk) -> None:
    sofie = an_id()
    goal = a_row("goal", seed(desk), dimension="housing", title="En altan")
    arrive(desk, goal, a_conflict(goal, "title", "En altan", "Et bord", by=(KARIM, sofie)))
    found = conflicts.read(desk)[0]
    assert (found.own, found.mine, found.other, found.theirs, found.who) == (
        *(False, "En altan", "Karim Lyngå"),
        *("Et bord", None),
    )


def test_of_two_conflicts_about_one_field_both_wait(desk: Desk) -> None:
    goal = a_row("goal", seed(desk), dimension="housing", title="C")
    arrive(desk, goal, a_conflict(goal, "title", "B", "A"), a_conflict(goal, "title", "C", "B"))
    assert [(c.theirs, c.mine) for c in conflicts.read(desk)] == [("B", "A"), ("C", "B")]


def test_a_day_can_be_chosen_but_not_kept_twice(desk: Desk) -> None:
    citizen = seed(desk)
    step = a_row("next_step", citizen, on=TODAY)
    arrive(desk, step, a_conflict(step, "on", "2026-11-25", "2026-11-27", by=(FREJA, KARIM)))
    found = conflicts.read(desk)[0]
    assert (found.mine, found.theirs, found.stands, found.both) == ("2026-11-25", "2026-11-27", "mine", None)
    assert not found.too_long
    with pytest.raises(RecordError, match="not_text"):
        conflicts.resolve(desk, found.id, "both")
    conflicts.resolve(desk, found.id, "theirs")
    read = next_steps.read(desk, citizen)
    assert read is not None
    assert read.on.isoformat() == "2026-11-27"


@pytest.mark.parametrize(("length", "fits"), [(249, True), (250, True), (251, False)])
def test_both_are_offered_only_where_there_is_room_for_both(desk: Desk, length: int, fits: bool) -> None:
    """A goal's title has room for 500."""
    stands, other = "a" * 249, "b" * length
    goal = a_row("goal", seed(desk), dimension="housing", title=stands)
    arrive(desk, goal, a_conflict(goal, "title", stands, other))
    found = conflicts.read(desk)[0]
    assert (found.both is not None, found.too_long) == (fits, not fits)
    if not fits:
        with pytest.raises(RecordError, match="too_long"):
            conflicts.resolve(desk, found.id, "both")
        return
    conflicts.resolve(desk, found.id, "both")
    assert [g.title for g in goals.read(desk, found.citizen)] == [f"{stands}\n{other}"]


@pytest.mark.parametrize(
    ("field", "stored", "kept", "both"),
    [
        ("known_as", "Åse", "Ægir", "Åse / Ægir"),
        ("known_places", "Banegården", "Havnen", "Banegården\nHavnen"),
        ("phone", "00000001", "00000002", None),
    ],
)
def test_a_name_stays_on_one_line_and_a_number_is_one(
    desk: Desk, field: str, stored: str, kept: str, both: str | None
) -> None:
    citizen = seed(desk, **{field: stored})
    row = Row(row="citizen", id=citizen, scope=f"citizen:{citizen}", seq=1)
    arrive(desk, a_conflict(row, field, stored, kept))
    found = conflicts.read(desk)[0]
    assert (found.both, found.too_long) == (both, False)


def test_a_cpr_number_is_never_shown(desk: Desk) -> None:
    citizen = seed(desk, cpr="010203-0000")
    row = Row(row="citizen", id=citizen, scope=f"citizen:{citizen}", seq=1)
    arrive(desk, a_conflict(row, "cpr", "010203-0000", "010203-0001"))
    found = conflicts.read(desk)[0]
    assert (found.mine, found.theirs) == ("010203-****", "010203-****")
    assert found.both is None
    conflicts.resolve(desk, found.id, "mine")
    with desk.store.reading() as session:
        assert outbox.waiting(session)[0].fields == {"cpr": "010203-0001"}


def test_a_conflict_about_something_gone_or_unknown_asks_nobody(desk: Desk) -> None:
    citizen = seed(desk)
    gone = a_row("goal", citizen, dimension="housing", title="A", void="undone")
    newer = a_row("goal", citizen, dimension="housing", title="A")
    about = [a_conflict(gone, "title", "A", "B"), a_conflict(newer, "colour", "A", "B")]
    arrive(desk, gone, newer, *about)
    assert conflicts.read(desk) == ()
    for row in about:
        with pytest.raises(RecordError, match="gone"):
            conflicts.resolve(desk, row.id, "mine")


def test_what_waits_is_told_a_line_a_record(desk: Desk, clock: Clock) -> None:
    bent = seed(desk, "Bent", tried=(3,))
    first = contacts.note(desk, bent, contacts.ContactForm(own_words="Fortroligt"))
    clock.move(minutes=5)
    citizens.opened(desk, bent)
    goal = goals.add(desk, bent, goals.GoalForm("housing", "Et bord")).id
    goals.change_title(desk, goal, "Et rundt bord")
    lines = page.waiting(desk)
    assert [(x.kind, x.word, x.name, x.state, len(x.ops)) for x in lines] == [
        ("contact", "met", "Bent", "here", 1),
        ("goal", None, "Bent", "here", 2),
    ]
    assert lines[0].record == first.id
    assert "Fortroligt" not in repr(lines)


def test_what_was_refused_comes_first_says_why_and_can_be_let_go(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    contacts.note(desk, citizen, contacts.ContactForm())
    clock.move(minutes=5)
    refused = contacts.note(desk, citizen, contacts.ContactForm(mode="talked"))
    clock.move(minutes=5)
    handed = contacts.note(desk, citizen, contacts.ContactForm(mode="wrote"))
    with desk.store.transaction() as session:
        ops = {operation.id: operation.op for operation in outbox.waiting(session)}
        acks = [
            Ack(ack=ops[refused.id], result="refused", why="scope"),
            Ack(ack=ops[handed.id], result="quarantined", seq=9),
        ]
        sync_state.get(session).view = [f"citizen:{citizen}"]  # what is another's now has not left yet
        outbox.settle(session, acks, upto=9)
    lines = page.waiting(desk)
    assert [(x.word, x.state, x.why) for x in lines] == [
        ("talked", "needs_you", "scope"),
        ("met", "here", None),
        ("wrote", "quarantined", None),
    ]
    page.let_go(desk, lines[0])
    page.let_go(desk, lines[1])  # what only waits is never let go
    assert [x.word for x in page.waiting(desk)] == ["met", "wrote"]
    assert [m.word for m in contacts.timeline(desk, citizen)] == ["wrote", "met"]


def test_a_record_of_a_citizen_who_left_the_phone_waits_without_a_name(desk: Desk) -> None:
    contacts.note(desk, an_id(), contacts.ContactForm())
    assert [(x.kind, x.name) for x in page.waiting(desk)] == [("contact", None)]
