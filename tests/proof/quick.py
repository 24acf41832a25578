"""What the proofs put in the store's place for speed, where it is not what they prove."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.store import keyring
from fieldapp.store.disk import Disk
from fieldapp.store.stretching import in_bounds


class _UnsyncedDisk(Disk):
    """For what stands in files, whether or not it would stand there after a power cut."""

    def sync(self, file: int) -> None: ...

    def sync_folder(self, folder: Path) -> None: ...


DISK = _UnsyncedDisk()


def stretched(secret: bytes, salt: bytes, cost: int) -> bytes:
    if not in_bounds(cost):
        raise AssertionError("stretching ran at a cost out of bounds")
    return hashlib.sha256(b"%d " % cost + salt + secret).digest()


class Killed(BaseException):
    """The app, in the middle of it."""


@contextmanager
def killed_while_stretching() -> Iterator[None]:
    def killed(secret: bytes, salt: bytes, cost: int) -> bytes:
        raise Killed

    real, keyring.stretch = keyring.stretch, killed
    try:
        yield
    finally:
        keyring.stretch = real


@contextmanager
def stretching() -> Iterator[None]:
    """Within this a secret is stretched in no time: for vaults made within it too."""
    real, keyring.stretch = keyring.stretch, stretched
    try:
        yield
    finally:
        keyring.stretch = real
