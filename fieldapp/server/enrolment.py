"""How a phone becomes a worker's: a one-time code once, then a signed challenge for each token (sync.md, amendment 9).

Codes, nonces and tokens are kept as hashes only. Nothing here tells whether a device or a code exists.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from sqlalchemy import bindparam, true
from sqlmodel import Session, col, delete, select
from uuid6 import uuid7

from fieldapp.domain.fields import is_id
from fieldapp.errors import CodeRefused, DeviceRevoked, LoginAgain, ProtocolFault
from fieldapp.server import identity, registering, revoking
from fieldapp.server.audit import Seen, about_device
from fieldapp.server.operations import Sender
from fieldapp.server.tables import AccessToken, Code, Device, Nonce, SyncClock, Worker
from fieldapp.settings import Settings
from fieldapp.wire import (
    MAX_OPERATIONS,
    MAX_REQUEST,
    Ack,
    Challenge,
    Enrolled,
    ExchangeRequest,
    Operation,
    Token,
    TokenRequest,
    token_message,
)

#: 32 letters and digits that cannot be taken for each other.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
#: Characters of operations from which a device may have more than it could send at once.
FULL = MAX_REQUEST // 2
SENDING_AT_MOST = timedelta(minutes=10)
#: The letters by which a code is found, so that wrong tries count against it; the other five are the secret.
OPENING = 3
#: Made once: it is the first question of every exchange.
_SENDER = (
    select(Device, Worker, SyncClock)
    .join(AccessToken, col(AccessToken.device) == col(Device.id))
    .join(Worker, col(Worker.id) == col(Device.worker))
    .join(SyncClock, true())
    .where(AccessToken.hash == bindparam("hash"), col(AccessToken.expires_at) > bindparam("now"))
    .with_for_update(of=Device)
)


def make_code(session: Session, worker: str, now: datetime, settings: Settings) -> str:
    """A new code for this worker, to be read aloud or shown; only its hash is kept."""
    session.execute(delete(Code).where(col(Code.expires_at) < now - timedelta(days=1)))
    living = set(session.exec(select(Code.opening)))
    while (code := "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))[:OPENING] in living:
        pass
    id = str(uuid7())
    expires_at = now + timedelta(minutes=settings.code_minutes)
    session.add(Code(id=id, worker=worker, opening=code[:OPENING], hash=_slow_hash(code, id), expires_at=expires_at))
    return code


def use_code(session: Session, written: str, now: datetime, settings: Settings) -> str | CodeRefused:
    """The worker whose code this is, and it is used. A refusal is an answer: the try it counts must be kept."""
    code = "".join(written.upper().replace("-", " ").split())
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        return CodeRefused("wrong")
    entry = session.exec(select(Code).where(Code.opening == code[:OPENING]).with_for_update()).first()
    if entry is None:
        return CodeRefused("wrong")
    if entry.wrong_tries >= settings.code_tries:
        return CodeRefused("expired")
    if not hmac.compare_digest(entry.hash, _slow_hash(code, entry.id)):
        entry.wrong_tries += 1
        return CodeRefused("wrong")
    if entry.used_at is not None:
        return CodeRefused("used")
    if now >= entry.expires_at:
        return CodeRefused("expired")
    if session.exec(select(Worker.disabled_at).where(Worker.id == entry.worker)).one() is not None:
        return CodeRefused("expired")
    entry.used_at = now
    registering.note(session, "code", entry.id, now)
    return entry.worker


def add_device(
    session: Session, worker_id: str, public_key: str, name: str, now: datetime, settings: Settings
) -> Enrolled:
    worker = session.exec(select(Worker).where(Worker.id == worker_id)).one()
    name = "".join(letter for letter in name if letter.isprintable())
    id = str(uuid7())
    device = Device(id=id, worker=worker.id, name=name, public_key=public_key, enrolled_at=now, last_seen=now)
    session.add(device)
    session.add(about_device(Sender(device, worker), str(uuid7()), "enrol", now))
    return Enrolled(
        device=device.id,
        worker=worker.id,
        worker_name=worker.name,
        role=worker.role,
        server=identity.server_id(session),
        server_key=identity.public_key(session),
        epoch=identity.clock(session).epoch,
        lease_days=settings.lease_lock_days,
    )


def challenge(session: Session, device: str, now: datetime, settings: Settings) -> Challenge:
    """A nonce for this device; one that we do not know gets one as well, which is good for nothing."""
    session.execute(delete(Nonce).where(col(Nonce.expires_at) <= now))
    nonce = secrets.token_urlsafe(32)
    if is_id(device) and session.get(Device, device) is not None:
        expires_at = now + timedelta(seconds=settings.nonce)
        session.add(Nonce(hash=_hash(nonce), device=device, expires_at=expires_at))
    return Challenge(nonce=nonce, server=identity.server_id(session))


def use_nonce(session: Session, request: TokenRequest, now: datetime) -> bool:
    """Whether the nonce was given to this device and is fresh. It is used up, whatever the signature says."""
    found = session.exec(select(Nonce).where(Nonce.hash == _hash(request.nonce)).with_for_update()).first()
    if found is None:
        return False
    session.delete(found)
    return found.device == request.device and now < found.expires_at


def token(session: Session, request: TokenRequest, now: datetime, settings: Settings) -> Token | DeviceRevoked:
    """A token for the device that signed its nonce; a lost one is told to wipe itself, a retired one to send first.

    Raises LoginAgain. That a device was told is an answer, not an error: it must be kept.
    """
    sender = signer(session, request, token_message(identity.server_id(session), request.device, request.nonce))
    order = revoking.order(session, sender, request.nonce, now)
    if revoking.why_out(sender) == "lost":
        return DeviceRevoked("lost", order)
    session.execute(delete(AccessToken).where(col(AccessToken.expires_at) <= now))
    new = secrets.token_urlsafe(32)
    expires_at = now + timedelta(seconds=settings.token)
    session.add(AccessToken(hash=_hash(new), device=sender.device.id, expires_at=expires_at))
    return Token(token=new, seconds=settings.token, retire=order, now=now)


def signer(session: Session, request: TokenRequest, message: bytes) -> Sender:
    """The device that signed this message, and whose it is; its row stays locked. Raises LoginAgain."""
    device = session.get(Device, request.device, with_for_update=True) if is_id(request.device) else None
    if device is None or not _signed(device.public_key, request.signature, message):
        raise LoginAgain("signature")
    return Sender(device, session.get_one(Worker, device.worker))


def sender(session: Session, token: str, now: datetime) -> Sender:
    """Who holds this token; their device's row stays locked. Raises LoginAgain; DeviceRevoked to one out of use."""
    return exchanging(session, token, now, also_retired=False)[0]


