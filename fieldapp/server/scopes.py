"""What a worker may reach, read from assignments and memberships; the rule itself is domain.access."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from fieldapp.domain import access
from fieldapp.server import same

_SAME = "same"
#: All in one question: it is asked once or twice in every exchange, which waits for little else. Memberships name no
#: citizen. Two arms for assignments, so that each finds its index.
_REACH = text(f"""
    SELECT NULL AS citizen, worker::text, team::text, NULL AS role, from_at, to_at FROM membership
        WHERE worker = CAST(:worker AS uuid)
    UNION ALL
    SELECT citizen::text, worker::text, team::text, role, from_at, to_at FROM assignment
        WHERE worker = CAST(:worker AS uuid)
    UNION ALL
    SELECT citizen::text, worker::text, team::text, role, from_at, to_at FROM assignment
        WHERE team IN (SELECT team FROM membership WHERE worker = CAST(:worker AS uuid))
    UNION ALL
    SELECT scope, said, NULL, '{_SAME}', NULL, NULL FROM ({same.MERGES}) AS merges
""")


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
    memberships, assignments, merges = [], [], []
    for citizen, whose, team, role, from_at, to_at in session.execute(_REACH, {"worker": worker}):
        if citizen is None:
            memberships.append(access.Membership(whose, team, from_at, to_at))
        elif role == _SAME:
            merges.append((citizen, whose))
        else:
            assignments.append(access.Assignment(citizen, whose, team, role, from_at, to_at))
    following = same.following(assignments, same.among(session, merges))
    return Reach(worker, (*assignments, *following), tuple(memberships))
