"""K1: the six steps follow from what was written; they overlap, and go backwards."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.course import State, Step, Told, course
from fieldapp.domain.facts import Closing, Facts
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support
from tests.domain import anything
from tests.examples import TODAY, a_contact, days_ago, some_facts

MET = some_facts(contacts=(a_contact(3),))
IN_CTI = replace(MET, method="cti", phase="transition")
AT_HOME = replace(IN_CTI, move_in_on=TODAY - timedelta(days=60))
told = st.builds(
    Told,
    st.sampled_from([None, "in_progress", "granted", "not_granted", "newer"]),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 8),
    st.booleans(),
)


def steps(facts: Facts, said: Told = Told(), state: State = State.NOW) -> set[str]:  # noqa: B008
    return {step.value for step, stands in course(facts, said, TODAY) if stands is state}


def test_it_begins_with_tracing() -> None:
    assert steps(MET) == {"tracing"}
    assert steps(MET, state=State.BEEN) == set()


def test_visitation_may_run_while_one_still_traces() -> None:
    assert steps(MET, Told("in_progress")) == {"tracing", "visitation"}


def test_support_goes_on_while_a_home_is_found() -> None:
    assert steps(IN_CTI) == {"home", "support"}
    assert steps(AT_HOME) == {"support"}
    assert "home" in steps(AT_HOME, state=State.BEEN)


def test_a_lost_home_goes_back_to_the_home_and_the_support_is_untouched() -> None:
    assert steps(replace(AT_HOME, lost_home_on=TODAY)) == {"home", "support"}


def test_bridges_are_built_while_the_support_goes_on() -> None:
    assert steps(AT_HOME, Told(bridges=1, open_bridges=1)) == {"support", "bridging"}
    assert "bridging" in steps(AT_HOME, Told(bridges=1), State.BEEN)


def test_what_takes_over_is_the_beginning_of_the_end() -> None:
    assert steps(AT_HOME, Told(replacement=True)) == {"support", "ending"}


def test_an_ended_course_has_no_step_now_and_one_taken_up_again_has() -> None:
    ended = replace(AT_HOME, closings=(Closing(days_ago(1), TODAY, "own_wish", "somebody"),))
    assert steps(ended) == set()
    assert {"support", "home", "ending"} <= steps(ended, state=State.BEEN)


@given(anything.facts(), told, anything.near)
def test_all_six_stand_in_their_order_and_one_that_goes_on_has_a_step_now(facts: Facts, said: Told, day) -> None:
    found = course(facts, said, day)
    assert [step for step, _ in found] == list(Step)
    if standing(facts, day).support is Support.CLOSED:
        assert not [step for step, state in found if state is State.NOW]
    elif facts.method is None and facts.absence is None and standing(facts, day).support is Support.ACTIVE:
        assert (Step.TRACING, State.NOW) in found


def test_whoever_lives_in_a_home_is_past_finding_one() -> None:
    """Also when nobody noted the day of the move: the page of the home says so too."""
    assert steps(replace(IN_CTI, situation="own_home")) == {"support"}
