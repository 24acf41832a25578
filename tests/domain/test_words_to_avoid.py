"""The language help: whole words and phrases, a suggestion for each, and a team that chooses for itself."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.words_to_avoid import OWN, Avoided, Choice, chosen, find, replaced

TEXT = st.text(max_size=200) | st.lists(st.sampled_from([a.avoid.strip("*") for a in OWN] + ["ja", "."])).map(" ".join)


@pytest.mark.parametrize(
    ("text", "said", "better"),
    [
        ("Borgeren udeblev i går.", "Borgeren udeblev", "vi mødtes ikke i dag"),
        ("Misbruget fylder.", "Misbruget", "brug af rusmidler"),
        ("Et forgæves besøg.", "forgæves besøg", "besøg, hvor ingen åbnede"),
        ("Den hjemløse er her.", "Den hjemløse", "borgeren i hjemløshed"),
        ("Han er en bruger.", "en bruger", "en borger"),
        ("Brugerne sov.", "Brugerne", "borgerne"),
        ("Hun oplyser, at hun sov.", "oplyser, at", "siger, at"),
        ("borgeren nægter", "nægter", "siger nej lige nu"),
        ("manglende\nfremmøde", "manglende\nfremmøde", "dage, hvor vi ikke mødtes"),
        ("Han er KONTAKTAFVISENDE", "KONTAKTAFVISENDE", "ønsker ro lige nu"),
    ],
)
def test_it_finds_the_word_or_phrase_and_says_what_the_manual_would(text: str, said: str, better: str) -> None:
    assert [(each.said, each.avoided.better) for each in find(text)] == [(said, better)]


@pytest.mark.parametrize(
    "text",
    [
        "Han bruger rusmidler.",
        "Der mangler en stol, og hun mangler søvn.",
        "borger i hjemløshed, borgere i risiko for hjemløshed",
        "Boligforløbet og indsatsen går videre.",
        "Vi talte om caseload og om hans vagt på lørdag.",
        "Butikken lukkes kl. 18. Skizofreni fylder i familien.",
        "Udskrives fra hospitalet på torsdag. Han er indlagt.",
        "En tung taske. Rusmiddelbehandleren ringede.",
    ],
)
def test_everyday_words_are_left_alone(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.avoid)
def test_every_word_has_a_suggestion_that_is_not_to_be_avoided_itself(own: Avoided) -> None:
    assert own.better
    assert find(own.better) == ()
    assert [found.avoided for found in find(own.avoid.replace("*", ""))] == [own]


def test_a_tap_replaces_every_place_it_stands_and_keeps_the_capital() -> None:
    which = find("Misbruget")[0].avoided
    assert replaced("Misbrug i fortiden. Ikke misbrug nu.", which) == (
        "Brug af rusmidler i fortiden. Ikke brug af rusmidler nu."
    )


@given(text=TEXT)
def test_what_is_found_stands_there_from_left_to_right_and_never_overlaps(text: str) -> None:
    found, end = find(text), 0
    for each in found:
        assert each.at >= end and text[each.at : each.end] == each.said
        end = each.end


@given(text=TEXT)
def test_replaced_once_it_is_not_found_again(text: str) -> None:
    for each in find(text):
        assert each.avoided not in {found.avoided for found in find(replaced(text, each.avoided), (each.avoided,))}


def test_a_team_adds_replaces_and_switches_off() -> None:
    words = chosen(
        [
            Choice("skæv eksistens", "borger"),
            Choice("Patient*", "beboer"),
            Choice("genganger*", off=True),
            Choice("bums"),
            Choice("  * "),
            Choice(""),
        ]
    )
    said = {each.said: each.avoided.better for each in find("En skæv eksistens, patienten, genganger, en bums.", words)}
    assert said == {"skæv eksistens": "borger", "patienten": "borgeren", "bums": ""}
    assert find("patient", words)[0].avoided.better == "beboer"


def test_the_latest_choice_stands() -> None:
    words = chosen([Choice("genganger*", off=True), Choice("genganger*", "kendt ansigt")])
    assert find("genganger", words)[0].avoided.better == "kendt ansigt"


@given(avoid=st.text(max_size=30), better=st.text(max_size=30))
def test_whatever_a_team_writes_the_list_still_works(avoid: str, better: str) -> None:
    find("En helt almindelig tekst (med tegn) om Åse.", chosen([Choice(avoid, better)]))


def test_a_long_note_is_read_within_a_key() -> None:
    text = "Vi talte længe om boligen, og borgeren fortalte om sine ønsker, drømme og håb. " * 60
    find(text)
    began = perf_counter()
    find(text)
    assert perf_counter() - began < 0.1
