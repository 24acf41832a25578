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

from sqlalchemy import event
from sqlmodel import Session

from fieldapp.errors import ServerTrouble, VedholdError
from fieldapp.server.tables import RegisterMark

What = Literal["epoch", "erased", "assignment", "device", "worker", "code"]

#: Where a session keeps its register, and what is to be written there before it commits.
REGISTER, NOTED = "register", "noted"
#: So much is read at the end of the file to find its last line, twice as much if that is longer, and so on.
PIECE = 4096


class RegisterError(VedholdError):
    """`why` is missing | changed | cut | other_epoch | exists."""

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

    def start(self, entries: Iterable[Entry]) -> Mark:
        """A new file with these entries; in its place all at once, and never over another."""
        text, mark = _lines(EMPTY, entries)
        half = self.path.with_name(self.path.name + ".part")
        half.unlink(missing_ok=True)
        half.touch(0o600, exist_ok=False)
        with half.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, self.path)
        except FileExistsError:
            raise RegisterError("exists") from None
        finally:
            half.unlink()
        _to_disk(self.path.parent)
        return mark

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

    def add(self, entries: Iterable[Entry]) -> tuple[Mark, Mark]:
        """Write these at the end, and wait for the disk. Returns the marks before and after."""
        try:
            with self._alone() as file:
                before = _end(file)
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


def note(session: Session, what: What, id: str, at: datetime, **told: Any) -> None:
    """Say in the register that this is so, before the session's transaction is committed."""
    session.info.setdefault(NOTED, []).append(Entry(what, id, at, told))


@event.listens_for(Session, "before_commit")
def _write_first(session: Session) -> None:
    """Whoever commits: what the transaction noted is in the register first, and the register is locked until then."""
    entries = session.info.get(NOTED)
    if not entries or session.in_nested_transaction():
        return
    session.flush()  # what the database refuses is not to be written there
    mark = session.get(RegisterMark, 1, with_for_update=True, populate_existing=True)
    register: Register | None = session.info.get(REGISTER)
    if register is not None:
        before, after = register.add(entries)
        if mark is not None and mark.entries == before.entries:  # else something before was written and never done:
            mark.entries, mark.chain = after  # the next start follows from there
    elif mark is not None:
        raise ServerTrouble("register")  # there is one, and whoever opened this session has forgotten it
    session.info[NOTED] = []


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


def _to_disk(folder: Path) -> None:
    """A name in a folder outlives a power cut only when the folder itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def epoch_of(lines: Sequence[Line]) -> Entry:
    """The timeline that the register is of: the last one it names."""
    return next(line.entry for line in reversed(lines) if line.entry.what == "epoch")
