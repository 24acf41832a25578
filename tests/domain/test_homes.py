"""Homes as the rules see them: which one is now, which is next, and since when there is none; any number of times."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.homes import Home, Situated, ahead, current, due_on, has_home, is_left, lived_in, without_since
from fieldapp.domain.values import Situation
from fieldapp.domain.values_life import HOUSING, HousingList
from fieldapp.domain.workdays import is_workday
from tests.examples import TODAY

WRITTEN = datetime(2026, 1, 1, 12, tzinfo=UTC)
days = st.integers(-400, 60).map(lambda ahead_: TODAY + timedelta(days=ahead_))
homes = st.lists(
    st.builds(
        Home,
        id=st.uuids().map(str),
        written_at=st.integers(0, 300).map(lambda n: WRITTEN + timedelta(days=n)),
        move_in_on=st.none() | days,
        lost_on=st.none() | days,
        moved_out_on=st.none() | days,
        in_use=st.none() | st.booleans(),
    ),
    max_size=5,
)
situations = st.lists(st.builds(Situated, from_on=days, situation=st.sampled_from(list(Situation))), max_size=5).map(
    lambda found: sorted(found, key=lambda one: one.from_on)
)


def day(ahead_: int) -> date:
    return TODAY + timedelta(days=ahead_)


def a_home(id: str, **fields: object) -> Home:
    return Home(id, WRITTEN, **fields)  # type: ignore[arg-type]


def test_the_home_now_the_next_one_and_those_before() -> None:
    first = a_home("1", move_in_on=day(-300), lost_on=day(-200))
    second = a_home("2", move_in_on=day(-100), moved_out_on=day(5))
    third = a_home("3", move_in_on=day(5))
    theirs = (third, second, first)
    assert (current(theirs, TODAY), ahead(theirs, TODAY)) == (second, third)
    assert lived_in(theirs, TODAY) == (first, second), "in order of time, lost or not"
    assert current(theirs, day(5)) == third and is_left(second, day(5))


def test_a_home_nobody_wrote_of_counts_by_where_the_citizen_is_said_to_be() -> None:
    own = (Situated(day(-50), "own_home"),)
    assert has_home((), own, TODAY) and not has_home((), (), TODAY)
    lost = (a_home("1", lost_on=day(-3)),)
    assert not has_home(lost, own, TODAY), "it is that home which was lost"
    assert has_home(lost, (*own, Situated(day(-1), "own_home")), TODAY)
    assert has_home((), (Situated(day(-1), "functional"),), TODAY), "it cannot be used, and is there"


def test_since_when_there_is_no_home_as_far_as_anybody_knows() -> None:
    street = (Situated(day(-30), "street"),)
    assert without_since((), street, day(-40), TODAY) == day(-40)
    assert without_since(
        (), (Situated(day(-30), "own_home"), Situated(day(-9), "shelter_110")), day(-40), TODAY
    ) == day(-9)
    assert without_since((a_home("1", move_in_on=day(-20), lost_on=day(-4)),), street, day(-40), TODAY) == day(-4)
    assert without_since((a_home("1", move_in_on=day(-20)),), street, day(-40), TODAY) is None


@given(theirs=homes, said=situations)
def test_whatever_was_written_there_is_a_home_or_a_day_since_when_there_is_none(
    theirs: list[Home], said: list[Situated]
) -> None:
    since = without_since(theirs, said, day(-400), TODAY)
    assert (since is None) == has_home(theirs, said, TODAY)
    assert since is None or since <= TODAY
    now, next_ = current(theirs, TODAY), ahead(theirs, TODAY)
    assert now is None or (now in lived_in(theirs, TODAY) and now is not next_)
    assert next_ not in lived_in(theirs, TODAY)
    assert {each.id for each in lived_in(theirs, TODAY)} >= {
        each.id for each in theirs if each.lost_on and not each.move_in_on
    }, "no home is left out because it was lost"


@given(move=days)
def test_a_deadline_is_never_a_day_gone_by_and_never_after_the_move(move: date) -> None:
    for item in HOUSING[HousingList.MOVING_IN]:
        due = due_on(item, move, TODAY)
        if due is not None and move >= TODAY:
            assert TODAY <= due <= move
            assert due in (TODAY, move) or is_workday(due)
