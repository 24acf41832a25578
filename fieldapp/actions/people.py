"""What people are called: citizens by the name they chose, workers by theirs."""

from sqlalchemy import select
from sqlmodel import Session, col

from fieldapp.actions.desk import Desk
from fieldapp.domain.access import scope_id
from fieldapp.domain.names import shown
from fieldapp.store.tables import AssignmentRow, CitizenRow, ColleagueRow

#: How one speaks to somebody whose first name nobody says: *Fru K.*
_TITLES = frozenset({"fru", "frk", "hr", "lille", "store", "gamle"})


def citizens(session: Session) -> dict[str, str]:
    """The name or the label of every citizen on this device, by id."""
    wanted = select(col(CitizenRow.scope), col(CitizenRow.known_as), col(CitizenRow.label))
    rows = session.connection().execute(wanted.where(col(CitizenRow.void_reason).is_(None)))
    return {scope_id(scope): shown(known_as, label) for scope, known_as, label in rows}


def workers(session: Session, desk: Desk) -> dict[str, str]:
    """The names this device knows, by the worker's id: from the team's list, and from assignments."""
    names: dict[str, str] = {}
    for table in (AssignmentRow, ColleagueRow):
        rows = session.connection().execute(select(col(table.worker), col(table.name)).distinct())
        names |= {worker: name for worker, name in rows if worker}
    return names | {desk.worker: desk.worker_name}


def first_name(known_as: str | None) -> str:
    """For a text to the citizen; "" when nobody knows a name."""
    words = (known_as or "").split()
    if not words:
        return ""
    return " ".join(words) if words[0].rstrip(".").casefold() in _TITLES else words[0]
