"""What takes over when the course ends (K3, K4): what it is, who, from when, and a person's mark that it has begun."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import entries, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.entries import Sort, form_of
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from fieldapp.store.tables import ClosingRow
from fieldapp.store.tables_life import ReplacementSupportRow


@dataclass
class ReplacementForm:
    """Mutable, as every form."""

    what: str | None = None
    who: str = ""
    phone: str = ""
    starts_on: date | None = None
    begun: bool = False


@dataclass(frozen=True)
class Replacement:
    id: str
    said: ReplacementForm


_REPLACEMENTS = Sort(ReplacementSupportRow, ReplacementForm, lambda named: named.who)


def draft_key(citizen: str) -> str:
    return f"replacement:{citizen}"


def read(desk: Desk, citizen: str) -> Replacement | None:
    """The latest that was named in this course: one that took over before belongs to a course that has ended."""
    with desk.store.reading() as session:
        return read_in(session, citizen)


def read_in(session: Session, citizen: str) -> Replacement | None:
    before = {row.replacement for row in closing_rows(session, citizen)}
    found = [row for row in rows.of_citizen(session, ReplacementSupportRow, citizen) if row.id not in before]
    return Replacement(found[-1].id, form_of(found[-1], ReplacementForm)) if found else None


def closing_rows(session: Session, citizen: str) -> list[ClosingRow]:
    """Without those the server would not have."""
    refused = set(session.execute(outbox.not_taken_in(ClosingRow.kind)).scalars())
    return [row for row in rows.of_citizen(session, ClosingRow, citizen) if row.id not in refused]


def keep(desk: Desk, citizen: str, form: ReplacementForm) -> Saved:
    """Raises RecordError("missing", "what" | "starts_on"), and ("malformed", "begun") for one that begins later."""
    if form.begun and form.starts_on is not None and form.starts_on > desk.today():
        raise RecordError("malformed", "begun")
    stands = read(desk, citizen)
    entry = stands.id if stands else None
    return entries.keep(desk, citizen, _REPLACEMENTS, form, entry, draft=draft_key(citizen))
