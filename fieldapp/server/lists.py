"""A municipality's own list as a file of comma- or semicolon-separated values: into cells, or problems by line.

Nothing of what is in the file is ever told: a problem is a line, a column and a word.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldapp.domain import cpr
from fieldapp.domain.names import fold
from fieldapp.words import word

LARGEST = 5_000_000
"""Bytes."""
MOST_LINES = 10_000
MOST_PROBLEMS = 50
_BOM = "\ufeff"
_YES, _NO = frozenset({"ja", "j", "yes", "x", "1", "true"}), frozenset({"nej", "n", "no", "0", "false"})
#: 2026-11-25, 25-11-2026, 25.11.2026 and 25/11/2026.
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
    re.compile(r"(?P<d>\d\d?)[-./](?P<m>\d\d?)[-./](?P<y>\d{4})"),
)


class What(StrEnum):
    """What is wrong. Of the file: encoding, empty, too_large, not_a_list; of a column; of a cell in a line."""

    ENCODING = "encoding"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_LIST = "not_a_list"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    NO_COLUMN = "no_column"
    TOO_MANY_CELLS = "too_many_cells"
    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_DAY = "bad_day"
    BAD_FLAG = "bad_flag"
    BAD_WORD = "bad_word"
    BAD_CPR = "bad_cpr"
    BAD_TEXT = "bad_text"
    NUMBER_IS_CPR = "number_is_cpr"
    UNKNOWN_WORKER = "unknown_worker"
    SEVERAL_WORKERS = "several_workers"
    UNKNOWN_TEAM = "unknown_team"
    TWICE = "twice"
    CPR_TWICE = "cpr_twice"
    CPR_KNOWN = "cpr_known"
    DEPUTY = "deputy"


@dataclass(frozen=True)
class Problem:
    """`line` counts from 1, the one with the names of the columns; 0 is the file. `column` is one of ours, never the
    file's. `place`: which column from the left. `other`: another line."""

    what: What
    line: int = 0
    column: str | None = None
    place: int | None = None
    other: int | None = None


@dataclass(frozen=True)
class Column:
    """`name` stands in the first line. `words`: what a cell may say, by code or by name. `limit`: characters."""

    name: str
    kind: str = "text"  # text | day | flag | word | cpr
    required: bool = False
    limit: int = 200
    words: type[StrEnum] | None = None


@dataclass(frozen=True)
class Line:
    """Cells as they are kept: text, True and False, days as ISO text, codes. An empty cell is not there."""

    number: int
    cells: Mapping[str, str | bool]

    def text(self, column: str) -> str | None:
        value = self.cells.get(column)
        return value if isinstance(value, str) else None


@dataclass(frozen=True)
class Read:
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(data: bytes, columns: Sequence[Column]) -> Read:
    """Every line with its cells, and all that is wrong with the file by itself. Whatever the bytes are, it answers."""
    if len(data) > LARGEST:
        return Read(problems=(Problem(What.TOO_LARGE),))
    text = _decoded(data)
    if text is None:
        return Read(problems=(Problem(What.ENCODING),))
    rows = _rows(text, columns)
    if isinstance(rows, Problem):
        return Read(problems=(rows,))
    if len(rows) < 2:
        return Read(problems=(Problem(What.EMPTY),))
    if len(rows) > MOST_LINES:
        return Read(problems=(Problem(What.TOO_LARGE),))
    (first, heads), *rest = rows
    order, problems = _heads(heads, columns, first)
    if problems:
        return Read(problems=tuple(problems))
    lines = []
    for number, cells in rest:
        line, wrong = _line(number, cells, order)
        lines.append(line)
        problems += wrong
    return Read(tuple(lines), tuple(problems))


def _decoded(data: bytes) -> str | None:
    """UTF-8 with or without its mark, else what Danish Windows writes. None for what is neither."""
    for encoding in ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding).removeprefix(_BOM)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _rows(text: str, columns: Sequence[Column]) -> list[tuple[int, list[str]]] | Problem:
    """Each row that says anything, with the line it begins in; or where the file stops being such a list."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = {fold(column.name) for column in columns}
    by = max(";,\t", key=lambda sign: (sum(_plain(cell) in known for cell in first.split(sign)), first.count(sign)))
    found, begins = [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=by, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, [cell.replace("\u00a0", " ").strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        return Problem(What.NOT_A_LIST, begins)
    return found


def _plain(head: str) -> str:
    return fold(" ".join(head.replace("_", " ").replace('"', " ").split()))


def _heads(heads: Sequence[str], columns: Sequence[Column], line: int) -> tuple[list[Column], list[Problem]]:
    by_name = {_plain(column.name): column for column in columns}
    order: list[Column] = []
    problems = []
    last = max((place for place, head in enumerate(heads, 1) if head), default=0)
    for place, head in enumerate(heads[:last], 1):
        column = by_name.get(_plain(head))
        if column is None:
            problems.append(Problem(What.UNKNOWN_COLUMN, line, place=place))
        elif column in order:
            problems.append(Problem(What.COLUMN_TWICE, line, column.name))
        else:
            order.append(column)
    missing = [column for column in columns if column.required and column not in order]
    return order, problems + [Problem(What.NO_COLUMN, line, column.name) for column in missing]


def _line(number: int, cells: Sequence[str], order: Sequence[Column]) -> tuple[Line, list[Problem]]:
    kept: dict[str, str | bool] = {}
    problems = []
    if any(cells[len(order) :]):
        problems.append(Problem(What.TOO_MANY_CELLS, number))
    said = [*cells[: len(order)], *[""] * (len(order) - len(cells))]
    for column, text in zip(order, said, strict=True):
        if not text:
            if column.required:
                problems.append(Problem(What.MISSING, number, column.name))
            continue
        value = _value(column, text)
        if isinstance(value, What):
            problems.append(Problem(value, number, column.name))
        else:
            kept[column.name] = value
    return Line(number, kept), problems


def _value(column: Column, text: str) -> str | bool | What:
    match column.kind:
        case "day":
            return _day(text) or What.BAD_DAY
        case "flag":
            said = text.casefold()
            return said in _YES if said in _YES | _NO else What.BAD_FLAG
        case "cpr":
            return cpr.written(text) or What.BAD_CPR
        case "word":
            assert column.words is not None
            return _code(column.words, text) or What.BAD_WORD
    if not text.isprintable():
        return What.BAD_TEXT
    return text if len(text) <= column.limit else What.TOO_LONG


def _day(text: str) -> str | None:
    for form in _DAYS:
        if found := form.fullmatch(text):
            try:
                day = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
            return day.isoformat() if 1900 <= day.year < 2100 else None
    return None


def _code(words: type[StrEnum], text: str) -> str | None:
    """A stored code, or what it is called on screen."""
    wanted = fold(text)
    return next((str(code) for code in words if wanted in (fold(code), fold(word(words, code)))), None)
