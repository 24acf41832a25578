"""A few kills in every test run; `python -m tests.sync.kills` makes as many as you like."""

import pytest

from tests.sync import kills


@pytest.mark.proof
def test_nothing_acknowledged_is_missing_after_a_kill_of_both_processes() -> None:
    missing, told, failures = kills.run(2, seed=1)
    assert missing == []
    assert told > 20
    assert failures, "the phones noticed"
