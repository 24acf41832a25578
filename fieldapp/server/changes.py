"""What the leader is asked: another support person for a citizen (K12). To carry it out is to hand the citizen over."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.domain.access import scope_id
from fieldapp.domain.values import AssignmentRole
from fieldapp.server import handover, supporters
from fieldapp.server.tables import Record, Worker


@dataclass(frozen=True)
class Asked:
    """`by` and `to` are workers' names, `worker` is the id of `to`; None: nobody of the municipality's own is named.

    `joint_meeting_on`: when the citizen says goodbye and hello; `held`: it was.
    """

    citizen: str
    by: str
    on: date
    to: str | None
    joint_meeting_on: date | None
    held: bool
    worker: str | None = None


def asked(session: Session, now: datetime) -> list[Asked]:
    """The latest of each citizen whose support goes on that nobody has carried out since; the oldest first."""
    wanted = select(Record).where(
        Record.kind == "worker_change", col(Record.void).is_(None), col(Record.deleted).is_(False)
    )
    latest = {scope_id(record.scope): record for record in session.exec(wanted.order_by(col(Record.id)))}
    open_ = [(citizen, r) for citizen, r in latest.items() if not _carried_out(session, citizen, r, now)]
    return [_asked(session, citizen, r) for citizen, r in open_ if _goes_on(session, citizen, r, now)]


def _goes_on(session: Session, citizen: str, record: Record, now: datetime) -> bool:
    """Support has not ended, nor begun anew since it was asked: then it was of another course."""
    anew = handover.began_anew(session, [citizen])
    return not handover.closed(session, [citizen], now) and (anew is None or record.at >= anew)


def _carried_out(session: Session, citizen: str, record: Record, now: datetime) -> bool:
    """Somebody else has become responsible since it was asked."""
    return any(
        one.role == AssignmentRole.RESPONSIBLE
        and one.from_at > record.at
        and one.worker != record.author
        and supporters.holds(one, now)
        for one in supporters.assignments_of(session, citizen)
    )


def _asked(session: Session, citizen: str, record: Record) -> Asked:
    said = record.fields
    meeting = said.get("joint_meeting_on")
    return Asked(
        citizen=citizen,
        by=_name(session, record.author) or "",
        on=date.fromisoformat(said["on"]),
        to=_name(session, said.get("worker")),
        joint_meeting_on=date.fromisoformat(meeting) if meeting else None,
        held=said.get("held") is True,
        worker=said.get("worker"),
    )


def _name(session: Session, worker: str | None) -> str | None:
    known = session.get(Worker, worker) if worker else None
    return known.name if known else None
