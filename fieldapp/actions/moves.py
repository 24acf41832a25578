"""To another municipality (G19, K9): the support goes on until it is agreed who gives it there."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import consents, entries, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.entries import Sort, form_of
from fieldapp.actions.replacements import closing_rows
from fieldapp.domain import consent
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.store.tables import HandoverRow
from fieldapp.store.tables_life import MunicipalityMoveRow


@dataclass
class MoveForm:
    """Mutable, as every form. `on`: when the citizen moves; `agreed_on`: from when the other one gives the support."""

    on: date | None = None
    to: str = ""
    contact: str = ""
    phone: str = ""
    agreed_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Move:
    """What stands, and what of the list is done: it follows from what was written elsewhere, nothing is ticked."""

    id: str | None
    said: MoveForm
    consented: bool
    handover_noted: bool


_MOVES = Sort(MunicipalityMoveRow, MoveForm, lambda move: move.to)


def draft_key(citizen: str) -> str:
    return f"move:{citizen}"


def read(desk: Desk, citizen: str) -> Move:
    with desk.store.reading() as session:
        row = read_in(session, citizen)
        noted = rows.of_citizen(session, HandoverRow, citizen)
        said = consents.of_citizen(session, citizen)
    yes = consent.in_force(said, ConsentAbout.AUTHORITY, desk.today())
    form = form_of(row, MoveForm) if row else MoveForm()
    return Move(row.id if row else None, form, yes is not None, bool(noted))


def read_in(session: Session, citizen: str) -> MunicipalityMoveRow | None:
    """The latest of this course: one that ended a course before has happened."""
    before = {row.municipality_move for row in closing_rows(session, citizen)}
    found = [row for row in rows.of_citizen(session, MunicipalityMoveRow, citizen) if row.id not in before]
    return found[-1] if found else None


def keep(desk: Desk, citizen: str, form: MoveForm) -> Saved:
    """Raises RecordError("missing", "on" | "to")."""
    return entries.keep(desk, citizen, _MOVES, form, read(desk, citizen).id, draft=draft_key(citizen))
