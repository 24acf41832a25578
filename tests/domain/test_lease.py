"""How long the server has been silent: neither clock can be made to say less."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.lease import DAY, Silence
from tests.examples import NOW

LOCK, ERASE = 14, 45
HOUR = 3_600.0


def after(silence: Silence, days: float, *, wall: bool = True, ticks: bool = True) -> Silence:
    """As looked at so much later, by the clocks that ran."""
    gone = days * DAY
    return silence.at(silence.wall + timedelta(seconds=gone * wall), silence.ticks + gone * ticks)


HEARD = Silence(NOW, 1_000.0)


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(0, "fine"), (9.99, "fine"), (10, "soon"), (13.9, "soon"), (14, "over"), (44.9, "over"), (45, "erase")],
)
def test_it_warns_on_the_tenth_day_locks_on_the_fourteenth_and_erases_on_the_forty_fifth(
    days: float, verdict: str
) -> None:
    assert after(HEARD, days).verdict(LOCK, ERASE) == verdict


@pytest.mark.parametrize("lock_days", range(1, 15))
def test_whoever_was_heard_today_is_not_warned_however_short_the_lease(lock_days: int) -> None:
    assert HEARD.verdict(lock_days, ERASE) == "fine"


def test_three_weeks_of_summer_with_the_phone_in_a_drawer_lock_and_erase_nothing() -> None:
    silence = HEARD.at(NOW + timedelta(days=21), 60.0)  # it was off, and started a minute ago
    assert (silence.days, silence.verdict(LOCK, ERASE)) == (21, "over")


def test_a_wall_clock_set_back_gains_nothing() -> None:
    looked = after(HEARD, 13)
    back = looked.at(NOW - timedelta(days=400), looked.ticks + 2 * DAY)
    assert back.verdict(LOCK, ERASE) == "over"
    assert back.at(NOW, back.ticks).seconds >= back.seconds


def test_set_back_from_the_first_day_on_the_other_clock_counts_alone() -> None:
    silence = HEARD
    for _ in range(14 * 24):
        silence = silence.at(NOW - timedelta(days=1), silence.ticks + HOUR)
    assert silence.days == 14


def test_a_restart_begins_the_ticks_anew_and_loses_nothing_that_was_counted() -> None:
    silence = after(HEARD, 5, wall=False)
    restarted = silence.at(silence.wall, 2 * HOUR)
    assert restarted.seconds == silence.seconds + 2 * HOUR


def heard_with_the_clock(ahead: timedelta) -> Silence:
    return Silence(NOW + ahead, 1_000.0, server=NOW)


YEAR = timedelta(days=365)


def test_a_clock_a_year_ahead_when_it_was_heard_and_set_right_while_off_gains_nothing() -> None:
    restarted = heard_with_the_clock(YEAR).at(NOW + timedelta(days=14), 60.0)
    assert (restarted.days, restarted.verdict(LOCK, ERASE)) == (14, "over")
    assert after(restarted, 31).verdict(LOCK, ERASE) == "erase", "and it is counted on from there"


def test_what_was_counted_by_the_wrong_clock_is_not_counted_twice_by_the_right_one() -> None:
    silence = after(heard_with_the_clock(YEAR), 5)
    assert silence.at(NOW + timedelta(days=9), 60.0).days == 9


@pytest.mark.parametrize("ahead", [YEAR, -YEAR])
def test_a_clock_that_is_always_wrong_locks_nobody_out(ahead: timedelta) -> None:
    silence = after(heard_with_the_clock(ahead), 3)
    assert silence.days == 3
    put_right_a_little = silence.at(silence.wall - timedelta(seconds=2), silence.ticks + HOUR)
    assert put_right_a_little.days == 3


@given(
    st.lists(
        st.tuples(
            st.floats(0, 40 * DAY),  # what really went by
            st.booleans(),  # whether it was off for all of it
            st.floats(-900 * DAY, 900 * DAY),  # what the wall was set by
        ),
        max_size=12,
    )
)
def test_whatever_is_done_to_the_clocks_it_counts_at_least_what_the_phone_was_on(
    story: list[tuple[float, bool, float]],
) -> None:
    silence, wall, ticks, on = Silence(NOW, 0.0), NOW, 0.0, 0.0
    for passed, off, jump in story:
        wall = wall + timedelta(seconds=passed + jump)
        ticks = 0.0 if off else ticks + passed
        on += 0.0 if off else passed
        before, silence = silence, silence.at(wall, ticks)
        assert silence.seconds >= before.seconds
    assert silence.seconds >= on - 1e-3
