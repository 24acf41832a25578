"""A secret good enough for where it is used, and the same one however a keyboard wrote it."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import WeakSecret
from fieldapp.store.policy import check_secret, normal, propose_words, secret_policy
from fieldapp.store.words import WORDS

PHONE, PRACTICE, DESKTOP = secret_policy("phone"), secret_policy("practice"), secret_policy("file")


def test_a_phone_and_practice_ask_for_a_pin_and_all_else_for_words():
    assert (PHONE.form, PHONE.shortest) == ("pin", 6)
    assert (PRACTICE.form, PRACTICE.shortest) == ("pin", 6)
    for keystore in ("file", "desktop", "secret-service", ""):
        assert (secret_policy(keystore).form, secret_policy(keystore).shortest) == ("words", 12)


@pytest.mark.parametrize("pin", ["483920", "771204", "90210517", "3141592", "582941"])
def test_a_pin_nobody_guesses_first_is_good(pin: str):
    check_secret(PHONE, pin)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "short"),
        ("48392", "short"),
        ("48392a", "digits"),
        ("48 39 20", "digits"),
        ("٤٨٣٩٢٠", "digits"),
        ("000000", "common"),
        ("123456", "common"),
        ("654321", "common"),
        ("234567", "common"),
        ("901234", "common"),
        ("12345678", "common"),
        ("121212", "common"),
        ("123123", "common"),
        ("147258", "common"),
        ("240780", "common"),  # a birthday
        ("24071980", "common"),
        ("290200", "common"),
    ],
)
def test_a_pin_that_is_guessed_first_is_refused(pin: str, why: str):
    with pytest.raises(WeakSecret) as refused:
        check_secret(PHONE, pin)
    assert refused.value.why == why


def test_practice_mode_takes_123456_and_nothing_shorter():
    check_secret(PRACTICE, "123456")
    with pytest.raises(WeakSecret, match="short"):
        check_secret(PRACTICE, "12345")


@pytest.mark.parametrize("words", ["hejre cykel mælk tønde", "en gang var der kaffe", "Tr0ub4dor&3xyz"])
def test_long_enough_words_are_good(words: str):
    check_secret(DESKTOP, words)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "short"),
        ("for kort", "short"),
        ("   for    kort   ", "short"),
        ("483920", "short"),
        ("aaaaaaaaaaaa", "common"),
        ("hejhejhejhej", "common"),
        ("012345678901", "common"),
        ("Adgangskode123", "common"),
        ("vedhold vedhold", "common"),
    ],
)
def test_words_that_are_short_or_guessed_first_are_refused(words: str, why: str):
    with pytest.raises(WeakSecret) as refused:
        check_secret(DESKTOP, words)
    assert refused.value.why == why


def test_a_refusal_does_not_repeat_the_secret():
    with pytest.raises(WeakSecret) as refused:
        check_secret(PHONE, "240780")
    assert "240780" not in str(refused.value)


def test_proposed_words_are_good_and_hold_40_bits():
    assert len(set(WORDS)) == len(WORDS)
    assert 4 * math.log2(len(WORDS)) >= 40
    assert all(re.fullmatch(r"[a-zæøåé]{3,10}", word) for word in WORDS)
    proposed = {propose_words() for _ in range(50)}
    assert len(proposed) == 50
    for words in proposed:
        assert len(words.split(" ")) == 4
        check_secret(DESKTOP, words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hejre Cykel", "hejre cykel"),
        ("  hejre   cykel ", "hejre cykel"),
        ("ma\u030aned", "m\u00e5ned"),
        ("hejre\u00a0cykel", "hejre cykel"),
    ],
)
def test_the_same_words_written_another_way_are_the_same_secret(one: str, other: str):
    assert normal(one) == normal(other)


@given(st.text())
def test_what_is_normal_stays_so(text: str):
    assert normal(normal(text)) == normal(text)
