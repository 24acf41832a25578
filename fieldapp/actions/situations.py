"""Where a citizen sleeps, dated: the latest is where they are, the earlier ones stay as they were (G1)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import UNDONE, Writing, writing
from fieldapp.domain.homes import Situated
from fieldapp.domain.values import Situation
from fieldapp.errors import RecordError
from fieldapp.store.tables import CitizenRow
from fieldapp.store.tables_life import HousingSituationRow


@dataclass
class SituationForm:
    """`from_on` None: today."""

    situation: str | None = None
    from_on: date | None = None
    note: str = ""


def draft_key(citizen: str) -> str:
    return f"situation:{citizen}"


def history(session: Session, citizen: CitizenRow) -> tuple[Situated, ...]:
    """Oldest first, beginning with what was said when the person was registered."""
    told = rows.of_citizen(session, HousingSituationRow, citizen.id)
    told.sort(key=lambda row: (row.from_on, row.added_at))
    first = min([rows.local(citizen).date(), *(row.from_on for row in told)])
    said = [Situated(first, citizen.situation, written=False)] if citizen.situation else []
    return (*said, *(Situated(row.from_on, row.situation, row.note) for row in told))


def keep(desk: Desk, citizen: str, form: SituationForm) -> Saved:
    """Raises RecordError("missing", "situation") until one is chosen."""
    if not form.situation:
        raise RecordError("missing", "situation")
    with writing(desk) as work:
        id = situate(work, citizen, form.situation, form.from_on, form.note)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def situate(work: Writing, citizen: str, situation: str, from_on: date | None = None, note: str = "") -> str:
    """The new record's id. What the same worker said of the same day before was a slip of the thumb."""
    if situation not in set(Situation):
        raise RecordError("malformed", "situation")
    day = min(from_on or work.today, work.today)
    for row in rows.of_citizen(work.session, HousingSituationRow, citizen):
        if row.from_on == day and row.author == work.desk.worker:
            work.void(row, UNDONE)
    return work.add(citizen, HousingSituationRow(from_on=day, situation=situation, note=note.strip() or None))
