"""Another support person (K5, K12): asked for here, met together, decided by the leader, who ends the old access."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import courses, entries, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.entries import Sort, form_of
from fieldapp.domain.dated import is_carried_out
from fieldapp.errors import RecordError
from fieldapp.store.tables import AssignmentRow
from fieldapp.store.tables_life import WorkerChangeRow


@dataclass
class ChangeForm:
    """Mutable, as every form. `to` is a name, `worker` a colleague's id; `not_suitable`: a change would be wrong."""

    to: str = ""
    worker: str | None = None
    reason: str | None = None
    joint_meeting_on: date | None = None
    held: bool = False
    not_suitable: bool = False
    note: str = ""


@dataclass(frozen=True)
class WorkerChange:
    id: str
    on: date
    said: ChangeForm


_CHANGES = Sort(WorkerChangeRow, ChangeForm, lambda change: change.to, done="held")


def draft_key(citizen: str) -> str:
    return f"change:{citizen}"


def read(desk: Desk, citizen: str) -> WorkerChange | None:
    """What is asked and not carried out yet."""
    with desk.store.reading() as session:
        row = _open(session, citizen)
        return WorkerChange(row.id, row.on, form_of(row, ChangeForm)) if row else None


def says_nothing(form: ChangeForm) -> bool:
    """Nothing the leader could act on: neither who, why nor when, and no word of it."""
    said = (form.to.strip(), form.worker, form.reason, form.joint_meeting_on, form.not_suitable, form.note.strip())
    return not any(said)


def keep(desk: Desk, citizen: str, form: ChangeForm) -> Saved:
    """Raises RecordError("missing", "reason") for one that says nothing."""
    if says_nothing(form):
        raise RecordError("missing", "reason")
    stands = read(desk, citizen)
    entry, key = stands.id if stands else None, draft_key(citizen)
    return entries.keep(desk, citizen, _CHANGES, form, entry, draft=key, on=desk.today())


def _open(session: Session, citizen: str) -> WorkerChangeRow | None:
    """The latest of this course, unless somebody else has become responsible since."""
    asked = courses.of_this(session, WorkerChangeRow, citizen)
    given = ((each.role, each.worker, each.from_at) for each in rows.of_citizen(session, AssignmentRow, citizen))
    latest = asked[-1] if asked else None
    return None if latest is None or is_carried_out(latest.author, latest.added_at, given) else latest
