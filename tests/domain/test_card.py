"""The printable card: one page, æøå as they are, the first name alone outside, nothing about anybody in the file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.card import FILE, can_print, card
from fieldapp.domain.pdf import can_write, width, wrapped
from fieldapp.domain.texts_to_citizens import LONG, fill
from fieldapp.texts import citizen_texts

WORDS = fill(citizen_texts()["n2"], LONG | {"navn": "Åse", "medarbejder": "Freja"})
WIDE, HIGH = 595.28, 841.89
DRAWN = re.compile(rb"BT /F1 ([\d.]+) Tf (-?1) 0 0 -?1 ([\d.]+) ([\d.]+) Tm \(((?:[^()\\]|\\.)*)\) Tj ET")


def objects(file: bytes) -> list[bytes]:
    """Every object, each found where the file's own table says; the table where the end of the file says."""
    assert file.startswith(b"%PDF-1.4\n") and file.endswith(b"%%EOF\n")
    start = int(file.rsplit(b"startxref\n", 1)[1].split()[0])
    head, count = file[start:].split(b"\n", 2)[:2]
    assert head == b"xref"
    entries = file[start:].split(b"\n")[2 : 2 + int(count.split()[1])]
    assert all(len(entry) == 19 for entry in entries), "20 bytes each, the end of the line among them"
    found = []
    for number, entry in enumerate(entries[1:], 1):
        piece = file[int(entry.split()[0]) :]
        assert piece.startswith(b"%d 0 obj\n" % number)
        found.append(piece[: piece.index(b"\nendobj")])
    assert b"/Size %d /Root 1 0 R" % (len(found) + 1) in file
    return found


def lines(file: bytes) -> list[tuple[float, bool, float, float, str]]:
    """Size, turned, x, y and text of every line on the page."""
    content = next(each for each in objects(file) if b"stream\n" in each)
    length = int(re.search(rb"/Length (\d+)", content)[1])  # type: ignore[index]
    stream = content.split(b"stream\n", 1)[1]
    assert stream[length:] == b"\nendstream"
    drawn = DRAWN.findall(stream[:length])
    assert len(drawn) == stream[:length].count(b"Tj")
    return [
        (float(size), turn == b"-1", float(x), float(y), re.sub(rb"\\(.)", rb"\1", text).decode("cp1252"))
        for size, turn, x, y, text in drawn
    ]


def test_the_file_opens_and_has_one_page() -> None:
    found = objects(card("Åse", WORDS))
    assert sum(b"/Type /Page " in each for each in found) == 1
    assert any(b"/Type /Pages" in each and b"/Count 1" in each for each in found)
    assert any(b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding" in each for each in found)


def test_outside_stands_the_first_name_alone_and_the_words_lie_inside() -> None:
    outside = [line for line in lines(card("Åse", WORDS)) if not line[1]]
    inside = [line for line in lines(card("Åse", WORDS)) if line[1]]
    assert [text for *_rest, text in outside] == ["Åse"]
    assert all(x > WIDE / 2 and y < HIGH / 2 for _s, _t, x, y, _text in outside), "the front, lower right"
    assert " ".join(text for *_rest, text in inside) == WORDS
    for size, _turned, x, y, text in inside:
        assert y > HIGH / 2, "the upper half is folded in"
        assert x - width(text, size) > 0 and x < WIDE / 2


def test_the_page_reads_from_the_top_when_it_is_turned() -> None:
    heights = [y for _s, turned, _x, y, _text in lines(card("Åse", WORDS)) if turned]
    assert heights == sorted(heights) and len(heights) > 3


def test_a_name_nobody_knows_leaves_the_outside_blank() -> None:
    assert all(turned for _s, turned, *_rest in lines(card("", WORDS)))


def test_the_file_and_its_name_say_nothing() -> None:
    file = card("Åse", WORDS)
    assert FILE == "kort.pdf"
    for told in (b"/Info", b"/Title", b"/Author", b"/Creator", b"/Producer", b"Date", b"/Metadata", b"/ID", b"Vedhold"):
        assert told not in file
    assert card("Åse", WORDS) == file, "no moment and no chance in it"


def test_letters_paper_cannot_show_are_told_before_printing() -> None:
    assert can_print("Åse", "Hej Åse. Vi ses (måske) \\ snart.")
    assert not can_print("Łukasz", "Hej")
    assert not can_print("Åse", "Hej ☕")
    assert not can_write("to\nlinjer")


@pytest.mark.parametrize("words", ["Hej (Åse) \\o/ 100 %", "x" * 400, "Et ord"])
def test_what_is_written_is_what_is_printed(words: str) -> None:
    inside = "".join(text for _s, turned, *_rest, text in lines(card("Åse", words)) if turned)
    assert inside.replace(" ", "") == words.replace(" ", "")


@given(st.text(st.characters(codec="cp1252", categories=["L", "N", "P"]) | st.just(" "), max_size=500))
def test_every_text_fits_its_quarter(words: str) -> None:
    for size, turned, x, y, text in lines(card("", words)):
        assert turned
        assert x - width(text, size) >= 0 and HIGH / 2 < y < HIGH, text


@given(st.text(st.characters(codec="cp1252", categories=["L", "N"]) | st.just(" ")), st.integers(40, 300))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    assert all(width(line, 12) <= room for line in wrapped(text, 12, room))
    assert "".join(wrapped(text, 12, room)).replace(" ", "") == "".join(text.split())
