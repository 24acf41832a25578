"""What the pages show of workers, teams, phones and codes: nothing here says a word about a citizen."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from fieldapp.domain import access
from fieldapp.domain.fields import is_id
from fieldapp.domain.values import Method
from fieldapp.domain.values_day import TeamRole
from fieldapp.errors import RecordError
from fieldapp.server import away, profiles
from fieldapp.server.leading import Sight
from fieldapp.server.tables import Assignment, Audit, Code, Device, Membership, Record, Team, Worker, WorkerMethod
from fieldapp.settings import Settings
from fieldapp.texts import _
from fieldapp.words import word

#: A phone that has not been here for so long: somebody should ask why.
SILENT = timedelta(days=7)
#: So long it stands on the front page that somebody else wrote one's name at the sign-in.
NEWS = timedelta(days=14)


class _Absence(NamedTuple):
    """Of one worker, from whoever stands in; a deputy who has stopped stands in for nobody."""

    id: str
    worker: str
    deputy: str | None
    to_on: str | None


@dataclass(frozen=True)
class Unseen:
    """Who stands in, and for whom: the deputy's phone has not shown it yet. `last_seen` of their newest phone."""

    deputy: str
    away: str
    last_seen: datetime | None


@dataclass(frozen=True)
class Away:
    """A worker who is away, until when, and nobody stands in for them."""

    name: str
    until: date | None


def staff(session: Session, sight: Sight) -> dict[str, Any]:
    """Workers by name, those who have stopped last; teams with their members; the team names of each worker."""
    all_workers = session.exec(select(Worker).order_by(col(Worker.disabled_at).isnot(None), col(Worker.name)))
    workers = [one for one in all_workers if one.id in sight.workers]
    teams = _teams(session, sight)
    names, members = {team.id: team.name for team in teams}, defaultdict(list)
    for one in session.exec(select(Membership)):
        if one.team in names and _holds(one, sight.at):
            members[one.worker].append(names[one.team])
    sizes = {team.name: sum(team.name in of for of in members.values()) for team in teams}
    return {"workers": workers, "teams": teams, "teams_of": members, "sizes": sizes}


def worker(session: Session, id: str, sight: Sight) -> dict[str, Any]:
    one = session.get(Worker, id) if is_id(id) else None
    if one is None:
        raise RecordError("unknown_worker")
    theirs = session.exec(select(Membership).where(Membership.worker == id))
    inside = {membership.team for membership in theirs if _holds(membership, sight.at)}
    teams = _teams(session, sight)
    near = select(Membership).where(col(Membership.team).in_(inside))
    beside = {membership.worker for membership in session.exec(near) if _holds(membership, sight.at)} - {id}
    by = [one for one in profiles.methods(session) if one.worker == id]
    phones = session.exec(select(Device).where(Device.worker == id).order_by(col(Device.enrolled_at)))
    return {
        "worker": one,
        "inside": [team for team in teams if team.id in inside],
        "outside": [team for team in teams if team.id not in inside],
        "phones": list(phones),
        "colleagues": [each for each in working(session, sight) if each.id in beside],
        "team_roles": [(str(role), word(TeamRole, role)) for role in TeamRole],
        "all_methods": [(str(method), word(Method, method)) for method in Method],
        "works_by": [(each.method, word(Method, each.method)) for each in by],
        "methods": [_learnt(each) for each in by],
    }


def working(session: Session, sight: Sight) -> list[Worker]:
    """Those who have not stopped, by name."""
    here = select(Worker).where(col(Worker.disabled_at).is_(None)).order_by(col(Worker.name), col(Worker.id))
    return [one for one in session.exec(here) if one.id in sight.workers]


def _teams(session: Session, sight: Sight) -> list[Team]:
    return [one for one in session.exec(select(Team).order_by(col(Team.name), col(Team.id))) if one.id in sight.teams]


def phones(session: Session, sight: Sight) -> list[tuple[Device, Worker, bool]]:
    """Each with its worker and whether it has been silent for long; those in use first, the longest silent on top."""
    found = select(Device, Worker).join(Worker, col(Worker.id) == col(Device.worker))
    rows = session.exec(found.order_by(col(Device.state) != "active", col(Device.last_seen), col(Device.id)))
    seen = [(device, one) for device, one in rows if one.id in sight.workers]
    return [(device, one, device.state == "active" and sight.at - device.last_seen > SILENT) for device, one in seen]


