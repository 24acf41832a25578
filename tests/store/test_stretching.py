"""Stretching is as dear as the device bears, within bounds."""

from collections.abc import Callable
from itertools import count

import pytest

from fieldapp.store.stretching import HIGHEST_COST, LOWEST_COST, calibrated_cost, in_bounds


def taking(seconds: float) -> Callable[[], float]:
    """A clock on which each measured run takes so long."""
    readings = count()
    return lambda: (next(readings) % 2) * seconds


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [(0.0, 2**17), (0.0375, 2**17), (0.038, 2**16), (0.075, 2**16), (0.076, 2**15), (0.15, 2**15), (9.0, 2**15)],
)
def test_the_dearest_that_a_device_bears_in_three_tenths_of_a_second(seconds: float, cost: int):
    assert calibrated_cost(taking(seconds)) == cost


def test_a_disturbed_measurement_does_not_make_it_cheap():
    readings = iter([0.0, 5.0, 5.0, 5.03])
    assert calibrated_cost(lambda: next(readings)) == 2**17


def test_what_is_measured_here_is_within_the_bounds():
    assert in_bounds(calibrated_cost())


@pytest.mark.parametrize(
    "cost", [0, 1, LOWEST_COST // 2, HIGHEST_COST * 2, LOWEST_COST + 1, -LOWEST_COST, True, "16384", None]
)
def test_everything_else_is_out_of_bounds(cost: object):
    assert not in_bounds(cost)
