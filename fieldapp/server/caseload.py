"""How many everybody supports, and what a leader may see of the whole: plain values for the console and the CLI.

Workers stand by name and citizens by id; figures are of five people or more (`domain.figures`). Nothing ranks anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.domain import caseload, figures
from fieldapp.domain.caseload import Caseload, CaseloadRules, TeamLoad
from fieldapp.domain.facts import Facts
from fieldapp.domain.figures import Groups, Share, WithoutHome
from fieldapp.domain.standing import standing
from fieldapp.domain.values import AssignmentRole, Support
from fieldapp.server import gathered, profiles, supporters
from fieldapp.server.gathered import Known
from fieldapp.server.tables import Assignment, Membership, Team, Worker, WorkerMethod

MOST_METHODS = 1
"""A worker works best by one (000 §4.1)."""


@dataclass(frozen=True)
class WorkerLoad:
    """`works_by`: their methods; `no_course`: those without a day of its course (C19); `several`: a note (C15)."""

    worker: str
    name: str
    load: Caseload
    works_by: tuple[str, ...] = ()
    no_course: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        return len(self.works_by) > MOST_METHODS


@dataclass(frozen=True)
class TeamView:
    """`citizens` are those entrusted to the team, or to one of its workers. `act` None: nobody has ACT there."""

    team: str
    name: str
    unit: str | None
    workers: tuple[WorkerLoad, ...]
    citizens: int
    act: TeamLoad | None
    kept_steps: Share | None
    without_home: WithoutHome | None


@dataclass(frozen=True)
class Waiting:
    """A citizen without a method, since the day they became known; `worker` is the responsible one's name (T14)."""

    citizen: str
    since_on: date
    worker: str | None


@dataclass(frozen=True)
class Overview:
    """`methods`: those anybody works by here (D11). `waiting`: the longest first, `waiting_by` where they sleep."""

    on: date
    teams: tuple[TeamView, ...]
    others: tuple[WorkerLoad, ...]  # workers in no team
    methods: tuple[str, ...]
    citizens: int
    waiting: tuple[Waiting, ...]
    waiting_by: Groups
    situations: Groups
    channels: Groups
    kept_steps: Share | None
    without_home: WithoutHome | None


def overview(session: Session, now: datetime, rules: CaseloadRules = caseload.DEFAULT) -> Overview:
    """Everything a leader may look at on `now`'s day."""
    seen = _read(session, now)
    loads = {worker.id: load for worker in seen.workers.values() if (load := _load(seen, worker, rules))}
    members = {id for team in seen.members.values() for id in team}
    without = {id: each for id, each in seen.known.items() if each.facts.method is None}
    everybody = [each.facts for each in seen.known.values()]
    return Overview(
        on=seen.today,
        teams=tuple(_team(seen, team, loads, rules) for team in seen.teams),
        others=_by_name(load for id, load in loads.items() if id not in members),
        methods=profiles.in_use(seen.methods),
        citizens=len(seen.known),
        waiting=_waiting(seen, without),
        waiting_by=figures.groups(each.says.get("situation") for each in without.values()),
        situations=figures.groups(each.says.get("situation") for each in seen.known.values()),
        channels=figures.groups(each.says.get("made_aware_by") for each in seen.known.values()),
        kept_steps=figures.kept_steps(everybody, seen.today),
        without_home=figures.without_home(everybody, seen.today),
    )


def of_worker(
    session: Session, worker: str, now: datetime, rules: CaseloadRules = caseload.DEFAULT
) -> WorkerLoad | None:
    """One worker's; None for whoever is unknown or has stopped, and for a leader or an administrator with nobody."""
    seen = _read(session, now)
    return _load(seen, seen.workers[worker], rules) if worker in seen.workers else None


@dataclass(frozen=True)
class _Seen:
    """What was read. `known`: everybody whose support goes on; `responsible` and `by_team` go by citizen."""

    today: date
    known: Mapping[str, Known]
    responsible: Mapping[str, frozenset[str]]
    by_team: Mapping[str, frozenset[str]]
    workers: Mapping[str, Worker]
    methods: Sequence[WorkerMethod]
    teams: Sequence[Team]
    members: Mapping[str, frozenset[str]]


def _read(session: Session, now: datetime) -> _Seen:
    today = now.date()
    known = {id: each for id, each in gathered.everybody(session, now).items() if _goes_on(each.facts, today)}
    answering = (AssignmentRole.RESPONSIBLE, AssignmentRole.TEAM)
    entrusted = session.exec(select(Assignment).where(col(Assignment.role).in_(answering))).all()
    held = [one for one in entrusted if one.citizen in known and supporters.holds(one, now)]
    memberships = session.exec(select(Membership)).all()
    living = [one for one in memberships if one.from_at <= now and (one.to_at is None or now < one.to_at)]
    return _Seen(
        today=today,
        known=known,
        responsible=_sets((one.citizen, one.worker) for one in held if one.worker),
        by_team=_sets((one.citizen, one.team) for one in held if one.team),
        workers={worker.id: worker for worker in session.exec(select(Worker)) if worker.disabled_at is None},
        methods=profiles.methods(session),
        teams=session.exec(select(Team).order_by(col(Team.name), col(Team.id))).all(),
        members=_sets((one.team, one.worker) for one in living),
    )


def _sets(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return defaultdict(frozenset, {one: frozenset(others) for one, others in found.items()})


def _goes_on(facts: Facts, today: date) -> bool:
    return standing(facts, today).support is not Support.CLOSED


def _load(seen: _Seen, worker: Worker, rules: CaseloadRules) -> WorkerLoad | None:
    """None for a leader or an administrator who supports nobody."""
    citizens = [each.facts for id, each in seen.known.items() if worker.id in seen.responsible[id]]
    if worker.role != "worker" and not citizens:
        return None
    theirs = [each for each in seen.methods if each.worker == worker.id]
    works_by = tuple(each.method for each in theirs)
    load = caseload.of_worker(citizens, seen.today, works_by, rules)
    no_course = tuple(each.method for each in theirs if each.course_on is None)
    return WorkerLoad(worker.id, worker.name, load, works_by, no_course)


def _team(seen: _Seen, team: Team, loads: Mapping[str, WorkerLoad], rules: CaseloadRules) -> TeamView:
    members = seen.members[team.id] & loads.keys()
    theirs = [
        each.facts
        for id, each in seen.known.items()
        if team.id in seen.by_team[id] or not members.isdisjoint(seen.responsible[id])
    ]
    act, workers = (sum(map(caseload.is_act, theirs)), sum(seen.workers[id].role == "worker" for id in members))
    return TeamView(
        team=team.id,
        name=team.name,
        unit=team.unit,
        workers=_by_name(loads[id] for id in members),
        citizens=len(theirs),
        act=caseload.of_team(act, workers, rules) if act else None,
        kept_steps=figures.kept_steps(theirs, seen.today),
        without_home=figures.without_home(theirs, seen.today),
    )


def _waiting(seen: _Seen, without: Mapping[str, Known]) -> tuple[Waiting, ...]:
    found = []
    for id, each in without.items():
        names = sorted(seen.workers[worker].name for worker in seen.responsible[id] if worker in seen.workers)
        found.append(Waiting(id, each.facts.known_since, names[0] if names else None))
    return tuple(sorted(found, key=lambda each: (each.since_on, each.citizen)))


def _by_name(loads: Iterable[WorkerLoad]) -> tuple[WorkerLoad, ...]:
    return tuple(sorted(loads, key=lambda each: (each.name.casefold(), each.worker)))
