"""A worker is away, says so on the phone (or their leader does), and the deputy gets their citizens.

It is carried out in the exchange that brings it. Taken back, what it entrusted ends.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from fieldapp.domain import access
from fieldapp.errors import RecordError
from fieldapp.server import assignments, handover
from fieldapp.server.tables import Assignment, Membership, Record, Worker

if TYPE_CHECKING:
    from fieldapp.server.operations import Batch

ABSENCE, SEEN = "worker_absence", "worker_absence_seen"
#: Without a last day: so long. Access ends by itself, and whoever is still away says so again.
UNTIL_SAID_AGAIN = timedelta(days=7)


def carry_out(batch: "Batch", scope: str, fields: Mapping[str, Any], offset: int) -> None:
    """Entrust the citizens. Raises RecordError when it may not be: then nothing is changed."""
    _check(batch, scope, fields)
    from_at, to_at = _span(fields, offset)
    if fields.get("deputy") is not None and to_at > batch.now:
        worker, deputy = (batch.session.get_one(Worker, fields[name]) for name in ("worker", "deputy"))
        handover.deputize(batch.session, worker, deputy, from_at, to_at, batch.now)


def end(batch: "Batch", absence: Record) -> None:
    """The worker is back, or it was a mistake: what was entrusted by it ends now."""
    fields = absence.fields
    _check(batch, absence.scope, fields)
    if fields.get("deputy") is None or _said_twice(batch, absence):
        return
    made = handover.deputies(batch.session, fields["worker"], fields["deputy"], *_span(fields, absence.offset))
    theirs = select(Assignment).where(col(Assignment.id).in_(made)).order_by(col(Assignment.id))
    for one in batch.session.exec(theirs).all():
        if one.to_at is None or one.to_at > batch.now:
            assignments.end(batch.session, one.id, max(batch.now, one.from_at))


def check_seen(batch: "Batch", scope: str, fields: Mapping[str, Any]) -> None:
    """Only whoever stands in can have seen the list: nobody else may calm the one who is away."""
    absence = batch.stored.get(fields["worker_absence"])
    if absence is None or absence.scope != scope:
        raise RecordError("unknown_reference", "worker_absence")
    if absence.fields.get("deputy") != batch.worker.id:
        raise RecordError("not_writable")


def _said_twice(batch: "Batch", absence: Record) -> bool:
    """By the worker and by the leader, say: the other one still holds."""
    same = select(Record).where(
        Record.kind == ABSENCE, Record.scope == absence.scope, col(Record.void).is_(None), Record.id != absence.id
    )
    found = {r.id: r for r in (*batch.session.exec(same), *batch.stored.values())}
    return any(
        (r.kind, r.fields, r.offset, r.void) == (ABSENCE, absence.fields, absence.offset, None)
        for r in found.values()
        if r.id != absence.id
    )


def _check(batch: "Batch", scope: str, fields: Mapping[str, Any]) -> None:
    """Who is away says so, or a leader does; both are of the team that reads it."""
    away, deputy = fields["worker"], fields.get("deputy")
    if batch.worker.id != away and batch.worker.role != "leader":
        raise RecordError("not_writable")
    for worker in filter(None, (away, deputy)):
        if not _belongs(batch.session, worker, access.scope_id(scope), batch.now):
            raise RecordError("unknown_reference", "worker" if worker == away else "deputy")
    if away == deputy:
        raise RecordError("malformed", "deputy")


def _belongs(session: Session, worker: str, team: str, now: datetime) -> bool:
    theirs = select(Membership).where(Membership.worker == worker, Membership.team == team)
    here = [m for m in session.exec(theirs) if access.Membership(m.worker, m.team, m.from_at, m.to_at).holds(now)]
    known = session.get(Worker, worker)
    return bool(here) and known is not None and known.disabled_at is None


def _span(fields: Mapping[str, Any], offset: int) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, on the writer's clock."""
    first = date.fromisoformat(fields["from_on"])
    last = date.fromisoformat(fields["to_on"]) if fields.get("to_on") else first + UNTIL_SAID_AGAIN
    if last < first or not 2000 < first.year <= last.year < 2200:
        raise RecordError("malformed", "to_on")
    zone = timezone(timedelta(minutes=offset))
    begin, until = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, last + timedelta(days=1)))
    return begin, until
