"""A note at the door as a card to print: A4 folded twice to A6, the first name outside, the words inside (ux.md 4.6).

The sheet is printed on one side. The lower right quarter is the front; the words stand on their head in the upper left
one, and lie inside when the upper half is folded back and then the left. No logo, no sender, nothing else outside.
"""

from fieldapp.domain.pdf import Line, can_write, document, width, wrapped

FILE = "kort.pdf"
"""Says nothing of anybody: a file's name is read by whoever sees the phone."""
_WIDE, _HIGH = 595.28, 841.89
_EDGE = 36.0
_NAME, _WORDS = 28.0, 14.0
_GAP = 1.45
"""From line to line, as a part of the size."""


def can_print(name: str, words: str) -> bool:
    return can_write(name) and can_write(words)


def card(name: str, words: str) -> bytes:
    """`name` is the citizen's first name, "" when nobody knows it; `words` the note."""
    return document(_WIDE, _HIGH, [*_front(name), *_inside(words)])


def _front(name: str) -> list[Line]:
    """In the middle of the lower right quarter."""
    room = _WIDE / 2 - 2 * _EDGE
    lines = wrapped(name, _NAME, room)
    top = _HIGH / 4 + (len(lines) - 1) * _NAME * _GAP / 2
    middle = 0.75 * _WIDE
    return [Line(each, middle - width(each, _NAME) / 2, top - n * _NAME * _GAP, _NAME) for n, each in enumerate(lines)]


def _inside(words: str) -> list[Line]:
    """Turned round in the upper left quarter: from its lower right corner leftwards and up the sheet."""
    right, lowest = _WIDE / 2 - _EDGE, _HIGH / 2 + _EDGE
    size = _WORDS
    room, height = _WIDE / 2 - 2 * _EDGE, _HIGH / 2 - 2 * _EDGE
    lines = wrapped(words, size, room)
    while len(lines) * size * _GAP > height and size > 6:
        size -= 1
        lines = wrapped(words, size, room)
    first = lowest + (height - len(lines) * size * _GAP) / 2
    return [Line(each, right, first + (n + 0.8) * size * _GAP, size, turned=True) for n, each in enumerate(lines)]
