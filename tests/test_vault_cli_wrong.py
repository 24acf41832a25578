"""What `fieldapp vault` says of what cannot be read, for each thing that can be wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.store import migrations
from fieldapp.vault_cli import DEVICE_SECRET
from tests.test_vault_cli import SECRET as SECRET
from tests.test_vault_cli import Run as Run
from tests.test_vault_cli import device as device
from tests.test_vault_cli import folder as folder
from tests.test_vault_cli import image as image
from tests.test_vault_cli import original as original
from tests.test_vault_cli import run as run
from tests.test_vault_cli import said as said
from tests.test_vault_cli import spoil as spoil


def nothing_there(folder: Path) -> None:
    shutil.rmtree(folder)


def something_else(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "letter.txt").write_text("opdigtet")


def damaged_keyring(folder: Path) -> None:
    (folder / "keyring.json").write_bytes((folder / "keyring.json").read_bytes().replace(b"scrypt", b"x")[:-9])


def no_log(folder: Path) -> None:
    (folder / "vault-1.log").unlink()


def unreadable(folder: Path) -> None:
    no_log(folder)
    (folder / "vault-1.log").mkdir()


def other_bytes(folder: Path) -> None:
    (folder / "vault-1.log").write_bytes(bytes(5000))


def newer_keyring(folder: Path) -> None:
    path = folder / "keyring.json"
    path.write_bytes(path.read_bytes().replace(b'"v": 1', b'"v": 9'))


def newer_schema(folder: Path) -> None:
    spoil(folder, f"INSERT INTO migration VALUES ({migrations.LATEST + 1}, 'from the future')")


def newer_format(folder: Path) -> None:
    log = folder / "vault-1.log"
    log.write_bytes(log.read_bytes()[:8] + b"\2" + log.read_bytes()[9:])


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (nothing_there, "There is no storage in this folder."),
        (something_else, "There is no storage in this folder."),
        (damaged_keyring, "keyring.json is damaged"),
        (no_log, "The log that keyring.json names is not there."),
        (unreadable, "The files cannot be read."),
        (other_bytes, "The first bytes of the log are damaged."),
        (newer_keyring, "The storage was made by a newer app."),
        (newer_schema, "The storage was made by a newer app."),
        (newer_format, "The storage was made by a newer app."),
    ],
)
@pytest.mark.parametrize("command", ["check", "stats", "export", "plain", "compact"])
def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    run: Run, device: Path, tmp_path: Path, command: str, spoilt: Callable[[Path], None], sentence: str
) -> None:
    spoilt(device / "vault")
    before = image(device)
    words = {"export": [tmp_path / "target"], "plain": [tmp_path / "target", "--plain", "--yes-unencrypted"]}
    name = "export" if command == "plain" else command
    output = said(run(name, device / "vault", *words.get(command, [])), 1)
    assert sentence in output
    after = image(device)
    assert {name: after[name] for name in after if not name.endswith(("tries", "lock"))} == {
        name: before[name] for name in before if not name.endswith(("tries", "lock"))
    }
    assert command == "compact" or after == before
    assert not (tmp_path / "target").exists()


def test_a_file_that_is_no_secret_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for file in (tmp_path / "bytes", tmp_path / "nothing", tmp_path):
        assert said(run("check", folder, "--secret-file", file), 1) == f"The file {file} cannot be read."


def test_what_cannot_be_read_is_told(run: Run, device: Path) -> None:
    (device / "keys" / DEVICE_SECRET).unlink()
    (device / "keys" / DEVICE_SECRET).mkdir()
    assert said(run("check", device), 1) == "The files cannot be read. Nothing was changed."
