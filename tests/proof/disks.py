"""Disks that fail, fill up, remember or lie: put under the real store in place of the system's."""

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.store.disk import Disk


class CountingDisk(Disk):
    def __init__(self) -> None:
        self.reads = 0
        self.bytes_read = 0

    def read(self, file: int, size: int, at: int) -> bytes:
        self.reads += 1
        self.bytes_read += size
        return super().read(file, size, at)


class FullDisk(Disk):
    """There is room for so many bytes beyond what files hold now; cutting a file gives some back."""

    def __init__(self, room: int = 10**12) -> None:
        self.room = room

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        growth = max(0, at + len(content) - self.size(file))
        if growth > self.room:
            content = content[: len(content) - (growth - self.room)]
            if not content:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            growth = self.room
        self.room -= growth
        return super().write(file, content, at)

    def cut(self, file: int, size: int) -> None:
        self.room += max(0, self.size(file) - size)
        super().cut(file, size)


@dataclass
class FaultyDisk(Disk):
    """The `number`th of the calls named fails with `error`; a write may have written some of it before."""

    calls: tuple[str, ...] = ("write", "sync", "cut", "replace", "sync_folder")
    number: int = -1
    error: int = errno.EIO
    written: int = 0
    lasting: bool = False
    seen: list[str] = field(default_factory=list)

    def _fails(self, call: str) -> bool:
        if call not in self.calls:
            return False
        self.seen.append(call)
        at = len(self.seen) - 1
        return at == self.number or (self.lasting and 0 <= self.number < at)

    def _check(self, call: str) -> None:
        if self._fails(call):
            raise OSError(self.error, os.strerror(self.error))

    def open(self, path: Path, *, new: bool = False) -> int:
        self._check("open")
        return super().open(path, new=new)

    def lock(self, path: Path) -> int:
        self._check("lock")
        return super().lock(path)

    def close(self, file: int) -> None:
        super().close(file)  # as Linux does: whatever it answers, it is closed
        self._check("close")

    def size(self, file: int) -> int:
        self._check("size")
        return super().size(file)

    def read(self, file: int, size: int, at: int) -> bytes:
        self._check("read")
        return super().read(file, size, at)

    def remove(self, path: Path) -> None:
        self._check("remove")
        super().remove(path)

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if self._fails("write"):
            if not self.written:
                raise OSError(self.error, os.strerror(self.error))
            super().write(file, content[: self.written], at)  # a short write, then the error
            raise OSError(self.error, os.strerror(self.error))
        return super().write(file, content, at)

    def sync(self, file: int) -> None:
        self._check("sync")
        super().sync(file)

    def cut(self, file: int, size: int) -> None:
        self._check("cut")
        super().cut(file, size)

    def replace(self, source: Path, target: Path) -> None:
        self._check("replace")
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._check("sync_folder")
        super().sync_folder(folder)


class ShortDisk(Disk):
    """Never writes more than a few bytes at once."""

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        return super().write(file, content[:1000], at)
