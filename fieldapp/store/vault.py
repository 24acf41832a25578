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
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from fieldapp.errors import NoVault, VaultDamaged, VaultError, VaultOlder, WrongSecret
from fieldapp.store import keyring
from fieldapp.store.bookkeeping import SyncState
from fieldapp.store.compaction import compact as compact_log
from fieldapp.store.compaction import is_worth_it, tidy
from fieldapp.store.disk import DISK, Claim, Disk, reading, told
from fieldapp.store.engine import make_engine
from fieldapp.store.keyring import WORKER, KeyKind, Keyring
from fieldapp.store.log import End, Log, create
from fieldapp.store.mark import Mark
from fieldapp.store.migrations import migrate
from fieldapp.store.stretching import calibrated_cost
from fieldapp.store.tries import Tries
from fieldapp.store.unlocking import unlock

_open: "weakref.WeakSet[Vault]" = weakref.WeakSet()


@dataclass(eq=False)
class Vault:
    """An open vault. One process, one connection; close it before the process ends.

    `generation` rises at each compaction, which is also when the data key changes. `older`: it stands behind the mark
    that was kept of it, and was opened all the same.
    """

    folder: Path
    id: str
    engine: Engine
    generation: int = field(repr=False)
    older: bool = field(repr=False)
    _log: Log = field(repr=False)
    _master: bytes = field(repr=False)
    _claim: Claim = field(repr=False)
    _disk: Disk = field(repr=False)
    _rewritten: End | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _open.add(self)

    @property
    def mark(self) -> Mark:
        """How far this vault has come, to be kept outside it (in the OS keystore): after each exchange and, closed,
        after a lock."""
        return Mark(self.id, *(self._rewritten or self._log.end))

    def has_key(self, kind: KeyKind) -> bool:
        return keyring.load(self.folder, self._disk).has(kind)

    def add_key(self, kind: KeyKind, key: bytes, device_secret: bytes) -> None:
        """Let this key, of at least 16 random bytes, open the vault too, instead of an earlier one of its kind."""
        self._change_ring(lambda ring: ring.with_key(self._master, kind, key, device_secret))

    def drop_key(self, kind: KeyKind) -> None:
        self._change_ring(lambda ring: ring.without(kind))

    def _change_ring(self, alter: Callable[[Keyring], Keyring]) -> None:
        if not self._master:
            raise VaultError("closed")
        with told():
            keyring.change(self.folder, alter, self._disk)

    def close(self, *, compact: bool = True, stop: Callable[[], bool] = lambda: False) -> None:
        """Drop the keys; first write a new generation when that is worth it, or something was erased.

        `stop` says that the worker is back: then that waits for the next time. Close may be called twice.
        """
        if self not in _open:
            return
        _open.discard(self)
        with contextlib.ExitStack() as whatever_fails:
            whatever_fails.callback(self._claim.release)
            whatever_fails.callback(self._log.close)
            whatever_fails.callback(self._forget)
            whatever_fails.callback(self.engine.dispose)
            if compact and not stop() and self._wants_compaction():
                self.engine.dispose()
                self._rewrite(stop)

    def _forget(self) -> None:
        self._master = b""

    def _wants_compaction(self) -> bool:
        if is_worth_it(self._log):
            return True
        with contextlib.suppress(VaultError, SQLAlchemyError), self.engine.connect() as connection:
            erased_in = connection.execute(text("SELECT max(erased_in) FROM sync_state")).scalar()
            return erased_in == self.generation
        return False

    def _rewrite(self, stop: Callable[[], bool]) -> None:
        self._rewritten = compact_log(self.folder, self._log, self._master, self._disk, stop)
        self._log.close()  # an open file cannot be removed everywhere
        with contextlib.suppress(VaultError, OSError):
            tidy(self.folder, keyring.load(self.folder, self._disk), self._disk)


def vault_exists(folder: Path) -> bool:
    return (folder / keyring.NAME).exists()


