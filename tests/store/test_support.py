"""What support may do with a vault: look at all of it without leaving a trace, copy it whole, and make it small."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from inspect import isfunction
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.errors import (
    DiskFull,
    NotSaved,
    NoVault,
    VaultBusy,
    WrongSecret,
)
from fieldapp.store import log_format, migrations, records
from fieldapp.store.checking import Report, check
from fieldapp.store.database import Store
from fieldapp.store.disk import Disk
from fieldapp.store.read_disk import READ_ONLY
from fieldapp.store.stats import stats
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.support import compact, in_use, opened, unlock, vault_in
from fieldapp.store.tables import TABLES, CitizenRow
from fieldapp.store.vault import open_vault, vault_exists
from tests.examples import NOW
from tests.proof.disks import FullDisk
from tests.store.conftest import WORKER
from tests.store.supporting import (
    DEVICE,
    NAME,
    OPEN,
    PIN,
    rows,
    spoil,
    the_log,
    trace,
    whole_vault,
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_vault(tmp_path_factory.mktemp("device") / "vault")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(original, tmp_path / "vault")
    yield tmp_path / "vault"
    (tmp_path / "vault").chmod(0o700)


# Looking without leaving a trace


def test_a_whole_vault_is_whole(folder: Path):
    report = check(folder, *OPEN)
    assert report.findings == ()
    assert report.pages > 20
    assert (report.torn, report.in_use) == (0, False)


@pytest.mark.parametrize("look", [check, stats], ids=["check", "stats"])
def test_looking_leaves_every_byte_and_time_as_it_was(folder: Path, look: Callable[..., object]):
    for path in folder.iterdir():
        path.chmod(0o400)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    folder.chmod(0o500)
    before = trace(folder)
    look(folder, *OPEN)
    for secret in ("000000", ""):
        with pytest.raises(WrongSecret):
            look(folder, secret, DEVICE)
    assert trace(folder) == before


def test_without_a_lock_or_a_count_none_is_made(folder: Path):
    (folder / "lock").unlink()
    (folder / "tries").unlink()
    before = trace(folder)
    assert check(folder, *OPEN).findings == ()
    assert trace(folder) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda path, file: READ_ONLY.open(path, new=True),
        lambda path, file: READ_ONLY.write(file, b"x", 0),
        lambda path, file: READ_ONLY.cut(file, 0),
        lambda path, file: READ_ONLY.sync(file),
        lambda path, file: READ_ONLY.replace(path, path),
        lambda path, file: READ_ONLY.remove(path),
        lambda path, file: READ_ONLY.sync_folder(path.parent),
    ],
)
def test_the_disk_it_looks_through_refuses_every_change(folder: Path, change: Callable[[Path, int], object]):
    file = READ_ONLY.open(the_log(folder))
    try:
        with pytest.raises(OSError) as refused:
            change(the_log(folder), file)
        assert refused.value.errno == errno.EROFS
        with pytest.raises(OSError):
            os.write(file, b"x")
    finally:
        os.close(file)


def test_every_call_of_a_disk_that_changes_something_is_refused():
    """A call added to Disk must be added to the refusing one too."""
    harmless = {"close", "size"}
    changing = {name for name, call in vars(Disk).items() if isfunction(call) and not name.startswith("_")} - harmless
    assert changing <= set(vars(type(READ_ONLY)))


def test_nothing_can_be_written_through_what_is_opened(folder: Path):
    with opened(unlock(folder, *OPEN)) as (log, engine):
        with pytest.raises(NotSaved), engine.begin() as connection:
            connection.execute(text("DELETE FROM draft"))
        with pytest.raises(OSError):
            log.write(0, bytes(log_format.PAGE))
            log.commit()


def test_beside_a_running_app_it_looks_at_the_last_commit_and_says_so(folder: Path):
    before = check(folder, *OPEN)
    vault = open_vault(folder, PIN, DEVICE)
    with Store(vault, WORKER).transaction() as session:
        records.add(session, CitizenRow(known_as="Bo"), NOW)
    report = check(folder, *OPEN)
    assert report == Report((), report.pages, 0, in_use=True)
    assert report.pages >= before.pages
    assert stats(folder, *OPEN).rows["citizen"] == 2
    vault.close()
    assert not in_use(folder)


def test_a_look_does_not_keep_the_app_out(folder: Path):
    with opened(unlock(folder, *OPEN)):
        assert not in_use(folder)
        open_vault(folder, PIN, DEVICE).close()


def test_a_device_s_folder_leads_to_its_vault(folder: Path, tmp_path: Path):
    assert vault_in(tmp_path) == vault_in(folder) == folder
    for nothing in (folder / "deeper", the_log(folder)):
        with pytest.raises(NoVault):
            vault_in(nothing)


# Numbers


def test_the_numbers_are_right(folder: Path):
    found = stats(folder, *OPEN)
    assert (found.format, found.schema, found.generation) == (log_format.FORMAT, migrations.LATEST, 1)
    assert found.file == the_log(folder).stat().st_size == found.live + found.garbage
    assert found.slots == (("worker", LOWEST_COST),)
    assert found.rows == {name: len(content) for name, content in rows(folder, *OPEN).items()}
    assert all(found.rows[kind] == 1 for kind in TABLES)
    assert found.drafts == 1
    assert (found.outbox.kept, found.outbox.waiting) == (2, found.rows["outbox"] - 2)
    assert found.oldest_unsent == NOW
    assert not found.rewrite_queued


def test_the_oldest_is_of_those_not_acknowledged(folder: Path):
    vault = open_vault(folder, PIN, DEVICE)
    store = Store(vault, WORKER)
    with store.transaction() as session:
        session.execute(text("DELETE FROM outbox WHERE state != 'kept'"))
        records.add(session, CitizenRow(), NOW + timedelta(days=2))
    store.close()
    assert stats(folder, *OPEN).oldest_unsent == NOW + timedelta(days=2)
    spoil(folder, "DELETE FROM outbox")
    assert stats(folder, *OPEN).oldest_unsent is None


def test_a_queued_rewrite_and_a_torn_end_are_told(folder: Path):
    spoil(folder, "UPDATE sync_state SET erased_in = 1")
    log = the_log(folder)
    log.write_bytes(log.read_bytes() + bytes(50))
    found = stats(folder, *OPEN)
    assert (found.rewrite_queued, found.torn, found.file) == (True, 50, log.stat().st_size)


def test_numbers_hold_no_content(folder: Path):
    told = repr(stats(folder, *OPEN))
    for hidden in (NAME, WORKER, "Freja", "halvt", *(row[0] for row in rows(folder, *OPEN)["citizen"])):
        assert hidden not in told


# Smaller


def test_compacting_makes_it_small_under_a_new_key_and_loses_nothing(folder: Path):
    content, mark = rows(folder, *OPEN), stats(folder, *OPEN)
    before, after = compact(folder, *OPEN)
    found = stats(folder, *OPEN)
    assert (before, after) == (mark.file, found.file)
    assert after < before
    assert found.generation == 2 and found.seq > mark.seq
    assert not found.rewrite_queued
    again = rows(folder, *OPEN)
    assert {name: again[name] for name in again if name != "sync_state"} == {
        name: content[name] for name in content if name != "sync_state"
    }
    assert check(folder, *OPEN).findings == ()


def test_compacting_a_vault_in_use_changes_nothing(folder: Path):
    vault = open_vault(folder, PIN, DEVICE)
    before = trace(folder)
    with pytest.raises(VaultBusy):
        compact(folder, *OPEN)
    assert the_log(folder).read_bytes() == before[the_log(folder).name][3]
    vault.close()


def test_compacting_with_a_wrong_secret_changes_nothing_but_the_count_of_tries(folder: Path):
    before = trace(folder)
    with pytest.raises(WrongSecret):
        compact(folder, "000000", DEVICE)
    after = trace(folder)
    assert {name for name in after if after[name][3] != before[name][3]} == {"tries"}


def test_a_compaction_that_could_not_be_written_is_told_and_the_app_makes_it_later(folder: Path):
    content, size = rows(folder, *OPEN), stats(folder, *OPEN)
    with pytest.raises(NotSaved):
        compact(folder, *OPEN, disk=FullDisk(room=30_000))
    assert stats(folder, *OPEN).rewrite_queued
    assert rows(folder, *OPEN)["contact"] == content["contact"]
    vault = open_vault(folder, PIN, DEVICE)
    vault.close()
    assert stats(folder, *OPEN).generation == size.generation + 1


def test_a_disk_without_any_room_changes_nothing(folder: Path):
    before = the_log(folder).read_bytes()
    with pytest.raises(DiskFull):
        compact(folder, *OPEN, disk=FullDisk(room=0))
    assert the_log(folder).read_bytes() == before
    assert vault_exists(folder)
