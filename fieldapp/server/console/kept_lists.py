"""A list between its trial and somebody's yes: in the database, sealed under a key that only their page holds.

One for each person at a time; it serves once, and soon. Whoever reads the database, or a backup of it, reads nothing.
"""

import hashlib
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session, col, delete, or_

from fieldapp.errors import RecordError
from fieldapp.server.console.sessions import hashed, new_secret
from fieldapp.server.tables import ConsoleList

KEPT = timedelta(minutes=15)
_NONCE = 12


def keep(session: Session, data: bytes, what: str, worker: str, now: datetime) -> str:
    """Returns the key, which is said once; `what` is citizens | workers."""
    old = or_(col(ConsoleList.worker) == worker, col(ConsoleList.expires_at) <= now)
    session.execute(delete(ConsoleList).where(old))
    key, nonce = new_secret(), os.urandom(_NONCE)
    sealed = nonce + AESGCM(_key(key)).encrypt(nonce, data, f"{what} {worker}".encode())
    session.add(ConsoleList(hash=hashed(key), worker=worker, sealed=sealed, expires_at=now + KEPT))
    return key


def take(session: Session, key: str, what: str, worker: str, now: datetime) -> bytes:
    """The list, and it is gone. Raises RecordError(list_gone) for another's, another sort's, a used or an old one."""
    kept = session.get(ConsoleList, hashed(key), with_for_update=True)
    if kept is None or kept.worker != worker or now >= kept.expires_at:
        raise RecordError("list_gone")
    session.delete(kept)
    try:
        return AESGCM(_key(key)).decrypt(kept.sealed[:_NONCE], kept.sealed[_NONCE:], f"{what} {worker}".encode())
    except InvalidTag:
        raise RecordError("list_gone") from None


def _key(secret: str) -> bytes:
    """Of 256 random bits; another hash than the one it is found by."""
    return hashlib.sha256(f"list {secret}".encode(errors="replace")).digest()
