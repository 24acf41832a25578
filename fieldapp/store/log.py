"""The vault's file: pages of a database in one append-only log of encrypted commit records (docs/vault-format.md).

Nothing is ever overwritten: a commit is one append and one sync, and it is there when the sync has returned.
Errors are OSError for the disk, VaultDamaged and its like for what stands in the file.
"""

import contextlib
import errno
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from fieldapp.errors import VaultDamaged, VaultError
from fieldapp.store.disk import DISK, Disk, write_all
from fieldapp.store.log_format import ENTRY, PAGE, START, TAG, Empty, Page, Place, base, new_header, places, read_header
from fieldapp.store.recovery import scan

_ZEROS = bytes(PAGE)
#: Pages between two looks at whether the worker is back: two megabytes, some milliseconds.
_AT_A_TIME = 256
_KEEP_TORN = 4_000_000


class End(NamedTuple):
    """The last record of a log: its number, and the tag of its manifest."""

    seq: int
    tag: bytes


def create(
    path: Path,
    key: bytes,
    disk: Disk = DISK,
    *,
    pages: Iterable[tuple[int, bytes]] = (),
    page_count: int = 0,
    seq: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> End | None:
    """Write a whole new log, synced; None when `stop` said so on the way. Its first record is number `seq`.

    The file counts only when the keyring names it, so a half one harms nobody.
    """
    file = disk.open(path, new=True)
    try:
        header, seal = new_header(key)
        write_all(disk, file, header, 0)
        at, before = START, bytes(TAG)
        # The last record is empty: opening checks every page of the last one.
        for some in itertools.chain(_some_at_a_time(pages), ([],)):
            if stop():
                return None
            record, _ = seal.record(seq, before, some, page_count)
            write_all(disk, file, record, at)
            disk.sync(file)  # piece by piece: one sync of a hundred megabytes could not be stopped
            before = _tag(record, len(some))
            at, seq = at + len(record), seq + 1
    finally:
        disk.close(file)
    disk.sync_folder(path.parent)
    return End(seq - 1, before)


def _some_at_a_time(pages: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, Page]]]:
    rest: Iterator[tuple[int, Page]] = ((number, (content, None)) for number, content in pages)
    while some := list(itertools.islice(rest, _AT_A_TIME)):
        yield some


def _tag(record: bytes, count: int) -> bytes:
    """The tag of a record's manifest, which the next one names."""
    end = base(0, count)
    return record[end - TAG : end]


