"""Between a typed row and the fields that travel."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from fieldapp.domain.fields import Field, Type, fits
from fieldapp.domain.kinds import KINDS
from fieldapp.store.tables import Synced


def to_wire(value: Any) -> Any:
    """A column's value as JSON; what is no date or moment goes as it is, for `check` to judge."""
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def to_fields(row: Synced) -> dict[str, Any]:
    """The fields that are set: what an `add` sends. An empty list counts only where the kind requires one."""
    found = {}
    for field in KINDS[row.kind].fields:
        value = getattr(row, field.name)
        if value is not None and (value != [] or field.required):
            found[field.name] = to_wire(value)
    return found


def from_wire(field: Field, value: Any) -> Any:
    """A JSON value as its column holds it."""
    if field.type is Type.CODES:
        return value or []
    if value is None:
        return None
    if field.type is Type.DAY:
        return date.fromisoformat(value)
    if field.type is Type.MOMENT:
        return datetime.fromisoformat(value)
    return value


def from_fields(kind: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Every column of the kind, and beside them the fields this app does not know or cannot hold.

    None when a field is missing that the record is nothing without: then a newer app made it.
    """
    known = KINDS[kind].by_name
    columns: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in known or not holds(known[name], value):
            more[name] = value
        elif value is not None:
            columns[name] = from_wire(known[name], value)
    if any(field.required and field.name not in columns for field in KINDS[kind].fields):
        return None
    return _empty(kind) | columns, more


@cache
def _empty(kind: str) -> dict[str, Any]:
    """The columns of a record of which nothing is said: most fields of most records."""
    return {field.name: from_wire(field, None) for field in KINDS[kind].fields}


def columns_of(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of some fields, without those this app does not know or cannot hold."""
    known = {name: field for name, field in KINDS[kind].by_name.items() if name in fields}
    return {
        name: from_wire(field, fields[name])
        for name, field in known.items()
        if holds(field, fields[name]) and not (field.required and fields[name] is None)
    }


def holds(field: Field, value: Any) -> bool:
    """Whether the column can hold this value. Longer texts than ours may come: the text is kept whole."""
    return value is None or (field.type is Type.TEXT and isinstance(value, str)) or fits(field, value)
