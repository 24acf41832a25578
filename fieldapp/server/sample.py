"""The leader's weekly sample of who opened whom (law.md 5.2): drawn by lot from the log, looked at one by one.

From what arrived in a whole week, of the workers who were in one of the leader's teams in it. Nothing of what is
written about a citizen stands here: their id alone. The lot hangs on the server's signing key, which no worker has.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select
from uuid6 import uuid7

from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.fields import is_id
from fieldapp.domain.sampling import Judgement, Week, draw
from fieldapp.errors import RecordError
from fieldapp.server import audit, identity
from fieldapp.server.tables import Audit, Membership, Worker
from fieldapp.server.tables_log import SampleMark

#: Letters of a leader's own words to one opening.
TEXT = 500


@dataclass(frozen=True)
class Mark:
    """`by`: the leader's id."""

    judgement: Judgement
    text: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Opening:
    """`id` is the access record's; `opened_at` is by the device's clock, `mark` the newest of those given to it."""

    id: str
    worker: str
    worker_name: str
    citizen: str
    opened_at: datetime
    mark: Mark | None


def drawn(session: Session, leader: str, week: Week, now: datetime) -> list[Opening]:
    """The week's sample for this leader, the earliest opening first.

    Raises RecordError: not_a_leader; week_not_over, for then its lots could still change.
    """
    who = session.get(Worker, leader) if is_id(leader) else None
    if who is None or who.role != "leader" or who.disabled_at is not None:
        raise RecordError("not_a_leader")
    if now < week.ends:
        raise RecordError("week_not_over")
    members = _members(session, leader, week)
    opened = (
        select(Audit)
        .where(Audit.kind == "access", Audit.do == "add", Audit.result == "ok", col(Audit.worker).in_(members))
        .where(col(Audit.received_at) >= week.begins, col(Audit.received_at) < week.ends)
    )
    found = {entry.record: entry for entry in session.exec(opened)}
    chosen = [found[id] for id in draw(found, _key(session), week)]
    names = {one.id: one.name for one in session.exec(select(Worker).where(col(Worker.id).in_(members)))}
    marks = _marks(session, [entry.record for entry in chosen])
    openings = [
        Opening(e.record, e.worker, names[e.worker], scope_id(e.scope or ""), e.at, marks.get(e.record)) for e in chosen
    ]
    return sorted(openings, key=lambda one: (one.opened_at, one.id))


def judge(
    session: Session, leader: str, week: Week, access: str, judgement: Judgement, text: str, now: datetime
) -> None:
    """What the leader says to one that was drawn. Anything but `fine` needs words of theirs; a later mark counts.

    Raises RecordError: unknown_record when it is not in the sample, missing(text), too_long(text).
    """
    opening = next((one for one in drawn(session, leader, week, now) if one.id == access), None)
    if opening is None:
        raise RecordError("unknown_record")
    text = text.strip()
    if judgement != Judgement.FINE and not text:
        raise RecordError("missing", "text")
    if len(text) > TEXT:
        raise RecordError("too_long", "text")
    mark = SampleMark(
        id=str(uuid7()),
        access=access,
        citizen=opening.citizen,
        leader=leader,
        judgement=judgement,
        text=text or None,
        at=now,
    )
    session.add(mark)
    scope = citizen_scope(opening.citizen)
    session.add(audit.act(session, "judge", leader, now, access, kind="access", scope=scope, why=judgement))


def _members(session: Session, leader: str, week: Week) -> set[str]:
    """Who was in one of the leader's teams in some part of the week; the leader's own openings are for another."""
    then = select(Membership).where(
        col(Membership.from_at) < week.ends, or_(col(Membership.to_at).is_(None), col(Membership.to_at) > week.begins)
    )
    there = session.exec(then).all()
    teams = {one.team for one in there if one.worker == leader}
    return {one.worker for one in there if one.team in teams} - {leader}


def _key(session: Session) -> bytes:
    return hmac.digest(identity.signing_key(session).encode(), b"vedhold sample v1", hashlib.sha256)


def _marks(session: Session, accesses: list[str]) -> dict[str, Mark]:
    given = (
        select(SampleMark).where(col(SampleMark.access).in_(accesses)).order_by(col(SampleMark.at), col(SampleMark.id))
    )
    return {one.access: Mark(Judgement(one.judgement), one.text, one.leader, one.at) for one in session.exec(given)}
