"""A phone that is out of use: handed in or lost. It is told so by a signed order, and says when all is gone.

A *lost* one is let in for nothing and wipes itself at once: what it had not sent is knowingly given up. A *retired* one
may still send what it has, gets nothing more, and wipes itself when all is with the server (sync.md 4.7).
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, delete
from uuid6 import uuid7

from fieldapp.server import identity, registering
from fieldapp.server.audit import about_device
from fieldapp.server.operations import Sender
from fieldapp.server.tables import AccessToken, Device, Nonce
from fieldapp.wire import wipe_message

Out = Literal["retired", "lost"]


def revoke(session: Session, device: Device, state: Out, now: datetime) -> None:
    """From now on this device is out of use. One that is lost stays lost."""
    let_in_no_more(session, device, state)
    registering.note(session, "device", device.id, now, state=device.state)


def let_in_no_more(session: Session, device: Device, state: str) -> None:
    if device.state != "lost":
        if state == "lost" and device.wiped_at is None:
            device.ordered_at = None  # it was told to send first: that it is lost now, it has not heard
        device.state = state
    for secrets_of in (AccessToken, Nonce):
        session.execute(delete(secrets_of).where(col(secrets_of.device) == device.id))


def why_out(sender: Sender) -> Out | None:
    """Of a worker who has stopped also a device that was being enrolled meanwhile."""
    if sender.device.state == "lost":
        return "lost"
    if sender.device.state == "retired" or sender.worker.disabled_at is not None:
        return "retired"
    return None


def order(session: Session, sender: Sender, nonce: str, now: datetime) -> str | None:
    """The signed order to wipe, in answer to this nonce; None to a device in use.

    The log has it once for each reason.
    """
    why, device = why_out(sender), sender.device
    if why is None:
        return None
    if device.ordered_at is None:
        device.ordered_at = now
        session.add(about_device(sender, str(uuid7()), "wipe", now, why))
    return identity.sign(session, wipe_message(identity.server_id(session), device.id, why, nonce))


def confirmed(session: Session, sender: Sender, now: datetime) -> None:
    """All is gone from this device. From one in use it says nothing: it was told nothing of the kind."""
    if why_out(sender) is not None and sender.device.wiped_at is None:
        sender.device.wiped_at = now
        session.add(about_device(sender, str(uuid7()), "wiped", now))
