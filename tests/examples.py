"""Invented people and builders for tests: a test states only what it is about. Nobody here exists."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from typing import Any
from uuid import UUID

from fieldapp.domain import access
from fieldapp.domain.facts import Attempt, Contact, Facts
from fieldapp.wire import Operation

#: A Wednesday in Danish winter time, one hour east of UTC.
TODAY = date(2026, 11, 25)
CET = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=CET)

_ids = count(1)


def an_id() -> str:
    """The next of a row of ids: the same in every run, different from each other."""
    return str(UUID(int=0x0199_0000_0000_7000_8000_0000_0000_0000 + next(_ids)))


def days_ago(days: int, hour: int = 12) -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=CET) - timedelta(days=days)


def a_contact(days: int = 3, mode: str = "met", real: bool = True, **more: Any) -> Contact:
    return Contact(at=days_ago(days), mode=mode, real=real, **more)


def an_attempt(days: int = 1, way: str = "text", outcome: str = "sent", real: bool = False, **more: Any) -> Attempt:
    return Attempt(at=days_ago(days), way=way, outcome=outcome, real=real, **more)


def some_facts(**more: Any) -> Facts:
    """Åse Ærøskøbing, known for 100 days, one responsible worker."""
    defaults: dict[str, Any] = {
        "citizen": an_id(),
        "known_since": TODAY - timedelta(days=100),
        "responsible": an_id(),
    }
    return Facts(**(defaults | more))


def an_operation(do: str = "add", kind: str = "contact", **more: Any) -> Operation:
    """An `add contact` on a citizen of its own unless told otherwise."""
    citizen = more.pop("citizen", None) or an_id()
    defaults: dict[str, Any] = {
        "op": an_id(),
        "do": do,
        "kind": kind,
        "id": an_id(),
        "scope": access.citizen_scope(citizen),
        "fields": {"occurred_at": NOW.isoformat(), "mode": "met"} if kind == "contact" and do == "add" else {},
        "at": NOW.astimezone(UTC),
        "offset": 60,
    }
    return Operation(**(defaults | more))
