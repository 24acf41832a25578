"""Logs for the fuzzer: how they are made, what is done to them, and what may be read of them then."""

import os
import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.errors import VaultDamaged, VaultError
from fieldapp.store.disk import Disk
from fieldapp.store.log import End, Log, create
from tests.proof.reader_log import FIRST, PAGE, LogFile

_PATH = Path("vault-1.log")
Pages = list[bytes]


class MemoryDisk(Disk):
    """Files that are bytes in memory; one of them at a time."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = bytearray(content)

    def open(self, path: Path, *, new: bool = False) -> int:
        if new:
            self.content.clear()
        return 0

    def close(self, file: int) -> None: ...

    def size(self, file: int) -> int:
        return len(self.content)

    def read(self, file: int, size: int, at: int) -> bytes:
        return bytes(memoryview(self.content)[at : at + size])

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self.content[at : at + len(content)] = content
        return len(content)

    def cut(self, file: int, size: int) -> None:
        del self.content[size:]

    def sync(self, file: int) -> None: ...

    def sync_folder(self, folder: Path) -> None: ...


@dataclass
class Original:
    """A log, what it held after each of its commits, and where each begins and its manifest ends."""

    key: bytes
    content: bytes
    states: dict[End, Pages]
    fork: bytes
    starts: list[int] = field(default_factory=list)
    manifests: list[tuple[int, bytes, bytes]] = field(default_factory=list)  # seq, tag before, the bytes

    def __post_init__(self) -> None:
        for content in (self.content, self.fork):
            log = LogFile(self.key, content)
            at = FIRST
            for record in log.good():
                if content is self.content:
                    self.starts.append(at)
                self.manifests.append((record.seq, record.before, content[at : record.pages_at]))
                at = record.end

    def judge(self, damaged: bytes) -> str | None:
        """What is wrong with what the app reads in this."""
        try:
            log = Log(_PATH, self.key, MemoryDisk(damaged))
        except VaultError:
            return None
        state = self.states.get(log.end)
        if state is None:
            return "a state that it never had"
        if log.size != len(state):
            return "a state of another size"
        for number, page in enumerate(state):
            try:
                if log.read(number) != page:
                    return f"page {number} is not as it was"
            except VaultDamaged:
                continue
        return self._went_back(log.end, len(damaged) - log.torn, damaged)

    def _went_back(self, end: End, at: int, damaged: bytes) -> str | None:
        """Past something authentic; the very next commit, torn at its place, is none."""
        for seq, before, manifest in self.manifests:
            if seq <= end.seq:
                continue
            place = damaged.find(manifest)
            while place >= 0:
                if not (place == at and seq == end.seq + 1 and before == end.tag):
                    return "an older state, though a newer commit stands in it"
                place = damaged.find(manifest, place + 1)
        return None


def originals(rng: random.Random) -> list[Original]:
    """Logs of many shapes: few commits and many, small pages and full ones, shrunk, grown, compacted."""
    return [_original(rng, commits, pages) for commits, pages in ((3, 4), (6, 8), (12, 3), (25, 6), (5, 30))]


def _original(rng: random.Random, commits: int, pages: int) -> Original:
    key = rng.randbytes(32)
    real, os.urandom = os.urandom, rng.randbytes  # the same bytes for the same seed
    try:
        disk, states = MemoryDisk(), dict[End, Pages]()
        begun = [(number, _page(rng)) for number in range(rng.choice((0, pages)))]
        create(_PATH, key, disk, pages=begun, page_count=len(begun), seq=rng.randrange(1, 2_000))
        _go_on(disk, key, states, rng, commits // 2, pages)
        common = bytes(disk.content)
        _go_on(disk, key, states, rng, commits - commits // 2, pages)
        whole, disk = bytes(disk.content), MemoryDisk(common)
        _go_on(disk, key, states, rng, 2, pages)
    finally:
        os.urandom = real
    fork = bytes(disk.content)
    _first_states(states, key, whole)
    return Original(key, whole, states, fork)


def _first_states(states: dict[End, Pages], key: bytes, whole: bytes) -> None:
    """What a log that was written at once holds after its first records, too: a cut may leave just those."""
    log = LogFile(key, whole)
    at = FIRST
    for record in log.good():
        at = record.end
        end = End(record.seq, record.tag)
        if end not in states:
            held = Log(_PATH, key, MemoryDisk(whole[:at]))
            states[end] = [held.read(number) for number in range(held.size)]


def _page(rng: random.Random) -> bytes:
    part = rng.randbytes(rng.choice((0, 30, 300, 2_000, PAGE)))
    return part.ljust(PAGE, b"\0") if rng.random() < 0.7 else part.rjust(PAGE, b"\0")


def _go_on(
    disk: MemoryDisk, key: bytes, states: dict[End, Pages], rng: random.Random, commits: int, pages: int
) -> None:
    log = Log(_PATH, key, disk)
    for _ in range(commits):
        for _ in range(rng.randrange(1, 4)):
            log.write(rng.randrange(pages), _page(rng))
        if rng.random() < 0.2:
            log.cut(rng.randrange(log.size + 1))
        log.commit()
        states[log.end] = [log.read(number) for number in range(log.size)]


# Damages: (what it is done to, all the others, chance) -> the bytes after it

Damage = Callable[[bytes, Original, random.Random], bytes]


def _flip(content: bytes, of: Original, rng: random.Random) -> bytes:
    bad = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 3, 20))):
        bad[_place(content, of, rng)] ^= 1 << rng.randrange(8)
    return bytes(bad)


def _overwrite(content: bytes, of: Original, rng: random.Random) -> bytes:
    size, at = rng.choice((1, 4, 16, 512, 5_000)), _place(content, of, rng)
    part = rng.choice((bytes(size), b"\xff" * size, rng.randbytes(size)))
    return content[:at] + part[: len(content) - at] + content[at + size :]


def _cut(content: bytes, of: Original, rng: random.Random) -> bytes:
    return content[: _place(content, of, rng)]


def _take_out(content: bytes, of: Original, rng: random.Random) -> bytes:
    at = _place(content, of, rng)
    return content[:at] + content[at + rng.choice((1, 16, 36, 100, 4_096)) :]


def _put_in(content: bytes, of: Original, rng: random.Random) -> bytes:
    at = _place(content, of, rng)
    return content[:at] + rng.randbytes(rng.choice((1, 16, 36, 1_000))) + content[at:]


def _double(content: bytes, of: Original, rng: random.Random) -> bytes:
    start, end = sorted((_place(content, of, rng), _place(content, of, rng)))
    at = _place(content, of, rng)
    return content[:at] + content[start:end] + content[at:]


def _records(content: bytes, of: Original, rng: random.Random) -> bytes:
    """Taken out, doubled, exchanged or put at the end, whole."""
    ends = [*of.starts[1:], len(of.content)]
    records = [of.content[start:end] for start, end in zip(of.starts, ends, strict=True)]
    one, two = rng.randrange(len(records)), rng.randrange(len(records))
    kind = rng.randrange(5)
    if kind == 0:
        del records[one]
    elif kind == 1:
        records.insert(two, records[one])
    elif kind == 2:
        records[one], records[two] = records[two], records[one]
    elif kind == 3:
        records.append(records[one] if rng.random() < 0.5 else records[one][: rng.randrange(len(records[one]))])
    else:
        records[one] = records[one][:-1]
    return content[:FIRST] + b"".join(records)


def _splice(content: bytes, of: Original, rng: random.Random) -> bytes:
    """With the log's other history, which has the same key and the same numbers."""
    one, two = rng.choice(of.starts), rng.randrange(FIRST, len(of.fork))
    if rng.random() < 0.5:
        return content[:one] + of.fork[two:]
    return of.fork[:two] + content[one:]


