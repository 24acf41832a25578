"""Sheets of text: another program reads every word of them, in order, with æøå; nothing runs over the edge."""

import re

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.sheet import Part, loses, sheets

WORDS = st.text(alphabet="abc æøåÆØÅ (\\)1234 ", min_size=1, max_size=400).filter(str.strip)


def read(file: bytes) -> list[str]:
    """The words of each page, as PDFium has them."""
    opened = pypdfium2.PdfDocument(file)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    finally:
        opened.close()


def test_headings_and_paragraphs_come_in_order_with_their_letters() -> None:
    [page] = read(sheets("Støtteplan", [Part("Ønsker", ["En altan", "Ro på"]), Part("", ["Æblegrød"])], "Vedhold"))
    assert page == "Støtteplan Ønsker En altan Ro på Æblegrød Vedhold · 1/1"


def test_a_long_text_goes_on_over_sheets_and_each_has_its_number() -> None:
    pages = read(sheets("Notater", [Part(f"Dag {n}", ["ord " * 200]) for n in range(12)], "Vedhold"))
    assert len(pages) > 2
    assert [page.endswith(f"Vedhold · {n}/{len(pages)}") for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert sum(page.count("ord") for page in pages) == 12 * 200
    heads = [re.sub(r" Vedhold.*", "", page) for page in pages]
    assert not any(re.search(r"Dag \d+$", page) for page in heads), "a heading never stands alone at the end"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(Part, head=WORDS, paragraphs=st.lists(WORDS, max_size=5)), max_size=12))
def test_no_word_is_lost_whatever_is_written(parts: list[Part]) -> None:
    read_back = "".join("".join(read(sheets("T", parts, "f"))).split())
    written = "".join(each for part in parts for each in (part.head, *part.paragraphs))
    for letter in "abcæøåÆØÅ(\\)":
        assert read_back.count(letter) >= written.count(letter)


@pytest.mark.parametrize(
    ("text", "lost"), [("Åse på Kilden", False), ("to\nlinjer", False), ("Мир", True), ("🙂", True)]
)
def test_it_says_which_letters_it_cannot_write(text: str, lost: bool) -> None:
    assert loses("fint", text) is lost
    assert ("?" in "".join(read(sheets("T", [Part("", [text])], "f")))) is lost
