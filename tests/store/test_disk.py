"""Each system's way with files, on any system: its modules are put in the place of this one's."""

import errno
import os
import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from fieldapp.errors import DiskFull, NotSaved, VaultBusy
from fieldapp.store import unlocking
from fieldapp.store.disk import AppleDisk, Claim, Disk, WindowsDisk, disk_of, write_file
from fieldapp.store.vault import open_vault
from tests.proof import history
from tests.store.vaults import DEVICE, PIN, opened_names


@pytest.mark.parametrize(
    ("platform", "disk"),
    [("linux", Disk), ("android", Disk), ("darwin", AppleDisk), ("ios", AppleDisk), ("win32", WindowsDisk)],
)
def test_each_system_has_its_disk(platform: str, disk: type[Disk]):
    assert disk_of(platform) is disk


# Apple


class Fcntl:
    """As macOS has it: `asked` are the files that were synced to the drive itself."""

    F_FULLFSYNC = 51
    LOCK_EX, LOCK_NB = 2, 4

    def __init__(self, error: int = 0) -> None:
        self.asked: list[int] = []
        self.error = error

    def fcntl(self, file: int, call: int) -> None:
        assert call == self.F_FULLFSYNC
        self.asked.append(file)
        if self.error:
            raise OSError(self.error, os.strerror(self.error))

    def flock(self, file: int, how: int) -> None: ...


def apple(error: int = 0) -> tuple[AppleDisk, Fcntl, list[int]]:
    """The disk, what its fcntl saw, and the files that plain fsync was asked for."""
    synced: list[int] = []

    class Mac(AppleDisk):
        fcntl = Fcntl(error)
        os = SimpleNamespace(**(vars(os) | {"fsync": synced.append}))

    return Mac(), Mac.fcntl, synced


def test_an_apple_syncs_past_the_drive_s_cache(tmp_path: Path):
    disk, fcntl, synced = apple()
    file = disk.open(tmp_path / "x", new=True)
    disk.sync(file)
    disk.close(file)
    assert (fcntl.asked, synced) == ([file], [])


@pytest.mark.parametrize("error", [0, errno.EINVAL])
def test_so_it_does_with_the_names_in_a_folder(tmp_path: Path, error: int):
    """Or the keyring that was replaced comes back."""
    disk, fcntl, synced = apple(error)
    disk.sync_folder(tmp_path)
    assert len(fcntl.asked) == 1 and synced == (fcntl.asked if error else [])


def test_a_volume_that_cannot_do_that_gets_a_plain_sync(tmp_path: Path):
    disk, fcntl, synced = apple(errno.ENOTSUP)
    disk.sync(7)
    assert (fcntl.asked, synced) == ([7], [7])


def test_an_apple_s_failing_sync_is_a_failing_sync():
    disk, _, synced = apple(errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        disk.sync(7)
    assert synced == []


def test_every_commit_on_an_apple_is_a_full_sync(tmp_path: Path):
    disk, fcntl, _ = apple()
    store = history.opened(tmp_path / "vault", disk)
    history.begin(store)
    before = len(fcntl.asked)
    for number in range(1, 4):
        history.write(store, number, random.Random(number))
    assert len(fcntl.asked) == before + 3
    store.close()
    again = history.opened(tmp_path / "vault")
    assert history.fault(again, 3) is None
    again.close()


# Windows


class WindowsOs:
    """`os` and `msvcrt` as Windows has them: no pread, pwrite or fsync of folders; an open file keeps its name."""

    LK_NBLCK = 2
    O_RDWR, O_RDONLY, O_CREAT, O_TRUNC, O_BINARY = os.O_RDWR, os.O_RDONLY, os.O_CREAT, os.O_TRUNC, 0
    SEEK_SET = os.SEEK_SET
    fstat, lseek, write, ftruncate, fsync = os.fstat, os.lseek, os.write, os.ftruncate, os.fsync

    def __init__(self) -> None:
        self.files: dict[int, Path] = {}
        self.held: dict[int, Path] = {}
        self.refused = 0

    def locking(self, file: int, how: int, size: int) -> None:
        assert (how, size) == (self.LK_NBLCK, 1)
        if self.files[file] in self.held.values():
            raise OSError(errno.EACCES, "Permission denied")
        self.held[file] = self.files[file]

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "a folder")
        file = os.open(path, flags, mode)
        self.files[file] = Path(path)
        return file

    def read(self, file: int, size: int) -> bytes:
        return os.read(file, min(size, 1_000))  # may give less than there is

    def close(self, file: int) -> None:
        os.close(file)
        self.files.pop(file, None)
        self.held.pop(file, None)

    def _free(self, path: Path) -> None:
        if Path(path) in self.files.values():
            self.refused += 1
            raise PermissionError(errno.EACCES, "in use by another process")

    def replace(self, source: Path, target: Path) -> None:
        self._free(source)
        self._free(target)
        Path(source).replace(target)

    def unlink(self, path: Path) -> None:
        self._free(path)
        Path(path).unlink()


