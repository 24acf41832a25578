"""A piece of a text, with what a search found marked in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.search import plain, words
from fieldapp.domain.snippet import Snippet, _traced, snippet

danish = st.text("abdeæøåÆØÅé .,-\n0123a\u030a“½ﬁ", max_size=300)


def marked(text: str, query: str) -> list[str]:
    found = snippet([text], words(query))[1]
    return [found.text[begin:end] for begin, end in found.marks]


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        ("Kaffe på Café Åkanden", "aakand", ["Åkand"]),
        ("Kaffe på Café Åkanden", "cafe KAFFE", ["Kaffe", "Café"]),
        ("Kaffe pa\u030a Banegården", "paa", ["pa\u030a"]),
        ("Vi drak kaffe, mere kaffe", "kaffe", ["kaffe", "kaffe"]),
        ("Ring på 20 12-34 56.", "201234", ["20 12-34"]),
        ("Vi mødtes ved Banegården.", "banegarden", ["Banegården"]),
        ("Søren og Sørensen", "sorensen", ["Sørensen"]),
        ("kaffe", "kaffekop affe", ["affe"]),
        ("Intet her", "kaffe", []),
        ("", "kaffe", []),
    ],
)
def test_what_was_found_is_marked_as_it_stands(text: str, query: str, marks: list[str]) -> None:
    assert marked(text, query) == marks


def test_a_long_text_is_cut_between_words_around_the_first_mark() -> None:
    text = "ord " * 100 + "kaffe på bænken\nog " + "flere " * 100
    found = snippet([text], ["kaffe"])[1]
    assert found.text.startswith("…ord ord ")
    assert " kaffe på bænken og flere " in found.text
    assert found.text.endswith("flere…")
    assert len(found.text) <= 122
    assert [found.text[begin:end] for begin, end in found.marks] == ["kaffe"]


def test_a_short_text_is_whole() -> None:
    assert snippet(["Kaffe?"], ["kaffe"]) == (0, Snippet("Kaffe?", ((0, 5),)))


def test_of_several_texts_the_one_with_most_of_the_words() -> None:
    texts = ["kaffe kaffe", "kaffe på banegården", "banegård"]
    assert snippet(texts, words("kaffe banegård"))[0] == 1


@given(danish)
def test_each_letter_of_the_plain_text_is_traced(text: str) -> None:
    letters, origins = _traced(text)
    assert letters == plain(text)
    assert len(origins) == len(letters)
    assert all(plain(text[begin:end])[1:] for begin, end in origins[1:])


@given(danish, st.text("abæ 0", max_size=200), st.text("abæø", min_size=1, max_size=200))
def test_a_word_that_stands_there_is_in_the_piece_and_marked(before: str, after: str, word: str) -> None:
    found = snippet([f"{before} {word} {after}"], words(word))[1]
    assert len(found.text) <= 122
    for begin, end in found.marks:
        assert 0 <= begin < end <= len(found.text)
        assert plain(found.text[begin:end]).strip()
    assert found.marks


@given(st.text(), st.text())
def test_any_text_has_a_piece(text: str, query: str) -> None:
    found = snippet([text], words(unicodedata.normalize("NFD", query)))[1]
    assert all(0 <= begin < end <= len(found.text) for begin, end in found.marks)
