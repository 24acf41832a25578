"""`fieldapp vault` as somebody types it: what it says, its exit code, and that it leaves alone what it refuses."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from fieldapp import errors, texts
from fieldapp.app import App
from fieldapp.cli import app
from fieldapp.demo import NoPlatform
from fieldapp.device import FileKeystore
from fieldapp.store import drafts, keyring, migrations, records
from fieldapp.store.checking import Finding, What, check
from fieldapp.store.database import Store
from fieldapp.store.engine import raw
from fieldapp.store.policy import WORDS
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import CitizenRow
from fieldapp.store.tries import FREE
from fieldapp.store.vault import create_vault, open_vault
from fieldapp.vault_cli import DEVICE_SECRET, MARK, _finding, _sentence
from tests.examples import NOW, an_id

SECRET, DEVICE = "hejre cykel mælk torsdag", bytes(range(32))
NAME = "Ægir Opdigtet"
Run = Callable[..., Result]
Image = dict[str, tuple[int, int, bytes]]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A device's folder: its vault with one citizen and a draft, and its keystore of files beside it."""
    device = tmp_path_factory.mktemp("device")
    asyncio.run(FileKeystore(device / "keys").write(DEVICE_SECRET, DEVICE))
    store = Store(create_vault(device / "vault", SECRET, DEVICE, cost=LOWEST_COST), an_id())
    with store.transaction() as session:
        records.add(session, CitizenRow(known_as=NAME), NOW)
        drafts.keep(session, "new", {"known_as": NAME}, NOW)
    store.close()
    return device


@pytest.fixture
def device(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "device"))


@pytest.fixture
def folder(device: Path) -> Path:
    return device / "vault"


@pytest.fixture
def run() -> Iterator[Run]:
    """A command in English; what is asked for is answered with the secret unless told otherwise."""
    before = texts.language()

    def run(*words: object, answer: str = f"{SECRET}\n", language: str = "en") -> Result:
        command = ["--language", language, "vault", *map(str, words)]
        return CliRunner().invoke(app, command, input=answer)

    yield run
    texts.use_language(before)


