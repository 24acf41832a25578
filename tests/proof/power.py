"""Power cuts, simulated under the real store: `python -m tests.proof.power CUTS [SEED]`.

Every call the store makes of its disk is recorded. Then the recording is cut at a random call: what was synced is
there; of the rest of each file a random part survives, torn at 512-byte sectors or replaced by noise, and so do
names in the folder. That folder is opened again: everything said to be saved must be there, whole, and the vault
must go on. What it cannot show: a disk that says synced and is not.
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.errors import NoVault, VaultError
from fieldapp.store.disk import Disk
from tests.proof import history

_SECTOR = 512
Call = tuple[Any, ...]


class RecordingDisk(Disk):
    """`calls`: write file at bytes | cut file size | sync file | names {name: file or None} | folder | saved n.

    A sync is only recorded: what is simulated is what a disk keeps, not this one.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._names: dict[str, int] = {}
        self._open: dict[int, int] = {}
        self._next = 0

    def saved(self, number: int) -> None:
        self.calls.append(("saved", number))

    def open(self, path: Path, *, new: bool = False) -> int:
        file = super().open(path, new=new)
        if path.name not in self._names:
            self._next += 1
            self._names[path.name] = self._next
            self.calls.append(("names", {path.name: self._next}))
        elif new:
            self.calls.append(("cut", self._names[path.name], 0))
        self._open[file] = self._names[path.name]
        return file

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self.calls.append(("write", self._open[file], at, bytes(content)))
        return super().write(file, content, at)

    def cut(self, file: int, size: int) -> None:
        self.calls.append(("cut", self._open[file], size))
        super().cut(file, size)

    def sync(self, file: int) -> None:
        self.calls.append(("sync", self._open[file]))

    def replace(self, source: Path, target: Path) -> None:
        self._names[target.name] = self._names.pop(source.name)
        self.calls.append(("names", {source.name: None, target.name: self._names[target.name]}))
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        if self._names.pop(path.name, None) is not None:
            self.calls.append(("names", {path.name: None}))
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self.calls.append(("folder",))


class UnsyncedDisk(RecordingDisk):
    """Forgets to sync files: the proof must notice."""

    def sync(self, file: int) -> None: ...


def record(folder: Path, disk: RecordingDisk, transactions: int, rng: random.Random) -> list[Call]:
    """A history with two compactions on this disk; what was recorded of it."""
    store = history.opened(folder, disk)
    history.begin(store)
    disk.saved(0)
    for number in range(1, transactions + 1):
        history.write(store, number, rng)
        disk.saved(number)
        if number % (transactions // 3) == 0:
            history.ask_for_compaction(store)
            store.close()
            store = history.opened(folder, disk)
    store.close()
    return disk.calls


def after_a_cut(calls: list[Call], rng: random.Random) -> tuple[dict[str, bytes], int]:
    """The files a power cut after these calls may leave, and the last transaction said to be saved before it."""
    files: dict[int, bytearray] = {}
    names: dict[str, int | None] = {}
    unsynced: dict[int, list[Call]] = {}
    unsynced_names: list[dict[str, int | None]] = []
    saved = -1
    for call in calls:
        match call:
            case ("saved", number):
                saved = number
            case ("names", changed):
                unsynced_names.append(changed)
            case ("folder",):
                for changed in unsynced_names:
                    names.update(changed)
                unsynced_names = []
            case ("sync", file):
                for done in unsynced.pop(file, []):
                    _apply(files, done)
            case _:
                unsynced.setdefault(call[1], []).append(call)
    for pending in unsynced.values():
        for call in pending:
            if rng.random() < 0.6:
                for part in _torn(call, rng):
                    _apply(files, part)
    in_order = rng.random() < 0.5  # as a journal would, or any of them
    for changed in unsynced_names:
        if rng.random() < 0.6:
            names.update(changed)
        elif in_order:
            break
    return {name: bytes(files.get(file, b"")) for name, file in names.items() if file is not None}, saved


def _torn(call: Call, rng: random.Random) -> Iterator[Call]:
    if call[0] != "write" or rng.random() < 0.5:
        yield call
        return
    _, file, at, content = call
    for start in range(0, len(content), _SECTOR):
        sector = content[start : start + _SECTOR]
        kind = rng.random()
        if kind < 0.5:
            yield ("write", file, at + start, sector)
        elif kind < 0.7:
            yield ("write", file, at + start, rng.randbytes(len(sector)))


def _apply(files: dict[int, bytearray], call: Call) -> None:
    content = files.setdefault(call[1], bytearray())
    if call[0] == "cut":
        del content[call[2] :]
        content.extend(bytes(call[2] - len(content)))
        return
    _, _, at, part = call
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(part)] = part


def fault_after(files: dict[str, bytes], saved: int, folder: Path, *, starts: int = 2) -> str | None:
    """What is wrong when the app starts on what a cut left, and each time again after it has gone on working."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        for start in range(starts):
            store = history.opened(folder)
            try:
                if saved < 0:
                    return None  # nobody was told that there is a vault: it may be empty, or new
                if found := history.fault(store, saved):
                    return found
                if start + 1 < starts:
                    saved = history.count(store) + 1
                    history.write(store, saved, random.Random(saved))
            finally:
                store.close()
    except VaultError as error:
        return None if isinstance(error, NoVault) and saved < 0 else f"{error} after {saved}"
    return None


def faults(cuts: int, seed: int, disk: RecordingDisk, transactions: int = 60) -> tuple[list[str], int]:
    """Cut a recorded history so many times; what went wrong, and how many calls there were."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        calls = record(Path(place, "recorded"), disk, transactions, rng)
        found = []
        for number in range(cuts):
            at = rng.randrange(1, len(calls) + 1)
            files, saved = after_a_cut(calls[:at], rng)
            if wrong := fault_after(files, saved, Path(place, str(number)), starts=2 - bool(number % 4)):
                found.append(f"cut at call {at}: {wrong}")
        return found, len(calls)


def main(cuts: int, seed: int) -> bool:
    """Say what was found; whether it was nothing."""
    wrong, count = faults(cuts, seed, RecordingDisk())
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"power: {cuts} cuts of {count} calls, seed {seed}, bad {len(wrong)}")
    return not wrong


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    sys.exit(not main(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else int.from_bytes(os.urandom(3))))
