"""Turning the support up and down: five steps, and a joint look at it when it goes below *jævnlig*."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import rhythm
from fieldapp.domain.intensity import asks_for_assessment, turned
from fieldapp.domain.values import Method, Phase
from tests.examples import TODAY, some_facts

LEVELS = st.integers(1, 5)


@given(level=LEVELS, by=st.integers(-9, 9))
def test_turning_never_leaves_the_five_steps(level: int, by: int) -> None:
    assert 1 <= turned(level, by) <= 5


@given(before=LEVELS, after=LEVELS)
def test_h2_a_joint_assessment_is_asked_for_exactly_when_it_falls_below_regular(before: int, after: int) -> None:
    asked = asks_for_assessment(before, after, some_facts(), TODAY)

    assert asked == (after < before and after in (1, 2))


@pytest.mark.parametrize(
    ("method", "phase", "days", "asks"),
    [
        (Method.CTI, Phase.TRY_OUT, 0, False),
        (Method.CTI, Phase.HANDOVER, 14, False),
        (Method.CTI, Phase.HANDOVER, 15, True),
        (Method.CTI, Phase.CONTACT_PERIOD, 1, True),
        (Method.ICM, Phase.TRY_OUT, 1, True),
    ],
)
def test_h2_not_when_a_phase_shift_was_just_confirmed(method: str, phase: str, days: int, asks: bool) -> None:
    facts = some_facts(method=method, phase=phase, phase_from_on=TODAY - timedelta(days=days))

    assert asks_for_assessment(3, 2, facts, TODAY) is asks


@given(level=LEVELS)
def test_what_was_chosen_is_what_it_is_now(level: int) -> None:
    assert rhythm.level(some_facts(intensity=level), TODAY) == level


def test_what_nobody_has_chosen_follows_from_the_situation() -> None:
    assert rhythm.level(some_facts(method=Method.ACT), TODAY) == 4
    assert rhythm.level(some_facts(method=Method.CTI, phase=Phase.TRY_OUT, phase_from_on=TODAY), TODAY) == 3
