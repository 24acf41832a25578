"""When the key goes (architecture 13)."""

import pytest

from fieldapp.views.watch import Moment, Watch

START = Moment(100, 5000)


def after(seconds: float) -> Moment:
    return Moment(START.steady + seconds, START.wall + seconds)


@pytest.mark.parametrize(("seconds", "over"), [(0, False), (119, False), (120, True)])
def test_two_minutes_without_a_touch_are_the_end(seconds: float, over: bool) -> None:
    assert Watch(START).is_over(after(seconds)) is over


def test_a_touch_begins_the_count_again() -> None:
    watch = Watch(START)
    watch.touched(after(100))
    assert not watch.is_over(after(219))
    assert watch.is_over(after(220))


def test_the_worker_can_choose_another_time() -> None:
    watch = Watch(START)
    watch.idle = 30
    assert watch.is_over(after(30))


@pytest.mark.parametrize(("on_purpose", "seconds", "over"), [
    (False, 59, False), (False, 60, True), (True, 599, False), (True, 600, True),
])  # fmt: skip
def test_hidden_it_keeps_the_key_a_minute_and_ten_when_left_on_purpose(
    on_purpose: bool, seconds: float, over: bool
) -> None:
    watch = Watch(START)
    if on_purpose:
        watch.leaving_on_purpose()
    watch.hidden(START)
    assert watch.is_over(after(seconds)) is over


def test_leaving_on_purpose_counts_once() -> None:
    watch = Watch(START)
    watch.leaving_on_purpose()
    watch.hidden(START)
    watch.shown(after(10))
    watch.hidden(after(20))
    assert watch.is_over(after(80))


def test_hidden_twice_counts_from_the_first_time() -> None:
    watch = Watch(START)
    watch.hidden(START)
    watch.hidden(after(50))
    assert watch.is_over(after(60))


def test_a_phone_that_slept_is_caught_by_the_wall_and_a_clock_set_back_by_the_steady_one() -> None:
    watch = Watch(START)
    watch.hidden(START)
    assert watch.is_over(Moment(START.steady + 1, START.wall + 3600))
    assert watch.is_over(Moment(START.steady + 3600, START.wall - 3600))


def test_between_two_the_phone_waits_ten_minutes_and_hidden_no_longer_than_else() -> None:
    watch = Watch(START)
    watch.together = True
    assert not watch.is_over(after(599)) and watch.is_over(after(600))
    watch.idle = 900
    assert not watch.is_over(after(899)), "never shorter than the worker's own"
    watch.hidden(START)
    assert watch.is_over(after(60))
