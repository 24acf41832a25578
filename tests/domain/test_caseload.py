"""How many is a note to talk about, never a block, and never about who is better (P1, P2, P6, C5, C6, C12)."""

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import caseload
from fieldapp.domain.caseload import Caseload, Note, TeamLoad
from fieldapp.domain.facts import Closing, Facts, Pause
from tests.domain import anything
from tests.examples import NOW, TODAY, an_id, some_facts

METHODS = ("cti", "icm", "act", "act_modified", None, "a_newer_one")


def some(count: int, method: str | None, **more: object) -> list[Facts]:
    return [some_facts(method=method, **more) for _ in range(count)]


def moving(count: int, method: str = "cti", days: int = 6) -> list[Facts]:
    return some(count, method, move_in_on=TODAY - timedelta(days=days))


@pytest.mark.parametrize(("method", "ceiling"), [("cti", 10), ("icm", 8)])
def test_p1_c5_c6_the_ceiling_is_the_methods_and_only_one_more_is_noted(method: str, ceiling: int) -> None:
    full = caseload.of_worker(some(ceiling, method), TODAY)
    assert (full.citizens, full.ceiling, full.notes) == (ceiling, ceiling, ())
    assert caseload.of_worker(some(ceiling + 1, method), TODAY).notes == (Note.OVER,)


@pytest.mark.parametrize("method", ["act", "act_modified"])
def test_c12_act_is_an_average_of_the_team_and_no_ceiling_for_one_worker(method: str) -> None:
    """A colleague may have seven: nine is nothing to talk about."""
    load = caseload.of_worker(some(9, method), TODAY)
    assert (load.citizens, load.ceiling, load.notes, load.act) == (9, None, (), True)
    mixed = caseload.of_worker([*some(9, "cti"), *some(9, method)], TODAY)
    assert mixed.notes == (Note.SEVERAL_METHODS,), "and they are no part of another method's ceiling"
    assert not caseload.of_worker(some(9, "cti"), TODAY).act


def test_acceptance_9_an_eleventh_citizen_of_a_cti_worker_is_noted_and_three_move_ins_ask_for_fewer() -> None:
    eleven = caseload.of_worker(some(11, "cti"), TODAY)
    assert (eleven.citizens, eleven.ceiling, eleven.notes) == (11, 10, (Note.OVER,))
    moves = caseload.of_worker([*some(4, "cti"), *moving(3)], TODAY)
    assert (moves.citizens, moves.moving_in, moves.notes) == (7, 3, (Note.MOVING_IN,))
    assert caseload.of_worker([*some(4, "cti"), *moving(2)], TODAY).notes == ()


def test_acceptance_10_c12_a_full_act_team_with_81_is_noted_though_the_average_is_below_eight() -> None:
    team = caseload.of_team(81, 11)
    assert team.average == pytest.approx(7.36, abs=0.01)
    assert (team.notes, team.most) == ((Note.TEAM_OVER,), 80)


@pytest.mark.parametrize(
    ("citizens", "workers", "notes"),
    [
        (69, 10, ()),
        (70, 10, (Note.TEAM_NEAR,)),
        (80, 12, (Note.TEAM_NEAR,)),
        (81, 10, (Note.TEAM_AVERAGE, Note.TEAM_OVER)),
        (40, 5, ()),
        (41, 5, (Note.TEAM_AVERAGE,)),
        (75, 9, (Note.TEAM_AVERAGE,)),
        (3, 0, (Note.TEAM_AVERAGE,)),
        (0, 0, ()),
    ],
)
def test_c12_both_the_average_and_the_total_of_a_full_team_count(
    citizens: int, workers: int, notes: tuple[Note, ...]
) -> None:
    assert caseload.of_team(citizens, workers).notes == notes


@pytest.mark.parametrize(("days", "moves"), [(-93, 0), (-80, 3), (0, 3), (80, 3), (93, 0)])
def test_p2_moving_in_is_three_months_before_and_after_the_day(days: int, moves: int) -> None:
    assert caseload.of_worker(moving(3, days=days), TODAY).moving_in == moves


def test_with_several_methods_each_has_its_own_ceiling_and_the_leader_hears_of_it() -> None:
    mixed = caseload.of_worker([*some(6, "cti"), *some(2, "icm"), *some(1, None)], TODAY)
    assert (mixed.citizens, mixed.ceiling) == (9, None)
    assert [(m.method, m.citizens, m.ceiling) for m in mixed.methods] == [("cti", 6, 10), ("icm", 2, 8)]
    assert mixed.notes == (Note.SEVERAL_METHODS,)
    assert Note.OVER in caseload.of_worker([*some(6, "cti"), *some(5, "icm")], TODAY).notes


def test_c15_what_a_worker_works_by_counts_before_the_first_citizen() -> None:
    assert caseload.of_worker([], TODAY, ["icm"]).ceiling == 8
    assert caseload.of_worker(some(2, "cti"), TODAY, ["icm"]).notes == (Note.SEVERAL_METHODS,)
    both = caseload.of_worker(some(2, "act"), TODAY, ["act_modified"])
    assert [each.method for each in both.methods] == ["act"], "one method, also in its modified form"


def test_whoever_is_on_pause_counts_and_whoever_has_ended_does_not() -> None:
    paused = some_facts(method="cti", pauses=(Pause(NOW, TODAY, TODAY + timedelta(days=30), an_id()),))
    ended = some_facts(method="cti", closings=(Closing(NOW, TODAY, "own_wish", an_id()),))
    assert caseload.of_worker([paused, ended], TODAY).citizens == 1


def test_a_worker_without_any_method_has_no_ceiling_to_be_over() -> None:
    street = caseload.of_worker(some(40, None), TODAY)
    assert (street.citizens, street.ceiling, street.notes) == (40, None, ())


@given(st.lists(anything.facts(method=st.sampled_from(METHODS)), max_size=30))
def test_every_mix_has_an_answer_that_counts_everybody_once(citizens: list[Facts]) -> None:
    load = caseload.of_worker(citizens, TODAY)
    held = [each for each in citizens if caseload.counts(each, TODAY)]
    assert load.citizens == len(held)
    assert sum(each.citizens for each in load.methods) == sum(each.method is not None for each in held)
    assert 0 <= load.moving_in <= load.citizens
    assert (load.ceiling is not None) <= (len(load.methods) == 1)
    assert (Note.SEVERAL_METHODS in load.notes) == (len(load.methods) > 1)
    assert load == caseload.of_worker(reversed(citizens), TODAY), "the order says nothing"


@given(st.integers(0, 200), st.integers(0, 20))
def test_more_citizens_never_take_a_teams_note_away(citizens: int, workers: int) -> None:
    now, more = caseload.of_team(citizens, workers), caseload.of_team(citizens + 1, workers)
    assert (Note.TEAM_AVERAGE in now.notes) <= (Note.TEAM_AVERAGE in more.notes)
    assert bool(now.notes) <= bool(more.notes)


def test_i_10_nothing_of_it_is_a_score_or_a_place_in_a_row() -> None:
    names = {field.name for kind in (Caseload, TeamLoad) for field in dataclasses.fields(kind)}
    assert not {name for name in names if any(word in name for word in ("score", "rank", "share", "percent"))}
