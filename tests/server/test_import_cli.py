"""`fieldapp admin import`: tried first, a sentence for each thing that is wrong, never a word of what stands there."""

from pathlib import Path

import pytest

from fieldapp.server import list_words
from fieldapp.server.lists import Problem, What
from fieldapp.texts import use_language
from tests.server.people import Phone
from tests.server.test_cli import Run, run, said

__all__ = ["run"]  # the fixture
HEAD = "nummer;kaldenavn;cpr;medarbejder\n"


@pytest.fixture
def file(tmp_path: Path, run: Run) -> Path:
    said(run("admin", "worker", "Birgit Opfundet", "--role", "leader"))
    return tmp_path / "borgere.csv"


def test_it_is_tried_and_then_taken(run: Run, freja: Phone, file: Path) -> None:
    file.write_text(HEAD + "B-1;Åse;;Freja Opfundet\n", encoding="cp1252")
    command = ("admin", "import", "citizens", str(file), "--by", "Birgit Opfundet")
    assert said(run(*command)).splitlines() == [
        "New: 1. There already, left as they are: 0.",
        "This was only tried. To take it: the same command with --do-it",
    ]
    assert not [row for row in freja.catch_up().values() if row.row == "citizen"]
    assert said(run(*command, "--do-it")).splitlines()[1] == "Taken."
    assert said(run(*command, "--do-it")).splitlines()[0] == "New: 0. There already, left as they are: 1."


def test_workers_too(run: Run, file: Path) -> None:
    file.write_text("nummer;navn\nM-1;Ægir Opfundet\n", encoding="utf-8")
    words = said(run("admin", "import", "workers", str(file), "--by", "Birgit Opfundet", "--do-it"))
    assert words.splitlines()[-1] == "Taken."
    assert "Ægir Opfundet" in said(run("admin", "list"))


def test_what_is_wrong_is_said_in_danish_by_line_without_what_stands_there(run: Run, freja: Phone, file: Path) -> None:
    file.write_text(HEAD + "B-1;Åse;311299-9999;Nogen Hemmelig\nB-1;Bent;010203-0000;Freja Opfundet\n")
    command = ("admin", "import", "citizens", str(file), "--by", "Birgit Opfundet", "--do-it")
    result = run("--language", "da", *command)
    assert said(result, 1).splitlines() == [
        "Linje 2, medarbejder: den medarbejder er ikke her.",
        "Linje 3, nummer: nummeret står også i linje 2.",
        "Intet er taget med. Ret listen, og prøv igen.",
    ]
    file.write_text(HEAD.replace("kaldenavn", "Åse Hemmelig") + "B-1;Bent;3112999999;Freja Opfundet\n")
    words = said(run(*command), 1)
    assert "Line 1, column 2: this column is not known." in words
    assert not [each for each in ("Hemmelig", "Bent", "311299") if each in words]


def test_many_things_that_are_wrong_are_told_in_part(run: Run, freja: Phone, file: Path) -> None:
    file.write_text(HEAD + "".join(f"B-{n};Åse;x;Freja Opfundet\n" for n in range(60)))
    lines = said(run("admin", "import", "citizens", str(file), "--by", "Birgit Opfundet"), 1).splitlines()
    assert (len(lines), lines[-2]) == (52, "… and 10 more.")


def test_a_file_that_is_not_there_and_one_who_may_not(run: Run, freja: Phone, file: Path) -> None:
    command = ("admin", "import", "citizens", str(file), "--by")
    assert said(run(*command, "Birgit Opfundet"), 1) == "The file cannot be read. Is it there?"
    file.write_text(HEAD + "B-1;Åse;;Freja Opfundet\n")
    assert said(run(*command, "Freja Opfundet"), 1).startswith("Give --by a leader")


@pytest.mark.parametrize("what", What)
@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_that_can_be_wrong_has_a_sentence(what: What, language: str) -> None:
    use_language(language)
    words = list_words.sentence(Problem(what, 7, "cpr", other=3))
    assert "7" in words and "None" not in words and not set("{}") & set(words)
    use_language("da")
