"""What a citizen is called, and how names are compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.names import alike, digits, fold, label, masked_cpr, same_number, same_place, shown


def test_the_chosen_name_comes_first_then_the_label_and_never_nothing() -> None:
    assert shown("Elvis", "Banegården, 23.11.") == "Elvis"
    assert shown(" ", "Banegården, 23.11.") == "Banegården, 23.11."
    assert shown(None, None) == "–"


def test_a_label_is_place_and_date() -> None:
    assert label(" Banegården ", date(2026, 11, 3)) == "Banegården, 3.11."
    assert label("", date(2026, 11, 3)) == "3.11."


@given(st.text(), st.dates())
def test_a_label_never_contains_what_is_not_place_and_date(place: str, day: date) -> None:
    """E4, F5: nothing of looks or clothes can come in: there is nothing else it is made of."""
    made = label(place, day)
    assert made in (f"{day.day}.{day.month}.", f"{place.strip()}, {day.day}.{day.month}.")
    assert made.startswith(place.strip())


@pytest.mark.parametrize(
    ("one", "other", "alike_"),
    [("00 00 12 34", "+45 00001234", True), ("1234", "1234", False), ("00 00 12 35", "00 00 12 34", False)],
)
def test_numbers_that_end_alike_are_asked_about(one: str, other: str, alike_: bool) -> None:
    assert same_number(one, other) is alike_


def test_a_place_is_known_in_any_spelling_and_never_by_the_date_alone() -> None:
    assert same_place("banegaarden", ("Banegården, 3.11.", None))
    assert not same_place("", ("3.11.",))
    assert not same_place("3.11.", ("Kilden, 3.11.",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("å", "aa"),
        ("æ", "ae"),
        ("ø", "oe"),
        ("Å", "å"),
        ("A\u030a", "aa"),
        ("\u212b", "aa"),
        ("ǽ", "ae"),
        ("Renée", "RENEE"),
    ],
)
def test_letters_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"), [("Marek", "Mareck"), ("Åse", "Aase"), ("Kim", "Kim Tangbjerg"), ("Jørgen", "Jorgen")]
)
def test_names_that_could_be_the_same_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("Kim", "Tim"), ("Mads", "Mona"), ("Kim", ""), ("", "")])
def test_names_of_different_people_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize("written", ["00 12 34 56", "+45 00123456", "0045 00 12 34 56", "00123456"])
def test_a_number_is_its_eight_digits_however_it_is_written(written: str) -> None:
    assert digits(written) == "00123456"


def test_a_foreign_or_broken_number_keeps_what_it_has() -> None:
    assert digits("+48 600 100 200") == "48600100200"
    assert digits("00 12") == "0012"
    assert digits(None) == ""


def test_a_cpr_shows_only_the_date() -> None:
    assert masked_cpr("311299-0000") == "311299-****"
    assert masked_cpr("") == masked_cpr(None) == ""
