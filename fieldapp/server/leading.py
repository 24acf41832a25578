"""Whom a leader sees in the console: those of the teams they are in, and whoever no leader has.

What has no leader every leader sees, so that nobody is forgotten: a worker in no team, a team without a leader, a
citizen nobody has ever had. Whoever has stopped belongs to the teams they were in. A leader in no team sees no more
than this. An administrator sees all workers and teams, and no citizen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from fieldapp.server.tables import Assignment, Membership, Team, Worker

#: So many citizens are named in a question; of more all assignments are read.
FEW = 1_000


@dataclass(frozen=True)
class Sight:
    """The ids of the workers and teams that somebody sees, and at which moment."""

    workers: frozenset[str]
    teams: frozenset[str]
    at: datetime

    def has(self, assignment: Assignment) -> bool:
        return assignment.worker in self.workers or assignment.team in self.teams

    def citizens(self, session: Session, of: Iterable[str]) -> frozenset[str]:
        """Of these: whom those seen have; when nobody has them, whom those seen had last, or nobody ever had."""
        asked = set(of)
        wanted = select(Assignment)
        if len(asked) <= FEW:
            wanted = wanted.where(col(Assignment.citizen).in_(asked))
        held: dict[str, list[Assignment]] = defaultdict(list)
        for one in session.exec(wanted):
            held[one.citizen].append(one)
        return frozenset(citizen for citizen in asked if citizen not in held or self._sees(held[citizen]))

    def _sees(self, theirs: list[Assignment]) -> bool:
        living = [one for one in theirs if one.to_at is None or one.to_at > self.at]
        if not living:
            last = max(one.to_at for one in theirs if one.to_at is not None)
            living = [one for one in theirs if one.to_at == last]
        return any(self.has(one) for one in living)


def sight(session: Session, who: Worker, now: datetime) -> Sight:
    workers = {one.id: one for one in session.exec(select(Worker))}
    teams = set(session.exec(select(Team.id)))
    if who.role != "leader":
        return Sight(frozenset(workers), frozenset(teams), now)
    inside = _inside(session, workers, now)
    led = {team for id, theirs in inside.items() if _leads(workers[id]) for team in theirs}
    mine = inside.get(who.id, set())
    seen = {id for id in workers if inside.get(id, set()) & mine or not inside.get(id, set()) & led}
    return Sight(frozenset(seen | {who.id}), frozenset(teams - led | mine), now)


def _inside(session: Session, workers: Mapping[str, Worker], now: datetime) -> Mapping[str, set[str]]:
    """The teams each is in; of those who have stopped the teams they were in."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in session.exec(select(Membership)):
        lasts = one.from_at <= now and (one.to_at is None or now < one.to_at)
        if lasts or workers[one.worker].disabled_at is not None:
            found[one.worker].add(one.team)
    return found


def _leads(one: Worker) -> bool:
    return one.role == "leader" and one.disabled_at is None
