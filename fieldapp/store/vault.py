"""Opening and closing the encrypted vault: a folder with a keyring and one log file.

The folder holds keyring.json, vault-<generation>.log, tries (wrong secrets), lock (one process at a time), and
sometimes vault-<generation>.torn (what a power cut left of a commit, still encrypted). Nothing else.
"""

import atexit
import contextlib
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.errors import NoVault, VaultDamaged, VaultError, WrongSecret
from fieldapp.store import dbapi, keyring
from fieldapp.store.compaction import compact as compact_log
from fieldapp.store.compaction import has_much_garbage, ours, tidy
from fieldapp.store.disk import DISK, Claim, Disk, not_saved
from fieldapp.store.engine import make_engine, raw
from fieldapp.store.keyring import COST, Keyring
from fieldapp.store.log import Log, Mark, create
from fieldapp.store.migrations import migrate
from fieldapp.store.tries import Tries

_open: "weakref.WeakSet[Vault]" = weakref.WeakSet()


@dataclass(eq=False)
class Vault:
    """An open vault. One process, one connection; close it before the process ends.

    `generation` rises at each compaction, which is also when the data key changes.
    """

    folder: Path
    id: str
    engine: Engine
    generation: int = field(repr=False)
    _log: Log = field(repr=False)
    _master: bytes = field(repr=False)
    _claim: Claim = field(repr=False)
    _disk: Disk = field(repr=False)

    def __post_init__(self) -> None:
        _open.add(self)

    @property
    def mark(self) -> Mark:
        """How far this vault has come, to be kept outside it (in the OS keystore) at lock and after each exchange."""
        return self._log.mark

    def behind(self, mark: Mark) -> bool:
        """Whether an older copy was put in this vault's place. Ahead is normal: killed before the mark was written."""
        mine = self.mark
        return mine.seq < mark.seq or (mine.seq == mark.seq and mine.tag != mark.tag)

    def close(self, *, compact: bool = True, stop: Callable[[], bool] = lambda: False) -> None:
        """Drop the keys; first write a new generation when there is much garbage, or something was erased.

        `stop` says that the worker is back: then that waits for the next time. Close may be called twice.
        """
        if self not in _open:
            return
        _open.discard(self)
        try:
            if compact and self._wants_compaction():
                self._give_back_pages()
                self.engine.dispose()
                compact_log(self.folder, self._log, self._master, self._disk, stop)
        finally:
            self._master = b""
            with contextlib.ExitStack() as whatever_fails:
                whatever_fails.callback(self._claim.release)
                whatever_fails.callback(self._log.close)
                self.engine.dispose()

    def _wants_compaction(self) -> bool:
        if has_much_garbage(self._log):
            return True
        with contextlib.suppress(VaultError, SQLAlchemyError), self.engine.connect() as connection:
            erased_in = connection.execute(text("SELECT max(erased_in) FROM sync_state")).scalar()
            return erased_in == self.generation
        return False

    def _give_back_pages(self) -> None:
        """Pages without rows in them are not carried over."""
        with contextlib.suppress(VaultError, SQLAlchemyError, dbapi.Error), self.engine.begin() as connection:
            raw(connection).cursor().execute("PRAGMA incremental_vacuum").fetchall()  # a step for each page


def vault_exists(folder: Path) -> bool:
    return (folder / keyring.NAME).exists()


def create_vault(folder: Path, secret: str, device_secret: bytes, *, cost: int = COST, disk: Disk = DISK) -> Vault:
    """Make a new vault. `device_secret` is 32 bytes that live in the OS keystore only.

    Whether the secret is good enough is asked before (`check_secret`). Raises DiskFull, NotSaved, VaultBusy.
    """
    if vault_exists(folder):
        raise VaultError("exists")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    master = keyring.new_master()
    with _claimed(folder) as claim, _told():
        ring, key = keyring.new(master)
        return _create(folder, ring.with_slot(master, secret, device_secret, cost=cost), key, master, claim, disk)


def open_vault(
    folder: Path,
    secret: str,
    device_secret: bytes,
    *,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> Vault:
    """Open it, migrated to this app's schema. `now` is in seconds since 1970, for the wait after wrong tries.

    Raises NoVault, WrongSecret, TooManyTries, VaultDamaged, VaultTooNew, VaultTooOld, VaultBusy. Nothing is changed
    in a vault that is refused.
    """
    if not vault_exists(folder):
        raise NoVault
    with _claimed(folder) as claim:
        ring = keyring.load(folder)
        master = _unlock(folder, ring, secret, device_secret, Tries(folder, disk, now))
        try:
            return _open_log(folder, ring, master, claim, disk)
        except WrongSecret:  # the slot has opened, so the secret is right and the rest is not
            raise VaultDamaged("keyring") from None


def open_with_key(folder: Path, data_key: bytes, *, disk: Disk = DISK) -> Vault:
    """Open (or create) a vault by its 32-byte master key, past the slots: for proofs and tests."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _claimed(folder) as claim, _told():
        if vault_exists(folder):
            return _open_log(folder, keyring.load(folder), data_key, claim, disk)
        ring, key = keyring.new(data_key)
        return _create(folder, ring, key, data_key, claim, disk)


def change_secret(
    folder: Path,
    old: str,
    new: str,
    device_secret: bytes,
    *,
    cost: int = COST,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> None:
    """Wrap the same master key under a new secret; the vault file is untouched, and may be open.

    Raises what `open_vault` raises for a wrong old secret, and DiskFull or NotSaved: then the old one stands (or
    the new one, if only the folder's last sync failed).
    """
    master = _unlock(folder, keyring.load(folder), old, device_secret, Tries(folder, disk, now))
    with _told():
        keyring.change(folder, lambda ring: ring.with_slot(master, new, device_secret, cost=cost), disk)


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


def _unlock(folder: Path, ring: Keyring, secret: str, device_secret: bytes, tries: Tries) -> bytes:
    tries.allow()
    master = ring.open_slot(secret, device_secret)
    tries.forget()
    return master


def _create(folder: Path, ring: Keyring, key: bytes, master: bytes, claim: Claim, disk: Disk) -> Vault:
    """The log and its tables first: a keyring that names a log is what makes it a vault."""
    create(folder / ring.log_name, key, disk)
    vault = _open_log(folder, ring, master, claim, disk)
    try:
        keyring.save(folder, ring, disk)
    except OSError:
        vault.close(compact=False)
        raise
    return vault


def _open_log(folder: Path, ring: Keyring, master: bytes, claim: Claim, disk: Disk) -> Vault:
    try:
        log = Log(folder / ring.log_name, ring.data_key(master), disk)
    except FileNotFoundError:
        raise VaultDamaged("log") from None
    engine = make_engine(log)
    try:
        migrate(engine)
    except BaseException:  # an open connection at the end of the process is a crash (store.md, pitfall 7)
        engine.dispose()
        log.close()
        raise
    tidy(folder, ring, disk)
    return Vault(folder, ring.id, engine, ring.generation, log, master, claim, disk)


@contextmanager
def _claimed(folder: Path) -> Iterator[Claim]:
    """Hold the folder; it is let go again when opening fails."""
    claim = Claim(folder / "lock")
    try:
        yield claim
    except BaseException:  # also when interrupted: nobody else could open it
        claim.release()
        raise


@contextmanager
def _told() -> Iterator[None]:
    """A disk's error, as one a worker can be told."""
    try:
        yield
    except OSError as error:
        raise not_saved(error) from None


@atexit.register
def _close_all() -> None:
    """Nobody closed them: without compaction, since the process is on its way out."""
    for vault in list(_open):
        vault.close(compact=False)
