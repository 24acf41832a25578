"""A vault opens to the right secret only, in one process only, and never changes what it refuses."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from fieldapp.errors import (
    DiskFull,
    NotSaved,
    NoVault,
    TooManyTries,
    VaultBusy,
    VaultDamaged,
    VaultError,
    VaultTooNew,
    VaultTooOld,
    WrongSecret,
)
from fieldapp.store import migrations, records, sync_state, vault
from fieldapp.store.database import Store
from fieldapp.store.keyring import LOWEST_COST
from fieldapp.store.log import Mark
from fieldapp.store.tables import CitizenRow, ContactRow
from fieldapp.store.tries import FREE, WAITS
from fieldapp.store.vault import Vault, change_secret, create_vault, open_vault, open_with_key, vault_exists, wipe
from tests.examples import NOW
from tests.proof.disks import FaultyDisk, FullDisk
from tests.store.conftest import KEY, WORKER

PIN, DEVICE = "483920", bytes(range(32, 64))


@pytest.fixture
def made(folder: Path) -> Iterator[Path]:
    """A vault with one citizen in it, closed."""
    opened = create_vault(folder, PIN, DEVICE, cost=LOWEST_COST)
    add(opened, "Åse")
    opened.close()
    yield folder


def add(opened: Vault, name: str) -> None:
    with Store(opened, WORKER).transaction() as session:
        records.add(session, CitizenRow(known_as=name), NOW)


def names(opened: Vault) -> list[str | None]:
    with Session(opened.engine) as session:
        return list(session.exec(select(CitizenRow.known_as).order_by(CitizenRow.id)))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def opened_names(folder: Path, secret: str = PIN, device: bytes = DEVICE) -> list[str | None]:
    opened = open_vault(folder, secret, device)
    try:
        return names(opened)
    finally:
        opened.close()


def test_what_was_written_is_there_after_opening_again(made: Path):
    assert vault_exists(made)
    assert opened_names(made) == ["Åse"]


def test_opening_and_reading_changes_nothing_but_the_count_of_tries(made: Path):
    before = files(made)
    opened_names(made)
    after = files(made)
    assert set(after) - set(before) <= {"tries"}
    assert {name: after[name] for name in before} == before


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
    assert {k: v for k, v in files(made).items() if k != "tries"} == before
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


# Wrong tries


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def guess(folder: Path, clock: Clock, secret: str = "000000") -> None:
    with pytest.raises(WrongSecret):
        open_vault(folder, secret, DEVICE, now=clock)


def wait_of(folder: Path, clock: Callable[[], float]) -> int:
    with pytest.raises(TooManyTries) as refused:
        open_vault(folder, PIN, DEVICE, now=clock)
    return refused.value.wait


def test_wrong_tries_wait_longer_and_longer_and_even_the_right_one_waits(made: Path):
    clock = Clock()
    for _ in range(FREE):
        guess(made, clock)
    for wait in (*WAITS, WAITS[-1], WAITS[-1]):
        guess(made, clock)
        assert wait_of(made, clock) == wait
        clock.now += wait - 1
        assert wait_of(made, clock) == 1
        clock.now += 1
    open_vault(made, PIN, DEVICE, now=clock).close()
    for _ in range(FREE):
        guess(made, clock)
    open_vault(made, PIN, DEVICE, now=clock).close()


def test_a_clock_set_back_does_not_lock_a_worker_out_for_years(made: Path):
    clock = Clock()
    for _ in range(FREE + 1):
        guess(made, clock)
    clock.now -= 10**8
    assert wait_of(made, clock) == WAITS[0]


def test_a_broken_count_of_tries_counts_from_the_start(made: Path):
    (made / "tries").write_bytes(b"\xff" * 3)
    assert opened_names(made) == ["Åse"]


def test_a_full_disk_keeps_nobody_out(made: Path):
    open_vault(made, PIN, DEVICE, disk=FullDisk(room=0)).close()


def test_changing_the_secret_counts_wrong_tries_too(made: Path):
    clock = Clock()
    for _ in range(FREE + 1):
        with pytest.raises(WrongSecret):
            change_secret(made, "000000", "999333", DEVICE, now=clock)
    with pytest.raises(TooManyTries):
        change_secret(made, PIN, "999333", DEVICE, now=clock)


# A new secret


def test_a_new_secret_leaves_the_log_untouched(made: Path):
    before = files(made)["vault-1.log"]
    change_secret(made, PIN, "hejre cykel mælk", DEVICE, cost=LOWEST_COST)
    assert files(made)["vault-1.log"] == before
    with pytest.raises(WrongSecret):
        open_vault(made, PIN, DEVICE)
    assert opened_names(made, "Hejre  cykel MÆLK") == ["Åse"]


def test_a_new_secret_for_an_open_vault_survives_its_compaction(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    change_secret(made, PIN, "777111", DEVICE, cost=LOWEST_COST)
    erase_something(opened)
    opened.close()
    assert opened.generation == 1
    assert opened_names(made, "777111") == ["Åse"]


@pytest.mark.parametrize(("call", "number"), [("write", 2), ("sync", 2), ("replace", 0)])  # the tries come first
def test_a_new_secret_that_was_not_saved_leaves_the_old_one(made: Path, call: str, number: int):
    with pytest.raises(NotSaved):
        change_secret(made, PIN, "777111", DEVICE, cost=LOWEST_COST, disk=FaultyDisk(calls=(call,), number=number))
    assert opened_names(made) == ["Åse"]
    assert "keyring.tmp" not in files(made)


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
    assert {k: v for k, v in files(made).items() if k != "tries"} == before


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


# Closing


def erase_something(opened: Vault) -> None:
    with Store(opened, WORKER).transaction() as session:
        sync_state.get(session).erased_in = opened.generation


def test_closing_after_an_erasure_writes_everything_again_under_a_new_key(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    before, mark = files(made), opened.mark
    old_key = vault.keyring.load(made).data_key(opened._master)
    erase_something(opened)
    opened.close()
    assert set(files(made)) == {"keyring.json", "vault-2.log", "lock", "tries"}
    again = open_vault(made, PIN, DEVICE)
    assert names(again) == ["Åse"]
    assert again.generation == 2
    assert again.mark.seq > mark.seq
    assert vault.keyring.load(made).data_key(again._master) != old_key
    again.close()
    assert set(files(made)) == {"keyring.json", "vault-2.log", "lock", "tries"}, "once is enough"
    assert before["vault-1.log"] != files(made)["vault-2.log"]


def test_closing_with_much_garbage_makes_the_file_small(folder: Path):
    opened = open_with_key(folder, KEY)
    store = Store(opened, WORKER)
    with store.transaction() as session:
        citizen = CitizenRow()
        records.add(session, citizen, NOW)
    for number in range(3):
        with store.transaction() as session:
            for _ in range(120):
                contact = ContactRow(scope=citizen.scope, occurred_at=NOW, mode="met", own_words="x" * 16_000)
                records.add(session, contact, NOW)
        with store.transaction() as session:
            session.execute(text("DELETE FROM outbox WHERE kind = 'contact'"))
            if number == 2:
                count = len(session.exec(select(ContactRow.id)).all())
    full = (folder / "vault-1.log").stat().st_size
    store.close()
    assert (folder / "vault-2.log").stat().st_size < full * 0.6
    again = open_with_key(folder, KEY)
    with Session(again.engine) as session:
        assert len(session.exec(select(ContactRow.id)).all()) == count
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.execute(text("PRAGMA freelist_count")).scalar() == 0
    again.close()


def test_a_worker_who_comes_back_stops_the_compaction(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    erase_something(opened)
    opened.close(stop=lambda: True)
    assert set(files(made)) == {"keyring.json", "vault-1.log", "lock", "tries"}
    assert opened_names(made) == ["Åse"]
    assert "vault-2.log" in files(made), "the next lock does it"


@pytest.mark.parametrize("number", range(6))
def test_a_compaction_that_fails_leaves_one_readable_vault(made: Path, number: int):
    disk = FaultyDisk()
    opened = open_vault(made, PIN, DEVICE, disk=disk)
    erase_something(opened)
    disk.number = len(disk.seen) + number
    opened.close()
    assert {"vault-1.log", "vault-2.log"} & set(files(made))
    assert opened_names(made) == ["Åse"]
    assert len([name for name in files(made) if name.startswith("vault-")]) == 1


def test_a_full_disk_does_not_hinder_closing(made: Path):
    disk = FullDisk()
    opened = open_vault(made, PIN, DEVICE, disk=disk)
    erase_something(opened)
    disk.room = 10_000
    opened.close()
    assert [name for name in files(made) if name.startswith("vault-")] == ["vault-1.log"]
    assert opened_names(made) == ["Åse"]


def test_a_damaged_page_does_not_hinder_closing_and_is_not_copied(made: Path):
    opened = open_vault(made, PIN, DEVICE)
    erase_something(opened)
    for place in opened._log._places.values():
        opened._disk.write(opened._log._file, b"x", place.at)
    opened.engine.dispose()
    opened.close()
    assert [name for name in files(made) if name.startswith("vault-")] == ["vault-1.log"]
    with pytest.raises(VaultDamaged):
        open_vault(made, PIN, DEVICE)


def test_making_a_vault_on_a_full_disk_leaves_none(folder: Path):
    for room in (0, 30, 5_000, 50_000):
        with pytest.raises(DiskFull):
            create_vault(folder, PIN, DEVICE, cost=LOWEST_COST, disk=FullDisk(room=room))
        assert not vault_exists(folder)
    create_vault(folder, PIN, DEVICE, cost=LOWEST_COST).close()
    assert opened_names(folder) == []


def test_no_key_is_left_when_it_is_closed(folder: Path):
    opened = create_vault(folder, PIN, DEVICE, cost=LOWEST_COST)
    add(opened, "Åse")
    master = bytes(bytearray(opened._master))
    opened.close()
    opened.close()
    assert opened._master == b""
    gc.collect()
    holders = [h for h in gc.get_objects() if isinstance(h, dict) and any(v == master for v in bytes_in(h))]
    assert [h for h in holders if h is not locals()] == []
    with pytest.raises(VaultError, match="closed"):
        names(opened)


def bytes_in(holder: dict[object, object]) -> list[bytes]:
    return [value for value in list(holder.values()) if isinstance(value, bytes) and len(value) == 32]


def test_a_vault_left_open_does_not_crash_the_interpreter(folder: Path):
    script = (
        "import sys, pathlib\nfrom sqlmodel import Session\nfrom sqlalchemy import text\n"
        "from fieldapp.store.vault import open_with_key\n"
        "v = open_with_key(pathlib.Path(sys.argv[1]), bytes(32))\ns = Session(v.engine)\n"
        "s.execute(text('SELECT 1'))\nc = v.engine\nprint('still open')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "still open\n", "")


def test_an_older_copy_in_its_place_is_noticed_by_the_mark(made: Path):
    older = files(made)["vault-1.log"]
    opened = open_vault(made, PIN, DEVICE)
    add(opened, "Bo")
    mark = opened.mark
    assert not opened.behind(mark)
    opened.close()
    (made / "vault-1.log").write_bytes(older)
    again = open_vault(made, PIN, DEVICE)
    assert again.behind(mark)
    assert not again.behind(Mark(mark.seq - 2, b"x"))
    add(again, "Cilla")
    assert again.mark.seq == mark.seq
    assert again.behind(mark), "another history of the same length"
    again.close()


# Wiping


def test_a_wiped_vault_is_gone(made: Path):
    wipe(made)
    assert list(made.iterdir()) == []
    wipe(made)
    assert not vault_exists(made)


@pytest.mark.parametrize("number", range(4))
def test_wiping_can_be_cut_off_anywhere_and_run_again(made: Path, number: int):
    class Killed(FaultyDisk):
        def remove(self, path: Path) -> None:
            if self._fails("remove"):
                raise KeyboardInterrupt
            super().remove(path)

    with pytest.raises((KeyboardInterrupt, OSError)):
        wipe(made, disk=Killed(calls=("write", "sync", "remove"), number=number))
    if number >= 2:
        assert (made / "keyring.json").exists() is (number == 2)
        with pytest.raises((NoVault, VaultDamaged)):
            open_vault(made, PIN, DEVICE)
    wipe(made)
    assert list(made.iterdir()) == []


def test_the_master_key_opens_it_past_the_slots(folder: Path):
    opened = open_with_key(folder, KEY)
    add(opened, "Åse")
    opened.close()
    with pytest.raises(WrongSecret):
        open_with_key(folder, os.urandom(32))
    again = open_with_key(folder, KEY)
    assert names(again) == ["Åse"]
    again.close()
