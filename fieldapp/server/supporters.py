"""Who supports a citizen at a moment, asked from the citizen's side; what a worker may reach is `scopes`.

Read with what the session has not written yet: a hand-over ends one assignment and begins another in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from fieldapp.domain import access
from fieldapp.domain.values import AssignmentRole
from fieldapp.server.tables import Assignment, Membership, Team, Worker


@dataclass(frozen=True)
class Supporter:
    """A worker, or a team (`worker` None), by the name that a phone can say."""

    worker: str | None
    name: str


def assignments_of(session: Session, citizen: str) -> list[Assignment]:
    stored = session.exec(select(Assignment).where(Assignment.citizen == citizen)).all()
    return [*stored, *(new for new in session.new if isinstance(new, Assignment) and new.citizen == citizen)]


def responsible(session: Session, citizen: str, at: datetime, besides: str | None = None) -> Supporter | None:
    """The responsible worker, else the team. A deputy answers for nobody but the one who is away."""
    held = [a for a in assignments_of(session, citizen) if a.id != besides and holds(a, at)]
    for role in (AssignmentRole.RESPONSIBLE, AssignmentRole.TEAM):
        found = [a for a in held if a.role == role]
        if found:
            return _named(session, max(found, key=lambda a: (a.from_at, a.id)))
    return None


def people(session: Session, assignment: Assignment, at: datetime) -> list[str]:
    """The workers it concerns: the one, or all of the team; without those who have stopped."""
    if assignment.worker is not None:
        ids: Sequence[str] = [assignment.worker]
    else:
        memberships = session.exec(select(Membership).where(Membership.team == assignment.team)).all()
        ids = [m.worker for m in memberships if access.Membership(m.worker, m.team, m.from_at, m.to_at).holds(at)]
    working = select(Worker.id).where(col(Worker.id).in_(ids), col(Worker.disabled_at).is_(None))
    return sorted(session.exec(working))


def holds(a: Assignment, at: datetime) -> bool:
    return access.Assignment(a.citizen, a.worker, a.team, a.role, a.from_at, a.to_at).holds(at)


def _named(session: Session, assignment: Assignment) -> Supporter:
    if assignment.worker is not None:
        return Supporter(assignment.worker, session.get_one(Worker, assignment.worker).name)
    return Supporter(None, session.get_one(Team, assignment.team).name)
