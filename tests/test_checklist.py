"""docs/checklist.md: every row of the sources once, and every test it names is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = re.compile(r"^\| ([A-Z]\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
#: How many rows each group of the checklist has.
GROUPS = {
    "A": 10,
    "B": 5,
    "C": 20,
    "D": 13,
    "E": 11,
    "F": 12,
    "G": 23,
    "H": 15,
    "I": 9,
    "J": 8,
    "K": 12,
    "L": 9,
    "M": 6,
    "N": 14,
    "O": 7,
    "P": 10,
    "Q": 3,
    "T": 20,
}
WANTED = [f"{group}{n}" for group, many in GROUPS.items() for n in range(1, many + 1)]


def rows() -> Iterator[tuple[str, str, str]]:
    yield from ROWS.findall((ROOT / "docs/checklist.md").read_text())


def test_every_row_stands_here_once() -> None:
    assert [row for row, _what, _test in rows()] == WANTED


@pytest.mark.parametrize(("row", "what", "test"), list(rows()), ids=lambda value: value if len(value) < 4 else "")
def test_each_names_a_test_that_is_there_or_says_why_it_waits(row: str, what: str, test: str) -> None:
    assert what
    if test.startswith("waits: class "):
        assert re.fullmatch(r"waits: class [TO], .+", test)
        return
    path, _, name = test.partition("::")
    assert re.search(rf"^\s*(async )?def {re.escape(name)}\(", (ROOT / path).read_text(), re.MULTILINE) or re.search(
        rf"^{re.escape(name)} = ", (ROOT / path).read_text(), re.MULTILINE
    ), f"{row}: {test}"
