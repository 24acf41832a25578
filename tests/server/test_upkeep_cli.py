"""`fieldapp admin` for erasure, extract, retention, backup, restore and register, as an operator types it."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from fieldapp import texts
from fieldapp.cli import app
from fieldapp.errors import ServerTrouble
from fieldapp.server import backup, database
from fieldapp.server.dump import BackupError
from fieldapp.server.register import RegisterError
from fieldapp.told_cli import sentence
from tests.server.keeping import audited, everything
from tests.sync.parts import Device, World

Run = Callable[..., str]


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def citizen(freja: Device) -> str:
    citizen = freja.meet("Åse Opfundet")
    freja.note(citizen, "Opdigtet: hemmeligt")
    freja.sync()
    return citizen


@pytest.fixture
def run(world: World) -> Iterator[Run]:
    """A command in English on this test's database and register; `code` is the exit code it must have."""
    before = texts.language()
    there = {
        "FIELDAPP_DATABASE_URL": world.engine.url.render_as_string(),
        "FIELDAPP_REGISTER": str(world.register.path),
        "FIELDAPP_LANGUAGE": "en",
    }

    def run(*words: str, typed: str = "", code: int = 0, **other: str) -> str:
        world.engine.dispose()
        done: Result = CliRunner().invoke(app, words, input=typed, env=there | other)
        assert done.exit_code == code, done.output
        return done.output.strip()

    yield run
    texts.use_language(before)


class TestErase:
    def test_a_citizen_is_erased_when_the_word_is_typed(self, world: World, run: Run, citizen: str) -> None:
        words = ("admin", "erase", "citizen", citizen, "--by", "Birgit Opfundet", "--reason", "request")
        said = run(*words, typed="erase\n")
        assert said.startswith("3 entries are erased, on the server and on the phones. It cannot be undone.")
        assert "Erased. Older backups still hold it" in said
        assert "Åse" not in everything(world.engine)
        assert [told.why for told in audited(world, "erase")] == ["request"]

    def test_a_record_is_erased_and_the_word_may_be_danish(self, world: World, run: Run, citizen: str) -> None:
        [contact] = [id for id, r in world.records().items() if r.kind == "contact"]
        words = ("admin", "erase", "record", contact, "--by", world.leader, "--reason", "mistake")
        said = run(*words, typed="SLET\n", FIELDAPP_LANGUAGE="da")
        assert said.startswith("1 optegnelse slettes, på serveren og på telefonerne. Det kan ikke fortrydes.")
        assert "hemmeligt" not in everything(world.engine) and "Åse" in everything(world.engine)

    def test_with_any_other_word_nothing_is_changed(self, world: World, run: Run, citizen: str) -> None:
        words = ("admin", "erase", "citizen", citizen, "--by", "Birgit Opfundet", "--reason", "request")
        before = everything(world.engine)
        assert run(*words, typed="yes\n", code=1).endswith("Nothing was changed.")
        run(*words, code=1)  # nobody there to type
        assert everything(world.engine) == before

    @pytest.mark.parametrize(
        ("what", "id", "by", "sentence"),
        [
            ("citizen", "abc", "Birgit Opfundet", "There is no citizen with this id."),
            ("record", "abc", "Birgit Opfundet", "There is nothing with this id."),
            ("record", "", "Birgit Opfundet", "This is a citizen. All of a citizen"),
            ("citizen", "", "Freja Opfundet", "Only a leader or an administrator"),
            ("citizen", "", "Ingen", "Nobody is called Ingen."),
        ],
    )
    def test_what_cannot_be_is_a_sentence(
        self, run: Run, citizen: str, what: str, id: str, by: str, sentence: str
    ) -> None:
        words = ("admin", "erase", what, id or citizen, "--by", by, "--reason", "request")
        assert sentence in run(*words, typed="erase\n", code=1)

    def test_a_reason_outside_the_list_is_none(self, run: Run, citizen: str) -> None:
        run("admin", "erase", "citizen", citizen, "--by", "x", "--reason", "Åse", code=2)