def exchanging(session: Session, token: str, now: datetime, *, also_retired: bool = True) -> tuple[Sender, SyncClock]:
    """Who holds this token, and where the server stands. Their device's row stays locked: one exchange of a device at
    a time.

    Raises LoginAgain; DeviceRevoked to one that is out of use, unless it was retired and comes to send.
    """
    found = session.exec(_SENDER, params={"hash": _hash(token), "now": now}).first()
    if found is None:
        raise LoginAgain("token")
    device, worker, clock = found
    sender = Sender(device, worker)
    why = revoking.why_out(sender)
    if why is not None and not (also_retired and why == "retired"):
        raise DeviceRevoked(why)
    return sender, clock


def seen(before: Seen, operations: Sequence[Operation], now: datetime) -> Seen:
    """That this device was here, and so has heard what ended before.

    Not while it has more to send than one exchange holds: what follows was written before it heard. For some minutes
    at most, since it could go on for ever.
    """
    size = len(operations) * MAX_REQUEST // MAX_OPERATIONS + sum(len(str(o.fields)) for o in operations)
    since = before.sending_since or now
    if size >= FULL and now - since < SENDING_AT_MOST:
        return before._replace(sending_since=since)
    return before._replace(last_seen=now, sending_since=None)


def told(before: Seen, request: ExchangeRequest, acks: Iterable[Ack], now: datetime) -> Seen:
    """How many operations are left on it now: those it did not bring, and those that found no place here."""
    if request.waiting is None:
        return before
    brought = len(request.operations) + len(request.unreadable)
    placed = sum(ack.result not in ("waits", "refused") for ack in acks)
    return before._replace(waiting=request.waiting + brought - placed, waiting_at=now)


def checked_key(pem: str) -> str:
    """The P-256 public key in its plain writing; ProtocolFault(`bad_key`) when it is anything else."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise ProtocolFault("bad_key") from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ProtocolFault("bad_key")
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _signed(public_key: str, signature: str, message: bytes) -> bool:
    key = load_pem_public_key(public_key.encode())
    assert isinstance(key, EllipticCurvePublicKey), "checked at enrolment"
    try:
        key.verify(base64.b64decode(signature, validate=True), message, ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _hash(secret: str) -> str:
    """Of 256 random bits, which nobody can try through."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _slow_hash(code: str, salt: str) -> str:
    """Of a short code, which lives for minutes and would fall to a fast hash in seconds."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()
