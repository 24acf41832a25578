"""A few kills in every test run; `python -m tests.sync.kills` makes as many as you like."""

import pytest

from tests.sync import kills


@pytest.mark.proof
def test_nothing_acknowledged_is_missing_after_a_kill_of_both_processes() -> None:
    missing, told, failures = kills.run(2, seed=1)
    assert missing == []
    assert told > 20
    assert failures, "the phones noticed"


@pytest.mark.proof
def test_nothing_acknowledged_is_missing_after_one_of_two_processes_is_killed_again_and_again() -> None:
    missing, told, failures = kills.run(4, seed=2, processes=2)
    assert missing == []
    assert told > 20
    assert failures, "the phones noticed"