@pytest.fixture
def windows() -> WindowsDisk:
    disk = WindowsDisk()
    disk.os = disk.msvcrt = WindowsOs()
    disk.fcntl = None
    disk.pause = lambda seconds: None
    return disk


def test_a_worker_s_days_on_windows(tmp_path: Path, windows: WindowsDisk):
    """Commits, a rewriting under a new key, opening again; no call that is not there, no open file removed."""
    folder = tmp_path / "vault"
    store = history.opened(folder, windows)
    history.begin(store)
    for number in range(1, 10):
        history.write(store, number, random.Random(number))
        if number % 3 == 0:
            history.ask_for_compaction(store)
            store.close()
            assert len(list(folder.glob("vault-*"))) == 1, "the old one could be removed at once"
            store = history.opened(folder, windows)
    assert history.fault(store, 9) is None
    store.close()
    assert windows.os.refused == 0
    assert windows.os.files == {}


def test_a_second_process_on_windows_is_told_that_it_is_busy(tmp_path: Path, windows: WindowsDisk):
    claim = Claim(tmp_path / "lock", windows)
    with pytest.raises(VaultBusy):
        Claim(tmp_path / "lock", windows)
    claim.release()
    Claim(tmp_path / "lock", windows).release()


def test_a_scanner_that_holds_a_file_for_a_moment_is_waited_for(tmp_path: Path, windows: WindowsDisk):
    target = tmp_path / "keyring.json"
    target.write_bytes(b"old")
    held = windows.os.open(target, os.O_RDONLY)
    windows.pause = lambda seconds: windows.os.close(held)
    write_file(windows, target, b"new")
    assert target.read_bytes() == b"new"
    assert windows.os.refused == 1


def test_a_file_that_stays_held_is_an_error_after_a_while(tmp_path: Path, windows: WindowsDisk):
    target = tmp_path / "keyring.json"
    target.write_bytes(b"old")
    windows.os.open(target, os.O_RDONLY)
    pauses: list[float] = []
    windows.pause = pauses.append
    with pytest.raises(PermissionError):
        write_file(windows, target, b"new")
    assert 0.5 < sum(pauses) < 2
    assert target.read_bytes() == b"old"


def test_the_secret_changes_and_everything_is_wiped_on_windows(made: Path, windows: WindowsDisk):
    unlocking.change_secret(made, PIN, "777111", DEVICE, cost=2**14, disk=windows)
    assert opened_names(made, "777111") == ["Åse"]
    opened = open_vault(made, "777111", DEVICE, disk=windows)
    opened.close()
    unlocking.wipe(made, disk=windows)
    assert list(made.iterdir()) == []


# Everywhere


class NoLocks(Disk):
    error = errno.ENOLCK

    def _hold(self, file: int) -> None:
        raise OSError(self.error, os.strerror(self.error))


def test_a_folder_that_cannot_be_held_is_not_called_busy(tmp_path: Path):
    with pytest.raises(NotSaved):
        Claim(tmp_path / "lock", NoLocks())
    with pytest.raises(NotSaved):
        Claim(tmp_path / "no such folder" / "lock")


def test_a_full_disk_that_has_no_room_for_the_lock_says_so(tmp_path: Path):
    class Full(Disk):
        def lock(self, path: Path) -> int:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(DiskFull):
        Claim(tmp_path / "lock", Full())


def test_a_new_folder_s_name_is_synced(tmp_path: Path):
    folders: list[Path] = []

    class Seen(Disk):
        def sync_folder(self, folder: Path) -> None:
            folders.append(folder)
            super().sync_folder(folder)

    history.opened(tmp_path / "vault", Seen()).close()
    assert {tmp_path, tmp_path / "vault"} <= set(folders)
