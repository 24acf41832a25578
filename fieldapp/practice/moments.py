"""Danish time and ids for invented records: the same in every run, as if made on a phone at that moment."""

from datetime import date, datetime, time, timedelta, timezone
from hashlib import blake2b
from uuid import UUID

_WINTER, _SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
_SUNDAY = 6


def danish(day: date, clock: time) -> datetime:
    """A moment by Danish clocks; summer time from the last Sunday of March until the last one of October.

    Not by zoneinfo: phones and Windows have no time zone data of their own.
    """
    summer = _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)
    return datetime.combine(day, clock, _SUMMER if summer else _WINTER)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)


def made_id(at: datetime, *seed: object) -> str:
    """A UUIDv7 of that moment (RFC 9562 §5.7), its random part drawn from the seed."""
    drawn = int.from_bytes(blake2b(repr(seed).encode(), digest_size=10).digest(), "big")
    first, second = (drawn >> 62) & 0xFFF, drawn & ((1 << 62) - 1)
    milliseconds = int(at.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | first << 64 | 2 << 62 | second))


def named_id(*seed: object) -> str:
    """The id of a worker or a team: made long before anything else."""
    return made_id(danish(date(2024, 1, 2), time(8)), *seed)