def _head(content: bytes, of: Original, rng: random.Random) -> bytes:
    """Counts as large as they go, numbers as high, another tag before."""
    start = rng.choice(of.starts)
    at, form = rng.choice(((4, "<Q"), (12, "<I"), (16, "<I")))
    most = (1 << 8 * struct.calcsize(form)) - 1
    value = rng.choice((0, 1, most, most // 2 + 1, rng.randrange(most), len(content) // 36))
    return content[: start + at] + struct.pack(form, value) + content[start + at + struct.calcsize(form) :]


def _repeated(content: bytes, of: Original, rng: random.Random) -> bytes:
    """A true head, or a whole manifest, over and over behind the end or in the middle."""
    _, _, manifest = rng.choice(of.manifests)
    part = manifest[: rng.choice((4, 36, len(manifest)))] * rng.choice((3, 50, 1_500))
    at = rng.choice((len(content), _place(content, of, rng)))
    return content[:at] + part + content[at:]


def _false_heads(content: bytes, of: Original, rng: random.Random) -> bytes:
    return content + _heads(of, rng, rng.choice((1, 10, 999, 1_001, 3_000)))


def hostile(of: Original, rng: random.Random) -> bytes:
    """The log and 4 MB of them, each with the largest manifest that still fits, or just does not, or none."""
    return of.content + _heads(of, rng, 4_000_000 // 36)


def _heads(of: Original, rng: random.Random, count: int) -> bytes:
    high, left = rng.choice((1, 1 << 40)), count * 36
    size = rng.choice((0, 1, left // 36, left // 72, 1 << 31, (1 << 32) - 1))
    head = struct.pack("<4sQII16s", b"CMT1", 2_100 + high, size, 9, rng.randbytes(16))
    return head * count


def _place(content: bytes, of: Original, rng: random.Random) -> int:
    """Anywhere, but oftener in a header, a head or a manifest than where there is only ciphertext."""
    if rng.random() < 0.3:
        return rng.randrange(max(1, len(content)))
    start = rng.choice((0, *of.starts, len(content) - 200))
    return min(max(0, len(content) - 1), max(0, start + rng.randrange(130)))


_DAMAGES: list[Damage] = [
    _flip, _overwrite, _cut, _take_out, _put_in, _double, _records, _splice, _head, _repeated, _false_heads,
]  # fmt: skip


def damage(of: Original, others: list[Original], rng: random.Random) -> tuple[bytes, list[str]]:
    """One to three damages, one after the other, and which."""
    if rng.random() < 0.001:
        return hostile(of, rng), ["hostile"]
    content, how = of.content, []
    if rng.random() < 0.05:  # another vault's, whole or from somewhere on
        other = rng.choice(others)
        at = rng.choice((0, FIRST, _place(content, of, rng)))
        content, how = content[:at] + other.content[at:], ["another log"]
    for kind in rng.choices(_DAMAGES, k=rng.choice((1, 1, 2, 3))):
        if content:
            content = kind(content, of, rng)
            how.append(kind.__name__.strip("_"))
    return content, how
