"""What a team shares for the street, without a network: walk-in hours, who can help with what, and its own texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from fieldapp.actions import drafts, people
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.names import digits, fold
from fieldapp.errors import RecordError
from fieldapp.store.tables import DirectoryEntryRow, Synced, WalkInHoursRow

HOURS_DRAFT, HELP_DRAFT = "hours", "help"
_WEEK = 7
Row = TypeVar("Row", bound=Synced)


@dataclass(frozen=True)
class Hours:
    """`weekday` 0 is Monday; `today`: it is on this day of the week."""

    id: str
    place: str
    weekday: int
    hours_from: time | None
    hours_to: time | None
    who: str | None
    today: bool


@dataclass(frozen=True)
class Helper:
    id: str
    helps_with: str
    name: str
    phone: str | None
    note: str | None


@dataclass
class HoursForm:
    place: str = ""
    weekday: int | None = None
    hours_from: time | None = None
    hours_to: time | None = None
    who: str = ""
    begun: bool = False


@dataclass
class HelperForm:
    helps_with: str = ""
    name: str = ""
    phone: str = ""
    note: str = ""
    begun: bool = False


def draft_key(of: str, id: str) -> str:
    return f"{of}:{id}"


def hours(desk: Desk) -> tuple[Hours, ...]:
    """Today's first, then the days as they come."""
    with desk.store.reading() as session:
        found = standing_rows(session, WalkInHoursRow)
    first = desk.today().weekday()
    ordered = sorted(found, key=lambda row: ((row.weekday - first) % _WEEK, row.hours_from or "", fold(row.place)))
    return tuple(_hours(row, first) for row in ordered)


def keep_hours(desk: Desk, id: str | None, form: HoursForm, key: str) -> Saved:
    """A new one, or this one changed. Raises RecordError("missing", "place" | "weekday")."""
    if not form.place.strip():
        raise RecordError("missing", "place")
    if form.weekday is None:
        raise RecordError("missing", "weekday")
    fields = {
        "place": form.place.strip(),
        "weekday": form.weekday,
        "hours_from": _clock(form.hours_from),
        "hours_to": _clock(form.hours_to),
        "who": form.who.strip() or None,
    }
    with writing(desk) as work:
        work.no_draft(key, drafts.values_of(form))
        return keep_row(work, WalkInHoursRow, id, fields)


def helpers(desk: Desk, query: str = "") -> tuple[Helper, ...]:
    """Whose every word of the query stands with them: what they help with, a name, a note, digits of the number."""
    with desk.store.reading() as session:
        found = standing_rows(session, DirectoryEntryRow)
    wanted = fold(query).split()
    fitting = [row for row in found if all(word in _words(row) for word in wanted)]
    ordered = sorted(fitting, key=lambda row: (fold(row.helps_with), fold(row.name)))
    return tuple(Helper(row.id, row.helps_with, row.name, row.phone, row.note) for row in ordered)


def keep_helper(desk: Desk, id: str | None, form: HelperForm, key: str) -> Saved:
    """A new one, or this one changed. Raises RecordError("missing", "helps_with" | "name")."""
    for name in ("helps_with", "name"):
        if not getattr(form, name).strip():
            raise RecordError("missing", name)
    fields = {
        "helps_with": form.helps_with.strip(),
        "name": form.name.strip(),
        "phone": form.phone.strip() or None,
        "note": form.note.strip() or None,
    }
    with writing(desk) as work:
        work.no_draft(key, drafts.values_of(form))
        return keep_row(work, DirectoryEntryRow, id, fields)


def end(desk: Desk, of: type[Synced], id: str) -> Saved:
    """It is not so any more; it stays readable."""
    with writing(desk) as work:
        work.change(work.get(of, id), ended_on=work.today)
        return work.saved(id, "")


def end_hours(desk: Desk, id: str) -> Saved:
    return end(desk, WalkInHoursRow, id)


def end_helper(desk: Desk, id: str) -> Saved:
    return end(desk, DirectoryEntryRow, id)


def has_team(desk: Desk) -> bool:
    """Whether there is anybody to share these with."""
    with desk.store.reading() as session:
        return people.team_of(session, desk.worker) is not None


def keep_row(work: Writing, of: type[Row], id: str | None, fields: Mapping[str, Any]) -> Saved:
    """A new one of the team's, or this one changed. Raises RecordError("no_team")."""
    if id is not None:
        work.change(work.get(of, id), **fields)
        return work.saved(id, "")
    team = people.team_of(work.session, work.desk.worker)
    if team is None:
        raise RecordError("no_team")
    return work.saved(work.add_to(team, of(**fields)), "")


def standing_rows(session: Session, of: type[Row]) -> list[Row]:
    """Those nobody has ended."""
    return [row for row in all_rows(session, of) if getattr(row, "ended_on", None) is None]


def all_rows(session: Session, of: type[Row]) -> Iterable[Row]:
    """Also those that were ended."""
    return session.exec(select(of).where(col(of.void_reason).is_(None)))


def _hours(row: WalkInHoursRow, first: int) -> Hours:
    from_, to = (time.fromisoformat(clock) if clock else None for clock in (row.hours_from, row.hours_to))
    return Hours(row.id, row.place, row.weekday, from_, to, row.who, row.weekday == first)


def _words(row: DirectoryEntryRow) -> str:
    return fold(f"{row.helps_with} {row.name} {row.note or ''} {row.phone or ''} {digits(row.phone)}")


def _clock(at: time | None) -> str | None:
    return at.strftime("%H:%M") if at else None
