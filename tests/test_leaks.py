"""A run in which somebody is named in a log fails, wherever that log would have gone."""

import ast
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.leaks.inside import keeping
from tests.leaks.plugin import SHORTEST, cast, search, words

ROOT = Path(__file__).parents[1]
HEAD = """
import logging, subprocess, sys

log = logging.getLogger("uvicorn.x")


def started(code):
    subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE)
"""
#: What is planted where, and the word by which it is found.
PLANTED = """
def test_in_a_message():
    log.error("could not save %s", "Åse Et")

def test_at_a_level_that_is_shown():
    log.setLevel("DEBUG")
    log.debug("Bent Sivebæk")

def test_in_a_logger_that_tells_nobody_above():
    log.propagate = False
    log.error("00 00 00 01")

def test_beside_the_message():
    log.error("told", extra={"who": "Freja Opfundet"})

def test_in_the_error_that_is_told():
    try:
        raise ValueError("duplicate key (name)=(Ida Opdigtet)")
    except ValueError:
        try:
            raise RuntimeError("no")
        except RuntimeError:
            log.exception("no")

def test_in_a_process_of_its_own():
    started("import logging; logging.error('Karim Opfundet')")

def test_in_what_nobody_caught_there():
    started("raise ValueError('010101-0000')")

def test_in_what_nobody_caught_in_a_thread():
    started("import threading; threading.Thread(target=int, args=['Åse To']).start()")
"""
FOUND = {
    *("Åse Et", "Bent Sivebæk", "00 00 00 01", "Freja Opfundet", "Ida Opdigtet", "Karim Opfundet", "010101-0000"),
    "Åse To",
}
HARMLESS = """
def test_it():
    log.error("ValueError in save, line 12, 01990000-0000-7000-8000-000000000001 at 2026-11-25 09:00")
    print("Åse Opfundet")
"""


def run(tests: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(HEAD + tests)
    (folder / "conftest.py").write_text('pytest_plugins = ["tests.leaks.plugin"]\n')
    there = {name: value for name, value in os.environ.items() if name != keeping.FOLDER}
    without = [word for name in ("cacheprovider", "playwright", "schemathesis") for word in ("-p", f"no:{name}")]
    command = [sys.executable, "-m", "pytest", "-q", *without, f"--rootdir={folder}", str(folder)]
    return subprocess.run(command, cwd=ROOT, env=there, capture_output=True, text=True)


def test_a_name_in_a_log_fails_the_run(tmp_path: Path) -> None:
    done = run(PLANTED, tmp_path)
    assert done.returncode == 1 and "8 passed" in done.stdout, done.stdout + done.stderr
    said = [line for line in done.stdout.splitlines() if line.startswith("somebody is named in a log")]
    assert {word for word in FOUND if any(word in line for line in said)} == FOUND, done.stdout


def test_ids_moments_and_what_a_test_prints_do_not(tmp_path: Path) -> None:
    done = run(HARMLESS, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_this_run_is_looked_at() -> None:
    folder = Path(os.environ[keeping.FOLDER])
    logging.getLogger("fieldapp.somewhere").error("said %s", "harmless-and-here")
    assert "fieldapp.somewhere: said harmless-and-here" in (folder / str(os.getpid())).read_text()


def test_everybody_of_practice_mode_is_looked_for(tmp_path: Path) -> None:
    people = sorted(set(cast()))
    assert len(people) > 200
    (tmp_path / "log").write_text("\n".join(f"x: {word}!" for word in people))
    assert len(set(search(tmp_path))) == len(people)


#: How a test says what a person is called, or what number they have: by name, and as the first thing told.
SAID_AS = {"known_as", "full_name", "phone", "cpr", "known-as", "full-name"}
TOLD = {"add_worker", "meet"}


def test_everybody_whom_a_test_invents_is_looked_for() -> None:
    """A name that is not would stand in a log unseen: add it to INVENTED, or call the person something Opfundet."""
    looked_for = re.compile("|".join(words()))
    people = {(name, str(file)) for file in (ROOT / "tests").rglob("*.py") for name in _people(file)}
    assert len(people) > 100
    assert sorted(each for each in people if not looked_for.search(each[0])) == []


def _people(file: Path) -> Iterator[str]:
    said: list[tuple[object, ast.expr]] = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            said += [(keyword.arg, keyword.value) for keyword in node.keywords]
            function = getattr(node.func, "attr", getattr(node.func, "id", None))
            said += [("known_as", node.args[0])] if function in TOLD and node.args else []
            said += [(getattr(node.args[0], "value", None), node.args[1])] if len(node.args) > 1 else []
        elif isinstance(node, ast.Dict):
            said += [(getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True)]
    for name, value in said:
        called = getattr(value, "value", None)
        if (
            name in SAID_AS
            and isinstance(called, str)
            and len(called) >= SHORTEST
            and re.search("^[A-ZÆØÅ]|[0-9]", called)
        ):
            yield called
