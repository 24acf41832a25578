"""Rows as a file a spreadsheet opens by itself in Denmark: semicolons, UTF-8 with its mark, Windows' line ends."""

import csv
import io
from collections.abc import Iterable, Sequence

#: What makes a cell a formula, also in its wide form: whoever opens the file shall read it, and run nothing (OWASP).
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file. A cell that would be a formula gets an apostrophe before it, as a spreadsheet does by hand."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
