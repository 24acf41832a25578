"""What is known of a worker: the teams' phones are told what colleagues need, the methods are for the office alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from fieldapp.domain.fields import check, is_id
from fieldapp.domain.kinds_team import COLLEAGUE
from fieldapp.domain.values import Method
from fieldapp.domain.values_day import TeamRole
from fieldapp.errors import RecordError
from fieldapp.server.records import THIS_WRITE
from fieldapp.server.tables import Membership, Record, Team, Worker, WorkerMethod

#: Each field of a colleague, and where the worker's row has it.
_FIELDS = {"name": "name", "job": "job", "phone": "phone", "role": "team_role", "deputy": "deputy"}
UNIT = 120


def told(worker: Worker) -> dict[str, Any]:
    """The fields by which a team's phones know a colleague."""
    return {"worker": worker.id} | {field: getattr(worker, column) for field, column in _FIELDS.items()}


def describe(session: Session, worker: Worker, changes: Mapping[str, str | None]) -> None:
    """`changes` are fields of a colleague: name, job, phone, role in the team, usual deputy. None takes one off.

    Raises RecordError: unknown_field, malformed or missing with the field, and unknown_worker, disabled_worker,
    deputy_is_self, deputy_team of the deputy, who must be a colleague for the worker's phone to offer them.
    """
    said = {field: (value or "").strip() or None for field, value in changes.items()}
    if unknown := said.keys() - _FIELDS.keys():
        raise RecordError("unknown_field", min(unknown))
    if said.get("deputy") is not None and not is_id(said["deputy"]):
        raise RecordError("unknown_worker")
    check(COLLEAGUE, said, whole=False)
    if said.get("role") not in (None, *TeamRole):
        raise RecordError("malformed", "role")
    if deputy := said.get("deputy"):
        _check_deputy(session, worker, deputy)
    for field, value in said.items():
        setattr(worker, _FIELDS[field], value)
    now = told(worker)
    ours = [membership.id for membership in memberships(session, worker.id)]
    known = select(Record).where(col(Record.id).in_(ours)).order_by(col(Record.id)).with_for_update()
    pending = [each for each in session.new if isinstance(each, Record) and each.id in ours]
    for record in (*session.exec(known), *pending):
        changed = {field for field in said if record.fields.get(field) != now[field]}
        if changed:
            fields = record.fields | {field: now[field] for field in changed}
            record.fields = {field: value for field, value in fields.items() if value is not None}
            record.base = record.base | dict.fromkeys(changed, THIS_WRITE)


def work_by(session: Session, worker: Worker, method: str, course_on: date | None) -> None:
    """One more method, or another day of its course. A second method is noted for the leader, never refused (C15)."""
    known = session.get(WorkerMethod, (worker.id, _method(method)))
    if known is None:
        session.add(WorkerMethod(worker=worker.id, method=method, course_on=course_on))
    else:
        known.course_on = course_on


def not_by(session: Session, worker: Worker, method: str) -> None:
    known = session.get(WorkerMethod, (worker.id, _method(method)))
    if known is not None:
        session.delete(known)


def place(team: Team, unit: str | None) -> None:
    """The unit of the municipality that the team belongs to."""
    unit = (unit or "").strip() or None
    if unit is not None and (len(unit) > UNIT or not unit.isprintable()):
        raise RecordError("malformed", "unit")
    team.unit = unit


def memberships(session: Session, worker: str, team: str | None = None) -> list[Membership]:
    """Those that have not ended, and those the session has not written yet."""
    theirs = select(Membership).where(Membership.worker == worker, col(Membership.to_at).is_(None))
    stored = session.exec(theirs).all()
    new = [each for each in session.new if isinstance(each, Membership) and each.worker == worker]
    return [each for each in (*stored, *new) if each.to_at is None and team in (None, each.team)]


def _teams(session: Session, worker: str) -> set[str]:
    return {membership.team for membership in memberships(session, worker)}


def _check_deputy(session: Session, worker: Worker, deputy: str) -> None:
    stands_in = session.get(Worker, deputy)
    if stands_in is None:
        raise RecordError("unknown_worker")
    if stands_in.disabled_at is not None:
        raise RecordError("disabled_worker")
    if stands_in.id == worker.id:
        raise RecordError("deputy_is_self")
    if not _teams(session, worker.id) & _teams(session, deputy):
        raise RecordError("deputy_team")


def _method(method: str) -> str:
    if method not in set(Method):
        raise RecordError("malformed", "method")
    return method


def methods(session: Session) -> list[WorkerMethod]:
    """Everybody's, in an order that says nothing."""
    return list(session.exec(select(WorkerMethod).order_by(col(WorkerMethod.worker), col(WorkerMethod.method))))


def in_use(known: Iterable[WorkerMethod]) -> tuple[str, ...]:
    """Which methods there are here at all (D11): ACT and its modified form are one."""
    return tuple(sorted({str(each.method).removesuffix("_modified") for each in known}))
