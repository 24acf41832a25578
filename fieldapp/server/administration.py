"""What a leader and an administrator do: workers, assignments, phones, erasure. For command line and console.

Each is one transaction around what other modules do: `staff`, `handover`, `decisions`, `erasure`. It leaves its line in
the log: who did it, when, to what; never a name, or a word of what was written.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from sqlmodel import Session
from uuid6 import uuid7

from fieldapp.domain import access
from fieldapp.domain.erasure import Ground
from fieldapp.domain.fields import is_id
from fieldapp.domain.invitation import Invitation, fingerprint
from fieldapp.domain.values import AssignmentRole, Decision, NoticeWord, RejectReason
from fieldapp.errors import RecordError
from fieldapp.server import (
    assignments,
    database,
    decisions,
    doubles,
    enrolment,
    erasure,
    extract,
    handover,
    identity,
    importing,
    importing_workers,
    leading,
    notices,
    profiles,
    recovery,
    revoking,
    staff,
)
from fieldapp.server.console import sessions
from fieldapp.server.console.why import Why
from fieldapp.server.desk import a_leader, a_team, a_worker, at_work, check_citizen, of_the_office
from fieldapp.server.overseeing import Overseeing
from fieldapp.server.records import commit_changes
from fieldapp.server.tables import Assignment, Device, Team, Worker


class Office(Overseeing):
    """The office of a municipality's server. Ids are returned; RecordError says what does not exist."""

    def add_team(self, name: str) -> str:
        with self._changes() as session:
            team = Team(id=str(uuid7()), name=name)
            session.add(team)
            self._log(session, "add_team", team.id)
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
                staff.join(session, worker, a_team(session, team).id, self.clock())
            self._log(session, "add_worker", worker.id, why=role)
            return worker.id

    def describe(self, worker: str, /, **changes: str | None) -> None:
        """A colleague's name, job, phone, role in the team, usual deputy; None takes one off. The phones are told."""
        with self._changes() as session:
            account = a_worker(session, worker)
            staff.check_keeps(session, self.by, account)
            profiles.describe(session, account, changes)
            self._log(session, "describe", worker, why=",".join(sorted(changes)))

    def work_by(self, worker: str, method: str, course_on: date | None = None) -> None:
        """A method they work by, and the day of their course in it."""
        with self._changes() as session:
            profiles.work_by(session, a_worker(session, worker), method, course_on)
            self._log(session, "work_by", worker, why=method)

    def not_by(self, worker: str, method: str) -> None:
        with self._changes() as session:
            profiles.not_by(session, a_worker(session, worker), method)
            self._log(session, "not_by", worker, why=method)

    def place(self, team: str, unit: str | None) -> None:
        """The unit of the municipality that a team belongs to."""
        with self._changes() as session:
            profiles.place(a_team(session, team), unit)
            self._log(session, "place", team)

    def import_citizens(self, data: bytes, by: str, *, do_it: bool) -> importing.Report:
        """A municipality's own list of citizens: what would come of it, and with `do_it` it comes.

        Whoever sits here gives citizens to no others than those they see."""
        with database.trouble_told(), Session(self.engine) as session:
            at_desk = session.get(Worker, self.by) if self.by else None
            within = leading.sight(session, at_desk, self.clock()) if at_desk else None
        return self._import(partial(importing.citizens, within=within), a_leader, data, by, do_it=do_it)

    def import_workers(self, data: bytes, by: str, *, do_it: bool) -> importing.Report:
        return self._import(importing_workers.workers, of_the_office, data, by, do_it=do_it)

    def _import(
        self,
        take: Callable[..., importing.Report],
        who: Callable[[Session, str], Worker],
        data: bytes,
        by: str,
        *,
        do_it: bool,
    ) -> importing.Report:
        with database.trouble_told(), database.writing(self.engine, self.register) as session:
            report = take(session, data, who(session, by), self.clock(), do_it=do_it)
            if do_it and not report.problems:
                commit_changes(session)
            return report

    def join(self, worker: str, team: str) -> None:
        with self._changes() as session:
            staff.join(session, at_work(session, worker), a_team(session, team).id, self.clock())
            self._log(session, "join", worker, why=team)

    def leave(self, worker: str, team: str) -> None:
        with self._changes() as session:
            staff.leave(session, a_worker(session, worker), a_team(session, team).id, self.clock())
            self._log(session, "leave", worker, why=team)

    def disable(self, worker: str) -> None:
        """They have stopped: no phone of theirs is let in, and `in_need` lists the citizens they leave."""
        with self._changes() as session:
            account = a_worker(session, worker)
            staff.check_keeps(session, self.by, account)
            staff.disable(session, account, self.clock())
            self._log(session, "disable", worker)

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
            check_citizen(session, citizen)
            name = at_work(session, worker).name if worker else a_team(session, team or "").name
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
            self._log_of(session, "assign", citizen, assignment.id)
            return assignment.id

    def end_assignment(self, assignment: str, to_at: datetime | None = None) -> None:
        with self._changes() as session:
            assignments.end(session, assignment, to_at or self.clock())
            self._log_of(session, "end_assignment", session.get_one(Assignment, assignment).citizen, assignment)

    def hand_over(self, citizen: str, worker: str | None = None, team: str | None = None) -> str:
        """Another worker or team is responsible from now on, and whoever was is not."""
        with self._changes() as session:
            if (worker is None) == (team is None):
                raise RecordError("worker_or_team")
            check_citizen(session, citizen)
            to = at_work(session, worker) if worker else a_team(session, team or "")
            assignment = handover.hand_over(session, citizen, to, self.clock())
            self._log_of(session, "hand_over", citizen, assignment)
            return assignment

    def deputize(self, worker: str, deputy: str, from_at: datetime, to_at: datetime) -> list[str]:
        """`deputy` stands in for all of a worker's citizens from one moment to another; the new assignments' ids."""
        with self._changes() as session:
            stands_in = at_work(session, deputy)
            away = a_worker(session, worker)
            made = handover.deputize(session, away, stands_in, from_at, to_at, self.clock())
            for one in [each for each in (*session.new, *session.dirty) if isinstance(each, Assignment)]:
                self._log_of(session, "deputize", one.citizen, one.id)
            return made

    def accept(self, quarantined: str, by: str) -> None:
        """Take kept work along, decided as if its writer sent it now. `by` is the worker who says so."""
        with self._changes() as session:
            decisions.decide(session, quarantined, Decision.ACCEPT, at_work(session, by), self.clock(), None, None)

    def reject(self, quarantined: str, by: str, reason: RejectReason = RejectReason.OTHER, text: str = "") -> None:
        """`text` is for those who support the citizen; its writer is told the reason alone."""
        with self._changes() as session:
            who = at_work(session, by)
            decisions.decide(session, quarantined, Decision.REJECT, who, self.clock(), reason, text.strip())

    def say_same(self, twice: str, kept: str) -> None:
        """The leader who acts here says that a citizen is registered twice; all of both reads as one, under `kept`."""
        with self._changes() as session:
            doubles.say_same(session, twice, kept, a_leader(session, self.by or ""), self.clock())

    def say_two(self, one: str, other: str) -> None:
        """The leader who acts here has looked: these are two, and it is not asked again."""
        with self._changes() as session:
            doubles.say_two(session, one, other, a_leader(session, self.by or ""), self.clock())
            self._log(session, "told_apart", min(one, other), why=max(one, other))

    def make_code(self, worker: str) -> str:
        """A one-time code for a new phone of this worker; said once, kept only as a hash."""
        with self._changes() as session:
            code = enrolment.make_code(session, at_work(session, worker).id, self.clock(), self.settings)
            self._log(session, "make_code", worker)
            return code

    def invite(self, worker: str, address: str) -> Invitation:
        """The same with what a phone must know of this server at `address`; `domain.invitation.link` makes it a text
        for a QR code."""
        code = self.make_code(worker)
        with database.trouble_told(), Session(self.engine) as session:
            return Invitation(address, code, fingerprint(identity.public_key(session)))

    def login_link(self, worker: str) -> str:
        """The secret part of a link by which a leader or an administrator comes into the console, once."""
        with self._changes() as session:
            key = sessions.make_link(session, of_the_office(session, worker), self.clock(), self.settings)
            self._log(session, "login_link", worker)
            return key

    def set_login(self, worker: str, login: str | None) -> None:
        """What this worker is called at the municipality's sign-in; None: they cannot come in that way.

        They are told, so that nobody comes in as them unseen; and what has ever been the name of an administrator
        becomes nobody else's.
        """
        with self._changes() as session:
            who, mark = a_worker(session, worker), staff.login_mark(session, login)
            if login is not None and staff.is_anothers_login(session, worker, login, mark):
                raise RecordError("taken", "login")
            if who.login == login:
                return
            who.login = login
            by = None if self.by is None else a_worker(session, self.by)
            if by is None or by.id != worker:
                notices.of_account(session, worker, NoticeWord.LOGIN, str(uuid7()), by, self.clock())
            self._log(session, "set_login", worker, why=mark)

    def revoke(self, device: str, *, lost: bool) -> None:
        """A phone is out of use for good: retired, and then it sends what it has and wipes itself; or `lost`, and then
        it wipes itself at once."""
        with self._changes() as session:
            found = session.get(Device, device, with_for_update=True) if is_id(device) else None
            if found is None:
                raise RecordError("unknown_device")
            staff.check_keeps(session, self.by, session.get_one(Worker, found.worker))
            state: Literal["lost", "retired"] = "lost" if lost else "retired"
            revoking.revoke(session, found, state, self.clock())
            self._log(session, "revoke", device, why=state)

    def count(self, what: Literal["record", "citizen"], id: str) -> int:
        """How many entries `erase_record` or `erase_citizen` would erase now."""
        with database.trouble_told(), Session(self.engine) as session:
            return erasure.count(session, id, whole=what == "citizen")

    def erase_record(self, record: str, by: str, ground: Ground) -> int:
        """Erase a record and what belongs to it, everywhere; how many went. `by`: who of the office answers for it."""
        with self._changes() as session:
            return erasure.erase_record(session, record, of_the_office(session, by).id, ground, self.clock())

    def erase_citizen(self, citizen: str, by: str, ground: Ground) -> int:
        """Erase all there is about a citizen, everywhere; how many records went."""
        with self._changes() as session:
            return erasure.erase_citizen(session, citizen, of_the_office(session, by).id, ground, self.clock())

    def extract(self, citizen: str, by: str, target: Path, why: Why) -> None:
        """All that is stored about a citizen, in the new folder `target`, for the citizen (GDPR article 15)."""
        with Session(self.engine) as session:
            asks = a_leader(session, by)
        extract.extract(self.engine, citizen, asks, target, why, self.clock())

    def approve_recovery(self, worker: str, reason: str, by: str | None = None) -> datetime:
        """Let this worker's phone ask once for the code that opens it when the PIN is forgotten; until when.

        `by`: the leader who says so, never the worker: who sits here, when nobody else is named. None when nobody but
        who runs the server is there to say it.
        """
        if not reason.strip():
            raise RecordError("missing", "reason")
        with self._changes() as session:
            worker, now = a_worker(session, worker).id, self.clock()
            by = by or self.by
            leader = None if by is None else a_leader(session, by)
            says = leader.id if leader else None
            if says == worker:
                raise RecordError("not_a_leader")
            yes = recovery.approve(session, worker, reason.strip(), now, self.settings, says)
            notices.of_account(session, worker, NoticeWord.RECOVERED, yes.id, leader, now)
            self._log(session, "approve_recovery", worker, why=yes.id, by=says)
            return yes.expires_at
