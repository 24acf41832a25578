"""An assignment is a typed row, which decides, and a record of the same id, which tells the phones: always both.

Whoever gains or loses a citizen by it is told (`notices`), unless they did it themselves.
"""

from datetime import datetime

from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server import notices, registering, supporters
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.tables import Assignment, Record


def entrust(session: Session, assignment: Assignment, name: str, now: datetime, author: str | None = None) -> None:
    """`name` is the worker's or the team's, so that a phone can say it."""
    fields = {
        "worker": assignment.worker,
        "team": assignment.team,
        "name": name,
        "role": str(assignment.role),
        "from_at": assignment.from_at.isoformat(),
        "to_at": assignment.to_at and assignment.to_at.isoformat(),
    }
    session.add(assignment)
    session.add(server_record(assignment.id, "assignment", citizen_scope(assignment.citizen), fields, now, author))
    told = [worker for worker in supporters.people(session, assignment, now) if worker != author]
    notices.gained(session, assignment, told, now)
    if assignment.to_at is not None:
        _tell_the_end(session, assignment, told)


def end(session: Session, assignment_id: str, to_at: datetime) -> None:
    if not end_again(session, assignment_id, to_at):
        raise RecordError("unknown_assignment")
    registering.note(session, "assignment", assignment_id, to_at)


def end_again(session: Session, assignment_id: str, to_at: datetime) -> bool:
    """As the register says that it ended; False when there is no such assignment."""
    known = is_id(assignment_id)
    assignment = session.get(Assignment, assignment_id, with_for_update=True) if known else None
    record = session.get(Record, assignment_id, with_for_update=True) if known else None
    if assignment is None or record is None:
        return False
    assignment.to_at = to_at
    if not record.deleted:
        record.fields = {**record.fields, "to_at": to_at.isoformat()}
        record.base = {**record.base, "to_at": THIS_WRITE}
        _tell_the_end(session, assignment, supporters.people(session, assignment, to_at))
    return True


def _tell_the_end(session: Session, assignment: Assignment, workers: list[str]) -> None:
    assert assignment.to_at is not None
    other = supporters.responsible(session, assignment.citizen, assignment.to_at, besides=assignment.id)
    notices.lost(session, "end", assignment, workers, other, assignment.to_at)