def codes_out(session: Session, sight: Sight, settings: Settings) -> list[tuple[Code, Worker]]:
    """Codes that would let a phone in now."""
    found = select(Code, Worker).join(Worker, col(Worker.id) == col(Code.worker))
    living = found.where(
        col(Code.used_at).is_(None), col(Code.expires_at) > sight.at, col(Code.wrong_tries) < settings.code_tries
    )
    return [(code, one) for code, one in session.exec(living.order_by(col(Code.expires_at))) if one.id in sight.workers]


def login_set(session: Session, worker: str, now: datetime) -> tuple[str, datetime] | None:
    """Who last wrote what this one is called at the sign-in, and when, while it is news; nothing when it was they."""
    wanted = select(Audit).where(Audit.do == "set_login", Audit.record == worker, col(Audit.received_at) > now - NEWS)
    last = session.exec(wanted.order_by(col(Audit.no).desc())).first()
    if last is None or last.worker == worker:
        return None
    by = session.get(Worker, last.worker)
    return (by.name if by else _("Whoever runs the server")), last.received_at


def away_alone(session: Session, sight: Sight) -> list[Away]:
    """Who is away today without a deputy, though citizens are entrusted to them; each worker once."""
    rows = _absences(session, sight)
    covered = {each.worker for each in rows if each.deputy}
    alone = {each.worker: each.to_on for each in rows if each.worker not in covered}
    holding, people = _holding(session), {one.id: one for one in working(session, sight)}
    return [
        Away(people[id].name, date.fromisoformat(until) if until else None)
        for id, until in alone.items()
        if id in people and id in holding
    ]


def unseen(session: Session, sight: Sight) -> list[Unseen]:
    """Deputies of today who have not opened what was entrusted to them: a phone without a network cannot have it."""
    told, absences = select(Record).where(Record.kind == away.SEEN, *_stands()), _absences(session, sight)
    seen = {record.fields["worker_absence"] for record in session.exec(told)}
    pairs = {(each.worker, each.deputy) for each in absences if each.deputy}
    calm = {(each.worker, each.deputy) for each in absences if each.id in seen}
    holding, people = _holding(session), {one.id: one for one in session.exec(select(Worker))}
    return [
        Unseen(people[deputy].name, people[who].name, _last_seen(session, deputy))
        for who, deputy in sorted(pairs - calm)
        if who in holding and who in sight.workers
    ]


def _last_seen(session: Session, worker: str) -> datetime | None:
    theirs = select(Device.last_seen).where(Device.worker == worker, Device.state == "active")
    return max(session.exec(theirs), default=None)


def _absences(session: Session, sight: Sight) -> list[_Absence]:
    """Those of today."""
    today = sight.at.astimezone().date()
    stopped = set(session.exec(select(Worker.id).where(col(Worker.disabled_at).is_not(None))))
    told = session.exec(select(Record).where(Record.kind == away.ABSENCE, *_stands()))
    known = [(record.id, record.fields) for record in told if _is_on(record.fields, today)]
    return [
        _Absence(id, said["worker"], None if said.get("deputy") in stopped else said.get("deputy"), said.get("to_on"))
        for id, said in known
    ]


def _stands() -> tuple[ColumnElement[bool], ...]:
    return ~col(Record.deleted), col(Record.void).is_(None)


def _holding(session: Session) -> set[str | None]:
    """The workers to whom citizens are entrusted until further notice."""
    return set(session.exec(select(Assignment.worker).where(col(Assignment.to_at).is_(None))))


def _learnt(by: WorkerMethod) -> str:
    """The method, and the day of the course in it when that is noted."""
    name = word(Method, by.method)
    if by.course_on is None:
        return name
    return _("{method} (course {day})", method=name, day=f"{by.course_on.day}.{by.course_on.month}.{by.course_on.year}")


def _is_on(absence: dict[str, Any], today: date) -> bool:
    first, last = absence["from_on"], absence.get("to_on")
    return bool(first <= today.isoformat() and (last is None or today.isoformat() <= last))


def _holds(m: Membership, now: datetime) -> bool:
    return access.Membership(m.worker, m.team, m.from_at, m.to_at).holds(now)
