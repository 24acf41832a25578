"""How long things are kept, in days, and from when on what is older may go. Nothing here ends by itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fieldapp.domain.facts import Standing
from fieldapp.domain.values import Support

#: So much longer than a device may be away from its server, its server remembers what was erased.
LONGER = 45


@dataclass(frozen=True)
class Periods:
    """`away`: after so many days without its server a device has erased what it held."""

    tombstones: int
    away: int
    quarantine: int
    access_log: int
    exchange_log: int
    closed: int
    let_go: int


@dataclass(frozen=True)
class Before:
    """What is from before these may go; of citizens it is only said that their support ended before `closed`."""

    tombstones: datetime
    quarantine: datetime
    access_log: datetime
    exchange_log: datetime
    closed: date
    let_go: datetime


def before(periods: Periods, now: datetime) -> Before:
    return Before(
        tombstones=now - timedelta(days=max(periods.tombstones, periods.away + LONGER)),
        quarantine=now - timedelta(days=periods.quarantine),
        access_log=now - timedelta(days=periods.access_log),
        exchange_log=now - timedelta(days=periods.exchange_log),
        closed=(now - timedelta(days=periods.closed)).date(),
        let_go=now - timedelta(days=periods.let_go),
    )


def ended_long_ago(standing: Standing, closed_before: date) -> date | None:
    """The day the support ended, when a human should look at whether to keep what is written."""
    if standing.support is not Support.CLOSED or standing.since_on is None:
        return None
    return standing.since_on if standing.since_on < closed_before else None
