"""A small PEP-249 face over apsw: just what SQLAlchemy's sqlite dialect asks for.

It never begins a transaction by itself; the engine says BEGIN (engine.py). Own code rather than a package, because
the ones there are bring HTTP clients along to a phone.
"""

import atexit
import contextlib
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn, ParamSpec, TypeVar

import apsw

from fieldapp.domain import search

P = ParamSpec("P")
T = TypeVar("T")

apilevel, threadsafety, paramstyle = "2.0", 1, "qmark"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
Binary = bytes


class Error(Exception):
    """`sqlite` is the apsw exception's class: what happened, without the words it happened to."""

    sqlite: type[apsw.Error] | None = None


class InterfaceError(Error): ...


class DatabaseError(Error): ...


class DataError(DatabaseError): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class InternalError(DatabaseError): ...


class ProgrammingError(DatabaseError): ...


class NotSupportedError(DatabaseError): ...


_OURS: tuple[tuple[type[apsw.Error], type[Error]], ...] = (
    (apsw.ConstraintError, IntegrityError),
    (apsw.MismatchError, DataError),
    (apsw.TooBigError, DataError),
    (apsw.InternalError, InternalError),
    (apsw.CorruptError, DatabaseError),
    (apsw.NotADBError, DatabaseError),
    (apsw.ConnectionClosedError, ProgrammingError),
    (apsw.ThreadingViolationError, ProgrammingError),
    (apsw.BindingsError, ProgrammingError),
)


def _translate(error: apsw.Error) -> NoReturn:
    ours = next((mine for theirs, mine in _OURS if isinstance(error, theirs)), OperationalError)
    new = ours(str(error))
    new.sqlite = type(error)
    raise new from None


def translated(call: Callable[P, T]) -> Callable[P, T]:
    """SQLite's errors as the ones SQLAlchemy expects."""

    def call_translated(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except apsw.Error as error:
            _translate(error)

    return call_translated


class Cursor:
    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._cursor = connection.apsw.cursor()
        self._cursor.exec_trace = self._describe

    def _describe(self, cursor: apsw.Cursor, sql: str, bindings: Any) -> bool:
        """Called as a statement starts: the only moment when the columns of a SELECT without rows are known."""
        columns = cursor.get_description()
        self.description = tuple((name, None, None, None, None, None, None) for name, _ in columns) or None
        return True

    @translated
    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "Cursor":
        self.description = None
        self._cursor.execute(sql, tuple(parameters))
        self.rowcount = -1 if self.description else self.connection.apsw.changes()
        self.lastrowid = self.connection.apsw.last_insert_rowid()
        return self

    @translated
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        """For what answers nothing: there are no columns to be told of, row after row."""
        before = self.connection.apsw.total_changes()
        self.description = self._cursor.exec_trace = None
        try:
            self._cursor.executemany(sql, [tuple(row) for row in parameters])
        finally:
            self._cursor.exec_trace = self._describe
        self.rowcount = self.connection.apsw.total_changes() - before
        return self

    @translated
    def fetchone(self) -> Any:
        return next(self._cursor, None)

    @translated
    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        rows: list[Any] = []
        while len(rows) < (size or self.arraysize) and (row := self.fetchone()) is not None:
            rows.append(row)
        return rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchone, None)

    def close(self) -> None:
        self._cursor.close(True)

    def setinputsizes(self, *_: Any) -> None: ...

    def setoutputsize(self, *_: Any) -> None: ...


_live: "weakref.WeakSet[Connection]" = weakref.WeakSet()


class Connection:
    """`synced_open` is true only while records or incoming write: the tables' triggers ask for it.

    `plain` and `near` are a search's (store/search.py).
    """

    isolation_level: str | None = None

    def __init__(self, connection: apsw.Connection) -> None:
        self.apsw = connection
        self.synced_open = self.closed = False
        _live.add(self)
        self.create_function("synced_open", 0, self._is_open)
        self.create_function("plain", 1, search.plain, deterministic=True)
        self.create_function("near", 2, search.near, deterministic=True)

    def _is_open(self, *_: Any) -> bool:
        return self.synced_open

    def cursor(self) -> Cursor:
        return Cursor(self)

    @translated
    def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], deterministic: bool = False
    ) -> None:
        """Also for triggers: ours harm nothing."""
        flags = apsw.SQLITE_INNOCUOUS
        self.apsw.create_scalar_function(name, function, arguments, deterministic=deterministic, flags=flags)

    @translated
    def commit(self) -> None:
        if self.apsw.in_transaction:
            self.apsw.execute("COMMIT")

    @translated
    def rollback(self) -> None:
        """Nothing is left to roll back in one that was closed."""
        if not self.closed and self.apsw.in_transaction:
            self.apsw.execute("ROLLBACK")

    @translated
    def close(self) -> None:
        self.apsw.close(True)
        self.closed = True


@atexit.register
def _close_all() -> None:
    """A connection over a Python VFS that is still open when the interpreter ends is a segmentation fault."""
    for connection in list(_live):
        with contextlib.suppress(Error):
            connection.close()
