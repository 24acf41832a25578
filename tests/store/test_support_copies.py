"""A copy of a vault, sealed under words of its own or plain: whole, its owner's alone, and over nothing."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.errors import (
    DiskFull,
    NotSaved,
    VaultDamaged,
    VaultError,
    WeakSecret,
    WrongSecret,
)
from fieldapp.store import keyring
from fieldapp.store.checking import check
from fieldapp.store.columns import Table
from fieldapp.store.disk import Disk
from fieldapp.store.exporting import export, export_plain
from fieldapp.store.stats import stats
from fieldapp.store.stretching import HIGHEST_COST, LOWEST_COST
from fieldapp.store.support import compact
from fieldapp.store.vault import open_vault
from tests.proof.disks import FaultyDisk, FullDisk
from tests.store.supporting import DEVICE, NAME, OPEN, PIN, WORDS, flip, old_pages, rows, the_log, trace, whole_vault


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_vault(tmp_path_factory.mktemp("device") / "vault")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(original, tmp_path / "vault")
    yield tmp_path / "vault"
    (tmp_path / "vault").chmod(0o700)


# A copy


def test_every_row_of_every_table_is_in_a_sealed_copy(folder: Path, tmp_path: Path):
    before, trace_before = rows(folder, *OPEN), trace(folder)
    assert all(before[name] for name in Table.metadata.tables)
    copy = tmp_path / "copy"
    export(folder, PIN, DEVICE, copy, WORDS, cost=LOWEST_COST)
    assert rows(copy, WORDS, b"") == before
    assert check(copy, WORDS, b"").findings == ()
    assert trace(folder) == trace_before
    vault = open_vault(copy, WORDS, b"")
    assert vault.id != keyring.load(folder).id
    vault.close()


def test_a_copy_opens_beside_the_keys_of_a_device_too(folder: Path, tmp_path: Path):
    copy = tmp_path / "copy"
    export(folder, PIN, DEVICE, copy, WORDS, cost=LOWEST_COST)
    assert check(copy, WORDS, DEVICE).findings == ()
    export(copy, WORDS, DEVICE, tmp_path / "again", "en anden sætning", cost=LOWEST_COST)
    assert rows(tmp_path / "again", "en anden sætning", b"") == rows(folder, *OPEN)
    compact(copy, WORDS, DEVICE)
    assert stats(copy, WORDS, DEVICE).generation == 2


def test_the_old_secret_and_the_device_s_keys_do_not_open_a_copy(folder: Path, tmp_path: Path):
    export(folder, PIN, DEVICE, tmp_path / "copy", WORDS, cost=LOWEST_COST)
    for secret, device in ((PIN, DEVICE), (PIN, b""), ("hejre cykel mælk fredag", b"")):
        with pytest.raises(WrongSecret):
            check(tmp_path / "copy", secret, device)
    whole = keyring.load(folder)
    with pytest.raises(WrongSecret):
        keyring.load(tmp_path / "copy").data_key(whole.open_slot(PIN, DEVICE))


def test_a_copy_is_sealed_at_the_highest_cost_since_nothing_else_guards_it(folder: Path, tmp_path: Path):
    export(folder, PIN, DEVICE, tmp_path / "copy", WORDS)
    assert [slot.cost for slot in keyring.load(tmp_path / "copy").slots] == [HIGHEST_COST]


def test_nothing_can_be_read_from_a_sealed_copy_s_bytes(folder: Path, tmp_path: Path):
    export(folder, PIN, DEVICE, tmp_path / "copy", WORDS, cost=LOWEST_COST)
    files = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
    assert set(files) == {"keyring.json", "vault-1.log"}
    for image in files.values():
        for hidden in (NAME, "Café Åkanden", "halvt skrevet", "Freja", "SQLite format 3", "CREATE TABLE", WORDS, PIN):
            assert hidden.encode() not in image


def test_a_copy_of_a_running_app_s_vault_is_its_last_commit(folder: Path, tmp_path: Path):
    vault = open_vault(folder, PIN, DEVICE)
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('half', '1')"))
        export(folder, PIN, DEVICE, tmp_path / "during", WORDS, cost=LOWEST_COST)
    export(folder, PIN, DEVICE, tmp_path / "after", WORDS, cost=LOWEST_COST)
    vault.close()
    assert len(rows(tmp_path / "during", WORDS, b"")["setting"]) == 1
    assert len(rows(tmp_path / "after", WORDS, b"")["setting"]) == 2


def test_a_plain_copy_is_read_by_any_sqlite(folder: Path, tmp_path: Path):
    target = tmp_path / "plain.sqlite"
    export_plain(folder, PIN, DEVICE, target)
    with sqlite3.connect(target) as plain:
        found = {name: plain.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in Table.metadata.tables}
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()
    assert found == rows(folder, *OPEN)
    assert [path.name for path in tmp_path.iterdir() if path != folder] == ["plain.sqlite"]


def test_a_copy_is_its_owner_s_alone(folder: Path, tmp_path: Path):
    before = os.umask(0)
    try:
        export(folder, PIN, DEVICE, tmp_path / "copy", WORDS, cost=LOWEST_COST)
        export_plain(folder, PIN, DEVICE, tmp_path / "plain")
    finally:
        os.umask(before)
    if sys.platform != "win32":
        for path in (tmp_path / "copy", *(tmp_path / "copy").iterdir(), tmp_path / "plain"):
            assert path.stat().st_mode & 0o77 == 0


Copy = Callable[[Path, Path, Disk], None]


def sealed(folder: Path, target: Path, disk: Disk) -> None:
    export(folder, PIN, DEVICE, target, WORDS, cost=LOWEST_COST, disk=disk)


def plain(folder: Path, target: Path, disk: Disk) -> None:
    export_plain(folder, PIN, DEVICE, target, disk=disk)


both = pytest.mark.parametrize("copy", [sealed, plain])


@both
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_written_over(folder: Path, tmp_path: Path, copy: Copy, kind: str):
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("en andens")
    elif kind == "folder":
        target.mkdir()
        (target / "letter").write_text("en andens")
    else:
        target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VaultError, match="exists"):
        copy(folder, target, Disk())
    assert not (tmp_path / "elsewhere").exists()
    assert target.is_symlink() or "en andens" in (target if kind == "file" else target / "letter").read_text()


@both
def test_a_target_in_no_folder_is_told(folder: Path, tmp_path: Path, copy: Copy):
    for parent in (tmp_path / "nowhere", the_log(folder)):
        with pytest.raises(VaultError, match="nowhere"):
            copy(folder, parent / "target", Disk())
    assert not (tmp_path / "nowhere").exists()


@both
@pytest.mark.parametrize("room", [0, 100, 20_000])
def test_a_full_disk_leaves_no_half_copy(folder: Path, tmp_path: Path, copy: Copy, room: int):
    with pytest.raises(DiskFull):
        copy(folder, tmp_path / "target", FullDisk(room))
    assert [path for path in tmp_path.iterdir() if path != folder] == []


@both
def test_no_failing_call_leaves_half_a_copy_and_without_one_it_is_synced(folder: Path, tmp_path: Path, copy: Copy):
    counting = FaultyDisk()
    copy(folder, tmp_path / "whole", counting)
    assert counting.seen[-1] == "sync_folder" and "sync" in counting.seen
    for number in range(len(counting.seen)):
        if counting.seen[number] == "write" and number % 7:
            continue
        with pytest.raises(NotSaved):
            copy(folder, tmp_path / "target", FaultyDisk(number=number))
        assert not (tmp_path / "target").exists()


@both
def test_an_interrupted_copy_is_taken_away(folder: Path, tmp_path: Path, copy: Copy):
    class Interrupted(Disk):
        def sync(self, file: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(folder, tmp_path / "target", Interrupted())
    assert not (tmp_path / "target").exists()


@both
def test_a_damaged_page_is_not_copied(folder: Path, tmp_path: Path, copy: Copy):
    places = old_pages(folder)
    flip(the_log(folder), places[max(places)].at + 50)
    with pytest.raises(VaultDamaged):
        copy(folder, tmp_path / "target", Disk())
    assert not (tmp_path / "target").exists()


def test_a_copy_is_not_sealed_under_something_weak(folder: Path, tmp_path: Path):
    for weak in ("kort", "483920", "aaaaaaaaaaaaaaaa"):
        with pytest.raises(WeakSecret):
            export(folder, PIN, DEVICE, tmp_path / "copy", weak)
    assert not (tmp_path / "copy").exists()
