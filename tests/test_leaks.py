"""A run in which somebody is named in a log fails, wherever that log would have gone."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from tests.leaks.inside import keeping
from tests.leaks.plugin import cast, search

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
    words = sorted(set(cast()))
    assert len(words) > 200
    (tmp_path / "log").write_text("\n".join(f"x: {word}!" for word in words))
    assert len(set(search(tmp_path))) == len(words)
