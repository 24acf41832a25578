"""The server's tables: every record of every kind in one, and typed ones for what the server itself decides by.

Moments are kept with their zone; ids are UUIDs as text.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMES = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
}
ID: Any = Uuid(as_uuid=False)
MOMENT: Any = DateTime(timezone=True)


class ServerTable(SQLModel, registry=registry()):
    """Its own registry: in one process the server's tables and a device's never meet."""


ServerTable.metadata.naming_convention = NAMES


class Record(ServerTable, table=True):
    """A record of any kind. `base`, `by` and `devices` say of each field at which seq, by whom and where it was set.

    Of an erased one only this is left: that it is `deleted`, its kind and scope, and since when (`at`).
    """

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("seq"),
        Index("record_feed", "scope", "seq"),
        Index("record_merge", "scope", postgresql_where=text("kind = 'citizen_merge'")),
    )

    id: str = Field(primary_key=True, sa_type=ID)
    kind: str = Field(sa_type=Text)
    scope: str = Field(sa_type=Text)
    seq: int = Field(default=0, sa_type=BigInteger)  # 0: not numbered yet; the database refuses that
    fields: dict[str, Any] = Field(sa_type=JSONB)
    base: dict[str, int] = Field(sa_type=JSONB)
    by: dict[str, str] = Field(sa_type=JSONB)
    devices: dict[str, str] = Field(sa_type=JSONB)
    author: str | None = Field(default=None, sa_type=ID)
    at: datetime = Field(sa_type=MOMENT)
    offset: int = 0
    void: str | None = Field(default=None, sa_type=Text)
    deleted: bool = False


class SyncClock(ServerTable, table=True):
    """One row. `seq` is the last number given, `first` and `taken_by` say which transaction may use which numbers.

    `epoch` names this timeline of the server; the `epoch_no`-th starts at epoch_no * 2**40. `durable`: up to here
    everything is in a finished backup, the last of which was finished at `backed_up_at`. `floor`: what was erased up to
    here is forgotten, so a device that has not seen so far must ask for everything again.
    """

    __tablename__ = "sync_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    epoch: str = Field(sa_type=Text)
    epoch_no: int
    seq: int = Field(sa_type=BigInteger)
    first: int = Field(default=0, sa_type=BigInteger)
    taken_by: int = Field(default=0, sa_type=BigInteger)
    durable: int = Field(default=0, sa_type=BigInteger)
    floor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    backed_up_at: datetime | None = Field(default=None, sa_type=MOMENT)


class RegisterMark(ServerTable, table=True):
    """One row, when there is a register outside the database: how many of its entries this database has followed.

    `chain` is the digest of the last of these, `first` that of the register's first: it tells which register it is.
    """

    __tablename__ = "register"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    first: str = Field(sa_type=Text)
    entries: int = Field(sa_type=BigInteger)
    chain: str = Field(sa_type=Text)


class ServerIdentity(ServerTable, table=True):
    """One row: this server's id, and the Ed25519 key (PKCS 8, PEM) by which devices know its orders."""

    __tablename__ = "identity"

    id: str = Field(primary_key=True, sa_type=ID)
    signing_key: str = Field(sa_type=Text)


class Worker(ServerTable, table=True):
    """`disabled_at`: since then no phone of theirs is let in. `login`: their name at the municipality's sign-in.

    `role` is what they may do here, `team_role` what they are in the team; `deputy` usually stands in for them.
    """

    __tablename__ = "worker"
    __table_args__ = (CheckConstraint("role IN ('worker', 'leader', 'administrator')", name="role"),)

    id: str = Field(primary_key=True, sa_type=ID)
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    job: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    disabled_at: datetime | None = Field(default=None, sa_type=MOMENT)  # stopped: no phone of theirs is let in
    login: str | None = Field(default=None, unique=True, sa_type=Text)
    team_role: str | None = Field(default=None, sa_type=Text)
    deputy: str | None = Field(default=None, foreign_key="worker.id", sa_type=ID)


class WorkerMethod(ServerTable, table=True):
    """A method a worker works by, and the day of their course in it (C15, C19)."""

    __tablename__ = "worker_method"

    worker: str = Field(primary_key=True, foreign_key="worker.id", sa_type=ID)
    method: str = Field(primary_key=True, sa_type=Text)
    course_on: date | None = Field(default=None, sa_type=Date)


