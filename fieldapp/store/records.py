"""The only way to write a synced row: the row and its outbox operation in one transaction (architecture 3)."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Table as SqlTable
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session
from uuid6 import uuid7

from fieldapp.domain.access import citizen_scope, scope_id, scope_kind
from fieldapp.domain.fields import Kind, check, is_id
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from fieldapp.store.columns import Table
from fieldapp.store.database import writing_synced
from fieldapp.store.rows import to_fields, to_wire
from fieldapp.store.tables import Synced
from fieldapp.wire import Operation

_REASON = 500  # characters


def add(session: Session, row: Synced, at: datetime) -> None:
    """Add a record. `at` is the aware local moment; the row's id is made here when it has none.

    Raises RecordError when the kind, the scope or a field is not as declared.
    """
    kind = _written_here(row)
    row.id = row.id or str(uuid7())
    row.scope = row.scope or (citizen_scope(row.id) if row.kind == "citizen" else "")
    _check_scope(kind, row)
    fields = to_fields(row)
    check(kind, fields, whole=True)
    row.author, row.added_at, row.added_offset = session.info["author"], at.astimezone(UTC), _offset(at)
    table = _table(row)
    with writing_synced(session):
        session.execute(table.insert(), {column.name: getattr(row, column.name) for column in table.columns})
    outbox.put(session, _operation("add", row, at, fields))


def change(session: Session, row: Synced, at: datetime, /, **fields: Any) -> None:
    """Set fields of an editable record; only those that differ travel, each with the base it was seen at.

    `row` is the record as the worker saw it, loaded in this session or an earlier one.
    """
    kind = _written_here(row)
    if not kind.editable:
        raise RecordError("not_editable")
    new = {name: value for name, value in fields.items() if name not in kind.by_name or getattr(row, name) != value}
    travels = {name: to_wire(value) for name, value in new.items()}
    check(kind, travels, whole=False)
    if not new:
        return
    was = {name: to_wire(getattr(row, name)) for name in new}
    base = _seen_at(session, row, new)
    _update(session, row, new)
    outbox.put(session, _operation("change", row, at, travels, base), was)


def _seen_at(session: Session, row: Synced, names: Collection[str]) -> dict[str, int]:
    """The base of each field as the worker saw it: an own change that waits hides what has come under it since."""
    seen = {name: row.base.get(name, 0) for name in names}
    for earlier in outbox.open_on(session, [row.id]):
        if earlier.do == "change":
            seen |= {name: earlier.base.get(name, 0) for name in earlier.fields if name in seen}
    return seen


def void(session: Session, row: Synced, at: datetime, reason: str) -> None:
    """Take a record back, visibly: it stays, with the reason."""
    _written_here(row)
    if not 0 < len(reason.strip()) <= _REASON:
        raise RecordError("malformed" if reason.strip() else "missing", "reason")
    _update(session, row, {"void_reason": reason})
    outbox.put(session, _operation("void", row, at, {"reason": reason}), {"void_reason": None})


def _written_here(row: Synced) -> Kind:
    kind = KINDS[row.kind]
    if kind.written_by != "worker":
        raise RecordError("written_by_server")
    return kind


def _check_scope(kind: Kind, row: Synced) -> None:
    held_by_id = kind.scope == "all" or is_id(scope_id(row.scope))
    if scope_kind(row.scope) != kind.scope or not held_by_id:
        raise RecordError("scope")
    if row.kind == "citizen" and row.scope != citizen_scope(row.id):
        raise RecordError("scope")


def _update(session: Session, row: Synced, values: dict[str, Any]) -> None:
    """Write columns of one live record; the object in hand follows, and any other copy of it is read again."""
    table = _table(row)
    with writing_synced(session):
        found = session.execute(
            table.update().where(table.c.id == row.id, table.c.void_reason.is_(None)).values(values)
        )
    if not found.rowcount:  # type: ignore[attr-defined]  # execute() promises no cursor, an UPDATE has one
        raise RecordError("gone_or_void")
    for name, value in values.items():
        set_committed_value(row, name, value)
    copy = session.identity_map.get(identity_key(type(row), row.id))
    if copy is not None and copy is not row:
        session.expire(copy)


def _table(row: Synced) -> SqlTable:
    return Table.metadata.tables[row.kind]


def _operation(
    do: Literal["add", "change", "void"],
    row: Synced,
    at: datetime,
    fields: dict[str, Any],
    base: dict[str, int] | None = None,
) -> Operation:
    return Operation(
        op=str(uuid7()),
        do=do,
        kind=row.kind,
        id=row.id,
        scope=row.scope,
        fields=fields,
        base=base or {},
        at=at.astimezone(UTC),
        offset=_offset(at),
    )


def _offset(at: datetime) -> int:
    offset = at.utcoffset()
    if offset is None:
        raise RecordError("malformed", "at")
    return round(offset.total_seconds() / 60)
