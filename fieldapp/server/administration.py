"""What a leader and an administrator do: workers, assignments, phones, erasure. For command line and console.

Each is one transaction around what other modules do: `staff`, `handover`, `decisions`, `erasure`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain import access
from fieldapp.domain.erasure import Ground
from fieldapp.domain.fields import is_id
from fieldapp.domain.values import AssignmentRole, Decision, RejectReason
from fieldapp.errors import RecordError
from fieldapp.server import (
    assignments,
    changes,
    database,
    decisions,
    enrolment,
    erasure,
    extract,
    handover,
    recovery,
    staff,
)
from fieldapp.server.exchange import utc_now
from fieldapp.server.records import commit_changes
from fieldapp.server.register import Register
from fieldapp.server.tables import Assignment, Device, Record, Team, Worker
from fieldapp.settings import DEFAULTS, Settings


class Office:
    """The office of a municipality's server. Ids are returned; RecordError says what does not exist."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        settings: Settings = DEFAULTS,
        register: Register | None = None,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.settings = settings
        self.register = register

    def add_team(self, name: str) -> str:
        with self._changes() as session:
            team = Team(id=str(uuid7()), name=name)
            session.add(team)
            return team.id

    def add_worker(
        self,
        name: str,
        role: access.Role = "worker",
        job: str | None = None,
        phone: str | None = None,
        team: str | None = None,
    ) -> str:
        with self._changes() as session:
            worker = Worker(id=str(uuid7()), name=name, role=role, job=job, phone=phone)
            session.add(worker)
            session.flush()
            if team is not None:
                staff.join(session, worker, _team(session, team).id, self.clock())
            return worker.id

    def join(self, worker: str, team: str) -> None:
        with self._changes() as session:
            staff.join(session, _working(session, worker), _team(session, team).id, self.clock())

    def leave(self, worker: str, team: str) -> None:
        with self._changes() as session:
            staff.leave(session, _worker(session, worker), _team(session, team).id, self.clock())

    def disable(self, worker: str) -> None:
        """They have stopped: no phone of theirs is let in, and `in_need` lists the citizens they leave."""
        with self._changes() as session:
            staff.disable(session, _worker(session, worker), self.clock())

    def assign(
        self,
        citizen: str,
        worker: str | None = None,
        team: str | None = None,
        role: AssignmentRole = AssignmentRole.RESPONSIBLE,
        from_at: datetime | None = None,
        to_at: datetime | None = None,
    ) -> str:
        """Entrust a citizen to a worker or a team, from now or `from_at`, until `to_at` or further notice."""
        now = self.clock()
        with self._changes() as session:
            if (worker is None) == (team is None):
                raise RecordError("worker_or_team")
            _check_citizen(session, citizen)
            name = _working(session, worker).name if worker else _team(session, team or "").name
            assignment = Assignment(
                id=str(uuid7()),
                citizen=citizen,
                worker=worker,
                team=team,
                role=role,
                from_at=from_at or now,
                to_at=to_at,
            )
            assignments.entrust(session, assignment, name, now)
            return assignment.id

    def end_assignment(self, assignment: str, to_at: datetime | None = None) -> None:
        with self._changes() as session:
            assignments.end(session, assignment, to_at or self.clock())

    def hand_over(self, citizen: str, worker: str | None = None, team: str | None = None) -> str:
        """Another worker or team is responsible from now on, and whoever was is not."""
        with self._changes() as session:
            if (worker is None) == (team is None):
                raise RecordError("worker_or_team")
            _check_citizen(session, citizen)
            to = _working(session, worker) if worker else _team(session, team or "")
            return handover.hand_over(session, citizen, to, self.clock())

    def deputize(self, worker: str, deputy: str, from_at: datetime, to_at: datetime) -> list[str]:
        """`deputy` stands in for all of a worker's citizens from one moment to another; the new assignments' ids."""
        with self._changes() as session:
            stands_in = _working(session, deputy)
            return handover.deputize(session, _worker(session, worker), stands_in, from_at, to_at, self.clock())

    def accept(self, quarantined: str, by: str) -> None:
        """Take kept work along, decided as if its writer sent it now. `by` is the worker who says so."""
        with self._changes() as session:
            decisions.decide(session, quarantined, Decision.ACCEPT, _working(session, by), self.clock(), None, None)

    def reject(self, quarantined: str, by: str, reason: RejectReason = RejectReason.OTHER, text: str = "") -> None:
        """`text` is for those who support the citizen; its writer is told the reason alone."""
        with self._changes() as session:
            who = _working(session, by)
            decisions.decide(session, quarantined, Decision.REJECT, who, self.clock(), reason, text.strip())

    def make_code(self, worker: str) -> str:
        """A one-time code for a new phone of this worker; said once, kept only as a hash."""
        with self._changes() as session:
            return enrolment.make_code(session, _working(session, worker).id, self.clock(), self.settings)

    def revoke(self, device: str, *, lost: bool) -> None:
        """A phone is out of use: handed in, or `lost`, and then it must wipe itself. It is never let in again."""
        with self._changes() as session:
            found = session.get(Device, device, with_for_update=True) if is_id(device) else None
            if found is None:
                raise RecordError("unknown_device")
            enrolment.revoke(session, found, "lost" if lost else "retired", self.clock())

    def count(self, what: Literal["record", "citizen"], id: str) -> int:
        """How many entries `erase_record` or `erase_citizen` would erase now."""
        with database.trouble_told(), Session(self.engine) as session:
            return erasure.count(session, id, whole=what == "citizen")

    def erase_record(self, record: str, by: str, ground: Ground) -> int:
        """Erase a record and what belongs to it, everywhere; how many went. `by`: the leader who answers for it."""
        with self._changes() as session:
            return erasure.erase_record(session, record, _leader(session, by).id, ground, self.clock())

    def erase_citizen(self, citizen: str, by: str, ground: Ground) -> int:
        """Erase all there is about a citizen, everywhere; how many records went."""
        with self._changes() as session:
            return erasure.erase_citizen(session, citizen, _leader(session, by).id, ground, self.clock())

    def extract(self, citizen: str, by: str, target: Path) -> None:
        """All that is stored about a citizen, in the new folder `target`, for the citizen (GDPR article 15)."""
        with Session(self.engine) as session:
            asks = _leader(session, by)
        extract.extract(self.engine, citizen, asks, target, self.clock())

    def approve_recovery(self, worker: str, reason: str) -> datetime:
        """Let this worker's phone ask once for the code that opens it when the PIN is forgotten; until when."""
        if not reason.strip():
            raise RecordError("missing", "reason")
        with self._changes() as session:
            worker = _worker(session, worker).id
            return recovery.approve(session, worker, reason.strip(), self.clock(), self.settings).expires_at

    def teams(self) -> list[Team]:
        with Session(self.engine) as session:
            return list(session.exec(select(Team).order_by(col(Team.name))))

    def workers(self) -> list[Worker]:
        with Session(self.engine) as session:
            return list(session.exec(select(Worker).order_by(col(Worker.name))))

    def devices(self) -> list[Device]:
        with Session(self.engine) as session:
            return list(session.exec(select(Device).order_by(col(Device.enrolled_at))))

    def assignments(self) -> list[Assignment]:
        with Session(self.engine) as session:
            return list(session.exec(select(Assignment).order_by(col(Assignment.from_at))))

    def quarantine(self) -> list[decisions.Waiting]:
        """Work that waits for somebody's decision, the oldest first."""
        with Session(self.engine) as session:
            return decisions.waiting(session)

    def changes_asked(self) -> list[changes.Asked]:
        """Another support person, asked for on a phone; `hand_over` carries it out."""
        with Session(self.engine) as session:
            return changes.asked(session, self.clock())

    def in_need(self) -> list[handover.InNeed]:
        """Citizens nobody is responsible for, though their support goes on."""
        with Session(self.engine) as session:
            return handover.in_need(session, self.clock())

    @contextmanager
    def _changes(self) -> Iterator[Session]:
        with database.trouble_told(), database.writing(self.engine, self.register) as session:
            yield session
            commit_changes(session)


def _worker(session: Session, id: str) -> Worker:
    worker = session.get(Worker, id) if is_id(id) else None
    if worker is None:
        raise RecordError("unknown_worker")
    return worker


def _working(session: Session, id: str) -> Worker:
    worker = _worker(session, id)
    if worker.disabled_at is not None:
        raise RecordError("disabled_worker")
    return worker


def _leader(session: Session, id: str) -> Worker:
    worker = _worker(session, id)
    if worker.role == "worker" or worker.disabled_at is not None:
        raise RecordError("not_a_leader")
    return worker


def _team(session: Session, id: str) -> Team:
    team = session.get(Team, id) if is_id(id) else None
    if team is None:
        raise RecordError("unknown_team")
    return team


def _check_citizen(session: Session, id: str) -> None:
    # Held until the commit, so that nobody is entrusted with a citizen who is erased meanwhile.
    held = {"read": True, "key_share": True}
    known = session.get(Record, id, with_for_update=held) if is_id(id) else None
    if known is None or known.kind != "citizen" or known.deleted:
        raise RecordError("unknown_citizen")
