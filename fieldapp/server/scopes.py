"""What a worker may reach, read from assignments and memberships; the rule itself is domain.access."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session, col

from fieldapp.domain import access
from fieldapp.server import same
from fieldapp.server.tables import Assignment, Membership

_m, _a = Membership, Assignment
#: Plain columns, and made once: both are asked twice in every exchange, which waits for little else.
_MEMBERSHIPS = select(col(_m.worker), col(_m.team), col(_m.from_at), col(_m.to_at)).where(
    col(_m.worker) == bindparam("worker")
)
_ASSIGNMENTS = select(
    col(_a.citizen), col(_a.worker), col(_a.team), col(_a.role), col(_a.from_at), col(_a.to_at)
).where(or_(col(_a.worker) == bindparam("worker"), col(_a.team).in_(bindparam("teams", expanding=True))))


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
    memberships = tuple(access.Membership(*row) for row in session.execute(_MEMBERSHIPS, {"worker": worker}))
    theirs = {"worker": worker, "teams": [membership.team for membership in memberships]}
    assignments = tuple(access.Assignment(*row) for row in session.execute(_ASSIGNMENTS, theirs))
    return Reach(worker, assignments + same.following(assignments, same.read(session)), memberships)