def said(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output
    assert SECRET not in result.output and NAME not in result.output
    return result.output.removeprefix("PIN or words: ").strip()


def image(folder: Path) -> Image:
    """Everything below a folder: sizes, times, bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def spoil(folder: Path, *statements: str) -> None:
    opened = open_vault(folder, SECRET, DEVICE)
    with opened.engine.begin() as connection:
        raw(connection).synced_open = True
        for statement in statements:
            connection.execute(text(statement))
    opened.close(compact=False)


def words_in(output: str) -> str:
    return output.splitlines()[-1].strip()


# check and stats


def test_a_whole_vault_is_said_to_be(run: Run, folder: Path) -> None:
    assert said(run("check", folder)).startswith("The storage is whole: ")


@pytest.mark.parametrize("command", ["check", "stats"])
def test_looking_changes_nothing_also_where_nothing_can_be_changed(run: Run, device: Path, command: str) -> None:
    for path in (*device.rglob("*"), device):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = image(device)
    said(run(command, device / "vault"))
    said(run(command, device / "vault", answer="forkert hest batteri\n"), 1)
    assert image(device) == before
    for path in (device, *device.rglob("*")):
        path.chmod(0o700)


def test_a_device_s_whole_folder_will_do(run: Run, device: Path) -> None:
    assert "whole" in said(run("check", device))


def test_the_secret_may_come_from_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    assert "whole" in said(run("check", folder, "--secret-file", tmp_path / "secret", answer=""))


def test_the_secret_is_never_an_argument_and_never_on_the_screen(run: Run, folder: Path) -> None:
    assert run("check", folder, SECRET).exit_code == 2
    assert run("check", folder, "--secret", SECRET).exit_code == 2
    assert run("check", folder).output.startswith("PIN or words: \n")


def test_another_folder_of_keys_may_be_given(run: Run, device: Path, tmp_path: Path) -> None:
    (device / "keys").rename(tmp_path / "elsewhere")
    assert said(run("check", device), 1).startswith("That does not open it.")
    assert "whole" in said(run("check", device, "--keys", tmp_path / "elsewhere"))
    assert said(run("check", device, "--keys", tmp_path), 1).startswith(f"There is no file {DEVICE_SECRET} in")


def test_what_the_app_made_is_opened_by_its_folder_alone(run: Run, tmp_path: Path) -> None:
    made = App(tmp_path / "vault", FileKeystore(tmp_path / "keys"), NoPlatform(), cost=LOWEST_COST)
    with pytest.raises(errors.VaultDamaged, match="no_device_key"):  # it was never enrolled; the vault is there
        asyncio.run(made.choose_secret(SECRET))
    assert (tmp_path / "keys" / DEVICE_SECRET).exists()
    assert "whole" in said(run("check", tmp_path))


def test_an_older_copy_is_told_by_the_mark_beside_the_device_secret(run: Run, device: Path) -> None:
    opened = open_vault(device / "vault", SECRET, DEVICE)
    mark = opened.mark
    opened.close()
    asyncio.run(FileKeystore(device / "keys").write(MARK, mark.to_bytes()))
    assert "whole" in said(run("check", device))
    asyncio.run(FileKeystore(device / "keys").write(MARK, mark._replace(seq=mark.seq + 1).to_bytes()))
    assert said(run("check", device), 1).startswith("It stands behind the mark kept of it: an older copy")
    before = image(device)
    assert said(run("compact", device), 1).startswith("It stands behind the mark kept of it. Let the app open it")
    assert {name for name, seen in image(device).items() if seen[2] != before[name][2]} <= {"vault/tries"}
    said(run("stats", device))
    words = words_in(said(run("export", device, device / "copy")))
    assert "whole" in said(run("check", device / "copy", answer=f"{words}\n"))


def test_what_is_wrong_is_said_one_by_one_and_the_exit_code_is_1(run: Run, folder: Path) -> None:
    spoil(folder, "DROP TRIGGER goal_insert", "DELETE FROM citizen")
    before = image(folder)
    lines = said(run("check", folder), 1).splitlines()
    assert lines[:2] == [
        "Table goal lacks triggers that guard it (1).",
        "Table citizen: changes wait to be sent, and their rows are not there (1).",
    ]
    assert lines[2].startswith("Something in the storage is not as it should be.")
    assert image(folder) == before


def test_a_damaged_page_is_named(run: Run, folder: Path) -> None:
    spoil(folder, "INSERT INTO setting VALUES ('x', '1')")  # so that the pages before are not those of the last record
    log = folder / "vault-1.log"
    content = bytearray(log.read_bytes())
    content[len(content) // 3] ^= 1
    log.write_bytes(content)
    assert "\nPage " in f"\n{said(run('check', folder), 1)}"


def test_a_long_row_of_findings_is_counted(run: Run, folder: Path) -> None:
    kinds = sorted(migrations.tables.TABLES)
    spoil(folder, *(f'DROP TRIGGER "{kind}_insert"' for kind in kinds))
    lines = said(run("check", folder), 1).splitlines()
    assert f"And {len(kinds) - 20} more." in lines
    assert len(lines) == 22


def test_a_torn_end_is_told_and_the_exit_code_is_0(run: Run, folder: Path) -> None:
    with (folder / "vault-1.log").open("ab") as log:
        log.write(bytes(77))
    lines = said(run("check", folder)).splitlines()
    assert lines[0].startswith("77 bytes at the end are half written")
    assert lines[1].startswith("The storage is whole")


def test_beside_a_running_app_it_says_so(run: Run, folder: Path) -> None:
    opened = open_vault(folder, SECRET, DEVICE)
    output = said(run("check", folder))
    opened.close()
    assert output.startswith("The app has the storage open.")
    assert "whole" in output


def test_the_numbers_are_said_without_a_word_of_content(run: Run, folder: Path) -> None:
    citizen = records_of(folder)
    output = said(run("stats", folder))
    assert f"Format 1, schema {migrations.LATEST}, generation 1, commit " in output
    assert f"Opened by: worker (scrypt {LOWEST_COST})" in output
    assert "Waiting to be sent: 1. Refused: 0." in output
    assert f"The oldest that is not sent: {NOW.astimezone(UTC):%Y-%m-%d %H:%M} UTC" in output
    assert "Drafts: 1" in output
    assert "\n  citizen  1" in output and "\n  contact  0" in output
    assert "again under a new key" not in output
    assert citizen not in output
    spoil(
        folder,
        "INSERT INTO sync_state (id, erased_in, role, lease_days, epoch, since, upto, durable, left, "
        "fetched, complete, resetting, next_in, min_schema, view, behind) "
        "VALUES (1, 1, '', 0, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, '[]', '{}')",
    )
    assert "again under a new key" in said(run("stats", folder))


def records_of(folder: Path) -> str:
    opened = open_vault(folder, SECRET, DEVICE)
    with opened.engine.connect() as connection:
        found = str(connection.execute(text("SELECT id FROM citizen")).scalar_one())
    opened.close()
    return found


# export


def test_a_sealed_copy_opens_anywhere_with_the_words_that_were_said_once(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    before = image(folder)
    copy = tmp_path / "copy"
    output = said(run("export", folder, copy))
    words = words_in(output)
    assert len(words.split(" ")) == 4 and set(words.split(" ")) <= set(WORDS)
    assert output.count(words) == 1
    assert image(folder) == before
    assert "whole" in said(run("check", copy, answer=f"{words}\n"))
    assert said(run("check", copy), 1).startswith("That does not open it.")
    assert check(copy, words, b"").findings == ()


def test_a_copy_beside_a_device_s_keys_opens_all_the_same(run: Run, device: Path) -> None:
    words = words_in(said(run("export", device, device / "copy")))
    for command in ("check", "stats", "compact"):
        said(run(command, device / "copy", answer=f"{words}\n"))


def test_the_copy_s_words_may_come_from_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "words"
    new.write_text("kort", encoding="utf-8")
    output = said(run("export", folder, tmp_path / "copy", "--new-secret-file", new), 1)
    assert output == "Choose at least 12 characters, or the four words."
    assert not (tmp_path / "copy").exists()
    new.write_text("sommerhus ved vandet\n", encoding="utf-8")
    output = said(run("export", folder, tmp_path / "copy", "--new-secret-file", new))
    assert "sommerhus" not in output
    assert "whole" in said(run("check", tmp_path / "copy", "--secret-file", new))


def test_a_plain_copy_is_made_only_when_the_word_was_typed(run: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "plain.sqlite"
    for answer in ("", "yes\n", "\n", f"{SECRET}\n"):
        output = run("export", folder, target, "--plain", answer=answer)
        assert output.exit_code == 1
        assert "everything in clear" in output.output
        assert not target.exists()
    output = said(run("export", folder, target, "--plain", answer=f"unencrypted\n{SECRET}\n"))
    assert "Delete it when you are done." in output
    assert target.stat().st_mode & 0o77 == 0
    with sqlite3.connect(target) as plain:
        assert plain.execute("SELECT known_as FROM citizen").fetchall() == [(NAME,)]
    plain.close()


def test_a_script_may_say_yes_beforehand_and_is_warned_too(run: Run, folder: Path, tmp_path: Path) -> None:
    output = said(run("export", folder, tmp_path / "plain", "--plain", "--yes-unencrypted"))
    assert "everything in clear" in output
    assert (tmp_path / "plain").read_bytes().startswith(b"SQLite format 3")


def test_yes_alone_makes_no_plain_copy(run: Run, folder: Path, tmp_path: Path) -> None:
    said(run("export", folder, tmp_path / "copy", "--yes-unencrypted"))
    assert (tmp_path / "copy" / "keyring.json").exists()


@pytest.mark.parametrize("plain", [(), ("--plain", "--yes-unencrypted")])
def test_nothing_is_written_over_and_nothing_into_nowhere(
    run: Run, folder: Path, tmp_path: Path, plain: tuple[str, ...]
) -> None:
    (tmp_path / "there").write_text("en andens")
    output = said(run("export", folder, tmp_path / "there", *plain), 1)
    assert output == "There is something at the target already. Nothing is ever written over."
    assert (tmp_path / "there").read_text() == "en andens"
    output = said(run("export", folder, tmp_path / "no" / "where", *plain), 1)
    assert output.endswith("The folder that the target should lie in is not there.")


# compact


def test_compacting_says_what_it_took_and_takes(run: Run, folder: Path) -> None:
    before = (folder / "vault-1.log").stat().st_size
    output = said(run("compact", folder))
    after = (folder / "vault-2.log").stat().st_size
    assert output == f"It took {-(-before // 1000)} kB and takes {-(-after // 1000)} kB now."
    assert after < before


def test_a_vault_in_use_is_not_compacted(run: Run, folder: Path) -> None:
    opened = open_vault(folder, SECRET, DEVICE)
    before = image(folder)
    assert said(run("compact", folder), 1).startswith("The app is already open elsewhere on this machine.")
    assert image(folder) == before
    opened.close()


def test_who_guesses_at_compacting_has_to_wait_as_in_the_app(run: Run, folder: Path) -> None:
    for _ in range(FREE + 1):
        result = run("compact", folder, answer="forkert hest batteri\n")
        if "Too many" in result.output:
            break
    assert said(run("compact", folder), 1).startswith("Too many tries. Wait ")


# Every error and every finding has its words


def all_kinds(kind: type[errors.VaultError]) -> list[type[errors.VaultError]]:
    return [kind, *(deeper for one in kind.__subclasses__() for deeper in all_kinds(one))]


#: A finger or a face is asked for by a phone, never here.
KINDS = [kind for kind in all_kinds(errors.VaultError)[1:] if kind is not errors.NotRecognised]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_a_vault_has_a_sentence_of_its_own(kind: type[errors.VaultError]) -> None:
    needs = {errors.TooManyTries: [5], errors.VaultOlder: [None]}
    error = kind(*needs.get(kind, []))  # type: ignore[arg-type]
    assert error.kind not in _sentence(error)


@pytest.mark.parametrize("what", What.__args__)  # type: ignore[attr-defined]
def test_every_finding_has_a_sentence_in_both_languages(what: What) -> None:
    before = texts.language()
    spoken = []
    for language in ("da", "en"):
        texts.use_language(language)
        spoken.append(_finding(Finding(what, "goal", 3)))
    texts.use_language(before)
    assert len(set(spoken)) == 2
    assert all("{" not in sentence for sentence in spoken)


def test_everything_is_said_in_danish_unless_asked_otherwise(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("check", folder, language="da")
    assert result.output.startswith("Kode eller ord: \nLageret er helt: ")
    result = run("export", folder, tmp_path / "plain", "--plain", language="da", answer=f"ukrypteret\n{SECRET}\n")
    assert "Alt kommer til at stå ubeskyttet i filen: borgeres navne" in result.output
    assert result.exit_code == 0


def test_the_whole_command_line_names_it() -> None:
    assert "vault" in CliRunner().invoke(app, ["--help"]).output
    shown = CliRunner().invoke(app, ["vault", "--help"]).output
    assert all(command in shown for command in ("check", "stats", "export", "compact"))
    assert keyring.NAME not in shown
