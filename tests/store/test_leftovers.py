"""What is deleted leaves no copy of itself in any page, however SQLite moves things about."""

import random
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.store import vfs
from fieldapp.store.vault import Vault, open_with_key
from tests.fresh import KEY

SIZES = (0, 20, 50, 120, 400, 900, 3_000, 9_000)


def history(folder: Path, seed: int) -> tuple[Vault, set[str]]:
    """A vault in which rows of all sizes were written, changed and deleted; and the words that are still there."""
    opened, draw, here = open_with_key(folder, KEY), random.Random(seed), dict[int, str]()
    with opened.engine.begin() as connection:
        connection.execute(text("CREATE TABLE told (id INTEGER PRIMARY KEY, word TEXT, more TEXT)"))
        connection.execute(text("CREATE INDEX by_word ON told (word)"))
    for turn in range(12):
        with opened.engine.begin() as connection:
            for number in range(40):
                id, word = draw.randrange(300), f"ORD{turn:02}{number:02}"
                row = {"id": id, "word": word, "more": f"{word} " + "x" * draw.choice(SIZES)}
                connection.execute(text("INSERT OR REPLACE INTO told VALUES (:id, :word, :more)"), row)
                here[id] = word
            for id in draw.sample(sorted(here), len(here) // 3):
                connection.execute(text("DELETE FROM told WHERE id = :id"), {"id": id})
                del here[id]
    return opened, set(here.values())


def words_in_pages(opened: Vault) -> set[str]:
    pages = b"".join(opened._log.read(number) for number in range(opened._log.size))
    return {word.decode() for word in re.findall(rb"ORD\d{4}", pages)}


@pytest.mark.parametrize("seed", range(6))
def test_only_what_is_there_stands_in_the_pages(folder: Path, seed: int):
    opened, here = history(folder, seed)
    assert words_in_pages(opened) == here
    with opened.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert set(connection.execute(text("SELECT word FROM told")).scalars()) == here
    opened.close()


def test_no_page_is_a_map_that_looks_like_a_tree(folder: Path):
    opened = open_with_key(folder, KEY)
    with opened.engine.connect() as connection:
        assert connection.execute(text("PRAGMA auto_vacuum")).scalar() == 0
    opened.close()


def test_sqlite_alone_would_leave_some(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vfs, "_empty", lambda page, start: None)
    left = set()
    for seed in range(6):
        opened, here = history(folder / str(seed), seed)
        left |= words_in_pages(opened) - here
        opened.close()
    assert left
