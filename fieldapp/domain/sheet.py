"""Pieces of text, one under the other, on as many A4 sheets as they need: large letters, wide edges, nothing else."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fieldapp.domain.pdf import Line, can_write, document, wrapped

Kind = Literal["title", "heading", "text", "point", "small"]
_WIDE, _HIGH, _EDGE = 595.28, 841.89, 62.0
_GAP = 1.4
"""From line to line, as a part of the size."""
#: Size, and the room above, in points.
_LOOKS: dict[Kind, tuple[float, float]] = {
    "title": (26, 0),
    "heading": (17, 22),
    "text": (13, 3),
    "point": (13, 6),
    "small": (10.5, 8),
}
_INDENT = 16.0
UNKNOWN = "?"


@dataclass(frozen=True)
class Piece:
    """`after` stands small under it: when it was said, who does it."""

    text: str
    kind: Kind = "text"
    after: str = ""


def sheets(pieces: Iterable[Piece]) -> bytes:
    """The file. A letter the typeface lacks stands without its accent, or as a question mark: nothing is left out."""
    pages: list[list[Line]] = [[]]
    y = _HIGH - _EDGE
    for piece in pieces:
        for number, (words, size, above, indent, mark) in enumerate(_lines(piece)):
            y -= above + size * (_GAP if number or above else 1)
            if y < _EDGE:
                pages.append([])
                y = _HIGH - _EDGE - size
            if mark:
                pages[-1].append(Line("·", _EDGE, y, size))
            pages[-1].append(Line(words, _EDGE + indent, y, size))
    return document(_WIDE, _HIGH, *pages)


def _lines(piece: Piece) -> list[tuple[str, float, float, float, bool]]:
    """Words, size, room above, indent, whether a point stands before it."""
    size, above = _LOOKS[piece.kind]
    indent = _INDENT if piece.kind == "point" else 0.0
    room = _WIDE - 2 * _EDGE - indent
    told = [
        (words, size, 0.0 if number else above, indent, piece.kind == "point" and not number)
        for number, words in enumerate(wrapped(writable(piece.text), size, room))
    ]
    small = _LOOKS["small"][0]
    return told + [(words, small, 0.0, indent, False) for words in wrapped(writable(piece.after), small, room)]


def writable(text: str) -> str:
    return "".join(letter if can_write(letter) or letter.isspace() else _plainer(letter) for letter in text)


def _plainer(letter: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
    return plain if plain and can_write(plain) else UNKNOWN
