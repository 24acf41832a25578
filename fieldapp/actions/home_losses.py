"""After a home was lost: two questions to the team, about what we did and never about the citizen (000 §2.4; G11)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.errors import RecordError
from fieldapp.store.tables import HousingPeriodRow
from fieldapp.store.tables_life import LossReflectionRow


@dataclass(frozen=True)
class Reflection:
    on: date
    support_fit: str | None
    home_fit: str | None


@dataclass
class ReflectionForm:
    support_fit: str = ""
    home_fit: str = ""


def draft_key(citizen: str, home: str) -> str:
    return f"loss:{citizen}:{home}"


def of_home(session: Session, citizen: str, home: str) -> tuple[Reflection, ...]:
    """The newest first."""
    found = [row for row in rows.of_citizen(session, LossReflectionRow, citizen) if row.housing_period == home]
    found.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    return tuple(Reflection(row.on, row.support_fit, row.home_fit) for row in found)


def read(desk: Desk, citizen: str, home: str) -> tuple[Reflection, ...]:
    with desk.store.reading() as session:
        return of_home(session, citizen, home)


def keep(desk: Desk, home: str, form: ReflectionForm) -> Saved:
    """One of the two is enough. Raises RecordError("missing", "support_fit") when both are empty."""
    support, fitting = form.support_fit.strip() or None, form.home_fit.strip() or None
    if not (support or fitting):
        raise RecordError("missing", "support_fit")
    with writing(desk) as work:
        citizen = citizen_of(work.get(HousingPeriodRow, home))
        row = LossReflectionRow(on=work.today, housing_period=home, support_fit=support, home_fit=fitting)
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen, home), drafts.values_of(form))
        return work.saved(id, citizen)
