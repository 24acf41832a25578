"""What a disk is told and what a power cut leaves of it: every call the store makes is recorded, over several lives of
the app, and the recording cut at any of them.

The lives: a vault is made, written in, compacted, given another key and another secret, migrated; killed in the middle
of any of it; met by a call that fails once. After a cut, what was synced is there; of the rest of each file a random
part survives, torn at sectors or replaced by noise, and so do names in the folder.
"""

import copy
import errno
import logging
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.store.disk import Disk
from tests.proof import lives
from tests.proof.known import Known

_SECTOR = 512
Call = tuple[Any, ...]


class Died(BaseException):
    """The process was killed in this call; nothing it does afterwards reaches the disk."""


class RecordingDisk(Disk):
    """`calls`: made file | write file at bytes | cut file size | sync file | doubt file | names {name: file or None} |
    folder | told what now | died.

    A sync is only recorded: what is simulated is what a disk keeps, not this one. With `dies` or `fails` the process
    is killed in that one of the calls that change something, or the call fails; `of` counts only the syncs after the
    record of a `commit`, or those of the folder after a `rename`.
    """

    def __init__(self, before: "RecordingDisk | None" = None, *, dies: int = -1, fails: int = -1, of: str = "") -> None:
        self.calls: list[Call] = before.calls if before else []
        self._names: dict[str, int] = before._names if before else {}
        self._open: dict[int, int] = {}
        self._dies, self._fails, self._of, self._turn, self.dead = dies, fails, of, -1, False

    def tell(self, what: str, now: Any) -> None:
        if not self.dead:
            self.calls.append(("told", what, now))

    def _comes(self, call: str, half: Call | None = None) -> None:
        """The next call that changes something: it may be the last one, half done."""
        last = self.calls[-1] if self.calls else ("",)
        if call == "sync" and last[0] == "write" and last[3].startswith(b"CMT1"):
            call = "commit"
        elif call == "sync_folder" and last[0] == "names":
            call = "rename"
        counts = self._of in ("", call)
        self._turn += counts
        ends, fails = counts and self._turn == self._dies, counts and self._turn == self._fails
        if half and (ends or fails):
            self._write(*half)
        if ends:
            self.dead = True
            self.calls.append(("died",))
        if self.dead:
            raise Died
        if fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def open(self, path: Path, *, new: bool = False) -> int:
        if new:
            self._comes("open")
        file = super().open(path, new=new)
        if path.name not in self._names:
            self._names[path.name] = 1 + max((call[1] for call in self.calls if call[0] == "made"), default=0)
            self.calls.append(("made", self._names[path.name]))
            self.calls.append(("names", {path.name: self._names[path.name]}))
        elif new:
            self.calls.append(("cut", self._names[path.name], 0))
        self._open[file] = self._names[path.name]
        return file

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self._comes("write", (file, content[: len(content) // 2], at))
        return self._write(file, content, at)

    def _write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self.calls.append(("write", self._open[file], at, bytes(content)))
        return super().write(file, content, at)

    def cut(self, file: int, size: int) -> None:
        self._comes("cut")
        self.calls.append(("cut", self._open[file], size))
        super().cut(file, size)

    def sync(self, file: int) -> None:
        try:
            self._comes("sync")
        except OSError:  # what was not on disk may never come there, whatever is synced later
            self.calls.append(("doubt", self._open[file]))
            raise
        self.calls.append(("sync", self._open[file]))

    def replace(self, source: Path, target: Path) -> None:
        self._comes("replace")
        self._names[target.name] = self._names.pop(source.name)
        self.calls.append(("names", {source.name: None, target.name: self._names[target.name]}))
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._comes("remove")
        if self._names.pop(path.name, None) is not None:
            self.calls.append(("names", {path.name: None}))
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._comes("sync_folder")
        self.calls.append(("folder",))


def record(folder: Path, rng: random.Random, least: int = 150) -> list[Call]:
    """Lives on recording disks until there are so many calls."""
    disk, known = RecordingDisk(), Known()
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # a connection of a life that has ended

    def tell(what: str, now: Any) -> None:
        known.take(what, copy.copy(now))
        disk.tell(what, copy.copy(now))

    while len(disk.calls) < least:
        ends, (of, most) = rng.random(), rng.choice((("", 60), ("commit", 6), ("rename", 2)))
        number = rng.randrange(most)
        disk = RecordingDisk(disk, dies=number if ends < 0.7 else -1, fails=number if ends > 0.85 else -1, of=of)
        try:
            lives.live(folder, known, tell, rng, disk)
        except BaseException:  # a life ends by Killed, which no code in it may catch; whatever else ended it is a fault
            if not disk.dead:
                raise
    return disk.calls


def moments(calls: list[Call]) -> list[list[int]]:
    """After how many calls to cut: any; when something was told; when a record was written and is not synced; when a
    keyring was put in place; when an app that was started after a kill has shown what is there."""
    told = [number for number, call in enumerate(calls, 1) if call[0] == "told"]
    written = [number for number, call in enumerate(calls, 1) if call[0] == "write" and len(call[3]) > 4_096]
    placed = [number for number, call in enumerate(calls, 1) if call[0] == "names" and "keyring.json" in call[1]]
    killed = [number for number, call in enumerate(calls, 1) if call[0] == "died"]
    shown = [number for number in told if calls[number - 1][1] == "saved"]
    woken = [next(number for number in shown if number > died) for died in killed if shown and shown[-1] > died]
    return [
        found
        for found in (list(range(1, len(calls) + 1)), told, written, [number + 1 for number in placed], woken)
        if found
    ]


def after_a_cut(calls: list[Call], rng: random.Random) -> tuple[dict[str, bytes], Known]:
    """The files a power cut after these calls may leave, and what was told before it."""
    files: dict[int, bytearray] = {}
    names: dict[str, int | None] = {}
    unsynced: dict[int, list[Call]] = {}
    unsynced_names: list[dict[str, int | None]] = []
    known = Known()
    for call in calls:
        match call:
            case ("told", what, now):
                known.take(what, now)
            case ("made", _) | ("died",):
                pass
            case ("names", changed):
                unsynced_names.append(changed)
            case ("folder",):
                for changed in unsynced_names:
                    names.update(changed)
                unsynced_names = []
            case ("sync", file):
                for done in unsynced.pop(file, []):
                    _apply(files, done)
            case ("doubt", file):
                _apply_some(files, unsynced.pop(file, []), rng)
            case _:
                unsynced.setdefault(call[1], []).append(call)
    for pending in unsynced.values():
        _apply_some(files, pending, rng)
    in_order = rng.random() < 0.5  # as a journal would, or any of them
    for changed in unsynced_names:
        if rng.random() < 0.6:
            names.update(changed)
        elif in_order:
            break
    return {name: bytes(files.get(file, b"")) for name, file in names.items() if file is not None}, known


def _apply_some(files: dict[int, bytearray], pending: list[Call], rng: random.Random) -> None:
    for call in pending:
        if rng.random() < 0.6:
            for part in _torn(call, rng):
                _apply(files, part)


def _torn(call: Call, rng: random.Random) -> Iterator[Call]:
    if call[0] != "write" or rng.random() < 0.5:
        yield call
        return
    _, file, at, content = call
    starts = [0, *range(_SECTOR - at % _SECTOR, len(content), _SECTOR)]
    one = rng.choice(starts) if rng.random() < 0.5 else -1  # only this one did not get there
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        kept, noise = (start != one, rng.random() < 0.5) if one >= 0 else (rng.random() < 0.5, rng.random() < 0.4)
        if kept or noise:
            yield ("write", file, at + start, content[start:end] if kept else rng.randbytes(end - start))


def _apply(files: dict[int, bytearray], call: Call) -> None:
    content = files.setdefault(call[1], bytearray())
    if call[0] == "cut":
        del content[call[2] :]
        content.extend(bytes(call[2] - len(content)))
        return
    _, _, at, part = call
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(part)] = part