def test_an_extract_is_written(run: Run, citizen: str, tmp_path: Path) -> None:
    target = tmp_path / "given"
    words = ("admin", "extract", citizen, str(target), "--by", "Birgit Opfundet", "--reason", "insight")
    run(*words[:-2], code=2)
    assert not target.exists(), "nobody has it out without saying why"
    assert run(*words).startswith("The extract is there.")
    assert "hemmeligt" in (target / "extract.txt").read_text()
    assert run(*words, code=1).startswith("There is something in that place already.")


def test_retention_says_first_and_does_nothing_dry(world: World, run: Run, freja: Device, citizen: str) -> None:
    freja.sync()
    [contact] = [id for id, r in world.records().items() if r.kind == "contact"]
    world.erase(contact)
    with world.engine.begin() as tx:  # the command goes by the clock on the wall
        tx.execute(text("ALTER TABLE record DISABLE TRIGGER USER"))
        tx.execute(text("UPDATE record SET at = now() - interval '200 days' WHERE deleted"))
        tx.execute(text("ALTER TABLE record ENABLE TRIGGER USER"))
    dry = run("admin", "retention", "--dry-run").splitlines()
    assert dry[0] == "Erased entries that every phone has heard of: 1" and contact in world.records()
    assert run("admin", "retention").splitlines() == [*dry, "Done."]
    assert contact not in world.records()


class TestBackup:
    def test_taken_and_put_back(self, world: World, run: Run, freja: Device, citizen: str, tmp_path: Path) -> None:
        file = str(tmp_path / "monday")
        assert run("admin", "backup", file).startswith("The backup is there. It holds personal data")
        assert run("admin", "backup", file, code=1).startswith("There is a file of this name already.")
        freja.edit("citizen", citizen, known_as="Opdigtet: efter")
        freja.sync()
        asked = run("admin", "restore", file, typed="no\n", code=1)
        assert asked.startswith("In the database now: workers 2, citizens 1. All of it is replaced.")
        assert world.records()[citizen].fields["known_as"] == "Opdigtet: efter"
        assert "Restored" in run("admin", "restore", file, typed="replace\n")
        assert world.records()[citizen].fields["known_as"] == "Åse Opfundet"
        world.converged(freja)
        assert world.records()[citizen].fields["known_as"] == "Opdigtet: efter"
        assert run("admin", "list")

    def test_not_while_the_server_runs(self, world: World, run: Run, citizen: str, tmp_path: Path) -> None:
        file = str(tmp_path / "monday")
        run("admin", "backup", file)
        with database.working(world.engine):
            assert run("admin", "restore", file, "--yes", code=1).startswith("The server or another command is at work")
        with database.working(world.engine, alone=True):
            assert run("admin", "list", code=1).startswith("The database is being restored.")
            assert run("admin", "new-register", "--yes", code=1).startswith("The server or another command is at work")

    def test_the_register_lost_with_the_database(self, world: World, run: Run, citizen: str, tmp_path: Path) -> None:
        file = str(tmp_path / "monday")
        run("admin", "backup", file)
        world.register.path.unlink()
        assert run("admin", "restore", file, "--yes", code=1).startswith("The register is not there")
        assert "Restored" in run("admin", "restore", file, "--yes", "--register-lost")
        assert run("admin", "restore", file, "--yes", "--register-lost", code=1).startswith(
            "There is a register already."
        )

    def test_health_says_when_somebody_must_look(self, world: World, run: Run, citizen: str, tmp_path: Path) -> None:
        said = run("admin", "health", code=1)
        assert re.match(r"Database and register go together: \d+ entries\.\nThere is no backup yet", said)
        run("admin", "backup", str(tmp_path / "monday"))
        assert run("admin", "health").endswith("The last backup is recent enough.")
        with world.engine.begin() as tx:
            tx.execute(text("UPDATE sync_clock SET backed_up_at = now() - interval '49 hours'"))
        assert "more than 48 hours ago. Look why." in run("admin", "health", code=1)


