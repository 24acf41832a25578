"""What travels between a device and the server, and the server as a device sees it.

An exchange is NDJSON, gzipped both ways: a head line, a line for each operation or row, and a last line that
counts them (bodies.py). A body without its last line was cut on the way: nothing of it is applied (sync.md 4.3).
Ids are UUIDs as text; moments are ISO 8601 with offset; `seq` is the server's commit number,
epoch * 2**40 + counter.
"""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from fieldapp.domain.fields import is_id

PROTOCOL = 1
#: The schema of the records: rises when kinds or fields are added (sync.md 4.9).
SCHEMA = 5
EPOCH_STEP = 2**40
#: Limits of one request (sync.md 4.11): operations, and bytes after inflating.
MAX_OPERATIONS = 500
MAX_REQUEST = 1_000_000
#: Of one operation, with every text full: as Python's objects a line is some 25 times as large.
MAX_LINE = 300_000
MAX_ANSWER = 16_000_000
#: Scopes in one question about digests; a device holds some 150 (sync.md 4.11).
MAX_SCOPES = 1_000


def _checked(value: str) -> str:
    if not is_id(value):
        raise ValueError("not an id")
    return value


Id = Annotated[str, Field(min_length=36, max_length=36)]
#: One that the device itself makes.
OwnId = Annotated[Id, AfterValidator(_checked)]
Seq = Annotated[int, Field(ge=0, lt=2**53)]
#: Of a field. The limit also keeps out half a surrogate pair, which no text can hold.
Name = Annotated[str, Field(max_length=40)]
Days = Annotated[int, Field(ge=1, le=100_000)]
Schema = Annotated[int, Field(ge=1, le=10_000)]


class Line(BaseModel):
    """Unknown keys are ignored, so that a newer end may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Operation(Line):
    """One thing a worker did. `fields` holds only what was set; `base` the seq each changed field had when seen."""

    op: OwnId
    do: Literal["add", "change", "void"]
    kind: Annotated[str, Field(max_length=40)]
    id: OwnId
    scope: Annotated[str, Field(max_length=60)]
    fields: dict[Name, Any] = {}
    base: dict[Name, Seq] = {}
    at: AwareDatetime
    offset: Annotated[int, Field(ge=-1440, le=1440)] = 0  # minutes east of UTC on the device's clock
    schema_: Schema | None = Field(default=None, alias="schema")  # it was written under; None: the request's

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Older(Line):
    """An older copy of the vault was opened knowingly; `commits` behind, 0 when that cannot be told. Told once by `id`,
    as often as it takes."""

    id: OwnId
    commits: Seq = 0


class ExchangeRequest(Line):
    """`view` is the hash of the scopes the device holds; `behind` names scopes it has not yet caught up on.

    `upto`: everything up to this number has come, with every erasure; the cursor `since` is ahead of it while a long
    answer is fetched. `unreadable`: lines that hold no operation, by their ids. `waiting`: so many operations lie on
    the device besides those that come with this; of older apps nobody knows.
    """

    v: int = PROTOCOL
    schema_: Schema = Field(default=SCHEMA, alias="schema")
    app: Annotated[str, Field(max_length=40)] = ""
    rid: Id
    epoch: Annotated[str, Field(max_length=64)] = ""
    since: Seq = 0
    upto: Seq = 0
    view: Annotated[str, Field(max_length=16)] = ""
    behind: dict[Annotated[str, Field(max_length=60)], Seq] = {}
    now: AwareDatetime
    rows: Annotated[int, Field(ge=1, le=1_000)] = 1_000
    older: Older | None = None
    waiting: Seq | None = None
    operations: list[Operation] = Field(default=[], exclude=True)
    unreadable: list[Id] = Field(default=[], exclude=True)

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


Result = Literal["ok", "conflict", "quarantined", "waits", "gone", "refused"]


class Ack(Line):
    """What became of one operation. `waits`: its citizen is not born yet, send it again; all others are final."""

    ack: Id
    result: Result
    why: str | None = None
    seq: Seq | None = None


class Row(Line):
    """A record as it stands. `base` gives each field's seq, `by` the worker who last set it.

    `author` added the record at `at`, on a clock `offset` minutes east of UTC. A voided record keeps its fields and
    says why; `deleted` is all that is left of an erased one.
    """

    row: str  # the kind
    id: Id
    scope: str
    seq: Seq
    fields: dict[str, Any] = {}
    base: dict[str, Seq] = {}
    by: dict[str, str] = {}
    author: str = ""
    at: AwareDatetime | None = None
    offset: int = 0
    void: str | None = None
    deleted: bool = False


class ExchangeAnswer(Line):
    """Either rows, or a new `view` and no rows, or a `reset`: sync.md 4.3 rule 6.

    An app older than `min_schema` gets acknowledgements and nothing else. `more` and `left` travel in the last line.
    """

    rid: Id
    epoch: str
    now: AwareDatetime
    upto: Seq = 0
    durable: Seq = 0
    next_in: int = 300  # seconds until the server would like to hear from this device again
    left: int = 0  # rows still to come after this answer
    min_schema: int = 1
    view: list[str] | None = None
    reset: Literal["epoch", "floor", "rewound"] | None = None
    lease: tuple[Days, Days] | None = None  # of silence, until the phone locks, and until it is erased
    more: bool = False
    acks: list[Ack] = Field(default=[], exclude=True)
    rows: list[Row] = Field(default=[], exclude=True)


class DigestRequest(Line):
    """What a device that has everything up to `upto` holds: for each scope the count and the mark of its rows."""

    epoch: Annotated[str, Field(max_length=64)]
    upto: Seq
    scopes: Annotated[
        dict[Annotated[str, Field(max_length=60)], tuple[Seq, Annotated[str, Field(pattern="^[0-9a-f]{16}$")]]],
        Field(max_length=MAX_SCOPES),
    ]


class Differing(Line):
    """The scopes to fetch again. Never why, and none that the worker may not see."""

    differ: list[str] = []


class EnrolRequest(Line):
    """`code` is the leader's one-time code; `public_key` is the device's P-256 key, PEM."""

    code: Annotated[str, Field(max_length=20)]
    public_key: Annotated[str, Field(max_length=400)]
    name: Annotated[str, Field(max_length=60)] = ""  # of the device, as the leader will see it


class Enrolled(Line):
    device: Id
    worker: Id
    worker_name: str
    role: Literal["worker", "leader", "administrator"] = "worker"
    server: Id
    server_key: str  # Ed25519, PEM: what this device trusts wipe orders by
    epoch: str
    lease_days: int = 14


class Challenge(Line):
    nonce: str
    server: Id


class TokenRequest(Line):
    """`signature`: P-256 over `token_message` (or `wiped_message`, to say that all is gone), DER, base64."""

    device: Id
    nonce: Annotated[str, Field(max_length=100)]
    signature: Annotated[str, Field(max_length=200)]


class Token(Line):
    """`retire`: the phone is out of use. It may send what it has, and must then wipe itself: the server's signature
    over `wipe_message`. `now`: by the server's clock, for how long it is silent from here on."""

    token: str
    seconds: int = 900
    retire: str | None = None
    now: AwareDatetime | None = None


