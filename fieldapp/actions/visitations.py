"""Where the authority's decision stands; support begins beside it, and it limits nothing (000 §4.2, §2.6; F2, F9)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from fieldapp.actions import drafts, facts, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.facts import Facts
from fieldapp.domain.names import shown
from fieldapp.domain.values_life import Visitation
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import VisitationRow


@dataclass(frozen=True)
class Visited:
    on: date
    stands: str
    contact: str | None
    phone: str | None
    note: str | None
    paragraph: str | None = None


@dataclass(frozen=True)
class VisitationPage:
    """`said` newest first. `waited` are the days since the first contact while nobody has decided, else None."""

    citizen: str
    name: str
    said: tuple[Visited, ...]
    waited: int | None


@dataclass
class VisitationForm:
    stands: str | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""
    begun: bool = False
    paragraph: str = ""
    """What it was granted by; asked of a decision that was made, and never needed."""


def draft_key(citizen: str) -> str:
    return f"visitation:{citizen}"


def read(desk: Desk, citizen: str) -> VisitationPage | None:
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, desk.today())
        if row is None or known is None:
            return None
        said = of_citizen(session, citizen)
    return VisitationPage(row.id, shown(row.known_as, row.label), said, waited(said, known, desk.today()))


def of_citizen(session: Session, citizen: str) -> tuple[Visited, ...]:
    """Newest first."""
    found = rows.of_citizen(session, VisitationRow, citizen)
    found.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    return tuple(Visited(row.on, row.stands, row.contact, row.phone, row.note, row.paragraph) for row in found)


def waited(said: tuple[Visited, ...], known: Facts, today: date) -> int | None:
    """Days since the first contact without a decision; None when there is one, or a method says that there was."""
    if said and said[0].stands in (Visitation.GRANTED, Visitation.NOT_GRANTED):
        return None
    return (today - known.known_since).days if said or known.method is None else None


def keep(desk: Desk, citizen: str, form: VisitationForm) -> Saved:
    """What is known today. Raises RecordError("missing", "stands") until one is chosen."""
    if form.stands not in set(Visitation):
        raise RecordError("missing" if not form.stands else "malformed", "stands")
    words: dict[str, Any] = {name: getattr(form, name).strip() or None for name in ("contact", "phone", "note")}
    words["paragraph"] = (form.paragraph or None) if form.stands == Visitation.GRANTED else None
    with writing(desk) as work:
        id = work.add(citizen, VisitationRow(on=work.today, stands=form.stands, **words))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)
