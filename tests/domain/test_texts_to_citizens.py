"""Acceptance test 21: every text a citizen can get by sms, filled with long names, checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.texts_to_citizens import (
    LONG,
    LONGEST,
    TYPICAL,
    Problem,
    choice,
    fill,
    forbidden_word,
    lint,
    outside_sms_alphabet,
    placeholders,
    problems,
    without_the_name,
)
from fieldapp.texts import citizen_texts

#: What only the worker knows, and writes before the text is opened.
BY_THE_WORKER = {"kollega": "Anne-Margrethe", "ny": "Anne-Margrethe"}
#: The note at the door is written by hand and the voicemail is spoken: no limit on their length.
BY_HAND = {"n1", "n2", "n3", "voicemail"}


@pytest.mark.parametrize("template", sorted(citizen_texts()))
def test_acceptance_21_every_text_is_short_plain_and_tells_a_stranger_nothing(template: str) -> None:
    text = citizen_texts()[template]
    if placeholders(text) <= LONG.keys() and "nummer" not in placeholders(text):
        assert lint(text) == () or template in BY_HAND
    for names in (TYPICAL | BY_THE_WORKER, LONG | BY_THE_WORKER):
        assert placeholders(fill(text, names)) == frozenset()
        assert (
            problems(fill(text, names)) in ((), ("too_long",))
            if template in BY_HAND
            else problems(fill(text, names)) == ()
        )


def test_acceptance_21_says_what_is_wrong_and_which_word() -> None:
    assert lint("Hej {navn}. Tak, fordi du sagde det. Det gælder stadig. {medarbejder}") == ()
    for word in ("gæld", "gælden", "gældens", "gældsbrev", "bolig", "kommunen", "ACT", "hospitalet", "adresse"):
        assert lint(f"Hej {{navn}}. Det er om {word}.") == (Problem("forbidden", word),)
    assert lint("  ") == (Problem("empty"),)
    assert lint("Hej {navn} ☕") == (Problem("alphabet", "☕"),)
    assert lint("Ring på {nummer}") == (Problem("placeholder", "{nummer}"),)
    assert lint("Ring på {nummer} – " + "x" * 200, at_the_door=True) == ()
    over = LONGEST - len("Hej Jens-Christian. ") + 1
    assert lint("Hej {navn}. " + "x" * over) == (Problem("too_long", over=1),)


def test_what_looks_like_code_in_a_text_is_only_text() -> None:
    for template in ("{navn.__class__}", "{navn!r}", "{0}", "{navn:>900}", "{{navn}}", "{"):
        assert lint(template) != ()
        assert "Jens" not in fill(template, LONG) or template == "{{navn}}"


def test_without_the_name_a_greeting_is_still_a_sentence() -> None:
    assert without_the_name("Hej {navn}. Vi ses.") == "Hej. Vi ses."
    assert without_the_name("Hej {navn}, det er Freja.") == "Hej, det er Freja."
    assert all("{navn}" not in without_the_name(text) for text in citizen_texts().values())


@given(st.text(max_size=200))
def test_what_passes_can_be_sent_with_any_usual_name(template: str) -> None:
    if lint(template) == ():
        for names in (TYPICAL, LONG):
            assert problems(fill(template, names)) == ()
            assert placeholders(fill(template, names)) == frozenset()


@pytest.mark.parametrize(
    "word",
    [
        *("bolig", "boligen", "kommunen", "misbrug", "rusmidler", "psykiatrien", "gæld", "gælden", "gældsbreve"),
        *("fængslet", "Hospitalet", "ACT", "herberg", "hjemløse", "sagen", "sagsbehandler", "adresse", "adressen"),
        *("varmestue", "bostøtte", "medicin", "politiet", "ydelse", "huslejen", "sygehuset", "arresten"),
    ],
)
def test_a_word_that_tells_a_stranger_something_is_found(word: str) -> None:
    found = forbidden_word(f"Hej Bent. Skal vi tale om {word} i morgen?")
    assert found is not None
    assert found.casefold() == word.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "Tak, fordi du sagde det.",
        "Tilbuddet gælder stadig.",
        "Jeg står klar på torsdag, aktiv eller ej.",
        "Vi kan gå en tur i russisk tempo.",
        "Jeg glemte det, undskyld, men har husket din sang.",
    ],
)
def test_everyday_words_pass(text: str) -> None:
    assert forbidden_word(text) is None


def test_danish_letters_fit_an_sms_and_dashes_and_pictures_do_not() -> None:
    assert outside_sms_alphabet("Æ ø å ÆØÅ é ü ! ? '") == ""
    assert outside_sms_alphabet("Hej – vi ses ☕ “snart” –") == "–☕“”"


def test_160_characters_fit_and_one_more_does_not() -> None:
    assert problems("å" * 160) == ()
    assert problems("å" * 161) == ("too_long",)
    assert problems("Din bolig – " + "x" * 160) == ("too_long", "alphabet", "forbidden")


def test_a_missing_value_stays_visible() -> None:
    assert fill("Hej {navn}. Vi ses {hvornår}.", {"navn": "Åse"}) == "Hej Åse. Vi ses {hvornår}."


def test_the_choice_turns_and_never_holds_the_last_one_sent() -> None:
    ids = ["s1", "s2", "s3", "s4", "s9"]
    assert choice(ids, None, 0) == ("s1", "s2", "s3")
    assert choice(ids, "s1", 1) == ("s3", "s4", "s9")
    assert choice(ids, "s3", 2) == ("s4", "s9", "s1")
    assert choice(["s1"], "s1", 1) == ()


@given(st.lists(st.sampled_from([f"s{n}" for n in range(12)]), unique=True, min_size=4), st.integers(0, 500), st.data())
def test_three_different_ones_are_offered_whatever_was_sent(ids: list[str], sent: int, data: st.DataObject) -> None:
    last = data.draw(st.sampled_from([None, *ids]))
    found = choice(ids, last, sent)
    assert len(set(found)) == 3
    assert last not in found
