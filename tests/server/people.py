"""Workers with phones, as a server test needs them: a key, a token, and what the phone remembers."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import Session

from fieldapp.server import enrolment
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.wire import (
    Ack,
    Enrolled,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    Operation,
    Row,
    SyncServer,
    TokenRequest,
    token_message,
    view_hash,
)
from tests.examples import NOW, an_id, an_operation


class Clock:
    """Time as a test tells it."""

    def __init__(self) -> None:
        self.now = NOW.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def public_pem(key: EllipticCurvePrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(key: EllipticCurvePrivateKey, message: bytes) -> str:
    return base64.b64encode(key.sign(message, ECDSA(SHA256()))).decode()


@dataclass
class Phone:
    """A worker's phone, with just enough memory to follow the protocol; it invents nothing and forgets nothing."""

    server: SyncServer
    enrolled: Enrolled
    key: EllipticCurvePrivateKey
    clock: Clock
    token: str = ""
    since: int = 0
    view: set[str] = field(default_factory=set)
    behind: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def log_in(self) -> str:
        challenge = self.server.challenge(self.enrolled.device)
        message = token_message(challenge.server, self.enrolled.device, challenge.nonce)
        signature = sign(self.key, message)
        request = TokenRequest(device=self.enrolled.device, nonce=challenge.nonce, signature=signature)
        self.token = self.server.token(request).token
        return self.token

    def request(self, *operations: Operation, **more: Any) -> ExchangeRequest:
        said: dict[str, Any] = {
            "rid": an_id(),
            "epoch": self.enrolled.epoch,
            "since": self.since,
            "view": view_hash(self.view),
            "behind": self.behind,
            "now": self.clock(),
            "operations": list(operations),
        }
        return ExchangeRequest(**(said | more))

    def exchange(self, *operations: Operation, **more: Any) -> ExchangeAnswer:
        """One exchange, taken in."""
        answer = self.server.exchange(self.token or self.log_in(), self.request(*operations, **more))
        self.take_in(answer)
        return answer

    def take_in(self, answer: ExchangeAnswer) -> None:
        if answer.reset:
            return
        if answer.view is not None:
            new = set(answer.view)
            self.behind = {s: n for s, n in self.behind.items() if s in new} | dict.fromkeys(new - self.view, 0)
            self.rows = {id: row for id, row in self.rows.items() if row.scope in new}
            self.view = new
            return
        self.rows.update({row.id: row for row in answer.rows})
        if answer.rows:
            self._move(answer.rows[-1].seq)
        if not answer.more:
            self._move(answer.upto)

    def _move(self, to: int) -> None:
        self.since = max(self.since, to)
        self.behind = {scope: max(n, to) for scope, n in self.behind.items() if max(n, to) < self.since}

    def send(self, *operations: Operation) -> list[Ack]:
        return self.exchange(*operations).acks

    def send_one(self, operation: Operation) -> str:
        """How it ended: `ok`, or `refused: unknown_record`."""
        [ack] = self.send(operation)
        return ack.result if ack.why is None else f"{ack.result}: {ack.why}"

    def catch_up(self) -> dict[str, Row]:
        while self.exchange().more:
            pass
        return self.rows

    def meet(self, **fields: Any) -> str:
        """A new citizen, sent at once; the id."""
        id = an_id()
        birth = a_birth(id, **fields)
        assert self.send_one(birth) == "ok"
        return id


def a_birth(id: str | None = None, **fields: Any) -> Operation:
    id = id or an_id()
    return an_operation("add", "citizen", id=id, citizen=id, fields={"known_as": "Åse Opfundet"} | fields)


def an_add(kind: str, citizen: str, fields: dict[str, Any], **more: Any) -> Operation:
    return an_operation("add", kind, citizen=citizen, fields=fields, **more)


def a_change(
    row_id: str, citizen: str, fields: dict[str, Any], base: dict[str, int] | None = None, **more: Any
) -> Operation:
    more = {"kind": "citizen"} | more
    return an_operation("change", id=row_id, citizen=citizen, fields=fields, base=base or {}, **more)


def a_void(
    row_id: str, citizen: str, kind: str = "contact", reason: str = "Opdigtet: skrevet to gange", **more: Any
) -> Operation:
    return an_operation("void", kind, id=row_id, citizen=citizen, fields={"reason": reason}, **more)


def a_phone(server: SyncServer, office: Office, clock: Clock, worker: str) -> Phone:
    """A phone enrolled the proper way, not logged in yet."""
    key = generate_private_key(SECP256R1())
    code = office.make_code(worker)
    enrolled = server.enrol(EnrolRequest(code=code, public_key=public_pem(key), name="Prøvetelefon"))
    return Phone(server, enrolled, key, clock)


def a_known_phone(server: InProcessServer, clock: Clock, worker: str) -> Phone:
    """A phone that was enrolled already: without the code, whose hash is slow on purpose."""
    key = generate_private_key(SECP256R1())
    with Session(server.engine, expire_on_commit=False) as session:
        enrolled = enrolment.add_device(session, worker, public_pem(key), "Prøvetelefon", clock(), server.settings)
        session.commit()
    return Phone(server, enrolled, key, clock)
