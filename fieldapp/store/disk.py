"""The only code that touches the vault's files, in one small object, so that the proofs can make a disk fail."""

import errno
import os
import sys
from pathlib import Path

from fieldapp.errors import DiskFull, NotSaved, VaultBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Disk:
    """The operating system's calls, no more. `write` may write less than it was given, as the system's may."""

    def open(self, path: Path, *, new: bool = False) -> int:
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        return os.open(path, flags | (os.O_CREAT | os.O_TRUNC if new else 0), 0o600)

    def close(self, file: int) -> None:
        os.close(file)

    def size(self, file: int) -> int:
        return os.fstat(file).st_size

    def read(self, file: int, size: int, at: int) -> bytes:
        if sys.platform == "win32":
            os.lseek(file, at, os.SEEK_SET)
            return os.read(file, size)
        return os.pread(file, size, at)

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if sys.platform == "win32":
            os.lseek(file, at, os.SEEK_SET)
            return os.write(file, content)
        return os.pwrite(file, content, at)

    def cut(self, file: int, size: int) -> None:
        os.ftruncate(file, size)

    def sync(self, file: int) -> None:
        if sys.platform == "darwin" or sys.platform == "ios":
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)  # fsync alone stops at the drive's cache there
        else:
            os.fsync(file)

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        if sys.platform != "win32":
            file = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)


DISK = Disk()


def write_all(disk: Disk, file: int, content: bytes, at: int) -> None:
    """Write every byte, or raise OSError."""
    rest = memoryview(content)
    while rest:
        written = disk.write(file, rest, at)
        if written <= 0:
            raise OSError(errno.EIO, "nothing was written")
        rest, at = rest[written:], at + written


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


class Claim:
    """One process at a time: a lock on a file that the system lets go when the process dies."""

    def __init__(self, path: Path) -> None:
        self._file = DISK.open(path, new=True)
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise VaultBusy from None

    def release(self) -> None:
        """Let the folder go. May be called twice."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1  # its number may be another file's by now
