"""Headings and paragraphs laid out on A4 sheets, as many as they need: what is printed or handed on."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.pdf import Line, can_write, document, wrapped

_WIDE, _HIGH = 595.28, 841.89
_EDGE = 56.0
_TITLE, _HEAD, _BODY, _FOOT = 20.0, 13.0, 11.0, 9.0
_GAP = 1.4
"""From line to line, as a part of the size."""
_BOLD = 1.1
"""So much wider a bold letter may be than the plain one whose width is known."""


@dataclass(frozen=True)
class Part:
    """A heading ("" for none) and what stands under it, a paragraph each."""

    head: str
    paragraphs: Sequence[str] = ()


def sheets(title: str, parts: Sequence[Part], foot: str, scale: float = 1.0) -> bytes:
    """The file, in letters `scale` times the usual. `foot` stands at the bottom of each sheet, with its number. What no
    font has becomes a question mark: ask `loses` first."""
    lines = [*_of(title, _TITLE * scale, bold=True), *(line for part in parts for line in _part(part, scale))]
    pages: list[list[Line]] = [[]]
    y = _HIGH - _EDGE
    for n, (text, size, bold, before) in enumerate(lines):
        heads_on = bold and n + 1 < len(lines)  # a heading does not stand alone at the end of a sheet
        needs = size * _GAP * (3 if heads_on else 1)
        y -= before if pages[-1] else 0
        if pages[-1] and y - needs < _EDGE + _FOOT * 2:
            pages.append([])
            y = _HIGH - _EDGE
        y -= size * _GAP
        pages[-1].append(Line(text, _EDGE, y, size, bold=bold))
    for n, page in enumerate(pages, 1):
        page.append(Line(f"{_plain(foot)} \u00b7 {n}/{len(pages)}", _EDGE, _EDGE - _FOOT, _FOOT))
    return document(_WIDE, _HIGH, *pages)


def loses(*texts: str) -> bool:
    """Whether a letter somewhere is in no font of ours."""
    return any(not can_write(line) for text in texts for line in text.splitlines())


def _part(part: Part, scale: float) -> list[tuple[str, float, bool, float]]:
    head, body = _HEAD * scale, _BODY * scale
    lines = _of(part.head, head, bold=True, before=head) if part.head else []
    for paragraph in part.paragraphs:
        for n, line in enumerate(paragraph.splitlines() or [""]):
            lines += _of(line, body, before=0 if n else body * 0.4)
    return lines


def _of(text: str, size: float, *, bold: bool = False, before: float = 0.0) -> list[tuple[str, float, bool, float]]:
    room = (_WIDE - 2 * _EDGE) / (_BOLD if bold else 1)
    return [(line, size, bold, 0 if n else before) for n, line in enumerate(wrapped(_plain(text), size, room))]


def _plain(text: str) -> str:
    return "".join(letter if can_write(letter) else "?" for letter in text)
