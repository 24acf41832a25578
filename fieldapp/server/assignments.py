"""An assignment is a typed row, which decides, and a record of the same id, which tells the phones: always both.

Whoever gains or loses a citizen by it is told (`notices`), unless they did it themselves.
"""

from datetime import datetime

from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server import notices, registering, same, supporters
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.tables import Assignment, Record


def entrust(
    session: Session,
    assignment: Assignment,
    name: str,
    now: datetime,
    author: str | None = None,
    *,
    quiet: bool = False,
) -> None:
    """`name` is the worker's or the team's, so that a phone can say it. `quiet`: it goes along with another, of which
    they are told."""
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
    if quiet:
        return
    told = [worker for worker in supporters.people(session, assignment, now) if worker != author]
    notices.gained(session, assignment, told, now)
    if assignment.to_at is not None:
        _tell_the_end(session, assignment, told)


def end(session: Session, assignment_id: str, to_at: datetime, *, quiet: bool = False) -> None:
    """And with it what they have of others that are the same person."""
    if not end_again(session, assignment_id, to_at, quiet=quiet):
        raise RecordError("unknown_assignment")
    registering.note(session, "assignment", assignment_id, to_at)
    ended = session.get_one(Assignment, assignment_id)
    for other in same.read(session).all_of(ended.citizen):
        for one in supporters.assignments_of(session, other) if other != ended.citizen else ():
            theirs = (one.worker, one.team, one.role) == (ended.worker, ended.team, ended.role)
            if theirs and (one.to_at is None or one.to_at > to_at):
                end_again(session, one.id, to_at, quiet=True)
                registering.note(session, "assignment", one.id, to_at)


def end_again(session: Session, assignment_id: str, to_at: datetime, *, quiet: bool = False) -> bool:
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
        if not quiet:
            _tell_the_end(session, assignment, supporters.people(session, assignment, to_at))
    return True


def _tell_the_end(session: Session, assignment: Assignment, workers: list[str]) -> None:
    assert assignment.to_at is not None
    other = supporters.responsible(session, assignment.citizen, assignment.to_at, besides=assignment.id)
    notices.lost(session, "end", assignment, workers, other, assignment.to_at)
