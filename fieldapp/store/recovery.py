"""Reading a log from its beginning: what stands in it, where it ends, and what the bytes behind that are.

Each record is synced before the next is begun, so only the last can be torn by a power cut. A bad one with an
authentic one behind it is damage: then everything is refused, and nothing is cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from fieldapp.errors import VaultDamaged
from fieldapp.store.disk import Disk
from fieldapp.store.log_format import ENTRY, HEAD, MARK, START, TAG, Place, Seal, base, end_of, places

#: A torn write looks like noise: more heads than this behind the end were put there by somebody.
_CANDIDATES = 1_000
_STEP = 1 << 20
#: Most commits have few pages: their head and manifest come with one read.
_MOST_MANIFESTS = 1_024


class _Manifest(NamedTuple):
    """A record that authenticates; `chained` when it is the very next one."""

    seq: int
    page_count: int
    places: dict[int, Place]
    tag: bytes
    start: int
    end: int
    chained: bool


@dataclass
class Found:
    """What stands in a log: its live pages, and `torn` bytes behind `end` that nobody was told are saved.

    `pages` is where those of the last record begin.
    """

    places: dict[int, Place] = field(default_factory=dict)
    seq: int = 0
    records: int = 0
    tag: bytes = bytes(TAG)
    page_count: int = 0
    pages: int = START
    end: int = START
    torn: int = 0


def scan(disk: Disk, file: int, seal: Seal) -> Found:
    """Read every manifest in turn. Raises VaultDamaged; changes nothing."""
    return _Scan(disk, file, seal).run()


class _Scan:
    def __init__(self, disk: Disk, file: int, seal: Seal) -> None:
        self._disk, self._file, self._seal = disk, file, seal
        self._size = disk.size(file)
        self._found = Found()

    def run(self) -> Found:
        found = self._found
        while (record := self._record(found.end)) and self._good(record):
            found.places.update(record.places)
            found.seq, found.tag, found.page_count = record.seq, record.tag, record.page_count
            found.pages, found.end = record.start, record.end
            found.records += 1
        if found.end == START or (found.end < self._size and self._goes_on()):
            raise VaultDamaged("record")
        found.torn = self._size - found.end
        found.places = {number: place for number, place in found.places.items() if number < found.page_count}
        return found

    def _good(self, record: _Manifest) -> bool:
        """The next one, all of it there; of the last one every page is looked at."""
        if not record.chained or record.end > self._size:
            return False
        return record.end < self._size or all(self._opens(*page) for page in record.places.items())

    def _opens(self, number: int, place: Place) -> bool:
        try:
            self._seal.open_page(number, place, self._disk.read(self._file, place.size, place.at))
        except InvalidTag:
            return False
        return True

    def _record(self, at: int) -> _Manifest | None:
        """The authentic record that begins here and is newer than what was found so far."""
        begin = self._disk.read(self._file, _MOST_MANIFESTS, at)
        if len(begin) < HEAD.size:
            return None
        head = begin[: HEAD.size]
        mark, seq, count, page_count, before = HEAD.unpack(head)
        start = base(at, count)
        if mark != MARK or start > self._size or seq <= self._found.seq:
            return None
        if start - at > len(begin):
            begin = self._disk.read(self._file, start - at, at)
        sealed = memoryview(begin)[HEAD.size : start - at]  # it may be as large as the file
        try:
            entries = self._seal.open_manifest(head, sealed)
        except InvalidTag:
            return None
        chained = before == self._found.tag and (seq == self._found.seq + 1 or at == START)
        listed = places(entries, start, seq)
        return _Manifest(seq, page_count, listed, bytes(sealed[-TAG:]), start, end_of(listed, start), chained)

    def _goes_on(self) -> bool:
        """Whether an authentic record stands at or behind the bad place: one pass, with bounds on what it tries.

        It begins in the pages of the last good record: with bytes taken out of them, the next one moves in there. If
        there are none, its mark may begin with the last bytes before them.
        """
        heads_left, bytes_left = _CANDIDATES, self._size - self._found.pages
        for at, count in self._heads():
            heads_left -= 1
            if base(at, count) <= self._size:
                bytes_left -= count * ENTRY.size
            if heads_left < 0 or bytes_left < 0:
                return True
            record = self._record(at)
            if record is not None and not (at == self._found.end and record.chained):
                return True
        return False

    def _heads(self) -> Iterator[tuple[int, int]]:
        """Where a record could begin, and how many pages it says it has."""
        for start in range(self._found.pages - len(MARK) + 1, self._size, _STEP):
            some = self._disk.read(self._file, min(_STEP + HEAD.size, self._size - start), start)
            at = some.find(MARK)
            while 0 <= at < _STEP and at + HEAD.size <= len(some):
                yield start + at, HEAD.unpack_from(some, at)[2]
                at = some.find(MARK, at + 1)
