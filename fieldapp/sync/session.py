"""Who this device is to the server: its key, its enrolment, and the token it gets by signing a challenge."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from fieldapp.errors import CodeRefused, DeviceRevoked, LoginAgain, ProtocolFault
from fieldapp.store import sync_state
from fieldapp.store.database import Store
from fieldapp.store.sync_state import SyncState
from fieldapp.sync import orders
from fieldapp.sync.orders import Order
from fieldapp.wire import Enrolled, EnrolRequest, SyncServer, TokenRequest, token_message, wiped_message

#: A token is renewed this long before it ends, so that it does not end on its way.
MARGIN = timedelta(seconds=30)

_KEPT = ("device", "worker", "worker_name", "role", "server", "server_key", "lease_days")

Answer = TypeVar("Answer")


def new_device_key() -> bytes:
    """A P-256 private key as PEM. The caller keeps it in the OS keystore, never in the vault (architecture 11)."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key(key: bytes) -> str:
    """What the server gets of it, as PEM."""
    return _private(key).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def enrol(server: SyncServer, code: str, name: str, key: bytes | None = None) -> tuple[bytes, Enrolled]:
    """Trade the leader's one-time code for an enrolment: (the device's private key as PEM, what the server said).

    Pass the key of an earlier try whose answer was lost. Raises CodeRefused, NoConnection, ServerTrouble.
    """
    key = key or new_device_key()
    return key, server.enrol(EnrolRequest(code=code, public_key=public_key(key), name=name))


def enrol_again(was: Enrolled, server: SyncServer, code: str, name: str, key: bytes) -> Enrolled:
    """Another enrolment of the same worker's device at the same server, which knows it no more; it is not kept here.

    Raises CodeRefused (`other`: it is somebody else's code), NoConnection, ServerTrouble.
    """
    enrolled = enrol(server, code, name, key)[1]
    if (was.worker, was.server) != (enrolled.worker, enrolled.server):
        raise CodeRefused("other")
    return enrolled


def keep_enrolment(store: Store, enrolled: Enrolled, address: str) -> None:
    """Write in the vault whose device this is. A second enrolment keeps the outbox, and the epoch its rows are of."""
    with store.transaction() as session:
        state = sync_state.get(session)
        state.address = address
        for name in _KEPT:
            setattr(state, name, getattr(enrolled, name))
        state.epoch = state.epoch or enrolled.epoch


def enrolment(store: Store) -> tuple[Enrolled, str] | None:
    """(whose device this is, the server's address), or None before the first enrolment."""
    with store.reading() as session:
        state = session.get(SyncState, 1)
        if state is None or state.device is None or state.address is None:
            return None
        return Enrolled.model_validate({name: getattr(state, name) for name in (*_KEPT, "epoch")}), state.address


class Account(NamedTuple):
    """What it takes to log in, and to know the server's orders, beside the device's key: nothing about anybody.

    A locked phone has this; what an older app wrote lacks `server_key` until it is next opened.
    """

    address: str
    device: str
    server: str
    server_key: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps(self).encode()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Account":
        return cls(*json.loads(kept))


class Login:
    """Gets a token when one is needed and keeps it until shortly before it ends; in memory only."""

    def __init__(
        self, server: SyncServer, account: Enrolled | Account, key: bytes, clock: Callable[[], datetime]
    ) -> None:
        self._server = server
        self._account = account
        self._key = _private(key)
        self._clock = clock
        self._token = ""
        self._ends: datetime | None = None
        self.order: Order | None = None
        """What the server has ordered, checked; it stays so."""
        self.server_now: datetime | None = None
        """What its clock showed when it gave the last token."""

    def become(self, account: Enrolled) -> None:
        """This device was enrolled again."""
        self._account = account
        self.order = None
        self.forget()

    def call(self, ask: Callable[[str], Answer]) -> Answer:
        """`ask` with a token. If the server knows it no more, once again with a new one."""
        try:
            return ask(self.token())
        except LoginAgain:
            self.forget()
            return ask(self.token())

    def token(self) -> str:
        if self._ends is None or not self._clock() < self._ends - MARGIN:
            self._renew()
        return self._token

    def forget(self) -> None:
        self._token, self._ends = "", None

    def confirm_wiped(self) -> None:
        """Say that all is gone; as often as it takes."""
        self._server.wiped(self._signed(wiped_message))

    def _renew(self) -> None:
        request = self._signed(token_message)
        asked = self._clock()
        try:
            answer = self._server.token(request)
        except DeviceRevoked as revoked:
            self._hear(request.nonce, revoked.why, revoked.order)
            raise
        self._hear(request.nonce, "retired", answer.retire)
        self._token, self._ends = answer.token, asked + timedelta(seconds=answer.seconds)
        self.server_now = answer.now

    def _signed(self, message: Callable[[str, str, str], bytes]) -> TokenRequest:
        """A fresh challenge, signed as this message."""
        device = self._account.device
        challenge = self._server.challenge(device)
        if challenge.server != self._account.server:
            raise ProtocolFault("other_server")
        signature = self._key.sign(message(challenge.server, device, challenge.nonce), ec.ECDSA(SHA256()))
        said = base64.b64encode(signature).decode()
        return TokenRequest(device=device, nonce=challenge.nonce, signature=said)

    def _hear(self, nonce: str, why: str | None, signature: str | None) -> None:
        account = self._account
        if signature is not None:
            order = orders.checked(account.server_key, account.server, account.device, nonce, why, signature)
            self.order = order or self.order


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ProtocolFault("device_key")
    return key
