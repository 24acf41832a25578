"""A citizen goes from one to another, for good or while somebody is away; and which citizens have nobody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain import closing, facts
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.gather import gather
from fieldapp.domain.standing import standing
from fieldapp.domain.values import AssignmentRole, Support
from fieldapp.errors import RecordError
from fieldapp.server import assignments, same, supporters
from fieldapp.server.tables import Assignment, Record, Team, Worker

_ANSWERING = (AssignmentRole.RESPONSIBLE, AssignmentRole.TEAM)
_COURSE = ("citizen", *closing.COURSE)


@dataclass(frozen=True)
class InNeed:
    """A citizen nobody is responsible for: who was, and until when."""

    citizen: str
    was: str | None
    until: datetime | None


def hand_over(session: Session, citizen: str, to: Worker | Team, now: datetime) -> str:
    """`to` is responsible from now on, and whoever was is not. To another team: the team before has it no longer.

    Deputies stay until their day. The new assignment's id; the standing one's when it is theirs already and has no end.
    Others that are the same person go along, so that they are with somebody if they turn out to be two.
    """
    id = _hand_over(session, citizen, to, now)
    for other in same.read(session).all_of(citizen):
        if other != citizen:
            _hand_over(session, other, to, now, quiet=True)
    return id


def _hand_over(session: Session, citizen: str, to: Worker | Team, now: datetime, *, quiet: bool = False) -> str:
    role = AssignmentRole.TEAM if isinstance(to, Team) else AssignmentRole.RESPONSIBLE
    ended = _ANSWERING if isinstance(to, Team) else (AssignmentRole.RESPONSIBLE,)
    standing_ = [a for a in supporters.assignments_of(session, citizen) if supporters.holds(a, now)]
    theirs = [a for a in standing_ if to.id in (a.worker, a.team) and a.role == role and a.to_at is None]
    new = theirs[0] if theirs else Assignment(id=str(uuid7()), citizen=citizen, role=role, from_at=now)
    if not theirs:
        new.worker, new.team = (None, to.id) if isinstance(to, Team) else (to.id, None)
        assignments.entrust(session, new, to.name, now, quiet=quiet)
    for one in standing_:
        if one.role in ended and one is not new and supporters.holds(one, now):
            assignments.end(session, one.id, now, quiet=quiet)
    return new.id


def deputize(
    session: Session, worker: Worker, deputy: Worker, from_at: datetime, to_at: datetime, now: datetime
) -> list[str]:
    """The deputy sees all citizens this worker is responsible for in that time. Once more adds those new since."""
    if worker.id == deputy.id or from_at >= to_at:
        raise RecordError("deputy")
    theirs = select(Assignment).where(Assignment.worker == worker.id, Assignment.role == AssignmentRole.RESPONSIBLE)
    made = []
    for one in session.exec(theirs.order_by(col(Assignment.citizen), col(Assignment.id))).all():
        id = _deputy_id(one, deputy.id, from_at, to_at)
        meets = one.from_at < to_at and (one.to_at is None or one.to_at > max(from_at, now))
        if not meets or not _is_there(session, one.citizen):
            continue
        until, before = min(to_at, one.to_at or to_at), session.get(Assignment, id)
        if before is None:
            stands_in = Assignment(
                id=id,
                citizen=one.citizen,
                worker=deputy.id,
                role=AssignmentRole.DEPUTY,
                from_at=max(from_at, one.from_at),  # what is not theirs yet, or no longer, is not the deputy's
                to_at=until,
            )
            assignments.entrust(session, stands_in, deputy.name, now)
            made.append(id)
        elif before.to_at is not None and before.to_at < until:  # taken back, and now said again
            assignments.end(session, id, until)
            made.append(id)
    return made


def deputies(session: Session, worker: str, deputy: str, from_at: datetime, to_at: datetime) -> list[str]:
    """The ids that `deputize` gave, or would give, what is made of these."""
    theirs = select(Assignment).where(Assignment.worker == worker, Assignment.role == AssignmentRole.RESPONSIBLE)
    return [_deputy_id(one, deputy, from_at, to_at) for one in session.exec(theirs)]


def _deputy_id(of: Assignment, deputy: str, from_at: datetime, to_at: datetime) -> str:
    """Of the same absence the same, so that saying it again adds nothing."""
    return str(uuid5(UUID(of.id), f"deputy {deputy} {from_at.timestamp()} {to_at.timestamp()}"))


def _is_there(session: Session, citizen: str) -> bool:
    """And is not erased until the commit."""
    record = session.get(Record, citizen, with_for_update={"read": True, "key_share": True})
    return record is not None and not record.deleted


def in_need(session: Session, now: datetime) -> list[InNeed]:
    """Citizens neither a worker nor a team answers for, though their support goes on: the leader's to hand over."""
    held: dict[str, list[Assignment]] = defaultdict(list)
    for one in session.exec(select(Assignment).where(col(Assignment.role).in_(_ANSWERING))):
        held[one.citizen].append(one)
    of = same.read(session)
    living = select(Record.id).where(
        Record.kind == "citizen", col(Record.deleted).is_(False), col(Record.void).is_(None)
    )
    nobody = [
        citizen
        for citizen in session.exec(living.order_by(col(Record.id)))
        if not of.hidden(citizen) and not any(supporters.holds(one, now) for one in held[citizen])
    ]
    return [_in_need(session, citizen, held[citizen]) for citizen in nobody if not closed(session, [citizen], now)]


def _in_need(session: Session, citizen: str, held: list[Assignment]) -> InNeed:
    ended = [one for one in held if one.to_at is not None]
    if not ended:
        return InNeed(citizen, None, None)
    last = max(ended, key=lambda one: (one.to_at, one.id))
    name = session.get_one(Team, last.team).name if last.team else session.get_one(Worker, last.worker).name
    return InNeed(citizen, name, last.to_at)


def closed(session: Session, person: Sequence[str], now: datetime) -> bool:
    """The support of one person (by all their ids) has ended: by a named person, with a ground, as on the phone."""
    known = gather(person[0], _course(session, person), now.date())
    return standing(known, now.date()).support is Support.CLOSED


def began_anew(session: Session, person: Sequence[str]) -> datetime | None:
    """When it was taken up again after a course that had ended; what was asked before then is of that one."""
    return closing.began_anew(_course(session, person))


def _course(session: Session, person: Sequence[str]) -> list[facts.Record]:
    scopes = [citizen_scope(each) for each in person]
    course = select(Record).where(col(Record.scope).in_(scopes), col(Record.kind).in_(_COURSE))
    return [facts.Record(r.kind, r.id, r.fields, r.author, r.at, r.void is not None) for r in session.exec(course)]
