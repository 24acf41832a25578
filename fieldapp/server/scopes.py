"""What a worker may reach, read from assignments and memberships; the rule itself is domain.access."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, or_, select

from fieldapp.domain import access
from fieldapp.server import same
from fieldapp.server.tables import Assignment, Membership


@dataclass(frozen=True)
class Reach:
    """All that was ever entrusted to a worker, themselves or through a team."""

    worker: str
    assignments: tuple[access.Assignment, ...]
    memberships: tuple[access.Membership, ...]

    def at(self, moment: datetime) -> frozenset[str]:
        return access.view(self.worker, self.assignments, self.memberships, moment)

    @property
    def citizens_ever(self) -> frozenset[str]:
        """Scopes this worker knows to exist, because they were theirs once."""
        return frozenset(access.citizen_scope(a.citizen) for a in self.assignments if self._was_theirs(a))

    def _was_theirs(self, assignment: access.Assignment) -> bool:
        """Not what came to a team after they had left it, nor what had left it when they came."""
        return assignment.worker == self.worker or any(
            m.team == assignment.team and _meet(m, assignment) for m in self.memberships
        )


def _meet(membership: access.Membership, assignment: access.Assignment) -> bool:
    begins = max(membership.from_at, assignment.from_at)
    return all(end is None or begins < end for end in (membership.to_at, assignment.to_at))


def reach(session: Session, worker: str) -> Reach:
    """Read as plain columns: it is asked twice in every exchange, and an object of each row took most of its time."""
    m, a = Membership, Assignment
    theirs = select(m.worker, m.team, m.from_at, m.to_at).where(m.worker == worker)
    memberships = tuple(access.Membership(*row) for row in session.exec(theirs))
    to_them = or_(a.worker == worker, col(a.team).in_({membership.team for membership in memberships}))
    columns: tuple[Any, ...] = (a.citizen, a.worker, a.team, a.role, a.from_at, a.to_at)
    assignments = tuple(access.Assignment(*row) for row in session.execute(sql_select(*columns).where(to_them)))
    return Reach(worker, assignments + same.following(assignments, same.read(session)), memberships)