class RecoveryCode(Line):
    """What opens a device's vault when its PIN is forgotten, together with the device's own secret: 128 bits."""

    code: Annotated[str, Field(pattern="^[0-9a-f]{32}$", repr=False)]


class RecoveryAsk(Line):
    """`ask` names this asking: the same one may be sent again when its answer got lost."""

    ask: OwnId


class Done(Line):
    """There is nothing to say but that it is so."""


class SyncServer(Protocol):
    """The server as a device sees it: over HTTP, or in the same process. Failures are errors.SyncError."""

    def enrol(self, request: EnrolRequest) -> Enrolled: ...

    def challenge(self, device: str) -> Challenge: ...

    def token(self, request: TokenRequest) -> Token: ...

    def exchange(self, token: str, request: ExchangeRequest) -> ExchangeAnswer: ...

    def digest(self, token: str, request: DigestRequest) -> Differing: ...

    def deposit(self, token: str, code: RecoveryCode) -> Done:
        """Keep this device's code until it gives another one."""
        ...

    def recover(self, token: str, asked: RecoveryAsk) -> RecoveryCode:
        """The code this device deposited, once a leader said yes. Raises RecoveryRefused."""
        ...

    def wiped(self, request: TokenRequest) -> Done:
        """All is gone from a device that was told to wipe itself: signed over `wiped_message`."""
        ...


def token_message(server: str, device: str, nonce: str) -> bytes:
    """What a device signs to get a token (sync.md, amendment 9)."""
    return b"|".join((b"vedhold token v1", server.encode(), device.encode(), nonce.encode()))


def wipe_message(server: str, device: str, why: str, nonce: str) -> bytes:
    """What the server signs to have a device wipe itself, in answer to this nonce; `why` is retired | lost."""
    return b"|".join((b"vedhold wipe v1", server.encode(), device.encode(), why.encode(), nonce.encode()))


def wiped_message(server: str, device: str, nonce: str) -> bytes:
    """What a device signs when it has."""
    return b"|".join((b"vedhold wiped v1", server.encode(), device.encode(), nonce.encode()))


def view_hash(scopes: Iterable[str]) -> str:
    """16 hexadecimal digits: the first 8 bytes of SHA-256 over the sorted scopes, a line each."""
    return hashlib.sha256("\n".join(sorted(scopes)).encode()).hexdigest()[:16]
