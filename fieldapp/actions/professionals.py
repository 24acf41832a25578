"""The professionals around a citizen, across units, municipality, region and civil society (T13, T9)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.values_day import Sector
from fieldapp.errors import RecordError
from fieldapp.store.tables import ProfessionalRow


@dataclass(frozen=True)
class Professional:
    id: str
    name: str
    job: str | None
    sector: str | None
    phone: str | None
    note: str | None
    ended_on: date | None


@dataclass
class ProfessionalForm:
    name: str = ""
    job: str = ""
    sector: str | None = None
    phone: str = ""
    note: str = ""
    begun: bool = False


def draft_key(citizen: str, professional: str | None = None) -> str:
    return f"professional:{citizen}:{professional or ''}"


def read(desk: Desk, citizen: str) -> tuple[Professional, ...]:
    with desk.store.reading() as session:
        return of_citizen(session, citizen)


def of_citizen(session: Session, citizen: str) -> tuple[Professional, ...]:
    """Those who are there now by sector and name; who is not any more last."""
    found = [
        Professional(row.id, row.name, row.job, row.sector, row.phone, row.note, row.ended_on)
        for row in rows.of_citizen(session, ProfessionalRow, citizen)
    ]
    return tuple(sorted(found, key=lambda each: (each.ended_on is not None, _order(each.sector), each.name)))


def add(desk: Desk, citizen: str, form: ProfessionalForm) -> Saved:
    """Raises RecordError("missing", "name")."""
    fields = _fields(form)
    with writing(desk) as work:
        id = work.add(citizen, ProfessionalRow(**fields))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def change(desk: Desk, professional: str, form: ProfessionalForm) -> Saved:
    fields = _fields(form)
    with writing(desk) as work:
        row = work.get(ProfessionalRow, professional)
        citizen = citizen_of(row)
        work.change(row, **fields)
        work.no_draft(draft_key(citizen, professional), drafts.values_of(form))
        return work.saved(professional, citizen)


def end(desk: Desk, professional: str) -> Saved:
    """Not with the citizen any more; stays readable."""
    with writing(desk) as work:
        row = work.get(ProfessionalRow, professional)
        work.change(row, ended_on=work.today)
        return work.saved(professional, citizen_of(row))


def _fields(form: ProfessionalForm) -> dict[str, Any]:
    if not form.name.strip():
        raise RecordError("missing", "name")
    words = {name: getattr(form, name).strip() or None for name in ("name", "job", "phone", "note")}
    return {**words, "sector": form.sector}


def _order(sector: str | None) -> int:
    known = list(Sector)
    return known.index(Sector(sector)) if sector in known else len(known)
