"""Who this server is: its id, its signing key, and the name of its timeline."""

import base64
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from sqlmodel import Session, select
from uuid6 import uuid7

from fieldapp.server.tables import ServerIdentity, SyncClock
from fieldapp.wire import EPOCH_STEP


def ensure(session: Session) -> None:
    """Give a new server its identity and the first epoch; leave an old one as it is."""
    if session.exec(select(ServerIdentity)).first() is None:
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        session.add(ServerIdentity(id=str(uuid7()), signing_key=pem.decode()))
        session.add(SyncClock(epoch=token_hex(8), epoch_no=1, seq=EPOCH_STEP))


def server_id(session: Session) -> str:
    return session.exec(select(ServerIdentity.id)).one()


def signing_key(session: Session) -> str:
    return session.exec(select(ServerIdentity.signing_key)).one()


def public_key(session: Session) -> str:
    """What devices know this server's orders by: Ed25519, PEM."""
    key = load_pem_private_key(signing_key(session).encode(), None)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(session: Session, message: bytes) -> str:
    """An order of this server, in base64."""
    key = load_pem_private_key(session.exec(select(ServerIdentity.signing_key)).one().encode(), None)
    assert isinstance(key, Ed25519PrivateKey), "made by `ensure`"
    return base64.b64encode(key.sign(message)).decode()


def clock(session: Session) -> SyncClock:
    return session.exec(select(SyncClock)).one()
