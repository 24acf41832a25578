"""A vault as support sees it, in a copy or beside the running app: opened to be read, and not a byte of it changed."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from sqlalchemy import Engine, text
from sqlmodel import Session

from fieldapp.errors import NotSaved, NoVault, VaultDamaged, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store import keyring, migrations, sync_state
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk, reading
from fieldapp.store.engine import make_engine
from fieldapp.store.keyring import Keyring
from fieldapp.store.log import Log
from fieldapp.store.mark import Mark
from fieldapp.store.read_disk import READ_ONLY
from fieldapp.store.vault import open_vault, vault_exists

T = TypeVar("T")


class Unlocked(NamedTuple):
    """A vault's log, and the data key that opens it."""

    ring: Keyring
    path: Path
    key: bytes


def vault_in(folder: Path) -> Path:
    """The vault in a device's folder, or the folder itself when it is one. Raises NoVault."""
    for place in (folder, folder / "vault"):
        if vault_exists(place):
            return place
    raise NoVault


def in_use(folder: Path) -> bool:
    """Whether a process has the vault open. Its lock is tried for an instant, and let go."""
    try:
        READ_ONLY.close(READ_ONLY.lock(folder / "lock"))
    except BlockingIOError:
        return True
    except OSError:  # nobody has ever had it open here, or nobody may
        return False
    return False


def unlock(folder: Path, secret: str, device_secret: bytes) -> Unlocked:
    """Raises what `open_vault` raises, but counts no try: that would be a change."""
    with reading():
        ring = keyring.load(folder, READ_ONLY)
        master = either(device_secret, lambda device: ring.open_slot(secret, device))
        ring = keyring.load(folder, READ_ONLY)  # a running app may have compacted it while the secret was stretched
    try:
        return Unlocked(ring, folder / ring.log_name, ring.data_key(master))
    except WrongSecret:  # the slot has opened, so the secret is right and the rest is not
        raise VaultDamaged("keyring") from None


def either(device_secret: bytes, open_with: Callable[[bytes], T]) -> T:
    """An exported copy has no device secret, and may lie beside the keys of a device."""
    try:
        return open_with(device_secret)
    except WrongSecret:
        if not device_secret:
            raise
        return open_with(b"")


@contextmanager
def opened(vault: Unlocked) -> Iterator[tuple[Log, Engine]]:
    """The log and the database in it as they stand now: beside a running app, at its last commit."""
    with reading(), ExitStack() as at_the_end:
        try:
            log = Log(vault.path, vault.key, READ_ONLY)
        except FileNotFoundError:
            raise VaultDamaged("log") from None
        except WrongSecret:
            raise VaultDamaged("header") from None
        at_the_end.callback(log.close)
        engine = make_engine(log)
        at_the_end.callback(engine.dispose)
        yield log, engine


@contextmanager
def session_of(engine: Engine) -> Iterator[Session]:
    """A session that cannot write."""
    with Session(engine) as session:
        session.connection(execution_options={"reading": True})
        yield session


def known_schema(engine: Engine) -> int:
    """The schema's number. Raises VaultTooNew or VaultTooOld when this program does not know it."""
    at = migrations.taken(engine)
    if at is None:
        raise VaultDamaged("schema")
    if at > migrations.LATEST:
        raise VaultTooNew("schema")
    if at < migrations.OLDEST:
        raise VaultTooOld("schema")
    return at


def table_names(session: Session) -> list[str]:
    named = text("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    return list(session.execute(named).scalars())


def compact(
    folder: Path,
    secret: str,
    device_secret: bytes,
    mark: Mark | None = None,
    *,
    now: Callable[[], float] = time.time,
    disk: Disk = DISK,
) -> tuple[int, int]:
    """Open it as the app does and write it again under a new key: the log's size before and after.

    Raises what `open_vault` raises, DiskFull and NotSaved. The rewrite is queued as an erasure queues it: one that
    did not succeed here is made by the app at its next lock. An older copy is not rewritten: with the new commits it
    might pass its mark, and nobody would ever be told.
    """
    mark = of_this(mark, keyring.load(folder, READ_ONLY))
    vault = either(device_secret, lambda device: open_vault(folder, secret, device, mark=mark, now=now, disk=disk))
    try:
        before = _log_size(folder)
        with Store(vault, author="").transaction() as session:
            sync_state.get(session).erased_in = vault.generation
    finally:
        vault.close()
    if keyring.load(folder).generation == vault.generation:
        raise NotSaved("compaction")
    return before, _log_size(folder)


def of_this(mark: Mark | None, ring: Keyring) -> Mark | None:
    """The mark, unless it is another vault's: a copy may lie beside the keys of a device."""
    return mark if mark is not None and mark.vault == ring.id else None


def _log_size(folder: Path) -> int:
    return (folder / keyring.load(folder).log_name).stat().st_size
