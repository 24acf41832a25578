"""What a worker is told of because somebody else decided it, on all their devices: code words, ids and times.

A notice outlives the worker's access to the citizen, so it names nobody but colleagues; the phone that may see the
citizen says the name. Its id follows from its cause: what happens twice is told once.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from fieldapp.domain.access import worker_scope
from fieldapp.domain.values import NoticeWord
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.supporters import Supporter
from fieldapp.server.tables import Assignment, Record, Worker


def gained(session: Session, assignment: Assignment, workers: Iterable[str], now: datetime) -> None:
    """Who else supports the citizen is in the scope itself, which they see now."""
    for worker in workers:
        fields = {
            "citizen": assignment.citizen,
            "from_at": assignment.from_at.isoformat(),
            "to_at": assignment.to_at and assignment.to_at.isoformat(),
            "role": str(assignment.role),
        }
        _tell(session, worker, assignment.id, NoticeWord.GAINED, fields, now)


def lost(
    session: Session, cause: str, assignment: Assignment, workers: Iterable[str], other: Supporter | None, at: datetime
) -> None:
    """From `at`, which may be ahead: no job has to wake up for it. An end that is moved is told anew."""
    for worker in workers:
        fields = {
            "citizen": assignment.citizen,
            "from_at": at.isoformat(),
            "role": str(assignment.role),
            "worker": other and other.worker,
            "name": other and other.name,
        }
        _tell(session, worker, f"{cause} {assignment.id}", NoticeWord.LOST, fields, at)


def of_work(
    session: Session,
    worker: str,
    what: NoticeWord,
    quarantined: Record,
    other: Supporter | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """What became of work that its writer could not put in place."""
    said = quarantined.fields
    fields = {
        "citizen": quarantined.scope.partition(":")[2],
        "from_at": now.isoformat(),
        "worker": other and other.worker,
        "name": other and other.name,
        "about": quarantined.id,
        "about_kind": said["about_kind"],
        "written_at": said["written_at"],
        "reason": reason,
    }
    _tell(session, worker, quarantined.id, what, fields, now)


def of_account(session: Session, worker: str, what: NoticeWord, cause: str, by: Worker | None, now: datetime) -> None:
    """What was done about a worker's own way in, so that they can say it was not they who asked. `by` None: whoever
    runs the server."""
    fields = {"from_at": now.isoformat(), "worker": by and by.id, "name": by and by.name}
    _tell(session, worker, cause, what, fields, now)


def about(session: Session, citizen: str) -> list[Record]:
    """All notices that speak of this citizen: they are erased with them."""
    told = select(Record).where(Record.kind == "notice", col(Record.fields)["citizen"].astext == citizen)
    return list(session.exec(told))


def _tell(session: Session, worker: str, cause: str, what: NoticeWord, fields: dict[str, Any], now: datetime) -> None:
    id = str(uuid5(UUID(worker), f"{what} {cause}"))
    new = server_record(id, "notice", worker_scope(worker), {"what": str(what)} | fields, now)
    stands = session.get(Record, id)
    if stands is None:
        session.add(new)
    elif stands.fields != new.fields and not stands.deleted:
        stands.fields = new.fields
        stands.base = dict.fromkeys(new.fields, THIS_WRITE)
