"""A sentence for every mix of citizens, in both languages, and none that forbids or blames (P1, P2, C12)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp import words_caseload
from fieldapp.domain import caseload
from fieldapp.domain.words_to_avoid import find
from fieldapp.texts import language, use_language
from tests.domain.test_caseload import METHODS, moving, some
from tests.examples import TODAY


@pytest.fixture(autouse=True)
def danish_first() -> Iterator[None]:
    before = language()
    use_language("da")
    yield
    use_language(before)


def test_p1_one_method_is_said_as_so_many_of_so_many() -> None:
    assert words_caseload.said(caseload.of_worker(some(7, "icm"), TODAY)) == "7 af 8 borgere"
    assert words_caseload.said(caseload.of_worker(some(7, None), TODAY)) == "7 borgere"
    mixed = caseload.of_worker([*some(5, "cti"), *some(2, "icm")], TODAY)
    assert words_caseload.said(mixed) == "7 borgere: 5 med CTI (loft 10), 2 med ICM (loft 8)"


def test_p2_over_the_ceiling_and_many_moves_are_two_calm_sentences() -> None:
    load = caseload.of_worker([*some(8, "cti"), *moving(3)], TODAY)
    assert words_caseload.own_notes(load) == (
        "11 borgere, loftet er 10. Tal med din leder.",
        "3 flytter ind på samme tid. Tal med din leder om færre borgere lige nu.",
    )
    assert words_caseload.leader_notes(load)[1] == "3 flytter ind på samme tid. Tal sammen om færre borgere lige nu."


def test_c12_act_is_told_as_the_teams_and_never_as_one_workers_ceiling() -> None:
    nine = caseload.of_worker(some(9, "act"), TODAY)
    assert words_caseload.said(nine) == "9 borgere: 9 med ACT"
    assert words_caseload.own_notes(nine) == words_caseload.leader_notes(nine) == ()
    assert words_caseload.said(replace(nine, by_team=61)) == "9 borgere: 9 med ACT · 61 med ACT i teamet tilsammen"
    nobody = caseload.of_worker([], TODAY)
    assert words_caseload.said(replace(nobody, by_team=61)) == "61 med ACT i teamet tilsammen"
    assert words_caseload.act_rule() == (
        "ACT: i gennemsnit højst 8 borgere til hver medarbejder, og højst ca. 70-80 i et fuldt team. "
        "Din leder ser, hvordan det står til."
    )


def test_c12_a_team_is_told_both() -> None:
    team = caseload.of_team(81, 11)
    assert words_caseload.team_said(team) == (
        "7,4 borgere til hver medarbejder; i gennemsnit højst 8. 81 i teamet; højst ca. 70-80"
    )
    assert words_caseload.team_notes(team) == ("81 borgere: flere end de 80, et fuldt team har plads til.",)
    assert words_caseload.team_said(caseload.of_team(40, 5)) == "8 borgere til hver medarbejder; i gennemsnit højst 8"


@pytest.mark.parametrize("spoken", ["da", "en"])
@given(counts=st.tuples(*(st.integers(0, 12) for _ in METHODS)), moves=st.integers(0, 4))
def test_every_mix_has_its_words_and_no_braces_are_left(spoken: str, counts: tuple[int, ...], moves: int) -> None:
    use_language(spoken)
    citizens = [each for n, method in zip(counts, METHODS, strict=True) for each in some(n, method)]
    load = caseload.of_worker([*citizens, *moving(moves)], TODAY)
    words = (words_caseload.said(load), *words_caseload.own_notes(load), *words_caseload.leader_notes(load))
    assert str(load.citizens) in words[0]
    assert len(words) == 1 + 2 * len(load.notes)
    for each in words:
        assert each and not set("{}") & set(each) and "None" not in each and not find(each)


@pytest.mark.parametrize(("citizens", "workers"), [*product((0, 3, 69, 70, 81, 97), (0, 1, 9, 10, 12))])
def test_every_team_has_its_words(citizens: int, workers: int) -> None:
    team = caseload.of_team(citizens, workers)
    for each in (words_caseload.team_said(team), *words_caseload.team_notes(team)):
        assert each and not set("{}") & set(each) and "None" not in each and not find(each)
