"""A vault opens to the right secret only, in one process only, and never changes what it refuses."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.errors import (
    NotReadable,
    NotSaved,
    NoVault,
    VaultBusy,
    VaultDamaged,
    VaultError,
    VaultTooNew,
    VaultTooOld,
    WrongSecret,
)
from fieldapp.store import migrations, vault
from fieldapp.store.disk import Disk
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.vault import create_vault, open_vault, open_with_key, vault_exists
from tests.fresh import KEY
from tests.proof.recording import RecordingDisk
from tests.store.vaults import DEVICE, PIN, add, but_tries, files, names, opened_names


def test_what_was_written_is_there_after_opening_again(made: Path):
    assert vault_exists(made)
    assert opened_names(made) == ["Åse"]


def test_opening_and_reading_changes_nothing_but_the_count_of_tries(made: Path):
    before = files(made)
    opened_names(made)
    after = files(made)
    assert but_tries(after) == but_tries(before)


def test_only_the_files_that_should_be_are_there(made: Path):
    opened_names(made)
    assert set(files(made)) == {"keyring.json", "vault-1.log", "lock", "tries"}


def test_its_folder_and_files_are_its_owner_s(made: Path):
    if sys.platform != "win32":
        assert made.stat().st_mode & 0o77 == 0
        assert all(path.stat().st_mode & 0o77 == 0 for path in made.iterdir())


def test_an_empty_folder_is_no_vault_and_stays_empty(tmp_path: Path):
    assert not vault_exists(tmp_path)
    with pytest.raises(NoVault):
        open_vault(tmp_path, PIN, DEVICE)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_never_made_over_another(made: Path):
    with pytest.raises(VaultError, match="exists"):
        create_vault(made, "111999", DEVICE, cost=LOWEST_COST)
    assert opened_names(made) == ["Åse"]


@pytest.mark.parametrize(("secret", "device"), [("000000", DEVICE), (PIN, bytes(32)), ("", DEVICE)])
def test_a_wrong_secret_changes_nothing_in_the_vault(made: Path, secret: str, device: bytes):
    before = files(made)
    with pytest.raises(WrongSecret):
        open_vault(made, secret, device)
    assert but_tries(files(made)) == but_tries(before)
    assert opened_names(made) == ["Åse"]


def test_an_open_vault_is_busy_for_everybody_else(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    with pytest.raises(VaultBusy):
        open_vault(made, PIN, DEVICE)
    script = (
        "import sys, pathlib\nfrom fieldapp.store.vault import open_vault\nfrom fieldapp.errors import VaultBusy\n"
        "try:\n    open_vault(pathlib.Path(sys.argv[1]), sys.argv[2], bytes(range(32, 64)))\n"
        "except VaultBusy:\n    sys.exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(made), PIN], check=False).returncode == 7
    opened.close()
    assert opened_names(made) == ["Åse"]


def test_a_failed_opening_leaves_the_vault_free(made: Path):
    with pytest.raises(WrongSecret):
        open_vault(made, "000000", DEVICE)
    log = made / "vault-1.log"
    whole = log.read_bytes()
    log.write_bytes(whole[:70])
    with pytest.raises(VaultDamaged):
        open_vault(made, PIN, DEVICE)
    log.write_bytes(whole)
    assert opened_names(made) == ["Åse"]


def test_a_missing_log_is_damage(made: Path):
    (made / "vault-1.log").unlink()
    with pytest.raises(VaultDamaged):
        open_vault(made, PIN, DEVICE)


# A disk that does not answer


class Unreadable(Disk):
    """The `number`th call to open a file, to ask for its size or to read it fails."""

    def __init__(self, number: int) -> None:
        self.left = number

    def _fail(self) -> None:
        self.left -= 1
        if self.left == -1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def open(self, path: Path, *, new: bool = False) -> int:
        self._fail()
        return super().open(path, new=new)

    def size(self, file: int) -> int:
        self._fail()
        return super().size(file)

    def read(self, file: int, size: int, at: int) -> bytes:
        self._fail()
        return super().read(file, size, at)


def test_a_disk_that_fails_while_opening_is_told_and_left_in_peace(made: Path):
    before, number, refused = files(made), 0, 0
    while True:
        disk = Unreadable(number)
        try:
            open_vault(made, PIN, DEVICE, disk=disk).close()
        except (NotReadable, NotSaved):
            refused += 1
        assert but_tries(files(made)) == but_tries(before)
        if disk.left >= 0:
            break
        number += 1
    assert refused > 10
    assert opened_names(made) == ["Åse"]


def test_what_opening_shows_is_synced_first(made: Path):
    """Killed between a write and its sync: the next start shows the write, so it must be there after a power cut."""
    disk = RecordingDisk()
    opened = open_vault(made, PIN, DEVICE, disk=disk)
    calls = [call[0] for call in disk.calls]
    assert "folder" in calls
    log = next(call[1]["vault-1.log"] for call in disk.calls if call[0] == "names" and "vault-1.log" in call[1])
    assert ("sync", log) in disk.calls
    opened.close()


# Another version


def test_a_vault_of_a_newer_app_is_left_as_it_is(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    with opened.engine.begin() as connection:
        connection.execute(text("INSERT INTO migration VALUES (:n, 'from the future')"), {"n": migrations.LATEST + 1})
    opened.close()
    (made / "vault-7.log").write_bytes(b"not ours to tidy")
    before = files(made)
    with pytest.raises(VaultTooNew):
        open_vault(made, PIN, DEVICE)
    assert files(made) == before


def test_a_vault_older_than_the_oldest_we_read_is_left_as_it_is(made: Path, monkeypatch: pytest.MonkeyPatch):
    before = files(made)
    monkeypatch.setattr(migrations, "OLDEST", migrations.LATEST + 1)
    with pytest.raises(VaultTooOld):
        migrations_of(made, (migrations.Step(migrations.LATEST + 2, "later", lambda connection: None),))
    assert but_tries(files(made)) == but_tries(before)


def migrations_of(folder: Path, steps: tuple[migrations.Step, ...]) -> None:
    """Open past the vault's own migration, with these steps."""
    ring = vault.keyring.load(folder)
    log = vault.Log(folder / ring.log_name, ring.data_key(ring.open_slot(PIN, DEVICE)))
    engine = vault.make_engine(log)
    try:
        migrations.migrate(engine, steps)
    finally:
        engine.dispose()
        log.close()


def test_a_vault_left_open_does_not_crash_the_interpreter(folder: Path):
    script = (
        "import sys, pathlib\nfrom sqlmodel import Session\nfrom sqlalchemy import text\n"
        "from fieldapp.store.vault import open_with_key\n"
        "v = open_with_key(pathlib.Path(sys.argv[1]), bytes(32))\ns = Session(v.engine)\n"
        "s.execute(text('SELECT 1'))\nc = v.engine\nprint('still open')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "still open\n", "")


def test_the_master_key_opens_it_past_the_slots(folder: Path):
    opened = open_with_key(folder, KEY)
    add(opened, "Åse")
    opened.close()
    with pytest.raises(WrongSecret):
        open_with_key(folder, os.urandom(32))
    again = open_with_key(folder, KEY)
    assert names(again) == ["Åse"]
    again.close()
