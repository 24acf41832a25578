"""Records that are a form and no more: a plan, a relative, a meeting. Read, kept, ended, each by one function.

A form is a dataclass whose attributes are columns of the table; what is typed there goes into the record, an empty text
as nothing.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.store.tables import Synced

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Form = TypeVar("Form", bound="DataclassInstance")


@dataclass(frozen=True)
class Sort(Generic[Form]):
    """One kind of entry. `done` is the column that ends it; the fields the kind requires must be said."""

    table: type[Synced]
    form: type[Form]
    order: Callable[[Form], Any]
    done: str = "ended_on"

    @property
    def kind(self) -> str:
        return self.table.kind

    @property
    def must(self) -> tuple[str, ...]:
        return tuple(field.name for field in KINDS[self.kind].fields if field.required)


@dataclass(frozen=True)
class Entry(Generic[Form]):
    """`form` as it stands; `over`: it has been ended or held."""

    id: str
    form: Form
    over: bool = False


def draft_key(sort: Sort[Any], citizen: str, entry: str | None = None) -> str:
    return f"{sort.kind}:{citizen}:{entry or ''}"


def read(desk: Desk, citizen: str, sort: Sort[Form]) -> tuple[Entry[Form], ...]:
    """In the sort's order, what is over last."""
    with desk.store.reading() as session:
        found = [
            Entry(row.id, form_of(row, sort.form), bool(getattr(row, sort.done, None)))
            for row in rows.of_citizen(session, sort.table, citizen)
        ]
    return tuple(sorted(found, key=lambda each: (each.over, sort.order(each.form), each.id)))


def missing(sort: Sort[Any], form: "DataclassInstance", **new: Any) -> str | None:
    """The first field that must be said and is not."""
    said = _fields(form) | new
    return next((name for name in sort.must if said.get(name) is None), None)


def keep(
    desk: Desk,
    citizen: str,
    sort: Sort[Form],
    form: Form,
    entry: str | None = None,
    *,
    draft: str | None = None,
    **new: Any,
) -> Saved:
    """A new one, or what is known now of one that stands. Raises RecordError("missing", its name).

    `draft` is the draft's key where it is another one; `new` is what only a new one says, such as its day.
    """
    if lacks := missing(sort, form, **new):
        raise RecordError("missing", lacks)
    said = _fields(form)
    with writing(desk) as work:
        work.no_draft(draft or draft_key(sort, citizen, entry), drafts.values_of(form))
        if entry is None:
            return work.saved(work.add(citizen, sort.table(**said, **new)), citizen)
        row = work.get(sort.table, entry)
        work.change(row, **said)
        return work.saved(entry, citizen_of(row))


def end(desk: Desk, sort: Sort[Any], entry: str) -> Saved:
    """It is over; it stays readable."""
    with writing(desk) as work:
        row = work.get(sort.table, entry)
        over: object = True if sort.done == "held" else work.today
        work.change(row, **{sort.done: over})
        return work.saved(entry, citizen_of(row))


def form_of(row: Synced, form: type[Form]) -> Form:
    said = {each.name: getattr(row, each.name) for each in fields(form)}
    return form(**{each.name: _empty(each) if said[each.name] is None else said[each.name] for each in fields(form)})


def _empty(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else None


def _fields(form: "DataclassInstance") -> dict[str, Any]:
    said = {each.name: getattr(form, each.name) for each in fields(form)}
    return {name: (value.strip() or None) if isinstance(value, str) else value for name, value in said.items()}
