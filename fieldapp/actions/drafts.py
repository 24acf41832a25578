"""Drafts: what is typed and not yet saved; they survive lock and kill (architecture 13)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from fieldapp.actions.desk import Desk
from fieldapp.store import drafts as kept

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Form = TypeVar("Form", bound="DataclassInstance")


@dataclass(frozen=True)
class Draft:
    """`key` names the form (`contact:<citizen>`); `values` is what `dataclasses.asdict` of the form gave, as JSON."""

    key: str
    values: dict[str, object]
    saved_at: datetime


def keep(desk: Desk, key: str, values: Mapping[str, object]) -> None:
    with desk.store.transaction() as session:
        kept.keep(session, key, as_json(values), desk.now())


def read(desk: Desk, key: str) -> Draft | None:
    with desk.store.reading() as session:
        row = kept.read(session, key)
        return Draft(row.key, dict(row.values), row.saved_at) if row else None


def read_all(desk: Desk) -> tuple[Draft, ...]:
    """Newest first."""
    with desk.store.reading() as session:
        return tuple(Draft(row.key, dict(row.values), row.saved_at) for row in kept.read_all(session))


def discard(desk: Desk, key: str) -> None:
    with desk.store.transaction() as session:
        kept.discard(session, key)


def values_of(form: "DataclassInstance") -> dict[str, Any]:
    """The form as `keep` wants it."""
    return as_json(asdict(form))


def as_json(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def restored(form: type[Form], values: Mapping[str, object]) -> Form:
    """The form as it was; what an older or newer app wrote differently is left at its default."""
    hints = get_type_hints(form)
    known = {f.name: _typed(hints[f.name], values[f.name]) for f in fields(form) if f.name in values}
    return form(**{name: value for name, value in known.items() if value is not _UNREADABLE})


_UNREADABLE = object()


def _typed(hint: Any, value: object) -> object:
    kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    for kind in kinds:
        if get_origin(kind) is tuple:
            if isinstance(value, list | tuple):
                return tuple(str(item) for item in value)
        elif kind in (date, datetime, time) and isinstance(value, str):
            return _parsed(kind, value)
        elif isinstance(value, kind):
            return value
    return _UNREADABLE


def _parsed(kind: type[date] | type[datetime] | type[time], value: str) -> object:
    try:
        return kind.fromisoformat(value)
    except ValueError:
        return _UNREADABLE
