"""What people are called: citizens by the name they chose, workers by theirs."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from fieldapp.actions import same
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import scope_id
from fieldapp.domain.facts import NextStep, Reason
from fieldapp.domain.names import shown
from fieldapp.store.tables import AssignmentRow, CitizenRow, ColleagueRow

#: How one speaks to somebody whose first name nobody says: *Fru K.*
_TITLES = frozenset({"fru", "frk", "hr", "lille", "store", "gamle"})


def citizens(session: Session) -> dict[str, str]:
    """The name or the label of every citizen on this device, by id; of one registered twice, by both ids."""
    of = same.read(session)
    wanted = select(col(CitizenRow.scope), col(CitizenRow.known_as), col(CitizenRow.label))
    rows = session.connection().execute(wanted.where(col(CitizenRow.void_reason).is_(None)))
    gone = same.let_go(session, of)
    said = {scope_id(scope): (known_as, label) for scope, known_as, label in rows}
    named = {id: _called([said[each] for each in of.all_of(id) if each in said]) for id in said}
    return {id: name for id, name in named.items() if of.kept(id) not in gone}


def _called(said: list[tuple[str | None, str | None]]) -> str:
    """A name before a label; the kept one's before another's."""
    return shown(next((name for name, _label in said if name), None), said[0][1])


def workers(session: Session, desk: Desk) -> dict[str, str]:
    """The names this device knows, by the worker's id: from the team's list, and from assignments."""
    names: dict[str, str] = {}
    for table in (AssignmentRow, ColleagueRow):
        rows = session.connection().execute(select(col(table.worker), col(table.name)).distinct())
        names |= {worker: name for worker, name in rows if worker}
    return names | {desk.worker: desk.worker_name}


def role(session: Session, worker: str) -> str | None:
    """A worker's role in the team, as the team's list has it."""
    found = select(col(ColleagueRow.role)).where(
        col(ColleagueRow.worker) == worker, col(ColleagueRow.role).is_not(None)
    )
    return session.connection().execute(found).scalars().first()


def named(reason: Reason, workers: Mapping[str, str]) -> Reason:
    """The same with a worker's first name in place of the id."""
    if reason.who is None:
        return reason
    return replace(reason, who=workers.get(reason.who, "").partition(" ")[0] or None)


def step_named(session: Session, desk: Desk, step: NextStep | None) -> NextStep | None:
    """The same, with the name of the colleague who makes it."""
    if step is None or step.reason.who is None:
        return step
    return replace(step, reason=named(step.reason, workers(session, desk)))


def first_name(known_as: str | None) -> str:
    """For a text to the citizen; "" when nobody knows a name."""
    words = (known_as or "").split()
    if not words:
        return ""
    return " ".join(words) if words[0].rstrip(".").casefold() in _TITLES else words[0]


def team_of(session: Session, worker: str) -> str | None:
    """The scope of the worker's team, of several always the same one: where what a team shares is written."""
    here = select(col(ColleagueRow.scope)).where(
        col(ColleagueRow.worker) == worker,
        col(ColleagueRow.void_reason).is_(None),
        col(ColleagueRow.left).is_not(True),
    )
    return session.connection().execute(here.order_by(col(ColleagueRow.id))).scalars().first()
