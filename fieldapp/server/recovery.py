"""The code that opens a worker's vault when the PIN is forgotten: kept sealed, given out once when a leader said yes.

It opens nothing without the device's own secret. The key it is sealed under lies outside the database, so that neither
the database nor a backup of it holds a code. A device asks under an id of its own making (`ask`): the same one is
answered again, since an answer may get lost, any other has to wait for another yes.
"""

import base64
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.errors import RecoveryRefused, ServerTrouble
from fieldapp.server import registering
from fieldapp.server.audit import about_device
from fieldapp.server.operations import Sender
from fieldapp.server.tables import Recovery, RecoveryApproval
from fieldapp.settings import Settings
from fieldapp.wire import RecoveryCode

#: Beside an embedded database, when no other file is named.
KEY_FILE = "recovery.key"
_NONCE = 12


def deposit(session: Session, sender: Sender, code: RecoveryCode, key: bytes | None, now: datetime) -> None:
    """Keep this device's code instead of an earlier one; what was given out of that one is not given again."""
    device = sender.device.id
    session.merge(Recovery(device=device, sealed=_sealed(_checked(key), device, code.code), deposited_at=now))
    given = select(RecoveryApproval).where(RecoveryApproval.device == device, col(RecoveryApproval.expires_at) > now)
    for approval in session.exec(given):
        approval.expires_at = now


def approve(
    session: Session, worker: str, reason: str, now: datetime, settings: Settings, by: str | None = None
) -> RecoveryApproval:
    """A leader's yes: one device of this worker may ask once. It stays, with whose it was and why, for ever."""
    expires_at = now + timedelta(hours=settings.recovery_hours)
    yes = RecoveryApproval(id=str(uuid7()), worker=worker, reason=reason, approved_at=now, expires_at=expires_at, by=by)
    session.add(yes)
    return yes


def give(session: Session, sender: Sender, ask: str, key: bytes | None, now: datetime) -> RecoveryCode:
    """Raises RecoveryRefused(nothing | not_yet)."""
    device = sender.device.id
    kept = session.get(Recovery, device)
    if kept is None:
        raise RecoveryRefused("nothing")
    code = RecoveryCode(code=_opened(_checked(key), device, kept.sealed))
    living = select(RecoveryApproval).where(col(RecoveryApproval.expires_at) > now).with_for_update()
    again = living.where(RecoveryApproval.device == device, RecoveryApproval.ask == ask)
    if session.exec(again).first() is None:
        unused = living.where(RecoveryApproval.worker == sender.worker.id, col(RecoveryApproval.used_at).is_(None))
        yes = session.exec(unused.order_by(col(RecoveryApproval.approved_at))).first()
        if yes is None:
            raise RecoveryRefused("not_yet")
        yes.used_at, yes.device, yes.ask = now, device, ask
        registering.note(session, "approval", yes.id, now, device=device, ask=ask)
        session.add(about_device(sender, yes.id, "recover", now))
    return code


def _checked(key: bytes | None) -> bytes:
    if key is None:
        raise ServerTrouble("no_recovery_key")
    return key


def _sealed(key: bytes, device: str, code: str) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, bytes.fromhex(code), _binding(device))).decode()


def _opened(key: bytes, device: str, sealed: str) -> str:
    content = base64.b64decode(sealed)
    try:
        return AESGCM(key).decrypt(content[:_NONCE], content[_NONCE:], _binding(device)).hex()
    except InvalidTag:  # another key than the one it was sealed under
        raise ServerTrouble("recovery_key") from None


def _binding(device: str) -> bytes:
    return f"vedhold recovery|{device}".encode()
