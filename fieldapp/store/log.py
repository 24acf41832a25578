"""The vault's file: pages of a database in one append-only log of encrypted commit records (docs/vault-format.md).

Nothing is ever overwritten: a commit is one append and one sync, and it is there when the sync has returned.
Errors are OSError for the disk, VaultDamaged and its like for what stands in the file.
"""

import contextlib
import errno
import itertools
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import VaultDamaged, VaultError, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store.disk import DISK, Disk, write_all

MAGIC, FORMAT, PAGE = b"VEDHOLD\0", 1, 4096
_HEADER = struct.Struct("<8sII16s16x")  # magic, format, page size, file id
_HEAD = struct.Struct("<4sQII16s")  # mark, seq, pages here, pages in all, tag of the manifest before
_ENTRY = struct.Struct("<I12s16s")  # page number, nonce, tag
_WHERE = struct.Struct("<IQ")  # page number, seq: what a page is bound to, beside the file id
_MARK, _NONCE, _TAG, _CHECK = b"CMT1", 12, 16, 16
_START = _HEADER.size + _CHECK
_ZEROS = bytes(PAGE)
#: A torn write looks like noise: more heads than this in a tail were put there by somebody.
_CANDIDATES = 1_000
_AT_A_TIME = 1_024
_KEEP_TORN = 4_000_000


class Place(NamedTuple):
    """Where a page's ciphertext stands, and what opens it."""

    at: int
    nonce: bytes
    tag: bytes
    seq: int


class Mark(NamedTuple):
    """How far a log has come: `seq` never falls, `tag` tells two histories of the same length apart."""

    seq: int
    tag: bytes


class _Manifest(NamedTuple):
    """A record that authenticates; `chained` when it is the very next one."""

    seq: int
    page_count: int
    places: dict[int, Place]
    tag: bytes
    end: int
    chained: bool


class _Seal:
    """The keys of one file, derived from the data key and the file's id."""

    def __init__(self, key: bytes, header: bytes) -> None:
        self.file_id = header[16:32]
        self.check = HKDF(hashes.SHA256(), _CHECK, header, b"vedhold log check").derive(key)
        self._aead = AESGCM(HKDF(hashes.SHA256(), 32, self.file_id, b"vedhold log").derive(key))

    def page(self, number: int, seq: int, nonce: bytes, content: bytes) -> bytes:
        return self._aead.encrypt(nonce, content, self.file_id + _WHERE.pack(number, seq))

    def open_page(self, number: int, place: Place, sealed: bytes) -> bytes:
        return self._aead.decrypt(place.nonce, sealed + place.tag, self.file_id + _WHERE.pack(number, place.seq))

    def manifest(self, head: bytes, nonce: bytes, entries: bytes) -> bytes:
        return self._aead.encrypt(nonce, entries, head + self.file_id)

    def open_manifest(self, head: bytes, sealed: bytes) -> bytes:
        return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], head + self.file_id)

    def record(self, seq: int, before: bytes, pages: list[tuple[int, bytes]], page_count: int) -> tuple[bytes, bytes]:
        """The bytes of a record, and the entries of its manifest."""
        head = _HEAD.pack(_MARK, seq, len(pages), page_count, before)
        entries, bodies = [], []
        for number, content in pages:
            nonce = os.urandom(_NONCE)
            sealed = self.page(number, seq, nonce, content)
            entries.append(_ENTRY.pack(number, nonce, sealed[-_TAG:]))
            bodies.append(sealed[:-_TAG])
        nonce, listed = os.urandom(_NONCE), b"".join(entries)
        return b"".join((head, nonce, self.manifest(head, nonce, listed), *bodies)), listed


def _base(at: int, count: int) -> int:
    """Where the pages of a record at `at` begin; the bytes before it end with its manifest's tag."""
    return at + _HEAD.size + _NONCE + count * _ENTRY.size + _TAG


def _places(entries: bytes, base: int, seq: int) -> dict[int, Place]:
    return {
        number: Place(base + index * PAGE, nonce, tag, seq)
        for index, (number, nonce, tag) in enumerate(_ENTRY.iter_unpack(entries))
    }


