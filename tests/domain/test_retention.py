"""How long things are kept, and that nothing about a citizen ends by itself."""

from datetime import date, datetime, timedelta

import pytest

from fieldapp.domain.facts import Standing
from fieldapp.domain.retention import LONGER, Periods, before, ended_long_ago
from fieldapp.domain.values import Support
from tests.examples import NOW

PERIODS = Periods(tombstones=180, away=45, quarantine=365, access_log=700, exchange_log=400, closed=1000, let_go=30)


def test_each_has_its_own_limit() -> None:
    limits = before(PERIODS, NOW)
    assert limits.tombstones == NOW - timedelta(days=180)
    assert limits.quarantine == NOW - timedelta(days=365)
    assert limits.access_log == NOW - timedelta(days=700)
    assert limits.let_go == NOW - timedelta(days=30)
    assert limits.closed == (NOW - timedelta(days=1000)).date()


@pytest.mark.parametrize(("tombstones", "away", "days"), [(10, 45, 45 + LONGER), (90, 45, 90), (180, 300, 345)])
def test_what_was_erased_is_remembered_longer_than_a_device_may_be_away(tombstones: int, away: int, days: int) -> None:
    periods = Periods(tombstones=tombstones, away=away, quarantine=1, access_log=1, exchange_log=1, closed=1, let_go=1)
    assert before(periods, NOW).tombstones == NOW - timedelta(days=days)


def test_only_one_whose_support_ended_before_the_limit_is_to_be_looked_at() -> None:
    limit, ended = date(2020, 1, 1), date(2019, 12, 31)
    assert ended_long_ago(Standing(Support.CLOSED, since_on=ended), limit) == ended
    assert ended_long_ago(Standing(Support.CLOSED, since_on=limit), limit) is None
    assert ended_long_ago(Standing(Support.CLOSED), limit) is None
    for support in (Support.ACTIVE, Support.PAUSED):
        assert ended_long_ago(Standing(support, since_on=ended), limit) is None


def test_a_period_is_counted_from_now(now: datetime = NOW) -> None:
    assert before(PERIODS, now + timedelta(days=1)).tombstones - before(PERIODS, now).tombstones == timedelta(days=1)