def create_vault(
    folder: Path, secret: str, device_secret: bytes, *, cost: int | None = None, disk: Disk = DISK
) -> Vault:
    """Make a new vault. `device_secret` is 32 bytes that live in the OS keystore only; `cost` is measured if not given.

    Whether the secret is good enough is asked before (`check_secret`). Raises DiskFull, NotSaved, VaultBusy.
    """
    if vault_exists(folder):
        raise VaultError("exists")
    with _claimed(folder, disk, new=True) as claim, told():
        master = keyring.new_master()
        ring, key = keyring.new(master)
        ring = ring.with_secret(master, secret, device_secret, cost or calibrated_cost())
        Tries(folder, disk, time.time).forget()  # its room is taken now: a full disk must not stop the counting
        return _create(folder, ring, key, master, claim, disk)


def open_vault(
    folder: Path,
    secret: str | bytes,
    device_secret: bytes,
    *,
    kind: str = WORKER,
    mark: Mark | None = None,
    accept_older: bool = False,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> Vault:
    """Open it, migrated to this app's schema. `secret` is the worker's, or a key when `kind` names that slot.

    `mark` is what was kept of it (Vault.mark). `now` is in seconds since 1970, for the wait after wrong tries. Raises
    NoVault, WrongSecret, TooManyTries, VaultDamaged, VaultTooNew, VaultTooOld, VaultBusy, NotReadable, and VaultOlder
    when it stands behind its mark, unless `accept_older`. Nothing is changed in a vault that is refused.
    """
    if not vault_exists(folder):
        raise NoVault
    with _claimed(folder, disk) as claim, reading():
        ring = keyring.load(folder, disk)
        master = unlock(ring, secret, device_secret, kind, Tries(folder, disk, now))
        try:
            return _open_log(folder, ring, master, claim, disk, mark, accept_older)
        except WrongSecret:  # the slot has opened, so the secret is right and the rest is not
            raise VaultDamaged("keyring") from None


def open_with_key(folder: Path, data_key: bytes, *, disk: Disk = DISK) -> Vault:
    """Open (or create) a vault by its 32-byte master key, past the slots: for proofs and tests."""
    with _claimed(folder, disk, new=True) as claim, told():
        if vault_exists(folder):
            return _open_log(folder, keyring.load(folder, disk), data_key, claim, disk)
        ring, key = keyring.new(data_key)
        return _create(folder, ring, key, data_key, claim, disk)


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


def _open_log(
    folder: Path,
    ring: Keyring,
    master: bytes,
    claim: Claim,
    disk: Disk,
    mark: Mark | None = None,
    accept_older: bool = False,
) -> Vault:
    try:
        log = Log(folder / ring.log_name, ring.data_key(master), disk)
    except FileNotFoundError:
        raise VaultDamaged("log") from None
    older = mark is not None and Mark(ring.id, *log.end).before(mark)
    engine = make_engine(log)
    try:
        log.sync()  # whoever was here before may have been killed between a write and its sync:
        disk.sync_folder(folder)  # what is shown from here on is kept
        if older and not accept_older:
            raise VaultOlder(_last_exchange(engine))
        migrate(engine)
    except BaseException:  # an open connection at the end of the process is a crash (store.md, pitfall 7)
        engine.dispose()
        log.close()
        raise
    tidy(folder, ring, disk)
    return Vault(folder, ring.id, engine, ring.generation, older, log, master, claim, disk)


def _last_exchange(engine: Engine) -> datetime | None:
    """Of a vault whose schema may be any."""
    with contextlib.suppress(VaultError, SQLAlchemyError), engine.connect() as connection:
        return connection.execute(select(SyncState.last_exchange_at)).scalar()
    return None


@contextmanager
def _claimed(folder: Path, disk: Disk, *, new: bool = False) -> Iterator[Claim]:
    """Hold the folder; it is let go again when opening fails."""
    if new:
        with told():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.sync_folder(folder.parent)
    claim = Claim(folder / "lock", disk)
    try:
        yield claim
    except BaseException:  # also when interrupted: nobody else could open it
        claim.release()
        raise


@atexit.register
def _close_all() -> None:
    """Nobody closed them: without compaction, since the process is on its way out."""
    for vault in list(_open):
        vault.close(compact=False)
