"""Plain words, however they were typed, and one slip in each of them."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from fieldapp.domain.search import may_slip, near, plain, words


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("åse", "Aase"),
        ("soeren", "Søren"),
        ("Jørgen", "joergen"),
        ("ÆRØ", "på aeroe"),
        ("gård", "Banegården"),
        ("poul lind", "Lindemose, Poul-Erik"),
        ("kaj 25.11", "Søndre Kaj, 25.11."),
        ("20 12", "ring 20123456"),
        ("2012 34", "+45 20-12-34-56"),
        ("+45 20 12 34 56", "20 12 34 56"),
        ("004520123456", "20.12.34.56"),
        ("4520123456", "20 12 34 56"),
        ("+45 20", "20 12 34 56"),
        ("kaffe!", "“Kaffe”"),
    ],
)
def test_a_word_is_found_however_it_is_typed(typed: str, stands: str) -> None:
    assert words(typed)
    assert all(word in plain(stands) for word in words(typed))


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'", '"; --', "+45", "…", "\x00", "\ud800", "🙂"])
def test_what_is_no_word_is_nothing_to_look_for(query: str) -> None:
    assert words(query) == ()


def test_a_page_pasted_into_the_search_is_looked_for_by_its_first_words() -> None:
    assert len(words(" ".join(map(str, range(10_000))))) == 1
    assert len(words(" ".join(f"ord{n}" for n in range(10_000)))) == 12
    assert not may_slip("a" * 100_000)


@given(st.text(), st.text())
def test_what_is_written_is_found_by_any_of_its_words(text: str, more: str) -> None:
    for word in words(text):
        assert word in plain(f"{more} {text}") or word.isdecimal()


@given(st.text())
def test_plain_text_is_words_with_one_space_before_each_letter_that_begins_one(text: str) -> None:
    shown = plain(text)
    assert shown.startswith(" ")
    assert all(each == " " or each.isalnum() for each in shown)
    assert plain(shown).split() == shown.split()


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("banegarden", "banegaarden"),  # a letter missing
        ("banegaaarden", "banegaarden"),  # too much
        ("banegoarden", "banegaarden"),  # wrong
        ("bangeaarden", "banegaarden"),  # swapped
        ("abnegaarden", "banegaarden"),
        ("anegaarden", "banegaarden"),
        ("xbanegaarden", "banegaarden"),
        ("vanegaarden", "banegaarden"),
        ("banegaardenn", "banegaarden"),
        ("bangaar", "banegaarden"),  # still being typed
        ("kfafe", "kaffe"),  # over the middle
        ("soren", "soeren"),
        ("sren", "soeren"),
        ("saaren", "soeren"),
        ("sroeen", "soeren"),
        ("soeoren", "soeren"),
        ("andraes", "andreas"),
        ("mikal", "mikael"),
    ],
)
def test_one_slip_is_forgiven(typed: str, stands: str) -> None:
    assert near(f" vi gik til {stands} igen", typed)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("bangarden", "banegaarden"),
        ("kafffe", "moccakaffe"),  # inside a longer word
        ("kaffe", "kofee"),
        ("kage", "kg"),
    ],
)
def test_two_slips_are_another_word(typed: str, stands: str) -> None:
    assert not near(f" {stands}", typed)


@pytest.mark.parametrize("word", ["kim", "aase", "2012", "b4rn", ""])
def test_short_words_and_numbers_may_not_slip(word: str) -> None:
    assert not may_slip(word)


danish = st.text("bdiæøå", min_size=4, max_size=8)  # beside an å, an a could be part of either


@given(
    danish, st.sampled_from(["wrong", "missing", "too much", "swapped"]), st.integers(0, 7), st.sampled_from("bdiæøå")
)
def test_a_slip_is_one_of_the_letters_on_the_keyboard(word: str, slip: str, at: int, other: str) -> None:
    at = min(at, len(word) - 2)
    before, letter, rest = word[:at], word[at], word[at + 1 :]
    typed = {
        "wrong": before + other + rest,
        "missing": before + rest,
        "too much": before + other + letter + rest,
        "swapped": before + rest[0] + letter + rest[1:],
    }[slip]
    (looked_for,) = words(typed)
    assume(may_slip(looked_for))
    assert near(plain(word), looked_for)


@settings(max_examples=300)
@given(st.lists(st.text("abe", min_size=1, max_size=7), max_size=3), st.text("abe", min_size=4, max_size=9))
@example(["acbd"], "abcd")
@example(["aaccd"], "ccd")
def test_near_is_one_slip_from_the_beginning_of_a_word(stand: list[str], typed: str) -> None:
    assume(may_slip(typed))
    starts = [word[:end] for word in stand for end in range(len(word) + 1)]
    counted = [tuple(typed), *_counted(typed)[:1]]
    slip = any(_slips(each, start) <= 1 for each in counted for of in starts for start in _counted(of))
    holds = any(typed in word for word in stand)
    assert near("".join(f" {word}" for word in stand), typed) == (holds or slip)


def _counted(word: str) -> list[tuple[str, ...]]:
    """All the ways to count its letters, those with the longest first."""
    if not word:
        return [()]
    first = [word[:2]] if word[:2] in ("aa", "ae", "oe") else []
    return [(letter, *rest) for letter in (*first, word[0]) for rest in _counted(word[len(letter) :])]


def _slips(one: Sequence[str], other: Sequence[str]) -> int:
    """The distance of Damerau and Levenshtein, each pair of letters swapped at most once; slowly."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
