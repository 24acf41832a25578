"""What the device's tables are made of: their own registry, moments that keep their offset, and JSON columns."""

from datetime import UTC, datetime, timezone, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import JSON, Dialect, String
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class Table(SQLModel, registry=registry()):
    """The device's tables know nothing of the server's, which may live in the same process."""

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """No content: a row may end up in a log or an error."""
        return []


class Moment(TypeDecorator[datetime]):
    """An aware datetime with the offset it came with, as text whose order is the order of time.

    2026-11-22T10:30+01:00 is kept as `2026-11-22T09:30:00.000000 +01:00`: first the moment in UTC, then the offset.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        offset = value.utcoffset()
        if offset is None:
            raise TypeError("a moment needs its offset")  # never the value: it may be about a person
        in_utc = value.astimezone(UTC).replace(tzinfo=None)
        return f"{in_utc.isoformat(timespec='microseconds')} {timezone(offset).tzname(None).removeprefix('UTC')}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        in_utc, _, offset = value.partition(" ")
        return datetime.fromisoformat(f"{in_utc}+00:00").astimezone(_zone(offset))


@cache
def _zone(offset: str) -> tzinfo | None:
    return datetime.fromisoformat(f"2000-01-01T00:00{offset or '+00:00'}").tzinfo


def moment() -> Any:
    return Field(sa_type=Moment)


def maybe_moment() -> Any:
    return Field(default=None, sa_type=Moment)


def json_list() -> Any:
    """Pydantic looks at the signature of what makes the default for each new row: `list` has none, which takes long."""
    return Field(default_factory=lambda: [], sa_type=JSON)


def json_object() -> Any:
    return Field(default_factory=dict, sa_type=JSON)
