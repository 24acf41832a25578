"""The place in a text that a search found, short enough for a list, with what was found marked in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fieldapp.domain.search import may_slip, near, plain

Span = tuple[int, int]
_LENGTH = 120
_BEFORE = 40  # characters before the first mark
_WORD = re.compile("[^ ]+")


@dataclass(frozen=True)
class Snippet:
    """`marks`: where in `text` what was looked for begins and ends."""

    text: str
    marks: tuple[Span, ...] = ()


def snippet(texts: Sequence[str], words: Sequence[str]) -> tuple[int, Snippet]:
    """The number of the text in which most of the words stand, and a piece of it around the first of them."""
    found = [list(_places(text, words)) for text in texts]
    best = max(range(len(texts)), key=lambda number: sum(map(bool, found[number])))
    return best, _piece(re.sub(r"\s", " ", texts[best]), _merged(span for each in found[best] for span in each))


def _places(text: str, words: Iterable[str]) -> Iterator[list[Span]]:
    """For each word where it stands in the text; if nowhere, the words that are one slip away from it."""
    letters, origins = _traced(text)
    for word in words:
        found = list(_all_of(word, letters))
        if not found and may_slip(word):
            found = [each.span() for each in _WORD.finditer(letters) if near(f" {each[0]}", word)]
        yield [(origins[begin][0], origins[end - 1][1]) for begin, end in found]


def _all_of(word: str, letters: str) -> Iterator[Span]:
    at = letters.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = letters.find(word, at + len(word))


def _traced(text: str) -> tuple[str, list[Span]]:
    """`plain(text)`, and for each of its letters the ones it came from."""
    alone, letters, origins = cache(plain), [" "], [(0, 0)]
    for begin, end in _characters(text):
        for letter in alone(text[begin:end])[1:]:
            if letter.isdecimal() and letters[-1] == " " and len(letters) > 1 and letters[-2].isdecimal():
                del letters[-1], origins[-1]  # a number in groups
            letters.append(letter)
            origins.append((begin, end))
    return "".join(letters), origins


def _characters(text: str) -> Iterator[Span]:
    """A letter and its accents are one."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            if at > begin:
                yield begin, at
            begin = at


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _piece(text: str, marks: Sequence[Span]) -> Snippet:
    """Cut between words where it can be, with … where something is left out."""
    first = marks[0] if marks else (0, 0)
    begin = 0
    if first[0] > _BEFORE:
        begin = text.find(" ", first[0] - _BEFORE, first[0]) + 1 or first[0]
    end = begin + _LENGTH
    if end < len(text):
        end = max(text.rfind(" ", begin, end), min(first[1], end))
    else:
        end = len(text)
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    inside = ((max(at, begin) + shift, min(to, end) + shift) for at, to in marks if at < end)
    return Snippet(before + text[begin:end] + after, tuple(inside))
