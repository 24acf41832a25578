"""What support may do with a vault: look at all of it without leaving a trace, copy it whole, and make it small."""

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from inspect import isfunction
from pathlib import Path
from typing import Any

import apsw
import pytest
from sqlalchemy import text

from fieldapp.domain.kinds import KINDS
from fieldapp.errors import (
    DiskFull,
    NotSaved,
    NoVault,
    VaultBusy,
    VaultDamaged,
    VaultError,
    VaultOlder,
    VaultTooNew,
    VaultTooOld,
    WeakSecret,
    WrongSecret,
)
from fieldapp.store import drafts, incoming, keyring, log_format, migrations, outbox, records, sync_state
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.checking import Finding, Report, check
from fieldapp.store.columns import Table
from fieldapp.store.database import Store
from fieldapp.store.disk import Disk
from fieldapp.store.engine import raw
from fieldapp.store.exporting import export, export_plain
from fieldapp.store.mark import Mark
from fieldapp.store.read_disk import READ_ONLY
from fieldapp.store.stats import stats
from fieldapp.store.stretching import HIGHEST_COST, LOWEST_COST
from fieldapp.store.support import compact, in_use, opened, session_of, unlock, vault_in
from fieldapp.store.tables import TABLES, CitizenRow
from fieldapp.store.vault import create_vault, open_vault, vault_exists
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.proof.disks import FaultyDisk, FullDisk
from tests.store.conftest import WORKER
from tests.store.rows import a_row, sample, sent

PIN, DEVICE, WORDS = "483920", bytes(range(32, 64)), "hejre cykel mælk torsdag"
NAME = "Ærøskøbing"
OPEN = (PIN, DEVICE)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with a row in every table: of each kind one of its own or one from the server, a draft, a setting."""
    folder = tmp_path_factory.mktemp("device") / "vault"
    store = Store(create_vault(folder, PIN, DEVICE, cost=LOWEST_COST), WORKER)
    citizen = CitizenRow(known_as=NAME)
    with store.transaction() as session:
        records.add(session, citizen, NOW)
    with store.transaction() as session:
        for kind in TABLES:
            if kind == "citizen":
                continue
            if KINDS[kind].written_by == "worker":
                records.add(session, a_row(kind, citizen.id), NOW)
            else:
                fields = {field.name: sample(field) for field in KINDS[kind].fields}
                wire = {
                    name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()
                }
                incoming.take_in(session, [sent(kind, an_id(), citizen.scope, 9, **wire)])
        incoming.take_in(session, [sent("hologram", an_id(), citizen.scope, 9, x="fra en nyere app")])
        drafts.keep(session, f"contact:{citizen.id}", {"own_words": "halvt skrevet"}, NOW)
        session.add(SettingRow(name="idle", value=60))
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=op.op, result="ok", seq=3) for op in outbox.waiting(session)[-2:]])
        state = sync_state.get(session)
        state.view, state.worker_name = [citizen.scope], "Freja Opfundet"
    store.close()
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(original, tmp_path / "vault")
    yield tmp_path / "vault"
    (tmp_path / "vault").chmod(0o700)


def trace(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """All that a look at a folder could have changed: names, modes, times, bytes."""
    seen = {}
    for path in (folder, *folder.iterdir()):
        stat = path.stat()
        seen[path.name] = stat.st_mode, stat.st_mtime_ns, stat.st_ino, b"" if path.is_dir() else path.read_bytes()
    return seen


def spoil(folder: Path, *statements: str) -> None:
    """Change rows behind the guards' back, as a fault of ours would."""
    vault = open_vault(folder, PIN, DEVICE)
    with vault.engine.begin() as connection:
        raw(connection).synced_open = True
        for statement in statements:
            connection.execute(text(statement))
    vault.close(compact=False)


def the_log(folder: Path) -> Path:
    return folder / keyring.load(folder).log_name


def old_pages(folder: Path) -> dict[int, log_format.Place]:
    """Pages in use that do not stand in the last record: opening alone does not look at them."""
    with opened(unlock(folder, *OPEN)) as (log, _):
        return {number: place for number, place in log._places.items() if place.seq != log.end.seq}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def rows(folder: Path, secret: str, device_secret: bytes) -> dict[str, list[tuple[Any, ...]]]:
    with opened(unlock(folder, secret, device_secret)) as (_, engine), session_of(engine) as session:
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]
            for name in Table.metadata.tables
        }


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


