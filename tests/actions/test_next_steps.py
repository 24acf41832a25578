"""The next step can be changed, never emptied."""

from datetime import time, timedelta

import pytest

from fieldapp.actions import next_steps, today
from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from tests.desks import FREJA, Clock, seed
from tests.examples import TODAY, an_id


def test_a_planned_step_takes_the_place_of_the_rhythms(desk: Desk) -> None:
    citizen = seed(desk, met=(2,))
    step = next_steps.plan(
        desk, citizen, TODAY + timedelta(days=2), at=time(9, 30), text=" Kaffe ", agreed=True
    ).next_step
    assert (step.on, step.at, step.text, step.agreed, step.worker) == (
        TODAY + timedelta(days=2),
        time(9, 30),
        "Kaffe",
        True,
        FREJA,
    )
    assert next_steps.read(desk, citizen) == step


def test_planning_again_moves_the_step_that_stood(desk: Desk) -> None:
    citizen = seed(desk, met=(2,))
    first = next_steps.plan(desk, citizen, TODAY + timedelta(days=2), at=time(9, 30), agreed=True).next_step
    second = next_steps.plan(desk, citizen, TODAY + timedelta(days=3)).next_step
    assert (second.id, second.on, second.at, second.agreed) == (first.id, TODAY + timedelta(days=3), None, False)
    with desk.store.reading() as session:
        assert len(next_steps.open_steps(session, citizen)) == 1


def test_when_a_step_is_done_the_next_one_is_there(desk: Desk) -> None:
    citizen = seed(desk, met=(2,))
    next_steps.plan(desk, citizen, TODAY)
    step = next_steps.done(desk, citizen)
    assert step is not None
    assert step.id is None
    assert next_steps.done(desk, citizen) == step  # nothing planned, nothing to tick off: the rhythm's day stands


def test_somebody_whose_support_has_ended_has_no_next_step(desk: Desk) -> None:
    citizen = seed(desk, met=(9,), more=(("closing", {"on": TODAY, "ground": "death"}),))
    assert next_steps.read(desk, citizen) is None
    assert next_steps.suggestion(desk, citizen) is None
    with pytest.raises(RecordError, match="gone"):
        next_steps.plan(desk, citizen, TODAY)
    assert next_steps.read(desk, an_id()) is None


def test_nothing_stays_of_a_plan_that_was_refused(desk: Desk) -> None:
    gone = an_id()
    with pytest.raises(RecordError, match="gone"):
        next_steps.plan(desk, gone, TODAY)
    with desk.store.reading() as session:
        assert next_steps.open_steps(session, gone) == []


def test_what_can_wait_is_moved_and_nobody_drops_off(desk: Desk, clock: Clock) -> None:
    waiting = [seed(desk, f"Borger {n}", met=(30 + n,)) for n in range(8)]
    day = today.read(desk)
    assert len(day.reach) == 5
    later = [row.citizen for row in day.later]
    assert len(later) == 3
    today.move_later(desk, later, day.later_on)
    after = today.read(desk)
    assert (len(after.reach), after.later, after.citizens) == (5, (), 8)
    clock.move(days=(day.later_on - TODAY).days)
    listed = today.read(desk)
    assert {row.citizen for row in (*listed.reach, *listed.later)} == set(waiting)


def test_what_was_moved_can_be_moved_again(desk: Desk) -> None:
    citizen = seed(desk, met=(30,))
    for days in (1, 8):
        today.move_later(desk, [citizen], TODAY + timedelta(days=days))
    with desk.store.reading() as session:
        assert [step.on for step in next_steps.open_steps(session, citizen)] == [TODAY + timedelta(days=8)]


def test_moving_to_a_day_gone_by_means_today(desk: Desk) -> None:
    citizen = seed(desk, met=(30,))
    today.move_later(desk, [citizen], TODAY - timedelta(days=3))
    assert next_steps.read(desk, citizen).on == TODAY  # type: ignore[union-attr]


def test_what_is_done_or_moved_is_the_step_that_is_shown(desk: Desk) -> None:
    """An appointment nobody kept is past since somebody wrote: it is not what *Gjort* and *Ændr* are about."""
    missed = ("next_step", {"on": TODAY - timedelta(days=3), "text": "Kaffe", "agreed": True})
    ahead = ("next_step", {"on": TODAY + timedelta(days=5), "text": "Opfundet møde", "agreed": True})
    citizen, other = (seed(desk, met=(9,), tried=(1,), more=(missed, ahead)) for _ in range(2))
    shown = next_steps.read(desk, citizen)
    assert shown is not None and shown.text == "Opfundet møde"
    moved = next_steps.plan(desk, citizen, TODAY + timedelta(days=6), text="Opfundet møde", agreed=True).next_step
    assert moved.on == TODAY + timedelta(days=6)
    left = next_steps.done(desk, other)
    assert left is None or left.text != "Opfundet møde"


def test_an_appointment_far_ahead_is_not_overwritten_by_the_step_before_it(desk: Desk) -> None:
    far = ("next_step", {"on": TODAY + timedelta(days=60), "text": "Opfundet lægetid", "agreed": True})
    citizen = seed(desk, met=(2,), more=(far,))
    next_steps.plan(desk, citizen, TODAY + timedelta(days=2), text="Sms")
    next_steps.done(desk, citizen)
    next_steps.done(desk, citizen)
    with desk.store.reading() as session:
        left = [(step.on, step.text) for step in next_steps.open_steps(session, citizen)]
    assert left == [(TODAY + timedelta(days=60), "Opfundet lægetid")]
