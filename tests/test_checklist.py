"""docs/checklist.md: every row of the working day once, and every test it names is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = re.compile(r"^\| ([A-Z]\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
WANTED = [
    *(f"E{n}" for n in range(1, 12)),
    *(f"H{n}" for n in range(1, 16)),
    *(f"I{n}" for n in range(1, 10)),
    *(f"J{n}" for n in range(1, 9)),
    *(f"C{n}" for n in range(14, 18)),
    *(f"T{n}" for n in range(1, 21)),
]


def rows() -> Iterator[tuple[str, str, str]]:
    yield from ROWS.findall((ROOT / "docs/checklist.md").read_text())


def test_every_row_stands_here_once() -> None:
    assert [row for row, _what, _test in rows()] == WANTED


@pytest.mark.parametrize(("row", "what", "test"), list(rows()), ids=lambda value: value if len(value) < 4 else "")
def test_each_names_a_test_that_is_there_or_says_why_it_waits(row: str, what: str, test: str) -> None:
    assert what
    if test.startswith("waits: class "):
        assert re.fullmatch(r"waits: class [CTO], .+", test)
        return
    path, _, name = test.partition("::")
    assert re.search(rf"^\s*(async )?def {re.escape(name)}\(", (ROOT / path).read_text(), re.MULTILINE) or re.search(
        rf"^{re.escape(name)} = ", (ROOT / path).read_text(), re.MULTILINE
    ), f"{row}: {test}"
