"""The model holds in many histories, and each fault it can have is noticed."""

import pytest

from tests.sync import model


def test_three_hundred_histories_hold() -> None:
    assert model.some(range(1, 301)) == []


@pytest.mark.parametrize("fault", model.FAULTS)
def test_a_fault_is_noticed(fault: str) -> None:
    assert len(model.some(range(1, 41), fault)) > 2
