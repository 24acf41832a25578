"""What who runs the server may change: a file of settings, in which a slip of the pen is told and nothing is begun."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from fieldapp.settings import DEFAULTS, Settings
from fieldapp.settings_file import OF_THE_APP, SettingsError, from_file
from fieldapp.sync.http import HttpServer
from tests.server.people import Clock, Phone
from tests.server.test_cli import Run, run, said
from tests.server.test_running import running

__all__ = ["run"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_what_the_file_says_holds_and_the_rest_is_as_usual(file: Path) -> None:
    file.write_text("lease_lock_days = 7\nlease_erase_days = 21\naddress_rate = 10\ncode_rate = 0.5\n")
    assert from_file(file) == replace(DEFAULTS, lease_lock_days=7, lease_erase_days=21, address_rate=10, code_rate=0.5)


def test_what_is_the_apps_own_is_a_setting_that_there_is() -> None:
    assert {field.name for field in fields(Settings)} > OF_THE_APP


@pytest.mark.parametrize(
    ("text", "why", "sentence"),
    [
        ("lease_days = 7", "unknown", "The settings file names lease_days, which is no setting of the server."),
        ("__doc__ = 7", "unknown", "The settings file names __doc__, which"),
        ("idle = 7", "unknown", "The settings file names idle, which is no setting of the server."),
        ("code_minutes = 0", "value", "The settings file gives code_minutes a value that cannot be"),
        ("code_minutes = true", "value", "The settings file gives code_minutes a value"),
        ("code_minutes = 1.5", "value", "The settings file gives code_minutes a value"),
        ("code_minutes = 'ti'", "value", "The settings file gives code_minutes a value"),
        ("code_rate = inf", "value", "The settings file gives code_rate a value"),
        ("tombstone_days = 1000000", "value", "The settings file gives tombstone_days a value"),
        ("lease_erase_days = 14", "lease", "In the settings file lease_erase_days must be more than lease_lock_days."),
        ("code_minutes", "unreadable", "The settings file cannot be read"),
    ],
)
def test_a_slip_of_the_pen_is_a_sentence(run: Run, file: Path, text: str, why: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=why):
        from_file(file)
    assert said(run("--settings", str(file), "admin", "list"), 1).startswith(sentence)


def test_a_file_that_is_not_there_is_a_sentence(run: Run, file: Path) -> None:
    assert said(run("server", FIELDAPP_SETTINGS=str(file)), 1).startswith("The settings file cannot be read")


def test_the_commands_of_the_office_go_by_it_and_the_next_one_does_not_remember(
    run: Run, file: Path, freja: Phone
) -> None:
    file.write_text("code_minutes = 20\n")
    command = ("admin", "code", "Freja Opfundet")
    assert "once, for 20 minutes" in said(run("--settings", str(file), *command))
    assert "once, for 20 minutes" in said(run(*command, FIELDAPP_SETTINGS=str(file)))
    assert "once, for 15 minutes" in said(run(*command))


def test_so_does_the_clearing_up(run: Run, file: Path, freja: Phone, clock: Clock) -> None:
    clock.now = datetime.now(UTC) - timedelta(days=3)
    freja.exchange()
    file.write_text("exchange_log_days = 2\n")
    dry = ("admin", "retention", "--dry-run")
    assert "When which phone was here: 1\n" in said(run("--settings", str(file), *dry))
    assert "When which phone was here: 0\n" in said(run(*dry))


def test_the_server_tells_each_phone_the_lease_of_its_file(
    database_url: URL, tmp_path: Path, file: Path, freja: Phone, clock: Clock
) -> None:
    clock.now = datetime.now(UTC)
    file.write_text("lease_lock_days = 7\nlease_erase_days = 21\n")
    there = running(database_url, tmp_path / "register", "--settings", str(file))
    with there as (_, address), HttpServer(address) as freja.server:
        assert freja.exchange().lease == (7, 21)


def test_a_phone_is_told_what_is_usual_too(freja: Phone) -> None:
    """It may have heard something shorter before."""
    assert freja.exchange().lease == (DEFAULTS.lease_lock_days, DEFAULTS.lease_erase_days)
