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


def test_what_was_written_stays_itself_where_it_is_no_formula() -> None:
    for cell in ("Å=E", "1+1", "kl. 9-10", "a@b", "'"):
        assert f'"{cell}"' in table(("x",), [(cell,)]).decode("utf-8-sig")


def read(path: Path) -> list[tuple[str, ...]]:
    """As DuckDB finds it: delimiter, quotes and encoding guessed, as a spreadsheet does."""
    return [tuple(row) for row in duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true)").fetchall()]


def test_danish_letters_semicolons_and_lines_are_read_by_another_program(tmp_path: Path) -> None:
    rows = [("Åse", "2026-12-01", 'Sagde "æbler; ærter"'), ("Bjørn", "2026-12-02", "To\nlinjer"), ("Ida", "", "x")]
    path = tmp_path / "notater.csv"
    path.write_bytes(table(HEADS, rows))
    assert [tuple(cell or "" for cell in row) for row in read(path)] == rows


def test_a_cell_never_becomes_a_formula() -> None:
    for begin in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n", "  =", "\xa0="):
        text = table(("x",), [(f"{begin}1+1",)]).decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(text.split("\r\n", 1)[1], newline="")))[0].startswith("'")


def test_a_spreadsheet_in_denmark_opens_it_by_itself() -> None:
    """Its mark says UTF-8, semicolons part the cells, each is quoted, and lines end as on Windows."""
    file = table(HEADS, [("Åse", "2026-12-01", 'x;y "z"')])
    assert file == '\ufeff"Borger";"Dag";"Borgerens ord"\r\n"Åse";"2026-12-01";"x;y ""z"""\r\n'.encode()


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_every_cell_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    text = table(HEADS, rows).decode("utf-8-sig")
    read_back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read_back[0] == list(HEADS)
    assert [[cell.removeprefix("'") for cell in row] for row in read_back[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
