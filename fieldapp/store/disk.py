"""The only code that touches the vault's files, in small objects, so that the proofs can make a disk fail.

Systems differ in what it takes until bytes are really kept, and in what may be done to a file that is open. The
modules they are reached by hang on the class, so that each system's way is tested on any other.
"""

import errno
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from fieldapp.errors import DiskFull, NotReadable, NotSaved, VaultBusy

#: What the systems say of a file that another process holds.
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class Disk:
    """Linux and Android; the calls of the system, no more. `write` may write less than it was given, as theirs may."""

    os: Any = os
    fcntl: Any = _module("fcntl")

    def open(self, path: Path, *, new: bool = False) -> int:
        flags: int = self.os.O_RDWR | getattr(self.os, "O_BINARY", 0) | getattr(self.os, "O_CLOEXEC", 0)
        file: int = self.os.open(path, flags | (self.os.O_CREAT | self.os.O_TRUNC if new else 0), 0o600)
        return file

    def close(self, file: int) -> None:
        self.os.close(file)

    def size(self, file: int) -> int:
        size: int = self.os.fstat(file).st_size
        return size

    def read(self, file: int, size: int, at: int) -> bytes:
        content: bytes = self.os.pread(file, size, at)
        return content

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        written: int = self.os.pwrite(file, content, at)
        return written

    def cut(self, file: int, size: int) -> None:
        self.os.ftruncate(file, size)

    def sync(self, file: int) -> None:
        self._flush(file)

    def replace(self, source: Path, target: Path) -> None:
        self.os.replace(source, target)

    def remove(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            self.os.unlink(path)

    def sync_folder(self, folder: Path) -> None:
        """Until then a power cut may undo names: a file made, replaced or removed."""
        file = self.os.open(folder, self.os.O_RDONLY)
        try:
            self._flush(file)
        finally:
            self.os.close(file)

    def _flush(self, file: int) -> None:
        self.os.fsync(file)

    def lock(self, path: Path) -> int:
        """Open a file and hold it for this process alone, until it is closed or the process dies.

        Raises BlockingIOError when another holds it. Not `open`: there is nothing in this file.
        """
        file: int = self.os.open(path, self.os.O_RDWR | self.os.O_CREAT | getattr(self.os, "O_CLOEXEC", 0), 0o600)
        try:
            self._hold(file)
        except OSError as error:
            self.os.close(file)
            if error.errno in _HELD:
                raise BlockingIOError from None
            raise
        return file

    def _hold(self, file: int) -> None:
        self.fcntl.flock(file, self.fcntl.LOCK_EX | self.fcntl.LOCK_NB)


class AppleDisk(Disk):
    """macOS and iOS: their fsync stops at the drive's cache, which a power cut empties."""

    def _flush(self, file: int) -> None:
        try:
            self.fcntl.fcntl(file, self.fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
            super()._flush(file)  # a volume without it: the most that can be had there


class WindowsDisk(Disk):
    """Windows: no pread, no syncing of folders, and an open file can be neither replaced nor removed."""

    msvcrt: Any = _module("msvcrt")
    pause: Callable[[float], None] = staticmethod(time.sleep)
    #: A scanner or an indexer may hold a file for a moment after it was written.
    _TRIES, _PAUSE = 20, 0.05

    def read(self, file: int, size: int, at: int) -> bytes:
        """os.read may give less than there is, unlike pread on a regular file."""
        self.os.lseek(file, at, self.os.SEEK_SET)
        pieces = []
        while size > 0 and (piece := self.os.read(file, size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self.os.lseek(file, at, self.os.SEEK_SET)
        written: int = self.os.write(file, content)
        return written

    def replace(self, source: Path, target: Path) -> None:
        self._patiently(lambda: self.os.replace(source, target))

    def remove(self, path: Path) -> None:
        self._patiently(lambda: super(WindowsDisk, self).remove(path))

    def sync_folder(self, folder: Path) -> None:
        """NTFS keeps names in a journal of its own; there is no call."""

    def _hold(self, file: int) -> None:
        self.msvcrt.locking(file, self.msvcrt.LK_NBLCK, 1)

    def _patiently(self, call: Callable[[], None]) -> None:
        for _ in range(self._TRIES - 1):
            try:
                return call()
            except PermissionError:
                self.pause(self._PAUSE)
        return call()


def disk_of(platform: str) -> type[Disk]:
    """The disk of a system, by Python's name for it (`sys.platform`)."""
    if platform == "win32":
        return WindowsDisk
    return AppleDisk if platform in ("darwin", "ios") else Disk


DISK = disk_of(sys.platform)()


def write_all(disk: Disk, file: int, content: bytes, at: int) -> None:
    """Write every byte, or raise OSError."""
    rest = memoryview(content)
    while rest:
        written = disk.write(file, rest, at)
        if written <= 0:
            raise OSError(errno.EIO, "nothing was written")
        rest, at = rest[written:], at + written


def read_file(disk: Disk, path: Path, most: int) -> bytes:
    """A small file, at most one byte more than `most` of it."""
    file = disk.open(path)
    try:
        return disk.read(file, most + 1, 0)
    finally:
        disk.close(file)


def write_file(disk: Disk, path: Path, content: bytes) -> None:
    """Put a whole small file in place: after a power cut there is the old one or the new one."""
    beside = path.with_suffix(".tmp")
    file = disk.open(beside, new=True)
    try:
        write_all(disk, file, content, 0)
        disk.sync(file)
    finally:
        disk.close(file)
    disk.replace(beside, path)
    disk.sync_folder(path.parent)


def not_saved(error: OSError) -> NotSaved:
    """The error a worker can be told: the disk is full, or the write failed."""
    full = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    return DiskFull() if error.errno in full else NotSaved()


@contextmanager
def told() -> Iterator[None]:
    """A disk's error, as one a worker can be told."""
    try:
        yield
    except OSError as error:
        raise not_saved(error) from None


@contextmanager
def reading() -> Iterator[None]:
    """The same for what could not be read."""
    try:
        yield
    except OSError:
        raise NotReadable from None


class Claim:
    """One process at a time: a lock on a file that the system lets go when the process dies."""

    def __init__(self, path: Path, disk: Disk = DISK) -> None:
        self._disk = disk
        try:
            self._file = disk.lock(path)
        except BlockingIOError:
            raise VaultBusy from None
        except OSError as error:
            raise not_saved(error) from None

    def release(self) -> None:
        """Let the folder go. May be called twice."""
        if self._file >= 0:
            self._disk.os.close(self._file)
        self._file = -1  # its number may be another file's by now
