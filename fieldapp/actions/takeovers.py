"""Who takes over, dimension by dimension, and whether you have met the first time together (K6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldapp.actions import courses, entries
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.entries import Sort, form_of
from fieldapp.store.tables_life import DimensionHandoverRow


@dataclass
class TakeoverForm:
    """Mutable, as every form. `held`: the first meeting together was."""

    who: str = ""
    phone: str = ""
    meeting_on: date | None = None
    held: bool = False
    note: str = ""


_TAKEOVERS = Sort(DimensionHandoverRow, TakeoverForm, lambda takeover: takeover.who, done="held")


def draft_key(citizen: str, dimension: str) -> str:
    return f"takeover:{citizen}:{dimension}"


def read(desk: Desk, citizen: str) -> Mapping[str, TakeoverForm]:
    """By dimension, in this course: who took over when one ended before is no step of the next."""
    return {dimension: form_of(row, TakeoverForm) for dimension, row in _rows(desk, citizen).items()}


def keep(desk: Desk, citizen: str, dimension: str, form: TakeoverForm) -> Saved:
    """One for each dimension: said again, it is changed. Raises RecordError("missing", "who")."""
    stands = _rows(desk, citizen).get(dimension)
    entry, key = stands.id if stands else None, draft_key(citizen, dimension)
    return entries.keep(desk, citizen, _TAKEOVERS, form, entry, draft=key, dimension=dimension)


def _rows(desk: Desk, citizen: str) -> dict[str, DimensionHandoverRow]:
    """Of two that were written without knowing of each other: the later."""
    with desk.store.reading() as session:
        return {row.dimension: row for row in courses.of_this(session, DimensionHandoverRow, citizen)}
