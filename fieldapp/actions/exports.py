"""What goes into the municipality's own system: which notes belong there, and which stand there already (law.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from fieldapp.actions import people, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.timeline import Moment, attempt_moment, contact_moment
from fieldapp.actions.writing import writing
from fieldapp.domain.access import scope_id
from fieldapp.domain.values import REAL_OUTCOMES
from fieldapp.domain.values_life import Exported
from fieldapp.store.tables import AttemptRow, ContactRow
from fieldapp.store.tables_life import ExportRow, TransferRow


@dataclass(frozen=True)
class Note:
    """A contact that stands, or a talk from reaching out; what is sensitive is in it only when asked for.

    `belongs`: to the case system as well.
    """

    id: str
    citizen: str
    name: str
    moment: Moment
    belongs: bool
    transferred_at: datetime | None


@dataclass(frozen=True)
class Out:
    """That a file left: when, on the clock of who took it out, and their name."""

    at: datetime
    by: str | None


def waiting(desk: Desk, *, sensitive: bool = False) -> tuple[Note, ...]:
    """Everybody's notes that belong in the case system and are not there yet; by name, the oldest first."""
    return tuple(each for each in _read(desk, None, sensitive) if each.belongs and each.transferred_at is None)


def of_citizen(desk: Desk, citizen: str, *, sensitive: bool = False) -> tuple[Note, ...]:
    """All notes of one citizen, the oldest first."""
    return _read(desk, citizen, sensitive)


def exported(desk: Desk, citizens: Iterable[str], what: Exported, form: str) -> Saved:
    """That something leaves the encryption, with each citizen it is about: for the audit and for article 15."""
    with writing(desk) as work:
        about = sorted(set(citizens))
        added = [work.add(each, ExportRow(exported_at=work.now, what=what.value, form=form)) for each in about]
        return work.saved(added[0], about[0])


def out(desk: Desk, citizen: str | None = None) -> Mapping[tuple[str, str], Out]:
    """The last time of each file, by what it was and its form; without a citizen, of anybody."""
    with desk.store.reading() as session:
        standing = select(ExportRow).where(col(ExportRow.void_reason).is_(None))
        found = rows.of_citizen(session, ExportRow, citizen) if citizen else list(session.exec(standing))
        names = people.workers(session, desk)
        latest = sorted(found, key=lambda row: (row.exported_at, row.id))
        return {
            (row.what, row.form): Out(row.exported_at.astimezone(rows.zone(row.added_offset)), names.get(row.author))
            for row in latest
        }


def transferred(desk: Desk, notes: Iterable[Note]) -> Saved | None:
    """They stand in the case system now. What somebody has marked already is left; None when there is nothing."""
    with writing(desk) as work:
        known = {row.contact for row in _transfers(work.session)}
        left = [each for each in notes if each.id not in known]
        for each in left:
            work.add(each.citizen, TransferRow(transferred_at=work.now, contact=each.id))
        return work.saved(left[0].id, left[0].citizen) if left else None


def _read(desk: Desk, citizen: str | None, sensitive: bool) -> tuple[Note, ...]:
    with desk.store.reading() as session:
        found = rows.of_citizen(session, ContactRow, citizen) if citizen else _marked(session)
        corrected = {row.corrects for row in found}
        done = {row.contact: row.transferred_at for row in _transfers(session)}
        names, called, of = people.workers(session, desk), people.citizens(session), same.read(session)
        notes = []
        for row in found:
            kept = of.kept(scope_id(row.scope))
            if row.id not in corrected and kept in called:
                moment = contact_moment(row, names, sensitive=sensitive)
                belongs = bool(row.to_case_system)
                notes.append(Note(row.id, kept, called[kept], moment, belongs, done.get(row.id)))
        for tried in _talks(session, citizen) if citizen else ():
            kept = of.kept(scope_id(tried.scope))
            if kept in called:
                notes.append(Note(tried.id, kept, called[kept], attempt_moment(tried, names), False, None))
    return tuple(sorted(notes, key=lambda each: (each.name, each.citizen, each.moment.at, each.id)))


def _talks(session: Session, citizen: str) -> list[AttemptRow]:
    """A call or a door that became a talk: reached out for, and a contact all the same. It cannot be marked."""
    found = rows.of_citizen(session, AttemptRow, citizen)
    corrected = {row.corrects for row in found}
    return [row for row in found if row.outcome in REAL_OUTCOMES and row.id not in corrected]


def _marked(session: Session) -> list[ContactRow]:
    """With their corrections, which may have taken the mark off."""
    marked = select(ContactRow.id).where(col(ContactRow.to_case_system).is_(True))
    wanted = select(ContactRow).where(
        col(ContactRow.void_reason).is_(None),
        col(ContactRow.to_case_system).is_(True) | col(ContactRow.corrects).in_(marked),
    )
    return list(session.exec(wanted))


def _transfers(session: Session) -> list[TransferRow]:
    return list(session.exec(select(TransferRow).where(col(TransferRow.void_reason).is_(None))))
