"""Who is signed in to the console: a random id in a cookie, its hash in the database, an end when nobody comes.

Every sign-in gets a new id: one that somebody else has put into the browser before is worth nothing. A role is read
anew for each page, and a worker who has stopped is out at once.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, delete, select

from fieldapp.errors import VedholdError
from fieldapp.server import audit
from fieldapp.server.tables import ConsoleLink, ConsoleSession, ConsoleSignIn, Worker
from fieldapp.settings import Settings

#: How often it is written down that somebody is still here.
SEEN_EVERY = timedelta(minutes=1)


class SignInRefused(VedholdError):
    """`why` is link (wrong, used or expired) | unknown (nobody of that name here) | worker (of no use to them) |
    answer (the sign-in said what cannot be) | expired | declined | silent (it does not answer)."""

    kind = "sign_in_refused"


class SignedIn(NamedTuple):
    worker: Worker
    begun_at: datetime


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Of 256 random bits, which nobody can try through."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def form_token(cookie: str) -> str:
    """What every form of this browser carries: another site can send its cookie, and cannot read this."""
    return hashed(f"form {cookie}")


def make_link(session: Session, worker: Worker, now: datetime, settings: Settings) -> str:
    """The secret part of a link by which this worker comes in, once."""
    session.execute(delete(ConsoleLink).where(col(ConsoleLink.expires_at) < now - timedelta(days=1)))
    key = new_secret()
    expires_at = now + timedelta(minutes=settings.link_minutes)
    session.add(ConsoleLink(hash=hashed(key), worker=worker.id, expires_at=expires_at))
    return key


def use_link(session: Session, key: str, now: datetime) -> Worker:
    """Raises SignInRefused(link); the link is used, whatever comes next."""
    link = session.exec(select(ConsoleLink).where(ConsoleLink.hash == hashed(key)).with_for_update()).first()
    if link is None or link.used_at is not None or now >= link.expires_at:
        raise SignInRefused("link")
    link.used_at = now
    return session.get_one(Worker, link.worker)


def begin(session: Session, worker: Worker, now: datetime, settings: Settings) -> str:
    """What the browser's cookie shall hold from now on. Raises SignInRefused(unknown | worker)."""
    if worker.disabled_at is not None:
        raise SignInRefused("unknown")
    if worker.role == "worker":
        raise SignInRefused("worker")
    oldest = now - timedelta(seconds=settings.console_session)
    session.execute(delete(ConsoleSession).where(col(ConsoleSession.begun_at) <= oldest))
    session.execute(delete(ConsoleSignIn).where(col(ConsoleSignIn.expires_at) <= now))
    cookie = new_secret()
    session.add(ConsoleSession(hash=hashed(cookie), worker=worker.id, begun_at=now, seen_at=now))
    session.add(audit.act(session, "sign_in", worker.id, now, worker.id))
    return cookie


def signed_in(session: Session, cookie: str, now: datetime, settings: Settings) -> SignedIn | None:
    """Whose cookie this is, while it lasts."""
    wanted = select(ConsoleSession, Worker).join(Worker, col(Worker.id) == col(ConsoleSession.worker))
    found = session.exec(wanted.where(ConsoleSession.hash == hashed(cookie))).first()
    if found is None:
        return None
    stored, worker = found
    idle = now - stored.seen_at >= timedelta(seconds=settings.console_idle)
    over = now - stored.begun_at >= timedelta(seconds=settings.console_session)
    if idle or over or worker.disabled_at is not None:
        session.delete(stored)
        return None
    if now - stored.seen_at >= SEEN_EVERY:
        stored.seen_at = now
    return SignedIn(worker, stored.begun_at)


def end(session: Session, cookie: str, now: datetime) -> None:
    stored = session.get(ConsoleSession, hashed(cookie))
    if stored is not None:
        session.add(audit.act(session, "sign_out", stored.worker, now, stored.worker))
        session.delete(stored)