class Log:
    """An open log. Reading it changes nothing; what a torn write left behind goes with the next commit.

    Raises WrongSecret when `key` is another file's, VaultDamaged, VaultTooNew, VaultTooOld.
    """

    def __init__(self, path: Path, key: bytes, disk: Disk = DISK) -> None:
        self._path, self._disk = path, disk
        self._file = disk.open(path)
        try:
            self._seal = read_header(key, disk.read(self._file, START, 0))
            found = scan(disk, self._file, self._seal)
        except BaseException:  # whatever ended it, a file left open would hold the vault
            disk.close(self._file)
            raise
        self._places, self._page_count = found.places, found.page_count
        self._seq, self._tag, self._end, self._torn = found.seq, found.tag, found.end, found.torn
        self._records = found.records
        self._pending: dict[int, Page] = {}
        self._size = self._floor = self._page_count
        self._failed = 0

    @property
    def size(self) -> int:
        """In pages, with what is written and not yet committed."""
        return self._size

    def read(self, number: int) -> bytes:
        """A page; zeros for a hole, nothing past the end."""
        if self._failed:
            self._usable()
        if number in self._pending:
            return self._pending[number][0]
        place = self._places.get(number) if number < self._floor else None
        if place is None:
            return _ZEROS if number < self._size else b""
        return self._open(number, place)

    def _open(self, number: int, place: Place) -> bytes:
        """No more than the page is read: its neighbours are often another table's, and the system reads ahead by
        itself."""
        try:
            return self._seal.open_page(number, place, self._disk.read(self._file, place.size, place.at))
        except InvalidTag:
            raise VaultDamaged("page") from None

    def write(self, number: int, content: bytes, empty: Empty | None = None) -> None:
        """Where a page is said to be empty the log keeps zeros, whatever stands there."""
        if self._failed:
            self._usable()
        self._pending[number] = content, empty
        if number >= self._size:
            self._size = number + 1

    def cut(self, page_count: int) -> None:
        self._usable()
        self._size, self._floor = page_count, min(self._floor, page_count)
        self._pending = {number: page for number, page in self._pending.items() if number < page_count}

    def commit(self) -> None:
        """Append what was written since the last commit. It is saved if this returns; if it raises, it is not."""
        self._usable()
        if not self._pending and self._size == self._page_count:
            return
        for hole in range(self._floor, self._size):
            self._pending.setdefault(hole, (_ZEROS, None))
        pages = sorted(self._pending.items())
        record, entries = self._seal.record(self._seq + 1, self._tag, pages, self._size)
        try:
            self._drop_tail()
            self._append(record)
        except OSError as error:  # SQLite must not go on with pages it believes are written
            self._failed = error.errno or errno.EIO
            raise
        for number in range(self._size, self._page_count):
            self._places.pop(number, None)
        self._seq, self._tag, self._page_count = self._seq + 1, _tag(record, len(pages)), self._size
        self._places.update(places(entries, base(self._end, len(pages)), self._seq))
        self._end += len(record)
        self._records += 1
        self.restart()

    def _append(self, record: bytes) -> None:
        self._torn = len(record)
        try:
            write_all(self._disk, self._file, record, self._end)
            self._disk.sync(self._file)
        except OSError:
            with contextlib.suppress(OSError):  # it will be tried again before the next commit
                self._cut_tail()
            raise
        self._torn = 0

    def _drop_tail(self) -> None:
        """Cut away what was never acknowledged; its ciphertext is kept aside for support."""
        if not self._torn:
            return
        with contextlib.suppress(OSError):
            aside = self._disk.open(self._path.with_suffix(".torn"), new=True)
            try:
                tail = self._disk.read(self._file, min(self._torn, _KEEP_TORN), self._end)
                write_all(self._disk, aside, tail, 0)
            finally:
                self._disk.close(aside)
        self._cut_tail()

    def _cut_tail(self) -> None:
        self._disk.cut(self._file, self._end)
        self._disk.sync(self._file)
        self._torn = 0

    def restart(self) -> None:
        """Forget what was written and not committed: a new connection begins at the last commit."""
        if self._file < 0:
            raise VaultError("closed")
        self._pending.clear()
        self._size = self._floor = self._page_count
        self._failed = 0

    def _usable(self) -> None:
        if self._failed:
            raise OSError(self._failed, "the last commit failed; begin again")

    def sync(self) -> None:
        """Make sure of what stands here already."""
        self._disk.sync(self._file)

    @property
    def end(self) -> End:
        return End(self._seq, self._tag)

    @property
    def torn(self) -> int:
        """Bytes behind the last commit that nobody was told are saved."""
        return self._torn

    @property
    def records(self) -> int:
        return self._records

    @property
    def live(self) -> int:
        """Bytes that a copy would have."""
        return sum(place.size + ENTRY.size for place in self._places.values())

    @property
    def garbage(self) -> int:
        """Bytes that only older commits need."""
        return self._end - self.live

    def copy(self, path: Path, key: bytes, stop: Callable[[], bool] = lambda: False) -> End | None:
        """Write the live pages to a new log under `key`, going on from this one's number; None when stopped."""
        pages = ((number, self._open(number, self._places[number])) for number in sorted(self._places))
        return create(path, key, self._disk, pages=pages, page_count=self._page_count, seq=self._seq + 1, stop=stop)

    def close(self) -> None:
        """Close the file and let the keys go. May be called twice."""
        file, self._file, self._failed = self._file, -1, errno.EBADF
        self._pending.clear()
        self._places.clear()
        self.__dict__.pop("_seal", None)
        if file >= 0:
            self._disk.close(file)
