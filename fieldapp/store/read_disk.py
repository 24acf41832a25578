"""A disk that can only be read: what is looked at through it stays as it is, to the byte."""

import errno
import os
from pathlib import Path
from typing import NoReturn

from fieldapp.store.disk import DISK, Disk


class ReadDisk(Disk):
    """Opens files to read them, and refuses every change, whatever the folder would allow."""

    def open(self, path: Path, *, new: bool = False) -> int:
        if new:
            _refuse()
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))

    def read(self, file: int, size: int, at: int) -> bytes:
        return DISK.read(file, size, at)

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        _refuse()

    def cut(self, file: int, size: int) -> None:
        _refuse()

    def sync(self, file: int) -> None:
        _refuse()

    def replace(self, source: Path, target: Path) -> None:
        _refuse()

    def remove(self, path: Path) -> None:
        _refuse()

    def sync_folder(self, folder: Path) -> None:
        _refuse()

    def lock(self, path: Path) -> int:
        """Makes no file: where there is none, FileNotFoundError."""
        file = self.open(path)
        try:
            DISK._hold(file)
        except OSError:
            os.close(file)
            raise BlockingIOError from None
        return file


def _refuse() -> NoReturn:
    raise OSError(errno.EROFS, "opened to be read")


READ_ONLY = ReadDisk()
