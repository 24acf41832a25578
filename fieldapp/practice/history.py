"""Two invented years: every citizen of the cast with all their records, counted from one day.

The same day gives the same records, to the letter and the id. What the cast tells of the past keeps its day,
because the sentences on the list count from it; what lies ahead moves to a workday.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from fieldapp.domain.facts import Record
from fieldapp.domain.kinds import KINDS
from fieldapp.practice import background, reviewed, together, told
from fieldapp.practice.cast import CAST, TEAMS, WORKERS
from fieldapp.practice.moments import danish, named_id
from fieldapp.practice.pen import Pen
from fieldapp.practice.roles import Citizen


@dataclass(frozen=True)
class History:
    """One citizen's records, oldest first. `records` are the workers' own; the server writes the other two kinds."""

    citizen: Citizen
    id: str
    records: tuple[Record, ...]
    assignments: tuple[Record, ...]
    conflicts: tuple[Record, ...]

    def everything(self) -> tuple[Record, ...]:
        return (*self.records, *self.assignments, *self.conflicts)


def worker_ids() -> dict[str, str]:
    """The cast's workers by key; a server that makes its own ids passes its own mapping."""
    return {worker.key: named_id("worker", worker.key) for worker in WORKERS}


def team_ids() -> dict[str, str]:
    return {team.key: named_id("team", team.key) for team in TEAMS}


def history(
    today: date,
    cast: Iterable[Citizen] = CAST,
    workers: Mapping[str, str] | None = None,
    teams: Mapping[str, str] | None = None,
) -> tuple[History, ...]:
    """Every citizen of the cast as they stand on `today`. The authors are worker ids; None is the server."""
    return tuple(_one(Pen(citizen, today, workers or worker_ids()), teams or team_ids()) for citizen in cast)


def unsent(today: date, workers: Mapping[str, str] | None = None) -> tuple[tuple[str, Record], ...]:
    """What still waits on Freja's phone: the citizen's key and the record, written this morning without a network."""
    ids = workers or worker_ids()
    bent, naja = (Pen(one, today, ids) for one in CAST if one.key in ("bent", "naja"))
    at = danish(today, time(7, 40))
    text = "Klarede selv samtalen med boligforeningen."
    naja.write_at("progress", at, ids["freja"], noted_on=today, text=text, dimension="housing")
    text = "Ved præcis, hvem i opgangen der mangler hjælp."
    bent.write_at("strength", at + timedelta(minutes=4), ids["freja"], noted_on=today, text=text)
    return tuple((pen.citizen.key, record) for pen in (naja, bent) for record in pen.records)


def _one(pen: Pen, teams: Mapping[str, str]) -> History:
    told.write(pen)
    background.write(pen)
    together.write(pen)
    reviewed.write(pen)
    written = sorted(pen.records, key=lambda record: (record.at, record.id))
    _assign(pen, teams)
    assigned = [record for record in pen.records if record.kind == "assignment"]
    return History(
        citizen=pen.citizen,
        id=told.citizen_id(pen),
        records=tuple(record for record in written if KINDS[record.kind].written_by == "worker"),
        assignments=tuple(assigned),
        conflicts=tuple(record for record in written if record.kind == "conflict"),
    )


def _assign(pen: Pen, teams: Mapping[str, str]) -> None:
    """The responsible worker and the deputy from the first day on, and the team where a team shares the citizen."""
    citizen, at = pen.citizen, danish(pen.ago(pen.citizen.known_from_days_ago), told.EARLY)
    names = {worker.key: worker.name for worker in WORKERS} | {team.key: team.name for team in TEAMS}
    for role, key in (("responsible", citizen.responsible), ("deputy", citizen.deputy)):
        pen.write_at("assignment", at, None, worker=pen.workers[key], name=names[key], role=role, from_at=at)
    if citizen.team:
        team = teams[citizen.team]
        pen.write_at("assignment", at, None, team=team, name=names[citizen.team], role="team", from_at=at)
