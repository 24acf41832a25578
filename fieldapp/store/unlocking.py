"""Which secret or key opens a vault, how that is changed, and how all of it is destroyed."""

import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.store import keyring
from fieldapp.store.compaction import ours
from fieldapp.store.disk import DISK, Disk, reading, told
from fieldapp.store.keyring import WORKER, Keyring
from fieldapp.store.stretching import calibrated_cost
from fieldapp.store.tries import Tries


def unlock(ring: Keyring, secret: str | bytes, device_secret: bytes, kind: str, tries: Tries) -> bytes:
    """The master key. Raises WrongSecret, TooManyTries. A key cannot be guessed as a secret can: it is not counted."""
    if kind != WORKER:
        return ring.open_slot(secret, device_secret, kind)
    tries.allow()
    master = ring.open_slot(secret, device_secret)
    tries.forget()
    return master


def confirm(
    folder: Path, secret: str, device_secret: bytes, *, now: Callable[[], float] = time.time, disk: Disk = DISK
) -> None:
    """Whether it is the worker's, of a vault that is open: nothing is opened or changed, and the key is dropped again.

    Raises WrongSecret and TooManyTries; a wrong try counts as one at the lock.
    """
    with reading():
        ring = keyring.load(folder, disk)
    unlock(ring, secret, device_secret, WORKER, Tries(folder, disk, now))


def change_secret(
    folder: Path,
    old: str,
    new: str,
    device_secret: bytes,
    *,
    cost: int | None = None,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> None:
    """Wrap the same master key under a new secret; the vault file is untouched, and may be open.

    Raises what `open_vault` raises for a wrong old secret, and DiskFull or NotSaved: then the old one stands (or
    the new one, if only the folder's last sync failed).
    """
    with reading():
        ring = keyring.load(folder, disk)
    master = unlock(ring, old, device_secret, WORKER, Tries(folder, disk, now))
    stretched = cost or calibrated_cost()
    with told():
        keyring.change(folder, lambda ring: ring.with_secret(master, new, device_secret, stretched), disk)


def recover(
    folder: Path,
    code: bytes,
    new: str,
    device_secret: bytes,
    *,
    cost: int | None = None,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> None:
    """A new secret in place of one that was forgotten; `code` has then served and opens nothing more.

    Raises WrongSecret, and DiskFull or NotSaved: then everything is as it was, the code too.
    """
    with reading():
        master = keyring.load(folder, disk).open_slot(code, device_secret, "recovery")
    stretched = cost or calibrated_cost()

    def served(ring: Keyring) -> Keyring:
        return ring.with_secret(master, new, device_secret, stretched).without("recovery")

    with told():
        keyring.change(folder, served, disk)
    Tries(folder, disk, now).forget()


def wipe(folder: Path, *, disk: Disk = DISK) -> None:
    """Destroy the keyring first, then the files. May be killed at any step and run again.

    Close the vault before. Who wipes for good also deletes the device secret, before this.
    """
    ring = folder / keyring.NAME
    if ring.exists():
        keyring.blank(ring, disk)
        disk.remove(ring)
        disk.sync_folder(folder)
    for path in ours(folder):
        disk.remove(path)
    (folder / "lock").unlink(missing_ok=True)
