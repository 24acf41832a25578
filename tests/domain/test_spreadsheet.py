"""A table that another program opens as it was written, and that runs nothing."""

import csv
import io
from pathlib import Path

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.spreadsheet import table

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
HEADS = ("Borger", "Dag", "Borgerens ord")


def read(path: Path) -> list[tuple[str, ...]]:
    """As DuckDB finds it: delimiter, quotes and encoding guessed, as a spreadsheet does."""
    return [tuple(row) for row in duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true)").fetchall()]


def test_danish_letters_semicolons_and_lines_are_read_by_another_program(tmp_path: Path) -> None:
    rows = [("Åse", "2026-12-01", 'Sagde "æbler; ærter"'), ("Bjørn", "2026-12-02", "To\nlinjer"), ("Ida", "", "x")]
    path = tmp_path / "notater.csv"
    path.write_bytes(table(HEADS, rows))
    assert [tuple(cell or "" for cell in row) for row in read(path)] == rows


def test_a_cell_never_becomes_a_formula() -> None:
    for begin in "=+-@\t\r":
        text = table(("x",), [(f"{begin}1+1",)]).decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(text.split("\r\n", 1)[1], newline="")))[0].startswith("'")


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_every_cell_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    text = table(HEADS, rows).decode("utf-8-sig")
    read_back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read_back[0] == list(HEADS)
    assert [[cell.removeprefix("'") for cell in row] for row in read_back[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
