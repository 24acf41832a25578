"""Pieces of text on A4 sheets: nothing is left out, nothing lies outside the paper, whatever letters there are."""

import re

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.pdf import width
from fieldapp.domain.sheet import UNKNOWN, Piece, sheets, writable
from tests.domain.test_card import DRAWN, HIGH, WIDE, objects


def pages(file: bytes) -> list[list[tuple[float, float, float, str]]]:
    """Size, x, y and text of every line, sheet by sheet."""
    told = []
    for each in objects(file):
        if b"stream\n" in each:
            stream = each.split(b"stream\n", 1)[1]
            found = DRAWN.findall(stream)
            told.append(
                [
                    (float(size), float(x), float(y), re.sub(rb"\\(.)", rb"\1", text).decode("cp1252"))
                    for size, _turned, x, y, text in found
                ]
            )
    return told


def written(file: bytes) -> str:
    return " ".join(text for page in pages(file) for *_where, text in page)


def test_each_sheet_is_an_object_of_its_own_and_they_are_counted() -> None:
    found = objects(sheets([Piece("Åse", "title"), *(Piece(f"Linje {n}") for n in range(80))]))
    count = sum(b"/Type /Page " in each for each in found)
    assert count == 3
    assert any(b"/Count 3" in each and b"/Kids [4 0 R 6 0 R 8 0 R]" in each for each in found)
    assert written(sheets([Piece(f"Linje {n}") for n in range(80)])).count("Linje") == 80


kinds = st.sampled_from(["title", "heading", "text", "point", "small"])
words = st.text(st.characters(codec="cp1252", categories=("L", "N", "P", "Zs")), max_size=400)


@given(st.lists(st.builds(Piece, words, kinds, words), max_size=12))
def test_every_word_is_there_in_order_and_inside_the_edges(told: list[Piece]) -> None:
    file = sheets(told)
    for page in pages(file):
        for size, x, y, text in page:
            assert x >= 36 and x + width(text, size) <= WIDE - 36 and 36 <= y <= HIGH - 36, text
    letters = "".join("".join((piece.text + piece.after).split()) for piece in told)
    assert "".join("".join(written(file).split()).split("·")) == letters.replace("·", "")


@given(st.text(max_size=60))
def test_any_letter_can_be_written_somehow(text: str) -> None:
    sheets([Piece(text, "point", text)])


def test_a_letter_the_typeface_lacks_stands_without_its_accent_or_as_a_question_mark() -> None:
    assert writable("Łukasz Ōe, æøå é – “ja”") == f"{UNKNOWN}ukasz Oe, æøå é – “ja”"
    assert writable("سلام") == UNKNOWN * 4
