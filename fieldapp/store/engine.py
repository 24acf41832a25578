"""SQLAlchemy over the log: one connection, transactions that begin at once, and our own errors."""

import json
from typing import Any

import apsw
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool

from fieldapp.errors import DiskFull, NotSaved, UnsyncedWrite, VaultDamaged, VedholdError
from fieldapp.store import dbapi, vfs
from fieldapp.store.log import Log

#: What the tables' triggers say when somebody writes past add / change / void.
UNSYNCED = "unsynced write"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def make_engine(log: Log) -> Engine:
    """After DiskFull or NotSaved the next session gets a new connection, standing at the last commit."""
    engine = create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: _connect(log),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,  # a parameter may be a whole note about somebody
        json_serializer=_to_json,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _say_it_in_our_words)
    return engine


def _to_json(value: Any) -> str:
    """Most lists and objects of a row that arrives are empty: asking an encoder about each took a tenth of its time."""
    if value == [] or value == {}:
        return "[]" if value == [] else "{}"
    return _ENCODER.encode(value)


@dbapi.translated
def _connect(log: Log) -> dbapi.Connection:
    return dbapi.Connection(vfs.connect(log))


def _begin(connection: Connection) -> None:
    """With the execution option `reading`, nothing can be written until the next transaction."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("PRAGMA query_only=ON; BEGIN" if reading else "PRAGMA query_only=OFF; BEGIN IMMEDIATE")


def _say_it_in_our_words(context: ExceptionContext) -> None:
    error = context.original_exception
    if not isinstance(error, dbapi.Error) or error.sqlite is None:
        return
    ours = _ours(error.sqlite, str(error))
    if isinstance(ours, NotSaved):
        context.is_disconnect = True  # SQLite no longer knows what is on disk: begin again on a new connection
    if ours is not None:
        raise ours from None


def _ours(sqlite: type[apsw.Error], words: str) -> VedholdError | None:
    if issubclass(sqlite, apsw.FullError):
        return DiskFull()
    if issubclass(sqlite, apsw.IOError):
        return NotSaved()
    if issubclass(sqlite, (apsw.CorruptError, apsw.NotADBError)):
        return VaultDamaged("page")
    if issubclass(sqlite, apsw.ReadOnlyError):
        return UnsyncedWrite("reading")
    if issubclass(sqlite, apsw.ConstraintError) and UNSYNCED in words:
        return UnsyncedWrite("past_records")
    return None


def raw(connection: Connection) -> Any:
    """Our own DBAPI connection under an SQLAlchemy one."""
    return connection.connection.dbapi_connection
