"""The device's own tables: what the server has not got, where the sync stands, drafts, settings and search."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from fieldapp.store.columns import Moment, Table, json_list, json_object, maybe_moment, moment
from fieldapp.wire import SCHEMA


def _schema() -> Any:
    """Today's; of what was there before anybody asked, the first."""
    return Field(default=SCHEMA, sa_column_kwargs={"server_default": "1"})


#: The states of what the server has not accepted: it stays on top of what the server says.
OPEN = ("waiting", "refused")
#: Of what the server has, and could still lose.
KEPT = ("kept", "quarantined")


class OutboxRow(Table, table=True):
    """One operation, from the tap until the server calls it durable.

    `state`: waiting (not acknowledged) | refused (needs the worker; `why`) | quarantined (with the server, for the
    new responsible worker) | kept (acknowledged at `seq`, not yet durable). `was` is what the
    columns it changes held before, as the server last said.
    """

    __tablename__ = "outbox"

    position: int | None = Field(default=None, primary_key=True)
    op: str = Field(unique=True)
    do: str
    kind: str
    record: str = Field(index=True)
    scope: str = Field(index=True)
    fields: dict[str, Any] = json_object()
    base: dict[str, int] = json_object()
    was: dict[str, Any] = json_object()
    at: datetime = moment()
    offset: int = 0
    state: str = Field(default="waiting", index=True)
    why: str | None = None
    seq: int | None = None
    settled_at: datetime | None = maybe_moment()  # when the server acknowledged it, by the server's clock
    written_as: int = _schema()
    """The schema of `fields`: it may wait, or be offered again, long after an update of the app."""


class SyncState(Table, table=True):
    """Where the sync stands: one row. Assign new lists and objects; changes inside them are not seen."""

    __tablename__ = "sync_state"

    id: int = Field(default=1, primary_key=True)
    device: str | None = None
    worker: str | None = None
    worker_name: str | None = None
    role: str = "worker"
    server: str | None = None
    server_key: str | None = None  # Ed25519, PEM
    address: str | None = None
    lease_days: int = 14
    epoch: str = ""
    since: int = 0
    upto: int = 0
    durable: int = 0
    view: list[str] = json_list()
    behind: dict[str, int] = json_object()
    left: int = 0  # rows still to come, at the last answer
    fetched: int = 0  # rows that have come since the fetch began
    complete: bool = False  # all there is to see has come at least once
    resetting: bool = False  # a reset is not over: some rows may be stale
    next_in: int = 300
    min_schema: int = 1
    last_exchange_at: datetime | None = maybe_moment()  # by this device's clock
    server_now: datetime | None = maybe_moment()  # the same moment by the server's: leases are counted in it
    waiting_since: datetime | None = maybe_moment()
    last_error: str | None = None
    erased_in: int = 0
    """The vault generation something was erased in: while it is the current one, closing writes a new one."""
    last_why: str | None = None
    fetched_as: int = _schema()
    """The schema the rows came under: an updated app fetches them again."""
    compared_at: datetime | None = maybe_moment()
    """With the server, by its clock; None: as soon as everything is here."""


class UnknownRow(Table, table=True):
    """A record this app cannot read - a newer kind, or a kind in a newer form - kept as it came."""

    __tablename__ = "unknown_row"

    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    scope: str = Field(index=True)
    seq: int = 0
    stale: bool = False
    body: dict[str, Any] = json_object()


class DraftRow(Table, table=True):
    """What is typed and not yet saved. `key` names the form and, after each colon, what it is about."""

    __tablename__ = "draft"

    key: str = Field(primary_key=True)
    values: dict[str, Any] = json_object()
    saved_at: datetime = Field(sa_type=Moment)


class SettingRow(Table, table=True):
    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JSON)


class SearchRow(Table):
    """The plain words of a row, written by its table's triggers alone (search.py). `place`: the newer, the larger."""

    place: int | None = Field(default=None, primary_key=True)
    kind: str
    id: str
    words: str


class WhoRow(SearchRow, table=True):
    __tablename__ = "search_who"


class WrittenRow(SearchRow, table=True):
    __tablename__ = "search_written"


class MigrationRow(Table, table=True):
    """A step this vault has taken; written in the step's own transaction."""

    __tablename__ = "migration"

    number: int = Field(primary_key=True)
    name: str
