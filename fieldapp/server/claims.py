"""What an operation says of itself, before anything stored is looked at."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

from fieldapp.domain import access
from fieldapp.domain.fields import NOTE, Field, Kind, Type, check, is_id
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.server.tables import Worker
from fieldapp.wire import Operation

#: What `void` carries in place of a kind's fields.
REASON = Kind("void", "all", fields=(Field("reason", limit=NOTE, required=True),))
#: A device's clock may be wrong, but no record is older or newer than this: the years 1 and 9999 cannot be shown in
#: every zone, and what PostgreSQL takes in as such it could not give back.
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def check_form(operation: Operation, worker: Worker) -> None:
    """Whether such an operation can be at all, and from such a worker: nothing stored is looked at."""
    kind = KINDS.get(operation.kind)
    if kind is None or not kind.ready:
        raise RecordError("unknown_kind")
    if not is_scope(operation.scope):
        raise RecordError("malformed", "scope")
    if not access.may_write(operation.kind, operation.scope, worker.role):  # type: ignore[arg-type]  # a CHECK says so
        raise RecordError("not_writable")
    if operation.do == "change" and not kind.editable:
        raise RecordError("append_only")
    check(REASON if operation.do == "void" else kind, operation.fields, whole=operation.do != "change")


def is_birth(operation: Operation) -> bool:
    return (operation.do, operation.kind, operation.scope) == ("add", "citizen", access.citizen_scope(operation.id))


def is_scope(scope: str) -> bool:
    return scope == access.ALL or (access.scope_kind(scope) is not None and is_id(access.scope_id(scope)))


def claimed_at(operation: Operation) -> datetime:
    return min(max(operation.at, EARLIEST), LATEST)


def conflict_id(op_id: str, field: str) -> str:
    """The same whenever the operation is offered again (sync.md, amendment 7)."""
    return str(uuid5(UUID(op_id), field))


def assignment_id(op_id: str) -> str:
    return str(uuid5(UUID(op_id), "assignment"))


def references(operation: Operation) -> Iterator[tuple[str, str, Field]]:
    """Each field that points to a record: its name, the id it holds, the field."""
    kind = KINDS.get(operation.kind)
    for name, value in operation.fields.items():
        field = kind.by_name.get(name) if kind else None
        if field and field.type is Type.REF and field.of and is_id(value):
            yield name, value, field
