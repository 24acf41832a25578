"""What one finds out together: per dimension, resources before needs, dated, added to and never finished (F3, B3)."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.values_life import Assessed
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import AssessmentNoteRow, UseOfOffersRow


@dataclass(frozen=True)
class Found:
    """One note; what was not said is None."""

    on: date
    resources: str | None
    needs: str | None


@dataclass(frozen=True)
class About:
    """One of the eight, or *Andet*: only those with notes are here, the newest note first."""

    code: str
    notes: tuple[Found, ...]


@dataclass(frozen=True)
class Uses:
    """How far what there is already can be used (B4)."""

    level: str
    on: date
    note: str | None


@dataclass(frozen=True)
class Assessment:
    """`uses`: the newest first."""

    about: tuple[About, ...]
    uses: tuple[Uses, ...]


@dataclass
class NoteForm:
    resources: str = ""
    needs: str = ""


@dataclass
class UsesForm:
    level: str | None = None
    note: str = ""


def draft_key(citizen: str, about: str) -> str:
    return f"assess:{citizen}:{about}"


def uses_key(citizen: str) -> str:
    return f"uses:{citizen}"


def read(desk: Desk, citizen: str) -> Assessment:
    with desk.store.reading() as session:
        notes = rows.of_citizen(session, AssessmentNoteRow, citizen)
        uses = rows.of_citizen(session, UseOfOffersRow, citizen)
    notes.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    uses.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    codes = [each.value for each in Assessed]
    codes += sorted({row.about for row in notes} - set(codes))
    found = {code: tuple(Found(r.on, r.resources, r.needs) for r in notes if r.about == code) for code in codes}
    return Assessment(
        tuple(About(code, told) for code, told in found.items() if told),
        tuple(Uses(row.level, row.on, row.note) for row in uses),
    )


def add(desk: Desk, citizen: str, about: str, form: NoteForm) -> Saved:
    """Both are optional, but not both at once: RecordError("missing", "resources")."""
    resources, needs = form.resources.strip() or None, form.needs.strip() or None
    if not (resources or needs):
        raise RecordError("missing", "resources")
    with writing(desk) as work:
        row = AssessmentNoteRow(on=work.today, about=about, resources=resources, needs=needs)
        work.no_draft(draft_key(citizen, about), drafts.values_of(form))
        return work.saved(work.add(citizen, row), citizen)


def set_uses(desk: Desk, citizen: str, form: UsesForm) -> Saved:
    """Raises RecordError("missing", "level")."""
    if not form.level:
        raise RecordError("missing", "level")
    with writing(desk) as work:
        row = UseOfOffersRow(on=work.today, level=form.level, note=form.note.strip() or None)
        work.no_draft(uses_key(citizen), drafts.values_of(form))
        return work.saved(work.add(citizen, row), citizen)
