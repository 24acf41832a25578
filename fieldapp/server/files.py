"""Files of the server that must be whole or not there at all, and readable by nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fieldapp.errors import VedholdError

#: Bytes of a key in a file of its own.
KEY = 32


class KeyFileError(VedholdError):
    """`why` is missing | malformed."""

    kind = "key_file"


def key_in(path: Path, *, make: bool = False) -> bytes:
    """The key in this file: 64 hexadecimal digits. `make` one that only this user can read if there is none."""
    if make and not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(os.urandom(KEY).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    try:
        key = bytes.fromhex(path.read_text())
    except OSError:
        raise KeyFileError("missing") from None
    except ValueError:
        raise KeyFileError("malformed") from None
    if len(key) != KEY:
        raise KeyFileError("malformed")
    return key


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Write a new file that appears under its name when all of it is on the disk. FileExistsError if one is there."""
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    half.touch(0o600, exist_ok=False)
    try:
        with half.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise FileExistsError
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    to_disk(path.parent)


def instead(path: Path, content: bytes) -> None:
    """In the place of the file that is there, if there is one: a reader finds the old one or the new one, whole."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    to_disk(path.parent)


def to_disk(folder: Path) -> None:
    """A name outlives a power cut only when the folder it stands in is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
