"""Workers come, join and leave teams, and stop. What is theirs no longer leaves their phones at the next contact."""

import hashlib
import hmac
from datetime import datetime

from sqlmodel import Session, col, func, select
from uuid6 import uuid7

from fieldapp.domain.access import team_scope
from fieldapp.errors import RecordError
from fieldapp.server import assignments, identity, notices, profiles, registering, revoking, supporters
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.tables import Assignment, Audit, Device, Membership, Record, Worker


def join(session: Session, worker: Worker, team: str, now: datetime) -> None:
    """The membership, and the record by which the team's phones know a colleague. Once is enough."""
    if profiles.memberships(session, worker.id, team):
        return
    membership = Membership(id=str(uuid7()), worker=worker.id, team=team, from_at=now)
    session.add(membership)
    session.add(server_record(membership.id, "colleague", team_scope(team), profiles.told(worker), now))


def leave(session: Session, worker: Worker, team: str, now: datetime) -> None:
    """The team keeps the name: it stands under what the worker wrote."""
    living = profiles.memberships(session, worker.id, team)
    if not living:
        raise RecordError("not_a_member")
    entrusted = session.exec(select(Assignment).where(Assignment.team == team)).all()
    for membership in living:
        membership.to_at = now
        registering.note(session, "membership", membership.id, now)
        colleague = session.get_one(Record, membership.id, with_for_update=True)
        colleague.fields = {**colleague.fields, "left": True}
        colleague.base = {**colleague.base, "left": THIS_WRITE}
        for one in entrusted if worker.disabled_at is None else ():
            if supporters.holds(one, now):
                other = supporters.responsible(session, one.citizen, now)
                notices.lost(session, membership.id, one, [worker.id], other, now)


def login_mark(session: Session, login: str | None) -> str | None:
    """By which the log knows a name at the sign-in again without holding it."""
    if login is None:
        return None
    key = hmac.digest(identity.signing_key(session).encode(), b"vedhold login v1", hashlib.sha256)
    return hmac.digest(key, login.casefold().encode(), hashlib.sha256).hex()[:32]


def is_anothers_login(session: Session, worker: str, login: str, mark: str | None) -> bool:
    """Somebody has it now, or an administrator has ever had it."""
    now = select(Worker.id).where(func.lower(Worker.login) == login.lower(), Worker.id != worker)
    before = (
        select(Audit.no)
        .join(Worker, col(Worker.id) == col(Audit.record))
        .where(Audit.do == "set_login", Audit.why == mark, Worker.role == "administrator", Worker.id != worker)
    )
    return session.exec(now).first() is not None or session.exec(before).first() is not None


def keeps(who: Worker, account: Worker) -> bool:
    """Whether an account is this one's to change and to stop: who opens the console is kept by an administrator."""
    return who.role == "administrator" or account.role == "worker" or account.id == who.id


def check_keeps(session: Session, by: str | None, account: Worker) -> None:
    """`by` None: whoever sits at the machine. Raises RecordError(not_kept_by_you)."""
    if by is not None and not keeps(session.get_one(Worker, by), account):
        raise RecordError("not_kept_by_you")


def disable(session: Session, worker: Worker, now: datetime) -> None:
    """A worker who stops: no phone of theirs is let in, and their citizens need somebody (`handover.in_need`)."""
    if worker.disabled_at is not None:
        return
    worker.disabled_at = now
    registering.note(session, "worker", worker.id, now)
    theirs = select(Device).where(Device.worker == worker.id, Device.state == "active").with_for_update()
    for device in session.exec(theirs):
        revoking.revoke(session, device, "retired", now)
    session.flush()  # before any record is touched: those who are told are read from here
    for team in {m.team for m in profiles.memberships(session, worker.id)}:
        leave(session, worker, team, now)
    for one in session.exec(select(Assignment).where(Assignment.worker == worker.id)).all():
        if one.to_at is None or one.to_at > now:
            assignments.end(session, one.id, now)
