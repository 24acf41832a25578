"""Files of the server that must be whole or not there at all, and readable by nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


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


def to_disk(folder: Path) -> None:
    """A name outlives a power cut only when the folder it stands in is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
