"""A whole copy of a vault somewhere else: sealed under words that open it anywhere, or plain when that is demanded.

What is copied is the state at the last commit, page by page. A copy is whole and on the disk, or there is none.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.errors import VaultError
from fieldapp.store import keyring
from fieldapp.store.disk import DISK, Disk, told, write_all
from fieldapp.store.log import Log, create
from fieldapp.store.log_format import PAGE
from fieldapp.store.policy import check_secret, secret_policy
from fieldapp.store.stretching import HIGHEST_COST
from fieldapp.store.support import known_schema, opened, unlock


def export(
    folder: Path,
    secret: str,
    device_secret: bytes,
    target: Path,
    words: str,
    *,
    cost: int = HIGHEST_COST,
    disk: Disk = DISK,
) -> None:
    """Make a vault of its own in the new folder `target`, opened by `words` without any device secret.

    Raises WeakSecret, VaultError(exists | nowhere), DiskFull, NotSaved and what `open_vault` raises.
    """
    check_secret(secret_policy("file"), words)
    with _standing(folder, secret, device_secret) as log, _new(target, lambda: target.mkdir(mode=0o700), disk):
        master = keyring.new_master()
        ring, key = keyring.new(master)
        ring = ring.with_secret(master, words, b"", cost)
        create(target / ring.log_name, key, disk, pages=_pages(log), page_count=log.size, seq=log.end.seq + 1)
        keyring.save(target, ring, disk)


def export_plain(folder: Path, secret: str, device_secret: bytes, target: Path, *, disk: Disk = DISK) -> None:
    """Write the new file `target`, an SQLite database that anybody who has it can read. Raises as `export`."""
    with (
        _standing(folder, secret, device_secret) as log,
        _new(target, lambda: target.touch(mode=0o600, exist_ok=False), disk),
    ):
        file = disk.open(target)
        try:
            for number, page in _pages(log):
                write_all(disk, file, page, number * PAGE)
            disk.sync(file)
        finally:
            disk.close(file)


@contextmanager
def _standing(folder: Path, secret: str, device_secret: bytes) -> Iterator[Log]:
    with opened(unlock(folder, secret, device_secret)) as (log, engine):
        known_schema(engine)
        yield log


def _pages(log: Log) -> Iterator[tuple[int, bytes]]:
    return ((number, log.read(number)) for number in range(log.size))


@contextmanager
def _new(target: Path, make: Callable[[], None], disk: Disk) -> Iterator[None]:
    """What is made is taken away again when what follows fails: half a copy must not pass for a whole one."""
    with told():
        try:
            make()
        except FileExistsError:
            raise VaultError("exists") from None
        except (FileNotFoundError, NotADirectoryError):
            raise VaultError("nowhere") from None
        try:
            yield
            disk.sync_folder(target.parent)
        except BaseException:  # also when interrupted
            _remove(target)
            raise


def _remove(target: Path) -> None:
    with contextlib.suppress(OSError):
        if not target.is_dir():
            target.unlink()
            return
        for path in target.iterdir():
            path.unlink()
        target.rmdir()
