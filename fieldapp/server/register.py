"""The register: what must stay so although the database is put back from a backup (sync.md, amendment 8).

A file of JSON lines, outside the database and outside its backup. It is only ever added to, and what it says is on the
disk before the transaction that does it is committed. Each line carries a digest of itself and of all lines before it,
and the database remembers how far it has followed: lines that were changed or are gone are noticed at the next start.

It holds ids, moments and words from fixed lists; nothing that anybody wrote about anybody.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

from fieldapp.errors import ServerTrouble, VedholdError
from fieldapp.server import files

What = Literal["epoch", "erased", "assignment", "membership", "device", "worker", "code", "approval"]

#: So much is read at the end of the file to find its last line, twice as much if that is longer, and so on.
PIECE = 4096


class RegisterError(VedholdError):
    """`why` is missing | changed | cut | other_epoch | exists | not_written."""

    kind = "register"


@dataclass(frozen=True)
class Entry:
    """One thing that stays so. `at` is when it happened; `told` is what it takes to do it again."""

    what: What
    id: str
    at: datetime
    told: Mapping[str, Any] = field(default_factory=dict)


class Mark(NamedTuple):
    """How long a register is, and the digest of it all."""

    entries: int
    chain: str


EMPTY = Mark(0, "")


class Line(NamedTuple):
    mark: Mark
    entry: Entry


class Register:
    """The register in a file. Several processes on one machine may use the same."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def start(self, entries: Iterable[Entry]) -> None:
        """A new file with these entries; in its place all at once, and never over another."""
        text, _ = _lines(EMPTY, entries)
        try:
            with files.whole(self.path) as file:
                file.write(text)
        except FileExistsError:
            raise RegisterError("exists") from None
        except OSError:
            raise RegisterError("not_written") from None

    def read(self) -> list[Line]:
        """All entries. Half a line at the end is what a power cut leaves: nobody was told that it is done."""
        try:
            whole = self.path.read_bytes()
        except FileNotFoundError:
            raise RegisterError("missing") from None
        lines, last = list[Line](), EMPTY
        for text in whole[: whole.rfind(b"\n") + 1].splitlines():
            line = _read(text)
            if line.mark != _mark_after(last, line.entry):
                raise RegisterError("changed")
            lines.append(line)
            last = line.mark
        if not lines:
            raise RegisterError("cut")
        return lines

    def add(self, entries: Iterable[Entry], known: Mark = EMPTY) -> tuple[Mark, Mark]:
        """Write these at the end, and wait for the disk. Returns the marks before and after.

        `known` is a mark that it has had: one that is shorter, or another, is not written to.
        """
        try:
            with self._alone() as file:
                before = _end(file)
                if before.entries < known.entries:
                    raise RegisterError("cut")
                if before.entries == known.entries and before != known:
                    raise RegisterError("changed")
                text, after = _lines(before, entries)
                _append(file, text)
                return before, after
        except OSError:
            raise ServerTrouble("register", retry_after=60) from None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[FileIO]:
        with self.path.open("r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _lines(before: Mark, entries: Iterable[Entry]) -> tuple[bytes, Mark]:
    text = bytearray()
    for entry in entries:
        before = _mark_after(before, entry)
        line = {"no": before.entries, **_said(entry), "chain": before.chain}
        text += json.dumps(line, separators=(",", ":")).encode() + b"\n"
    return bytes(text), before


def _said(entry: Entry) -> dict[str, Any]:
    return {"what": entry.what, "id": entry.id, "at": entry.at.isoformat(), "told": dict(entry.told)}


def _mark_after(before: Mark, entry: Entry) -> Mark:
    said = json.dumps([before.entries + 1, _said(entry)], sort_keys=True)
    return Mark(before.entries + 1, hashlib.sha256(f"{before.chain}|{said}".encode()).hexdigest())


def _read(text: bytes) -> Line:
    try:
        said = json.loads(text)
        entry = Entry(said["what"], said["id"], datetime.fromisoformat(said["at"]), said["told"])
        return Line(Mark(said["no"], said["chain"]), entry)
    except (ValueError, KeyError, TypeError):
        raise RegisterError("changed") from None


def _end(file: FileIO) -> Mark:
    """The mark of the last whole line, with the file standing after it; half a line behind it is cut off."""
    size, length, tail = file.seek(0, os.SEEK_END), PIECE, b""
    while len(tail) < size and tail.count(b"\n") < 2:
        file.seek(max(0, size - length))
        tail, length = file.read(), 2 * length
    whole = tail[: tail.rfind(b"\n") + 1]
    if not whole:
        raise RegisterError("cut")
    end = size - len(tail) + len(whole)
    file.truncate(end)
    file.seek(end)
    return _read(whole.splitlines()[-1]).mark


def _append(file: FileIO, text: bytes) -> None:
    start = file.tell()
    try:
        if file.write(text) != len(text):
            raise OSError("no room")
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(start)
        raise


def epoch_of(lines: Sequence[Line]) -> Entry:
    """The timeline that the register is of: the last one it names."""
    epochs = [line.entry for line in lines if line.entry.what == "epoch"]
    if not epochs:
        raise RegisterError("changed")
    return epochs[-1]