@pytest.fixture
def ahead(folder: Path) -> Mark:
    """The mark of a vault whose log was then replaced by an older one."""
    older = the_log(folder).read_bytes()
    vault = open_vault(folder, PIN, DEVICE)
    with Store(vault, WORKER).transaction() as session:
        session.add(SettingRow(name="x", value=1))
    vault.close()
    the_log(folder).write_bytes(older)
    return vault.mark


# What a check finds


def test_an_older_copy_in_its_place_is_found_by_the_mark(folder: Path, ahead: Mark):
    assert check(folder, *OPEN, ahead).findings == (Finding("older"),)
    assert check(folder, *OPEN, ahead._replace(seq=1)).findings == ()
    assert check(folder, *OPEN, ahead._replace(vault="00" * 16)).findings == (), "that of another device's vault"


def test_an_older_copy_is_not_compacted_past_its_mark(folder: Path, ahead: Mark):
    before = the_log(folder).read_bytes()
    with pytest.raises(VaultOlder):
        compact(folder, *OPEN, ahead)
    assert the_log(folder).read_bytes() == before
    assert check(folder, *OPEN, ahead).findings == (Finding("older"),)
    compact(folder, *OPEN, ahead._replace(vault="00" * 16))
    assert check(folder, *OPEN, ahead).findings == (), "what would have happened"


def test_a_flipped_bit_in_an_old_page_in_use_is_found_and_its_table_named(folder: Path):
    places = old_pages(folder)
    log = the_log(folder)
    whole = log.read_bytes()
    named = set()
    for number, place in places.items():
        flip(log, place.at + 50)
        findings = check(folder, *OPEN).findings
        assert Finding("page", str(number)) in findings
        assert {finding.where for finding in findings if finding.what == "page"} == {str(number)}
        named |= {finding.where for finding in findings if finding.what == "table"}
        log.write_bytes(whole)
    assert named & set(TABLES)


def test_a_damaged_record_is_found_by_its_number(folder: Path):
    log = the_log(folder)
    flip(log, log_format.START + 60)  # in the first record's manifest
    assert check(folder, *OPEN).findings == (Finding("record", f"1 (byte {log_format.START})"),)


def test_a_damaged_record_in_the_middle_is_found_where_it_stands(folder: Path, tmp_path: Path):
    end = the_log(folder).stat().st_size
    vault = open_vault(folder, PIN, DEVICE)
    first = vault.mark.seq
    with Store(vault, WORKER).transaction() as session:
        session.add(SettingRow(name="x", value=1))
    with Store(vault, WORKER).transaction() as session:
        session.add(SettingRow(name="y", value=1))
    vault.close()
    flip(the_log(folder), end + 60)
    number = first + 1  # a new vault counts its records from one
    assert check(folder, *OPEN).findings == (Finding("record", f"{number} (byte {end})"),)


@pytest.mark.parametrize(
    ("at", "why"),
    [(0, "header"), (40, "header"), (60, "header")],
)
def test_a_damaged_header_is_said_to_be_one(folder: Path, at: int, why: str):
    flip(the_log(folder), at)
    with pytest.raises(VaultDamaged, match=why):
        check(folder, *OPEN)


def test_a_damaged_keyring_and_a_missing_log_are_said_to_be(folder: Path):
    whole = (folder / "keyring.json").read_bytes()
    flip(folder / "keyring.json", 100)
    with pytest.raises(VaultDamaged, match="keyring"):
        check(folder, *OPEN)
    (folder / "keyring.json").write_bytes(whole)
    the_log(folder).unlink()
    with pytest.raises(VaultDamaged, match="log"):
        check(folder, *OPEN)


def test_a_torn_end_is_told_and_no_damage(folder: Path):
    log = the_log(folder)
    log.write_bytes(log.read_bytes() + os.urandom(700))
    before = trace(folder)
    report = check(folder, *OPEN)
    assert (report.findings, report.torn) == ((), 700)
    assert trace(folder) == before


@pytest.mark.parametrize(
    "trigger", ["contact_insert", "contact_update", "contact_delete", "contact_search_written_update"]
)
def test_a_missing_guard_is_found(folder: Path, trigger: str):
    spoil(folder, f"DROP TRIGGER {trigger}")
    assert check(folder, *OPEN).findings == (Finding("guard", "contact"),)


