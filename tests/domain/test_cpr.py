"""A CPR number is a day that exists and four digits; nothing else is asked of it. The numbers here are of nobody."""

import pytest

from fieldapp.domain.cpr import written


@pytest.mark.parametrize("typed", ["010203-0000", "0102030000", " 010203 0000 "])
def test_it_is_kept_in_one_form(typed: str) -> None:
    assert written(typed) == "010203-0000"


@pytest.mark.parametrize("typed", ["", "010203", "320203-0000", "011303-0000", "300203-0000", "010203-000", "abc"])
def test_what_cannot_be_one_is_none(typed: str) -> None:
    assert written(typed) is None


def test_a_leap_day_of_either_century_is_one() -> None:
    assert written("290200-0000") == "290200-0000"
    assert written("290201-0000") is None