class Team(ServerTable, table=True):
    """`unit`: the part of the municipality it belongs to (E9)."""

    __tablename__ = "team"

    id: str = Field(primary_key=True, sa_type=ID)
    name: str = Field(sa_type=Text)
    unit: str | None = Field(default=None, sa_type=Text)


class Membership(ServerTable, table=True):
    __tablename__ = "membership"

    id: str = Field(primary_key=True, sa_type=ID)
    worker: str = Field(foreign_key="worker.id", index=True, sa_type=ID)
    team: str = Field(foreign_key="team.id", index=True, sa_type=ID)
    from_at: datetime = Field(sa_type=MOMENT)
    to_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Assignment(ServerTable, table=True):
    """A citizen entrusted to a worker or to a team; the record of the same id tells it to the phones."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("(worker IS NULL) <> (team IS NULL)", name="to_one"),)

    id: str = Field(primary_key=True, sa_type=ID)
    citizen: str = Field(index=True, sa_type=ID)
    worker: str | None = Field(default=None, foreign_key="worker.id", index=True, sa_type=ID)
    team: str | None = Field(default=None, foreign_key="team.id", index=True, sa_type=ID)
    role: str = Field(sa_type=Text)
    from_at: datetime = Field(sa_type=MOMENT)
    to_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Device(ServerTable, table=True):
    """A phone of one worker. `state` is active | retired | lost; `last_seen` is its previous exchange. One that is out
    of use heard it at `ordered_at`, and said at `wiped_at` that all is gone.

    `waiting`: so many operations were left on it when it last said so, at `waiting_at`; None of an older app.

    `sending_since`: it has more to send than one exchange holds, and still counts as last seen before that
    (enrolment.seen).
    """

    __tablename__ = "device"
    __table_args__ = (CheckConstraint("state IN ('active', 'retired', 'lost')", name="state"),)

    id: str = Field(primary_key=True, sa_type=ID)
    worker: str = Field(foreign_key="worker.id", index=True, sa_type=ID)
    name: str = Field(sa_type=Text)
    public_key: str = Field(sa_type=Text)
    state: str = Field(default="active", sa_type=Text)
    enrolled_at: datetime = Field(sa_type=MOMENT)
    last_seen: datetime = Field(sa_type=MOMENT)
    sending_since: datetime | None = Field(default=None, sa_type=MOMENT)
    waiting: int | None = Field(default=None, sa_type=BigInteger)
    waiting_at: datetime | None = Field(default=None, sa_type=MOMENT)
    ordered_at: datetime | None = Field(default=None, sa_type=MOMENT)
    wiped_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Code(ServerTable, table=True):
    """A one-time code: its first letters, by which it is found, and a slow salted hash of the whole."""

    __tablename__ = "code"

    id: str = Field(primary_key=True, sa_type=ID)
    worker: str = Field(foreign_key="worker.id", sa_type=ID)
    opening: str = Field(unique=True, sa_type=Text)
    hash: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=MOMENT)
    wrong_tries: int = 0
    used_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Nonce(ServerTable, table=True):
    __tablename__ = "nonce"

    hash: str = Field(primary_key=True, sa_type=Text)
    device: str = Field(foreign_key="device.id", sa_type=ID)
    expires_at: datetime = Field(index=True, sa_type=MOMENT)


class AccessToken(ServerTable, table=True):
    __tablename__ = "token"

    hash: str = Field(primary_key=True, sa_type=Text)
    device: str = Field(foreign_key="device.id", sa_type=ID)
    expires_at: datetime = Field(index=True, sa_type=MOMENT)


class Recovery(ServerTable, table=True):
    """What opens a device's vault when the PIN is forgotten, sealed under a key that is not in this database."""

    __tablename__ = "recovery"

    device: str = Field(primary_key=True, foreign_key="device.id", sa_type=ID)
    sealed: str = Field(sa_type=Text)
    deposited_at: datetime = Field(sa_type=MOMENT)