class TestRegister:
    def test_a_database_elsewhere_needs_one_named(self, run: Run) -> None:
        for words in (("admin", "list"), ("server", "--port", "0")):
            assert run(*words, FIELDAPP_REGISTER="", code=1).startswith("Give --register as well")

    @pytest.mark.parametrize("words", [("admin", "list"), ("server", "--port", "0")])
    def test_what_is_wrong_with_it_is_said_in_danish(
        self, world: World, run: Run, freja: Device, words: tuple[str, ...]
    ) -> None:
        world.office.disable(freja.worker)
        whole = world.register.path.read_bytes()
        lines = whole.splitlines(keepends=True)
        for wrong, told in (
            (b"".join(lines[:-1]), "Registret er kortere, end databasen kender det"),
            (whole.replace(b'"retired"', b'"refired"'), "Registret er ændret, eller det hører til en anden database."),
            (None, "Registret er der ikke, og denne database har et."),
        ):
            world.register.path.unlink()
            if wrong is not None:
                world.register.path.write_bytes(wrong)
            assert run(*words, FIELDAPP_LANGUAGE="da", code=1).startswith(told)
            world.register.path.write_bytes(whole)
        with world.engine.begin() as tx:
            tx.execute(text("UPDATE sync_clock SET epoch = 'en anden'"))
        assert run(*words, FIELDAPP_LANGUAGE="da", code=1).startswith("Registret og databasen hører ikke sammen")

    def test_a_new_one_when_it_is_lost(self, world: World, run: Run, citizen: str) -> None:
        world.register.path.unlink()
        assert run("admin", "new-register", typed="no\n", code=1).endswith("Nothing was changed.")
        assert "There is a new register." in run("admin", "new-register", typed="new\n")
        run("admin", "list")

    def test_beside_an_embedded_database_there_is_one(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "data"
        run("admin", "team", "Opfundet", "--data", str(folder), FIELDAPP_DATABASE_URL="", FIELDAPP_REGISTER="")
        assert (folder / "register.jsonl").stat().st_mode & 0o777 == 0o600
        (folder / "register.jsonl").unlink()
        gone = run("admin", "list", "--data", str(folder), FIELDAPP_DATABASE_URL="", FIELDAPP_REGISTER="", code=1)
        assert gone.startswith("The register is not there")


def test_phones_and_workers_are_let_in_no_more(world: World, run: Run, freja: Device) -> None:
    [line] = run("admin", "devices").splitlines()
    assert line.startswith(f"{freja.enrolled.device}  Freja Opfundet  active") and "waiting" not in line
    freja.sync()
    assert "  waiting 0 20" in run("admin", "devices")
    handed_in = run("admin", "revoke", freja.enrolled.device)
    assert handed_in == "The phone sends what it has when it is next opened, and then wipes itself."
    lost = run("admin", "revoke", freja.enrolled.device, "--lost")
    assert lost == "The phone is not let in any more, and wipes itself when it next has a network."
    assert " lost " in run("admin", "devices")
    assert run("admin", "revoke", "abc", code=1).startswith("There is no phone with this id.")
    assert run("admin", "disable", "Freja Opfundet") == "Freja Opfundet has stopped. Citizens without anybody: 0"
    assert run("admin", "code", "Freja Opfundet", code=1) == "The worker has stopped."


WHYS = {
    RegisterError: ("missing", "changed", "cut", "other_epoch", "exists", "not_written"),
    BackupError: ("exists", "no_file", "damaged", "no_program", "failed", "not_written", "running", "restoring"),
}


@pytest.mark.parametrize(("error", "why"), [(error, why) for error, whys in WHYS.items() for why in whys])
def test_every_reason_has_a_sentence_of_its_own(error: type[RegisterError], why: str) -> None:
    assert why in (error.__doc__ or "")
    others = {sentence(error(other)) for other in WHYS[error] if other != why}
    assert sentence(error(why)) not in others | {sentence(ServerTrouble("register"))}


def test_the_server_says_at_its_start_that_the_backup_is_old(world: World, citizen: str, tmp_path: Path) -> None:
    backup.back_up(world.engine, tmp_path / "monday", lambda: world.now() - timedelta(days=4_000))
    where = ["--database-url", world.engine.url.render_as_string(), "--register", str(world.register.path)]
    command = [sys.executable, "-m", "fieldapp", "--language", "en", "server", "--port", "0", *where]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        server.terminate()
        assert server.wait(20) == 0
    assert line.startswith("The last backup was finished")
