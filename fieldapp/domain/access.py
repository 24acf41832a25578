"""Who may see what, and who may write it: the same answer on the server and on the phone (architecture 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fieldapp.domain.fields import ScopeKind
from fieldapp.domain.kinds import KINDS

Role = Literal["worker", "leader", "administrator"]

ALL = "all"


def citizen_scope(citizen_id: str) -> str:
    return f"citizen:{citizen_id}"


def team_scope(team_id: str) -> str:
    return f"team:{team_id}"


def worker_scope(worker_id: str) -> str:
    return f"worker:{worker_id}"


def scope_kind(scope: str) -> ScopeKind | None:
    """The kind of a scope string, None for something that is no scope."""
    head, colon, rest = scope.partition(":")
    if scope == ALL:
        return "all"
    if colon and rest and head in ("citizen", "team", "worker"):
        return head  # type: ignore[return-value]  # mypy does not narrow `in` to Literals
    return None


def scope_id(scope: str) -> str:
    return scope.partition(":")[2]


@dataclass(frozen=True)
class Assignment:
    """A citizen entrusted to a worker or a team from one moment to another. `to_at` None: until further notice."""

    citizen: str
    worker: str | None
    team: str | None
    role: str
    from_at: datetime
    to_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


@dataclass(frozen=True)
class Membership:
    worker: str
    team: str
    from_at: datetime
    to_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


def view(
    worker: str, assignments: Iterable[Assignment], memberships: Iterable[Membership], at: datetime
) -> frozenset[str]:
    """The scopes this worker may see at this moment, in server time.

    A leader's phone holds a citizen only by an assignment, as everybody's does.
    """
    teams = {m.team for m in memberships if m.worker == worker and m.holds(at)}
    citizens = {a.citizen for a in assignments if a.holds(at) and (a.worker == worker or a.team in teams)}
    return frozenset(
        {ALL, worker_scope(worker)} | {team_scope(t) for t in teams} | {citizen_scope(c) for c in citizens}
    )


def may_write(kind: str, scope: str, role: Role) -> bool:
    """Whether a device of a worker with this role may send such a record at all.

    Whether the scope is *theirs* is `view`'s business; both must say yes.
    """
    known = KINDS.get(kind)
    return (
        known is not None
        and known.ready
        and known.written_by == "worker"
        and scope_kind(scope) == known.scope
        and role in ("worker", "leader")
    )
