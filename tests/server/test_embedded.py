"""A PostgreSQL in a folder: ours alone, on this machine alone, stopped when nobody uses it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from fieldapp.server import embedded
from fieldapp.server.embedded import EmbeddedError


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One for all tests here: making the files takes longest. In a closed folder, as a home folder is."""
    with tempfile.TemporaryDirectory(prefix="vedhold-embedded-") as name:
        yield Path(name) / "it's a folder" / "data"


def ask(url: URL, question: str) -> str:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            answer = connection.execute(text(question))
            return str(answer.scalar()) if answer.returns_rows else ""
    finally:
        engine.dispose()


def answers(url: URL) -> bool:
    try:
        return ask(url, "SELECT 1") == "1"
    except OperationalError:
        return False


def test_it_runs_while_it_is_used_and_keeps_what_was_written(folder: Path) -> None:
    with embedded.running(folder) as url:
        ask(url, "CREATE TABLE kept AS SELECT 'opdigtet' AS word")
    assert not answers(url)
    with embedded.running(folder) as url:
        assert ask(url, "SELECT word FROM kept") == "opdigtet"


def test_it_waits_for_the_disk_unless_told_otherwise(folder: Path) -> None:
    with embedded.running(folder) as url:
        assert ask(url, "SHOW fsync") == "on"
        assert ask(url, "SHOW synchronous_commit") == "on"
    with embedded.running(folder, durable=False) as url:
        assert ask(url, "SHOW fsync") == "off"


def test_only_its_owner_can_enter_and_nothing_listens_on_the_network(folder: Path) -> None:
    with embedded.running(folder) as url:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "cluster").stat().st_mode & 0o077 == 0
        assert ask(url, "SHOW listen_addresses") == ""
        assert Path(str(url.query["host"])) == folder


def test_the_log_quotes_no_row(folder: Path) -> None:
    with embedded.running(folder) as url:
        ask(url, "CREATE TABLE strict (name text CHECK (name = ''))")
        with pytest.raises(IntegrityError):
            ask(url, "INSERT INTO strict VALUES ('Åse Opfundet')")
        with pytest.raises(DataError):
            ask(url, "SELECT 'Åse Opfundet'::int")  # an error that is nothing but what was in the row
    log = (folder / "log").read_text()
    assert "database system is ready" in log and "Opfundet" not in log


def test_the_last_user_stops_it_and_nobody_else(folder: Path) -> None:
    with embedded.running(folder) as url:
        with embedded.running(folder) as same:
            assert same == url
        assert answers(url)
    assert not answers(url)


def test_one_left_running_by_a_killed_process_is_used_and_stopped(folder: Path) -> None:
    """What kill -9 leaves behind: the database, and a lock that the system has let go."""
    place = embedded._Place(folder, durable=True)
    place.start()
    with embedded.running(folder) as url:
        assert answers(url)
    assert not answers(url)


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_only_the_owner_can_enter(folder: Path) -> None:
    deep = folder.parent / ("x" * embedded.LONGEST_SOCKET)
    with embedded.running(deep) as url:
        short = Path(str(url.query["host"]))
        assert answers(url) and short.stat().st_mode & 0o077 == 0
    assert not short.exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("opdigtet")
    tmp_path.chmod(0o755)
    with pytest.raises(EmbeddedError, match="not_empty"), embedded.running(tmp_path):
        pass
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_database_that_does_not_start_is_told(folder: Path) -> None:
    broken = folder.parent / "broken"
    with embedded.running(broken):
        pass
    (broken / "cluster" / "postgresql.conf").write_text("no_such_setting = 1")
    with pytest.raises(EmbeddedError, match="failed"), embedded.running(broken):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_as_root_it_runs_as_somebody_else(folder: Path) -> None:
    with embedded.running(folder) as url:
        pid = (folder / "cluster" / "postmaster.pid").read_text().split()[0]
        owner = subprocess.run(["ps", "-o", "uid=", "-p", pid], capture_output=True, text=True, check=True)
        assert int(owner.stdout) != 0
        assert answers(url)


def test_the_data_lies_where_a_server_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert embedded.home() == Path("/var/lib/vedhold")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/opdigtet/data")
    assert embedded.home() == Path("/home/opdigtet/data/vedhold")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert embedded.home() == Path.home() / ".local/share/vedhold"
