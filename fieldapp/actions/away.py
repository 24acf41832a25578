"""Away: who of the team is away, who stands in, and whether they have seen it (review.md 2.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.actions import people, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.access import team_scope
from fieldapp.errors import RecordError
from fieldapp.store import records
from fieldapp.store.bookkeeping import SyncState
from fieldapp.store.tables import AssignmentRow, ColleagueRow, WorkerAbsenceRow, WorkerAbsenceSeenRow

BACK = "back"


@dataclass(frozen=True)
class Colleague:
    """`usual`: who stands in for this worker unless another is chosen."""

    id: str
    name: str
    role: str | None
    usual: bool = False


@dataclass(frozen=True)
class Away:
    """`sent`: the server has it, so the deputy's phone gets it at its next contact. `seen_at`: they have opened it."""

    id: str
    worker: str
    name: str
    mine: bool
    covered_by_me: bool
    deputy: str | None
    from_on: date
    to_on: date | None
    sent: bool
    seen_at: datetime | None


def colleagues(desk: Desk) -> tuple[Colleague, ...]:
    """Those of the worker's teams, without the worker; the usual deputy first."""
    return stand_ins(desk, desk.worker)


def stand_ins(desk: Desk, worker: str) -> tuple[Colleague, ...]:
    """Who can stand in for `worker`: those of the same teams, the usual deputy first."""
    with desk.store.reading() as session:
        known = _colleagues(session)
    teams = {row.scope for row in known if row.worker == worker}
    usual = next((row.deputy for row in known if row.worker == worker and row.deputy), None)
    found = {
        row.worker: Colleague(row.worker, row.name, row.role, row.worker == usual)
        for row in known
        if row.worker != worker and row.scope in teams
    }
    return tuple(sorted(found.values(), key=lambda each: (not each.usual, each.name)))


def supporting(desk: Desk, citizen: str) -> tuple[Colleague, ...]:
    """The colleagues who have this citizen on their phone: what is written about the citizen reaches nobody else."""
    with desk.store.reading() as session:
        given = _given(session, citizen, desk.now())
        known = _colleagues(session)
    teams = {team_scope(row.team) for row in given if row.team}
    named = {row.worker: row.name for row in given if row.worker and row.worker != desk.worker}
    of_the_teams = {row.worker for row in known if row.scope in teams}
    found = {each.id: each for each in colleagues(desk) if each.id in named or each.id in of_the_teams}
    others = [Colleague(worker, name, None) for worker, name in named.items() if worker not in found]
    return (*found.values(), *sorted(others, key=lambda each: each.name))


def with_another_team(desk: Desk, citizen: str) -> bool:
    """Whether a team that is not the worker's own has the citizen too: on phones whose people are not known here."""
    with desk.store.reading() as session:
        own = {row.scope for row in _colleagues(session) if row.worker == desk.worker}
        return any(row.team and team_scope(row.team) not in own for row in _given(session, citizen, desk.now()))


def _given(session: Session, citizen: str, now: datetime) -> list[AssignmentRow]:
    """The assignments that hold now."""
    found = rows.of_citizen(session, AssignmentRow, citizen)
    return [row for row in found if row.from_at <= now and (row.to_at is None or row.to_at > now)]


def leads(desk: Desk) -> bool:
    """A leader may say it for others of the team, and take it back; the server decides."""
    with desk.store.reading() as session:
        state = session.get(SyncState, 1)
    return state is not None and state.role == "leader"


def read(desk: Desk) -> tuple[Away, ...]:
    """Who is away today or will be; the worker's own first, then who the worker stands in for."""
    with desk.store.reading() as session:
        known = _absences(session)
        names = people.workers(session, desk)
        seen = _seen(session)
    now = [row for row in known if (row.to_on or row.from_on) >= desk.today()]
    found = [
        Away(
            id=row.id,
            worker=row.worker,
            name=names.get(row.worker, ""),
            mine=row.worker == desk.worker,
            covered_by_me=row.deputy == desk.worker,
            deputy=names.get(row.deputy or ""),
            from_on=row.from_on,
            to_on=row.to_on,
            sent=row.seq > 0,
            seen_at=seen[row.id].astimezone(desk.now().tzinfo) if row.id in seen else None,
        )
        for row in now
    ]
    return tuple(sorted(found, key=lambda each: (not each.mine, not each.covered_by_me, each.from_on, each.id)))


def say(desk: Desk, deputy: str | None, from_on: date, to_on: date, worker: str | None = None) -> Saved:
    """`worker` (the one at the desk unless said) is away from one day to the end of another.

    It is said in a team that both are of, if there is one: the server takes no other.

    Raises RecordError("malformed", "to_on"), and RecordError("gone") for a worker who is in no team here.
    """
    if to_on < from_on:
        raise RecordError("malformed", "to_on")
    who = worker or desk.worker
    with writing(desk) as work:
        known = _colleagues(work.session)
        theirs = [row.scope for row in known if row.worker == who]
        if not theirs:
            raise RecordError("gone")
        with_both = [row.scope for row in known if row.worker == deputy and row.scope in theirs]
        scope = (with_both or theirs)[0]
        row = WorkerAbsenceRow(scope=scope, worker=who, from_on=from_on, to_on=to_on, deputy=deputy)
        return work.saved(work.add_to(scope, row), "")


def back(desk: Desk, absence: str) -> Saved:
    """Back before the day: the deputy's access ends at the next contact."""
    with writing(desk) as work:
        work.void(work.get(WorkerAbsenceRow, absence), BACK)
        return work.saved(absence, "")


def mark_seen(desk: Desk) -> bool:
    """The list was opened: whoever is away can see that it has arrived. Once for each absence; whether any was new."""
    with desk.store.transaction() as session:
        seen = _seen(session)
        new = [
            row
            for row in _absences(session)
            if row.deputy == desk.worker and row.id not in seen and row.from_on <= desk.today()
        ]
        for row in new:
            said = WorkerAbsenceSeenRow(scope=row.scope, worker_absence=row.id, seen_at=desk.now())
            records.add(session, said, desk.now())
    return bool(new)


def _absences(session: Session) -> list[WorkerAbsenceRow]:
    wanted = select(WorkerAbsenceRow).where(col(WorkerAbsenceRow.void_reason).is_(None))
    return list(session.exec(wanted.order_by(col(WorkerAbsenceRow.id))))


def _seen(session: Session) -> dict[str, datetime]:
    wanted = select(WorkerAbsenceSeenRow).where(col(WorkerAbsenceSeenRow.void_reason).is_(None))
    return _earliest((row.worker_absence, row.seen_at) for row in session.exec(wanted))


def _earliest(pairs: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for id, at in pairs:
        found[id] = min(at, found.get(id, at))
    return found


def _colleagues(session: Session) -> list[ColleagueRow]:
    here = select(ColleagueRow).where(col(ColleagueRow.void_reason).is_(None), col(ColleagueRow.left).is_not(True))
    return list(session.exec(here.order_by(col(ColleagueRow.name), col(ColleagueRow.id))))