def create(
    path: Path,
    key: bytes,
    disk: Disk = DISK,
    *,
    pages: Iterable[tuple[int, bytes]] = (),
    page_count: int = 0,
    seq: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Write a whole new log, synced; False when `stop` said so on the way. Its first record is number `seq`.

    The file counts only when the keyring names it, so a half one harms nobody.
    """
    header = _HEADER.pack(MAGIC, FORMAT, PAGE, os.urandom(16))
    seal = _Seal(key, header)
    file = disk.open(path, new=True)
    try:
        write_all(disk, file, header + seal.check, 0)
        at, before = _START, bytes(_TAG)
        # The last record is empty: opening checks every page of the last one.
        for some in itertools.chain(_some_at_a_time(pages), ([],)):
            if stop():
                return False
            record, _ = seal.record(seq, before, some, page_count)
            write_all(disk, file, record, at)
            base = _base(0, len(some))
            before = record[base - _TAG : base]
            at, seq = at + len(record), seq + 1
        disk.sync(file)
    finally:
        disk.close(file)
    disk.sync_folder(path.parent)
    return True


def _some_at_a_time(pages: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    rest = iter(pages)
    while some := list(itertools.islice(rest, _AT_A_TIME)):
        yield some


class Log:
    """An open log. Reading it changes nothing; what a torn write left behind goes with the next commit.

    Raises WrongSecret when `key` is another file's, VaultDamaged, VaultTooNew, VaultTooOld.
    """

    def __init__(self, path: Path, key: bytes, disk: Disk = DISK) -> None:
        self._path, self._disk = path, disk
        self._file = disk.open(path)
        self._places: dict[int, Place] = {}
        self._seq, self._tag, self._page_count = 0, bytes(_TAG), 0
        try:
            self._seal = self._check_header(key)
            self._scan()
        except BaseException:
            disk.close(self._file)
            raise
        self._pending: dict[int, bytes] = {}
        self._size = self._floor = self._page_count
        self._failed = 0

    # What stands in the file

    def _check_header(self, key: bytes) -> _Seal:
        whole = self._disk.read(self._file, _START, 0)
        if len(whole) < _START or whole[:8] != MAGIC:
            raise VaultDamaged("header")
        made_by = _HEADER.unpack(whole[: _HEADER.size])[1]
        if made_by != FORMAT:
            raise VaultTooNew if made_by > FORMAT else VaultTooOld
        seal = _Seal(key, whole[: _HEADER.size])
        if whole[_HEADER.size :] != seal.check:
            raise WrongSecret
        return seal

    def _scan(self) -> None:
        """Read every manifest in turn, and decide what the bytes behind the last good one are."""
        size, at = self._disk.size(self._file), _START
        while at < size:
            found = self._manifest_at(at, size)
            if found is None or not found.chained or found.end > size:
                break
            if found.end == size and not self._whole(found):
                break
            self._places.update(found.places)
            self._seq, self._tag, self._page_count = found.seq, found.tag, found.page_count
            at = found.end
        # Each record is synced before the next is begun, so only the last can be torn. A bad one with an authentic
        # one behind it is damage: refuse, and cut nothing.
        if at == _START or self._goes_on_behind(at, size):
            raise VaultDamaged("record")
        self._end, self._torn = at, size - at
        self._forget_from(self._page_count)

    def _manifest_at(self, at: int, size: int) -> _Manifest | None:
        head = self._disk.read(self._file, _HEAD.size, at)
        if len(head) < _HEAD.size:
            return None
        mark, seq, count, page_count, before = _HEAD.unpack(head)
        base = _base(at, count)
        if mark != _MARK or base > size or seq <= self._seq:
            return None
        sealed = self._disk.read(self._file, base - at - _HEAD.size, at + _HEAD.size)
        try:
            entries = self._seal.open_manifest(head, sealed)
        except InvalidTag:
            return None
        chained = before == self._tag and (seq == self._seq + 1 or at == _START)
        return _Manifest(seq, page_count, _places(entries, base, seq), sealed[-_TAG:], base + count * PAGE, chained)

    def _whole(self, record: _Manifest) -> bool:
        try:
            for number, place in record.places.items():
                self._open(number, place)
        except VaultDamaged:
            return False
        return True

    def _goes_on_behind(self, at: int, size: int) -> bool:
        """Whether an authentic record stands at or behind a bad place: one pass, with bounds on what it tries."""
        bytes_left, heads_left = size - at, _CANDIDATES
        for place in self._heads(at, size):
            count = _HEAD.unpack(self._disk.read(self._file, _HEAD.size, place))[2]
            heads_left -= 1
            if place + count * _ENTRY.size <= size:
                bytes_left -= count * _ENTRY.size
            if heads_left < 0 or bytes_left < 0:
                return True
            found = self._manifest_at(place, size)
            if found is not None and not (place == at and found.chained):
                return True
        return False

    def _heads(self, at: int, size: int) -> Iterator[int]:
        step, overlap = 1 << 20, len(_MARK) - 1
        for start in range(at, size, step):
            some = self._disk.read(self._file, min(step + overlap, size - start), start)
            found = some.find(_MARK)
            while found >= 0:
                if start + found + _HEAD.size <= size:
                    yield start + found
                found = some.find(_MARK, found + 1)

    def _forget_from(self, page_count: int) -> None:
        for number in [n for n in self._places if n >= page_count]:
            del self._places[number]

    def _open(self, number: int, place: Place) -> bytes:
        try:
            return self._seal.open_page(number, place, self._disk.read(self._file, PAGE, place.at))
        except InvalidTag:
            raise VaultDamaged("page") from None

    # What the database does with it

    @property
    def size(self) -> int:
        """In pages, with what is written and not yet committed."""
        return self._size

    def read(self, number: int) -> bytes:
        """A page; zeros for a hole, nothing past the end."""
        self._usable()
        if (waiting := self._pending.get(number)) is not None:
            return waiting
        place = self._places.get(number) if number < self._floor else None
        if place is None:
            return _ZEROS if number < self._size else b""
        return self._open(number, place)

    def write(self, number: int, content: bytes) -> None:
        self._usable()
        self._pending[number] = content
        self._size = max(self._size, number + 1)

    def cut(self, page_count: int) -> None:
        self._usable()
        self._size, self._floor = page_count, min(self._floor, page_count)
        for number in [n for n in self._pending if n >= page_count]:
            del self._pending[number]

    def commit(self) -> None:
        """Append what was written since the last commit. It is saved if this returns; if it raises, it is not."""
        self._usable()
        if not self._pending and self._size == self._page_count:
            return
        for hole in range(self._floor, self._size):
            self._pending.setdefault(hole, _ZEROS)
        seq = self._seq + 1
        pages = sorted(self._pending.items())
        record, entries = self._seal.record(seq, self._tag, pages, self._size)
        try:
            self._drop_tail()
            self._append(record)
        except OSError as error:  # SQLite must not go on with pages it believes are written
            self._failed = error.errno or errno.EIO
            raise
        base = _base(0, len(pages))
        self._places.update(_places(entries, self._end + base, seq))
        self._forget_from(self._size)
        self._seq, self._tag = seq, record[base - _TAG : base]
        self._page_count, self._end = self._size, self._end + len(record)
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

    # The whole

    @property
    def mark(self) -> Mark:
        return Mark(self._seq, self._tag)

    @property
    def torn(self) -> int:
        """Bytes behind the last commit that nobody was told are saved."""
        return self._torn

    @property
    def live(self) -> int:
        """Bytes that a copy would have."""
        return len(self._places) * (PAGE + _ENTRY.size)

    @property
    def garbage(self) -> int:
        """Bytes that only older commits need."""
        return self._end - self.live

    def copy(self, path: Path, key: bytes, stop: Callable[[], bool] = lambda: False) -> bool:
        """Write the live pages to a new log under `key`, going on from this one's number; False when stopped."""
        pages = ((number, self._open(number, place)) for number, place in sorted(self._places.items()))
        return create(path, key, self._disk, pages=pages, page_count=self._page_count, seq=self._seq + 1, stop=stop)

    def close(self) -> None:
        """Close the file and let the keys go."""
        if self._file >= 0:
            self._disk.close(self._file)
        self._file, self._failed = -1, errno.EBADF
        self._pending.clear()
        self._places.clear()
        self.__dict__.pop("_seal", None)
