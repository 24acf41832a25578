"""When the device exchanges: decided without a clock, acted on beside the screen."""

import asyncio
import random
import threading
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.errors import NoConnection, ServerTrouble, VedholdError
from fieldapp.settings import Settings
from fieldapp.sync.schedule import LEAST_OFTEN, MOST_OFTEN, SOON, SPREAD, Draw, Runner, Schedule


def highest(low: float, high: float) -> float:
    return high


def a_schedule(draw: Draw = highest) -> Schedule:
    return Schedule(draw, Settings(retry_first=2, retry_longest=900))


def test_nothing_is_due_before_anything_happened() -> None:
    assert a_schedule().next(0) is None


def test_the_start_and_a_resume_exchange_at_once() -> None:
    schedule = a_schedule()
    schedule.started(10)
    assert schedule.next(10) == 0
    schedule.began(10)
    schedule.succeeded(11, 300)
    assert schedule.next(11) == 300
    schedule.hidden(20)
    assert schedule.next(20) is None
    schedule.resumed(40)
    assert schedule.next(40) == 0


def test_a_write_exchanges_soon_and_more_writes_do_not_put_it_off() -> None:
    schedule = a_schedule()
    schedule.wrote(5)
    assert schedule.next(5) == SOON
    schedule.wrote(6)
    assert schedule.next(6) == SOON - 1


def test_a_write_is_sent_although_the_app_was_hidden_after_it() -> None:
    schedule = a_schedule()
    schedule.wrote(5)
    schedule.hidden(6)
    assert schedule.next(6) == SOON - 1


def test_a_write_during_a_round_is_not_forgotten_by_its_success() -> None:
    schedule = a_schedule()
    schedule.started(0)
    schedule.began(0)
    schedule.wrote(1)
    schedule.succeeded(2, 300)
    assert schedule.next(2) == SOON - 1


def test_a_network_spreads_the_phones_over_a_minute() -> None:
    schedule = a_schedule()
    schedule.network(100)
    assert schedule.next(100) == SPREAD
    early = a_schedule(lambda low, high: low)
    early.network(100)
    assert early.next(100) == 0


def test_the_timer_follows_the_server_within_reason() -> None:
    schedule = a_schedule()
    for said, kept in ((300, 300.0), (0, MOST_OFTEN), (10**9, LEAST_OFTEN)):
        schedule.began(0)
        schedule.succeeded(0, said)
        assert schedule.next(0) == kept


def test_a_round_with_work_left_is_followed_at_once() -> None:
    schedule = a_schedule()
    schedule.began(0)
    schedule.succeeded(0, 300, more=True)
    assert schedule.next(0) == 0


def test_failures_wait_longer_and_longer_up_to_a_quarter_of_an_hour() -> None:
    schedule, waits = a_schedule(), []
    for _ in range(12):
        schedule.began(0)
        schedule.failed(0)
        waits.append(schedule.next(0))
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert waits[-1] == 900


def test_the_wait_is_drawn_from_the_whole_span() -> None:
    asked: list[tuple[float, float]] = []

    def draw(low: float, high: float) -> float:
        asked.append((low, high))
        return low

    schedule = a_schedule(draw)
    schedule.failed(0)
    schedule.failed(0)
    assert asked == [(0, 2), (0, 4)]


def test_retry_after_is_obeyed_whatever_happens() -> None:
    schedule = a_schedule()
    schedule.began(0)
    schedule.failed(0, retry_after=120)
    assert schedule.next(0) == 120
    for event in (schedule.asked, schedule.resumed, schedule.wrote):
        event(10)
        assert schedule.next(10) == 110
    assert schedule.next(121) == 0


def test_a_write_does_not_hurry_a_server_in_trouble_but_the_worker_may() -> None:
    schedule = a_schedule()
    for _ in range(6):
        schedule.began(0)
        schedule.failed(0)
    schedule.wrote(1)
    assert schedule.next(1) == 63
    schedule.asked(1)
    assert schedule.next(1) == 0


def test_success_forgets_the_failures() -> None:
    schedule = a_schedule()
    for _ in range(6):
        schedule.failed(0)
    schedule.succeeded(0, 300)
    schedule.failed(0)
    assert schedule.next(0) == 2


EVENTS = ("started", "resumed", "hidden", "asked", "wrote", "network", "began", "succeeded", "failed")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 400)), max_size=40), st.integers(0, 2**32))
def test_while_in_front_a_round_always_plans_the_next_within_the_hour(
    happened: list[tuple[str, int]], seed: int
) -> None:
    schedule, now = a_schedule(random.Random(seed).uniform), 0.0
    for name, later in happened:
        now += later
        more = {"succeeded": (float(later),), "failed": (later,)}.get(name, ())
        getattr(schedule, name)(now, *more)
    schedule.resumed(now)
    schedule.began(now)
    schedule.failed(now)
    due = schedule.next(now)
    assert due is not None
    assert 0 <= due <= LEAST_OFTEN


async def rounds(runner: Runner, enough: asyncio.Event) -> None:
    task = asyncio.create_task(runner.run())
    await asyncio.wait_for(enough.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_loop_keeps_going_after_failures_and_faults() -> None:
    script: list[VedholdError | ZeroDivisionError | None] = [NoConnection(), ServerTrouble(), ZeroDivisionError(), None]
    enough, seen, turns = asyncio.Event(), [], count()

    def one_round() -> tuple[float, bool]:
        if error := script[next(turns)]:
            raise error
        return 300.0, False

    def changed() -> None:
        seen.append(threading.current_thread())
        if len(seen) == len(script):
            enough.set()

    runner = Runner(a_schedule(lambda low, high: 0.0), one_round, changed)
    await rounds(runner, enough)
    assert set(seen) == {threading.main_thread()}
    assert runner.next_in is not None
    assert runner.next_in > 200


async def test_a_round_never_blocks_the_screen_and_never_meets_another() -> None:
    enough, begun, release = asyncio.Event(), asyncio.Event(), threading.Event()
    running: list[int] = []
    met: list[int] = []
    loop = asyncio.get_running_loop()

    def one_round() -> tuple[float, bool]:
        met.append(len(running))
        running.append(1)
        loop.call_soon_threadsafe(begun.set)
        release.wait(20)
        running.pop()
        return 300.0, False

    finished = count(1)
    runner = Runner(a_schedule(), one_round, lambda: enough.set() if next(finished) == 2 else None)
    runner.tell(Schedule.wrote)
    task = asyncio.create_task(rounds(runner, enough))
    await asyncio.wait_for(begun.wait(), 20)  # the loop runs while the round stands still: the screen would draw
    runner.tell(Schedule.asked)
    threading.Thread(target=runner.tell, args=(Schedule.asked,)).start()
    release.set()
    await task
    assert met == [0, 0]


async def test_news_wake_a_loop_that_waits() -> None:
    enough, turns = asyncio.Event(), count(1)
    runner = Runner(a_schedule(), lambda: (300.0, False), lambda: enough.set() if next(turns) == 2 else first.set())
    first = asyncio.Event()
    task = asyncio.create_task(rounds(runner, enough))
    await asyncio.wait_for(first.wait(), 20)
    runner.tell(Schedule.asked)
    await task
