"""What a piece of work costs the disk: appends, bytes and syncs.

The vault's are counted where they are made, in its Disk; the others' by `strace`, where there is one.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.store.database import Store
from fieldapp.store.disk import Disk
from tests.benchmarks.stores import STORES, leave, open_vault
from tests.benchmarks.work import add_contact, type_note

_CALL = re.compile(r"(\w+)\(\d+<([^>]+)>(?:, \"([^\"]*)\")?.*= (\d+)$")
_TRACED = "write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range"
#: Where the traced process says which piece of work begins.
_MARKS = "/dev/null"


@dataclass
class Counts:
    appends: int = 0
    bytes: int = 0
    syncs: int = 0

    def wrote(self, size: int) -> None:
        self.appends += 1
        self.bytes += size


class CountingDisk(Disk):
    def __init__(self) -> None:
        self.counts = Counts()

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        written = super().write(file, content, at)
        self.counts.wrote(written)
        return written

    def sync(self, file: int) -> None:
        super().sync(file)
        self.counts.syncs += 1


def pieces(commits: int) -> dict[str, Callable[[Store], None]]:
    """By name, what is counted."""

    def commit(store: Store) -> None:
        for number in range(commits):
            add_contact(store, number)

    return {
        "commits": commit,
        "a note kept 30 times": lambda store: type_note(store, 30),
        "a note kept 50 times": lambda store: type_note(store, 50),
    }


def counted(name: str, folder: Path, commits: int) -> dict[str, Counts] | None:
    """By piece of work; None when nobody can count."""
    return by_disk(folder, commits) if name == "vault" else by_strace(name, folder, commits)


def by_disk(folder: Path, commits: int) -> dict[str, Counts]:
    disk, found = CountingDisk(), {}
    store = open_vault(folder, disk)
    try:
        for name, work in pieces(commits).items():
            disk.counts = found[name] = Counts()
            work(store)
    finally:
        leave(store)
    return found


def by_strace(name: str, folder: Path, commits: int) -> dict[str, Counts] | None:
    if shutil.which("strace") is None:
        return None
    child = [sys.executable, "-m", "tests.benchmarks.counting", name, str(folder), str(commits)]
    with tempfile.NamedTemporaryFile("r") as traced:
        command = ["strace", "-f", "--seccomp-bpf", "-y", "-qq", "-e", f"trace={_TRACED}", "-o", traced.name, *child]
        if subprocess.run(command, check=False).returncode:
            return None  # there, but not allowed
        return _read(traced.read().splitlines(), folder)


def _read(lines: list[str], folder: Path) -> dict[str, Counts]:
    found, counts = {}, Counts()
    for line in lines:
        if (call := _CALL.search(line)) is None:
            continue
        kind, path, content, gave = call.groups()
        if path == _MARKS:
            counts = found[content] = Counts()
        elif folder not in Path(path).parents:
            continue
        elif "sync" in kind:
            counts.syncs += 1
        else:
            counts.wrote(int(gave))
    return found


def _be_traced(name: str, folder: Path, commits: int) -> None:
    store = STORES[name](folder)
    try:
        with Path(_MARKS).open("wb", buffering=0) as marks:
            for piece, work in pieces(commits).items():
                marks.write(piece.encode())
                work(store)
            marks.write(b"closing")
    finally:
        leave(store)


if __name__ == "__main__":
    _be_traced(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