def test_a_guard_that_guards_nothing_is_found(folder: Path):
    spoil(
        folder,
        "DROP TRIGGER goal_update",
        'CREATE TRIGGER "goal_update" BEFORE UPDATE ON "goal" WHEN NOT synced_open() BEGIN SELECT 1; END',
        "DROP TRIGGER goal_delete",
    )
    assert check(folder, *OPEN).findings == (Finding("guard", "goal", 2),)


def test_every_kind_s_guards_are_looked_at(folder: Path):
    spoil(folder, *(f'DROP TRIGGER "{kind}_insert"' for kind in TABLES))
    assert {finding.where for finding in check(folder, *OPEN).findings} == set(TABLES)


@pytest.mark.parametrize("table", ["strength", "setting", "outbox", "sync_state", "unknown_row"])
def test_a_missing_table_is_found(folder: Path, table: str):
    spoil(folder, f"DROP TABLE {table}")
    findings = check(folder, *OPEN).findings
    assert Finding("missing", table, len(Table.metadata.tables[table].columns)) in findings
    assert {finding.where for finding in findings} == {table}


def test_a_missing_column_is_found(folder: Path):
    spoil(folder, "ALTER TABLE draft DROP COLUMN saved_at")
    assert check(folder, *OPEN).findings == (Finding("missing", "draft"),)


def test_an_unsent_change_without_its_row_is_found(folder: Path):
    spoil(folder, "DELETE FROM goal", "DELETE FROM progress")
    assert set(check(folder, *OPEN).findings) == {Finding("outbox", "goal"), Finding("outbox", "progress")}


def test_a_citizen_born_here_must_be_here(folder: Path):
    spoil(folder, "UPDATE sync_state SET view = '[]'", "DELETE FROM citizen")
    assert check(folder, *OPEN).findings == (Finding("outbox", "citizen"),)


@pytest.mark.parametrize(
    "why",
    [
        "UPDATE sync_state SET view = '[]'",  # the citizen is another's now; what is unsent is still sent
        "UPDATE sync_state SET behind = json_object((SELECT scope FROM citizen), 0)",  # its rows are on their way
        "UPDATE outbox SET state = 'kept'",  # the server has it
        "INSERT INTO unknown_row SELECT 'goal', id, scope, 9, 0, '{}' FROM goal",  # kept aside, for a newer app
    ],
)
def test_an_unsent_change_need_not_have_its_row(folder: Path, why: str):
    spoil(folder, "UPDATE outbox SET state = 'kept' WHERE kind = 'citizen'", why, "DELETE FROM goal")
    assert check(folder, *OPEN).findings == ()


def test_a_broken_index_is_found_in_its_table(folder: Path):
    vault = open_vault(folder, PIN, DEVICE)
    with vault.engine.begin() as connection:
        raw(connection).apsw.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'ix_outbox_scope') "
            "WHERE name = 'ix_attempt_scope'"
        )
    vault.close(compact=False)
    assert {finding.where for finding in check(folder, *OPEN).findings} >= {"attempt"}


def test_a_newer_schema_is_told_but_its_damage_first(folder: Path):
    spoil(folder, f"INSERT INTO migration VALUES ({migrations.LATEST + 1}, 'from the future')")
    before = trace(folder)
    for look in (check, stats):
        with pytest.raises(VaultTooNew):
            look(folder, *OPEN)
    assert trace(folder) == before
    places = old_pages(folder)
    flip(the_log(folder), places[max(places)].at + 50)
    assert check(folder, *OPEN).findings[0].what == "page"


def test_an_older_schema_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrations, "OLDEST", migrations.LATEST + 1)
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST + 1)
    with pytest.raises(VaultTooOld):
        check(folder, *OPEN)


def test_no_finding_quotes_what_was_written(folder: Path):
    spoil(folder, "DROP TRIGGER contact_insert", "DELETE FROM goal")
    content = {str(value) for found in rows(folder, *OPEN).values() for row in found for value in row}
    hidden = [value for value in content if len(value) > 8 and value not in TABLES]
    log, told = the_log(folder), []
    whole = log.read_bytes()
    for place in list(old_pages(folder).values())[::4]:
        flip(log, place.at + 50)
        told += check(folder, *OPEN).findings
        log.write_bytes(whole)
    assert {finding.what for finding in told} >= {"page", "table", "guard", "outbox"}
    assert [value for value in hidden if value in repr(told)] == []
    assert any(NAME in value for value in hidden)


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
