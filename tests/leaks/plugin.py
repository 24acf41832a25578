"""Nothing of what people are called or what was written about them stands in any log: looked for after every run.

Every record that any logger of any process of the run gets, every exception nobody caught, and the database's own log
go into one folder (`keeping.py`). When the run is over the folder is searched for the invented people, and one that is
found fails the run. `sitecustomize.py` in `inside` does the same for the processes that tests start.
"""

import dataclasses
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldapp.practice.cast import CAST, WORKERS
from tests.leaks.inside import keeping

#: How tests call people, and what they let them write; numbers of phones and of persons.
INVENTED = (
    r"[Oo]pfund\w*",
    r"[Oo]pdigt\w*",
    r"Åse",
    r"Ærøskøbing",
    r"(?<![\w-])(?:Ægir|Aegir|Øjvind|Ømand|Ødegård|Alma|Bodil|Ellevte|Erik|Fremmed|Mareck|Nynavn|Rikke|Udefra)(?![\w-])",
    r"(?<![\w-])(?:Birgit|Freja|Karim|Lena) [A-ZÆØÅ]\w+",
    r"(?<![\w.:-])\d\d \d\d \d\d \d\d(?![\w-])",
    r"(?<![\w.:-])(?:\+45)?(?:00 ?00 ?\d\d ?\d\d|00 (?P<twice>\d)(?P=twice)|01234567|11223344|20123456)(?![\w-])",
    r"(?<![\w-])(?:\d{6}-\d{4}|0101701234)(?![\w-])",
)
#: A shorter name is found in too much else.
SHORTEST = 4
INSIDE = str(Path(__file__).parent / "inside")


def pytest_configure(config: pytest.Config) -> None:
    """The first of the processes of a run makes the folder; those of pytest-xdist find it."""
    if keeping.FOLDER not in os.environ:
        config.stash[_OURS] = folder = tempfile.TemporaryDirectory(prefix="vedhold-logs-")
        os.environ[keeping.FOLDER] = folder.name
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (INSIDE, os.environ.get("PYTHONPATH"))))
    keeping.begin()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _OURS in session.config.stash:
        found = sorted(search(Path(session.config.stash[_OURS].name)))
        session.config.stash[_FOUND] = found
        if found:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for line in config.stash.get(_FOUND, []):
        terminalreporter.write_line(f"somebody is named in a log: {line}", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _OURS in config.stash:
        config.stash[_OURS].cleanup()
        del os.environ[keeping.FOLDER]


_OURS = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_FOUND = pytest.StashKey[list[str]]()


def search(folder: Path) -> Iterator[str]:
    """The lines in which somebody is named, each once."""
    named = re.compile("|".join(words()))
    lines = {line for file in folder.iterdir() for line in file.read_text(errors="replace").splitlines()}
    return (line[:300] for line in lines if named.search(line))


def words() -> Iterator[str]:
    """What is looked for, as regular expressions."""
    yield from INVENTED
    yield from map(_whole, sorted(set(cast())))


def cast() -> Iterator[str]:
    """What the people of practice mode are called, their numbers, and every sentence that is written about them."""
    for worker in WORKERS:
        yield from (worker.name, worker.phone)
    for citizen in CAST:
        yield from _said(dataclasses.asdict(citizen))


def _said(value: Any) -> Iterator[str]:
    """Names begin large, sentences hold a space; codes do neither."""
    if isinstance(value, dict | tuple | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _said(inner)
    elif isinstance(value, str) and len(value) >= SHORTEST and (value[0].isupper() or " " in value):
        yield value


def _whole(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"
