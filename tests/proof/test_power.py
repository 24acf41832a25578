"""After a power cut everything that was said to be saved is there, whole (store.md 3)."""

import random
from pathlib import Path

import pytest

from fieldapp.errors import NoVault, VaultDamaged, WrongSecret
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.unlocking import change_secret
from fieldapp.store.vault import create_vault, open_vault
from tests.proof import history
from tests.proof.power import RecordingDisk, UnsyncedDisk, after_a_cut, fault_after, faults

pytestmark = pytest.mark.proof
DEVICE = bytes(32)


def test_sixty_power_cuts_lose_nothing():
    found, calls = faults(60, 20261125, RecordingDisk())
    assert calls > 150
    assert found == []


def test_the_proof_notices_a_store_that_does_not_sync():
    found, _ = faults(30, 20261125, UnsyncedDisk(), transactions=30)
    assert len(found) > 5


class DyingDisk(RecordingDisk):
    """The process dies instead of the `dies`th sync of the folder."""

    dies = 0

    def sync_folder(self, folder: Path) -> None:
        self.dies -= 1
        if self.dies == 0:
            raise KeyboardInterrupt
        super().sync_folder(folder)


def test_a_kill_in_a_compaction_and_then_a_power_cut_lose_nothing(tmp_path: Path):
    """The old log may go only when no power cut can bring back a keyring that names it."""
    disk, rng = DyingDisk(), random.Random(3)
    store = history.opened(tmp_path / "v", disk)
    history.begin(store)
    for number in range(1, 4):
        history.write(store, number, rng)
    history.ask_for_compaction(store)
    disk.dies = 2  # the new log's, then the keyring's
    with pytest.raises(KeyboardInterrupt):
        store.close()
    killed = len(disk.calls)
    history.opened(tmp_path / "v", disk).close()
    assert not (tmp_path / "v" / "vault-1.log").exists()
    for at in range(killed, len(disk.calls) + 1):
        for _ in range(12):
            files, _ = after_a_cut(disk.calls[:at], rng)
            assert fault_after(files, 3, tmp_path / f"{at}-{rng.random()}", starts=1) is None


def opens(folder: Path, secret: str) -> bool:
    try:
        open_vault(folder, secret, DEVICE).close()
    except WrongSecret:
        return False
    return True


def test_a_power_cut_while_the_secret_changes_leaves_the_old_one_or_the_new(tmp_path: Path):
    disk, rng = RecordingDisk(), random.Random(1)
    create_vault(tmp_path / "v", "483920", DEVICE, cost=LOWEST_COST, disk=disk).close()
    disk.calls.append(("folder",))  # the lock file is not recorded; everything else was synced
    made = len(disk.calls)
    change_secret(tmp_path / "v", "483920", "777111", DEVICE, cost=LOWEST_COST, disk=disk)
    changed = len(disk.calls)
    for at in (*range(made, changed + 1), *range(made, changed + 1)):
        files, _ = after_a_cut(disk.calls[:at], rng)
        folder = tmp_path / f"cut{at}-{rng.random()}"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        old, new = opens(folder, "483920"), opens(folder, "777111")
        assert old != new
        if at == changed:
            assert new


def test_a_power_cut_while_a_vault_is_made_leaves_none_or_a_whole_one(tmp_path: Path):
    disk, rng = RecordingDisk(), random.Random(2)
    create_vault(tmp_path / "v", "483920", DEVICE, cost=LOWEST_COST, disk=disk).close()
    for at in range(1, len(disk.calls) + 1):
        files, _ = after_a_cut(disk.calls[:at], rng)
        folder = tmp_path / f"cut{at}"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        try:
            assert opens(folder, "483920")
        except NoVault:
            create_vault(folder, "483920", DEVICE, cost=LOWEST_COST).close()
            assert opens(folder, "483920")
        except VaultDamaged as error:
            pytest.fail(f"{error} after call {at}")
