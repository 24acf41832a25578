"""Nothing that somebody types becomes a place on the disk but the place that was named for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from fieldapp import texts
from fieldapp.cli import app
from fieldapp.domain.erasure import Ground
from fieldapp.errors import RecordError
from fieldapp.server import backup
from fieldapp.server.console.why import Why
from fieldapp.server.dump import BackupError
from fieldapp.server.extract import DATA, TEXT, ExtractError
from tests.server.keeping import everything
from tests.sync.parts import Device, World

EVIL = (
    "../../etc/passwd",
    "..",
    "/etc/passwd",
    "..\\..\\x",
    "%2e%2e%2fx",
    "x\x00.txt",
    "~root",
    "$(id)",
    "`id`",
    "; rm -rf .",
    "x" * 5_000,
    "",
)


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def citizen(world: World, freja: Device) -> str:
    """Whose names, and whose workers' and phones', would lead elsewhere if anything were called after them."""
    for words in EVIL[:-2]:
        if "\x00" not in words:
            world.office.add_worker(words)
    citizen = freja.meet("../../Åse Opfundet", full_name="/etc/Åse")
    freja.sync()
    return citizen


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for what is written; around it nothing may have changed at the end."""
    folder = tmp_path / "out"
    folder.mkdir()
    before = files_in(tmp_path, folder)
    yield folder
    assert files_in(tmp_path, folder) == before


def files_in(root: Path, but: Path) -> set[Path]:
    """Devices' vaults lie there too, and go on writing."""
    return {
        path
        for path in root.rglob("*")
        if not path.is_relative_to(but) and path.relative_to(root).parts[0][:6] != "device"
    }


def test_an_extract_is_where_it_was_asked_for_and_called_nothing_else(world: World, citizen: str, folder: Path) -> None:
    world.office.extract(citizen, world.leader, folder / "x", Why.INSIGHT)
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == [
        Path("x"),
        Path("x", DATA),
        Path("x", TEXT),
    ]


@pytest.mark.parametrize("id", EVIL)
def test_an_id_is_none(world: World, citizen: str, folder: Path, id: str) -> None:
    before = everything(world.engine)
    office, leader = world.office, world.leader
    for act in (
        lambda: office.extract(id, leader, folder / "x", Why.INSIGHT),
        lambda: office.erase_citizen(id, leader, Ground.REQUEST),
        lambda: office.erase_record(id, leader, Ground.REQUEST),
        lambda: office.extract(citizen, id, folder / "x", Why.INSIGHT),
        lambda: office.assign(id, worker=leader),
        lambda: office.end_assignment(id),
        lambda: office.hand_over(id, worker=leader),
        lambda: office.revoke(id, lost=True),
        lambda: office.make_code(id),
        lambda: office.disable(id),
        lambda: office.join(id, id),
        lambda: office.accept(id, leader),
    ):
        with pytest.raises(RecordError):
            act()
    assert list(folder.iterdir()) == [] and everything(world.engine) == before


def test_a_link_in_the_place_is_not_followed(world: World, citizen: str, folder: Path, engine: Engine) -> None:
    elsewhere = folder / "elsewhere"
    for name in ("extract", "backup"):
        (folder / name).symlink_to(elsewhere)
    with pytest.raises(ExtractError):
        world.office.extract(citizen, world.leader, folder / "extract", Why.INSIGHT)
    try:
        backup.back_up(engine, folder / "backup", world.now)
    except BackupError as error:
        assert error.why == "exists"
    assert not elsewhere.exists()


def test_a_link_to_something_is_something(world: World, citizen: str, folder: Path, engine: Engine) -> None:
    there = folder / "there"
    there.write_text("Opdigtet")
    (folder / "link").symlink_to(there)
    with pytest.raises(ExtractError, match="exists"):
        world.office.extract(citizen, world.leader, folder / "link", Why.INSIGHT)
    with pytest.raises(BackupError, match="exists"):
        backup.back_up(engine, folder / "link", world.now)
    assert there.read_text() == "Opdigtet"


@pytest.mark.parametrize("command", ["extract", "backup"])
def test_a_name_as_typed_stays_in_its_folder(
    world: World, citizen: str, folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the command line, with what a shell would do something with; a place above is what it says, and is taken."""
    before = texts.language()
    said = ["--by", world.leader, "--reason", "insight"]
    monkeypatch.chdir(folder)
    there = {
        "FIELDAPP_DATABASE_URL": world.engine.url.render_as_string(),
        "FIELDAPP_REGISTER": str(world.register.path),
        "FIELDAPP_LANGUAGE": "en",
    }
    try:
        for name in ("$(id)", "`id`", "; rm -rf .", "..\\..\\x", "%2e%2e%2fx", "~root", "-", "æ ø"):
            words = ["admin", command, *([citizen] if command == "extract" else []), "--", name]
            if command == "extract":
                words = ["admin", command, *said, "--", citizen, name]
            world.engine.dispose()
            done = CliRunner().invoke(app, words, env=there)
            assert done.exit_code == 0, (name, done.output)
            assert (folder / name).exists()
        for name in ("..", ".", "no/such/folder/x", "x" * 300):
            words = ["admin", command, *([*said, citizen] if command == "extract" else []), name]
            world.engine.dispose()
            done = CliRunner().invoke(app, words, env=there)
            assert done.exit_code == 1 and len(done.output) < 400, (name, done.output)
    finally:
        texts.use_language(before)
    assert {path.name.removesuffix(".sha256") for path in folder.iterdir()} == {
        "$(id)", "`id`", "; rm -rf .", "..\\..\\x", "%2e%2e%2fx", "~root", "-", "æ ø",
    }  # fmt: skip


def test_a_text_of_the_office_is_a_text_whatever_is_in_it(world: World, engine: Engine) -> None:
    for words in ("'; DROP TABLE record; --", "1); DELETE FROM worker; --", "../../x", "{0} %s :x"):
        world.office.add_team(words)
        id = world.office.add_worker(words, job=words, phone=words)
        [stored] = [worker for worker in world.office.workers() if worker.id == id]
        assert (stored.name, stored.job, stored.phone) == (words, words, words)
        assert words in [team.name for team in world.office.teams()]
