"""SQLite's view of the log: one database file, and nothing else ever on disk."""

import errno
import struct
from collections.abc import Callable
from typing import Any, NoReturn, ParamSpec, TypeVar
from uuid import uuid4

import apsw

from fieldapp.errors import DiskFull, VaultDamaged
from fieldapp.store.disk import not_saved
from fieldapp.store.log import Log
from fieldapp.store.log_format import PAGE, Empty

P = ParamSpec("P")
T = TypeVar("T")
_CACHE_KIB = 16_384
#: Bytes of the database's own head, on its first page; and of each page of a tree, by its kind.
HEAD = 100
_TREE = {2: 12, 5: 12, 10: 8, 13: 8}
#: Its first free block, how many cells it has, and where the first of them begins.
_TREE_HEAD = struct.Struct(">xHHH").unpack_from
_PRAGMAS = (
    "journal_mode=MEMORY",  # one sync a commit, and no journal on disk
    f"page_size={PAGE}",
    "auto_vacuum=NONE",  # its page maps would look like trees to `_empty`
    "temp_store=MEMORY",
    "locking_mode=EXCLUSIVE",
    "synchronous=FULL",
    "cache_spill=OFF",
    f"cache_size=-{_CACHE_KIB}",
    "mmap_size=0",
    "secure_delete=ON",  # what is deleted becomes zeros, which the log leaves out: no page needs to be given back
    "trusted_schema=OFF",
    "foreign_keys=ON",
)


def _in_sqlite_words(call: Callable[P, T]) -> Callable[P, T]:
    """SQLite decides by its own error codes what to do next."""

    def translated(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except (VaultDamaged, OSError) as error:
            _raise_in_sqlite_words(error)

    return translated


def _raise_in_sqlite_words(error: VaultDamaged | OSError) -> NoReturn:
    if isinstance(error, VaultDamaged):
        raise apsw.exception_for(apsw.SQLITE_CORRUPT) from None
    full = isinstance(not_saved(error), DiskFull)
    raise apsw.exception_for(apsw.SQLITE_FULL if full else apsw.SQLITE_IOERR) from None


def _empty(page: bytes, start: int) -> Empty | None:
    """The room between a page's cell pointers and its cells (sqlite.org/fileformat2.html, 1.6); None: not of a tree.

    When SQLite moves cells to another page, deleted ones too stay there, whatever `secure_delete` says. Pages that are
    no part of a tree begin with a page number, whose first byte is 0 in any database below 64 GB.
    """
    kind = page[start]
    if kind not in _TREE:
        return None
    _, cells, content = _TREE_HEAD(page, start)
    begin = start + _TREE[kind] + 2 * cells
    return (begin, content - begin) if begin <= content <= PAGE else None


class _LogFile:
    """The database file. Locks are not kept: there is one connection, in one process."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._lock = 0

    def xRead(self, amount: int, offset: int) -> bytes:
        """Called for every page that is not in SQLite's cache: nothing around it that could be inside."""
        try:
            page = self._log.read(offset // PAGE)
        except (VaultDamaged, OSError) as error:
            _raise_in_sqlite_words(error)
        return page if amount == PAGE else page[offset % PAGE :][:amount]

    def xWrite(self, data: bytes, offset: int) -> None:
        """Called for every page of a commit, as xRead is for every page that is read."""
        try:
            if offset % PAGE or len(data) != PAGE:
                raise OSError(errno.EINVAL, "not a page")
            self._log.write(offset // PAGE, data, _empty(data, 0 if offset else HEAD))
        except (VaultDamaged, OSError) as error:
            _raise_in_sqlite_words(error)

    @_in_sqlite_words
    def xTruncate(self, size: int) -> None:
        self._log.cut(-(-size // PAGE))

    @_in_sqlite_words
    def xSync(self, flags: int) -> None:
        self._log.commit()

    def xFileSize(self) -> int:
        return self._log.size * PAGE

    def xClose(self) -> None:
        """The log outlives a connection."""

    def xLock(self, level: int) -> None:
        self._lock = level

    def xUnlock(self, level: int) -> None:
        self._lock = level

    def xCheckReservedLock(self) -> bool:
        return self._lock >= 2

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return PAGE

    def xDeviceCharacteristics(self) -> int:
        return 0


class _MemoryFile:
    """Temporary tables and sorters: never on disk."""

    def __init__(self) -> None:
        self._content = bytearray()

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        if (gap := offset + len(data) - len(self._content)) > 0:
            self._content.extend(bytes(gap))
        self._content[offset : offset + len(data)] = data

    def xTruncate(self, size: int) -> None:
        del self._content[size:]

    def xSync(self, flags: int) -> None: ...

    def xFileSize(self) -> int:
        return len(self._content)

    def xClose(self) -> None:
        self._content.clear()

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return PAGE

    def xDeviceCharacteristics(self) -> int:
        return 0


class LogVFS(apsw.VFS):
    """Opens the log and memory, and refuses everything else: ATTACH, VACUUM INTO, a journal, a second connection."""

    def __init__(self, log: Log) -> None:
        self.name = f"vedhold-{uuid4()}"
        self._log = log
        self._opened = False
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        wanted, flags[1] = flags[0], flags[0]
        if wanted & apsw.SQLITE_OPEN_MAIN_DB and name is not None and not self._opened:
            self._opened = True
            return _LogFile(self._log)
        forbidden = (
            apsw.SQLITE_OPEN_MAIN_DB
            | apsw.SQLITE_OPEN_WAL
            | apsw.SQLITE_OPEN_MAIN_JOURNAL
            | apsw.SQLITE_OPEN_SUPER_JOURNAL
        )
        if wanted & forbidden:
            raise apsw.exception_for(apsw.SQLITE_CANTOPEN)
        return _MemoryFile()

    def xAccess(self, name: str, flags: int) -> bool:
        return False

    def xFullPathname(self, name: str) -> str:
        return name


def connect(log: Log) -> apsw.Connection:
    """The one connection over a log; what an earlier one left uncommitted is forgotten."""
    log.restart()
    vfs = LogVFS(log)
    connection = apsw.Connection("vault", vfs=vfs.name)
    for pragma in _PRAGMAS:
        connection.pragma(*pragma.split("="))
    if connection.pragma("journal_mode") != "memory":
        raise AssertionError("a journal would be written to disk")
    return connection
