"""What a check of a vault finds, and that it says so without a word of what was written."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from fieldapp.errors import (
    VaultDamaged,
    VaultOlder,
    VaultTooNew,
    VaultTooOld,
)
from fieldapp.store import log_format, migrations
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.checking import Finding, check
from fieldapp.store.columns import Table
from fieldapp.store.database import Store
from fieldapp.store.engine import raw
from fieldapp.store.mark import Mark
from fieldapp.store.stats import stats
from fieldapp.store.support import compact
from fieldapp.store.tables import TABLES
from fieldapp.store.vault import open_vault
from tests.store.conftest import WORKER
from tests.store.supporting import (
    DEVICE,
    NAME,
    OPEN,
    PIN,
    flip,
    old_pages,
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
    places = list(old_pages(folder).items())[::5]  # each costs a look through the whole file
    log = the_log(folder)
    whole = log.read_bytes()
    named = set()
    for number, place in places:
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
