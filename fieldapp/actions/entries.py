"""A form whose fields are those of one record: filled from it, and kept as a new one or as what is known of it now."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from fieldapp.actions import drafts
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.store.tables import Synced

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Form = TypeVar("Form", bound="DataclassInstance")


def form_of(row: Synced, form: type[Form]) -> Form:
    """What is not said in the record stays at its default."""
    said = {each.name: getattr(row, each.name) for each in fields(form)}
    return form(**{name: value for name, value in said.items() if value is not None})


def values(form: "DataclassInstance") -> dict[str, Any]:
    """As a record has it: nothing said is None."""
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(form).items()}
    return {name: value or None for name, value in said.items()}


def keep(
    desk: Desk, citizen: str, table: type[Synced], form: "DataclassInstance", key: str, entry: str | None, **new: Any
) -> Saved:
    """`entry`: the one that stands already; `new`: what only a new one says (its day); `key`: the draft's.

    Raises RecordError("missing", field), and ("gone") for one that is not here any more.
    """
    said = values(form)
    _check(said, (each.name for each in KINDS[table.kind].fields if each.required and each.name in said))
    with writing(desk) as work:
        work.no_draft(key, drafts.values_of(form))
        if entry is None:
            return work.saved(work.add(citizen, table(**said, **new)), citizen)
        row = work.get(table, entry)
        work.change(row, **said)
        return work.saved(row.id, citizen_of(row))


def _check(said: dict[str, Any], required: Iterable[str]) -> None:
    for name in required:
        if said[name] is None:
            raise RecordError("missing", name)
