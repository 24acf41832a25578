"""SECURITY.md promises nothing that no test shows: every test it names is there, every control has one or a reason."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
#: MASVS 2.1: how many controls each group has.
GROUPS = {
    "STORAGE": 2,
    "CRYPTO": 2,
    "AUTH": 3,
    "NETWORK": 2,
    "PLATFORM": 3,
    "CODE": 4,
    "RESILIENCE": 4,
    "PRIVACY": 4,
}
CONTROLS = [f"MASVS-{group}-{number}" for group, count in GROUPS.items() for number in range(1, count + 1)]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
#: A dozen letters of reason at least.
REASON = re.compile(r"\b(Waits|Not done): \w.{12,}")


def rows(text: str = TEXT) -> list[list[str]]:
    """The cells of each row of the table of controls."""
    return [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| MASVS-")]


def shows(row: list[str]) -> bool:
    return len(row) == 4 and all(cell.strip() for cell in row) and bool(TEST.search(row[3]) or REASON.search(row[3]))


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(TEXT))))
def test_every_test_it_names_is_there(file: str, name: str) -> None:
    assert re.search(rf"^\s*(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_control_has_one_row() -> None:
    assert Counter(row[0].strip() for row in rows()) == Counter(CONTROLS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0].strip())
def test_every_control_has_a_test_or_a_reason(row: list[str]) -> None:
    assert shows(row)


@pytest.mark.parametrize(
    "row",
    [
        "| MASVS-X-1 | asks | does |  |",
        "| MASVS-X-1 | asks | does | soon |",
        "| MASVS-X-1 | asks | does | Not done: |",
        "| MASVS-X-1 | asks |  | `tests/test_a.py::test_b` |",
        "| MASVS-X-1 | asks | `tests/test_a.py::test_b` | Waits |",
    ],
)
def test_a_row_that_shows_nothing_is_found(row: str) -> None:
    assert not shows(rows(row)[0])


def test_what_looks_like_a_test_is_one() -> None:
    """A name that is written another way would not be looked for."""
    assert len(re.findall(r"test_\w+\.py::", TEXT)) == len(TEST.findall(TEXT))


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(((?!https?:)[^)#]+)\)", TEXT))))
def test_what_it_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()