class RecoveryApproval(ServerTable, table=True):
    """A leader's yes, kept for ever: whose, why, and which device it served, under which question."""

    __tablename__ = "recovery_approval"

    id: str = Field(primary_key=True, sa_type=ID)
    worker: str = Field(foreign_key="worker.id", index=True, sa_type=ID)
    reason: str = Field(sa_type=Text)
    approved_at: datetime = Field(sa_type=MOMENT)
    expires_at: datetime = Field(sa_type=MOMENT)
    used_at: datetime | None = Field(default=None, sa_type=MOMENT)
    device: str | None = Field(default=None, foreign_key="device.id", sa_type=ID)
    ask: str | None = Field(default=None, sa_type=ID)
    by: str | None = Field(default=None, foreign_key="worker.id", sa_type=ID)


class Audit(ServerTable, table=True):
    """What became of each operation, for ever: who and when, never what was written. What happened to a device itself
    (`enrol`, `older`, `recover`, `wipe`, `wiped`) stands here too, with the device as its record, and what the office
    did (administration.Office), with the server as the device.

    `op_id` makes an operation happen once. One that `waits` is not settled, and comes again under the same id.
    `skew` is how many milliseconds the device's clock was ahead.
    """

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("op_id", "settled"),
        Index("audit_record", "record"),
        Index("audit_access", "received_at", postgresql_where=text("kind = 'access'")),
    )

    no: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    op_id: str = Field(sa_type=ID)
    settled: bool
    device: str = Field(sa_type=ID)
    worker: str = Field(sa_type=ID)
    scope: str | None = Field(sa_type=Text)
    kind: str | None = Field(sa_type=Text)
    record: str = Field(sa_type=ID)
    do: str = Field(sa_type=Text)
    result: str = Field(sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(sa_type=MOMENT)
    skew: int = Field(sa_type=BigInteger)
    received_at: datetime = Field(sa_type=MOMENT)
    seq: int | None = Field(default=None, sa_type=BigInteger)


class Quarantine(ServerTable, table=True):
    """An operation for a citizen its worker no longer holds, kept whole until somebody who does has decided."""

    __tablename__ = "quarantine"

    op_id: str = Field(primary_key=True, sa_type=ID)
    device: str = Field(sa_type=ID)
    worker: str = Field(sa_type=ID)
    scope: str = Field(index=True, sa_type=Text)
    operation: dict[str, Any] = Field(sa_type=JSONB)
    received_at: datetime = Field(sa_type=MOMENT)


class ConsoleLink(ServerTable, table=True):
    """A way into the console that serves once and soon; only its hash is kept."""

    __tablename__ = "console_link"

    hash: str = Field(primary_key=True, sa_type=Text)
    worker: str = Field(foreign_key="worker.id", sa_type=ID)
    expires_at: datetime = Field(sa_type=MOMENT)
    used_at: datetime | None = Field(default=None, sa_type=MOMENT)


class ConsoleSignIn(ServerTable, table=True):
    """Somebody is on their way through the municipality's sign-in: what their coming back is held against.

    `hash` is of the state that travels, `browser` of the cookie it must come back with.
    """

    __tablename__ = "console_sign_in"

    hash: str = Field(primary_key=True, sa_type=Text)
    browser: str = Field(sa_type=Text)
    nonce: str = Field(sa_type=Text)
    verifier: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=MOMENT)


class ConsoleSession(ServerTable, table=True):
    """Somebody is signed in to the console; the browser's cookie is kept as a hash."""

    __tablename__ = "console_session"

    hash: str = Field(primary_key=True, sa_type=Text)
    worker: str = Field(foreign_key="worker.id", index=True, sa_type=ID)
    begun_at: datetime = Field(sa_type=MOMENT)
    seen_at: datetime = Field(sa_type=MOMENT)


class ConsoleList(ServerTable, table=True):
    """A list that was tried and waits for somebody's yes: sealed under a key that only their page has."""

    __tablename__ = "console_list"

    hash: str = Field(primary_key=True, sa_type=Text)
    worker: str = Field(foreign_key="worker.id", index=True, sa_type=ID)
    sealed: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=MOMENT)


class ToldApart(ServerTable, table=True):
    """A leader has looked at two citizens who look alike: they are two. `one` is the smaller id."""

    __tablename__ = "told_apart"

    one: str = Field(primary_key=True, sa_type=ID)
    other: str = Field(primary_key=True, sa_type=ID)
    by: str = Field(foreign_key="worker.id", sa_type=ID)
    at: datetime = Field(sa_type=MOMENT)
