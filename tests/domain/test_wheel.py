"""The wheel of what is worked with: always eight equal sectors, signs and no counts, now and over a year."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.values import Dimension
from fieldapp.domain.wheel import LATELY, YEAR, Mark, Period, Sign, happened, wheel
from tests.domain.anything import near
from tests.examples import TODAY

codes = st.one_of(st.sampled_from(list(Dimension)).map(str), st.just("from_a_newer_app"), st.none())
marks = st.builds(
    lambda code, sign, on, days: Mark(code, sign, on, None if days is None else on + timedelta(days=days)),
    codes,
    st.sampled_from(list(Sign)),
    near,
    st.none() | st.integers(0, 300),
)
periods = st.sampled_from(list(Period))


def signs(*told: Mark, period: Period = Period.NOW) -> dict[str, tuple[Sign, ...]]:
    return {sector.dimension: sector.signs for sector in wheel(told, TODAY, period) if sector.signs}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@given(st.lists(marks, max_size=8), periods)
def test_there_are_always_the_eight_in_the_manuals_order(told: list[Mark], period: Period) -> None:
    assert [sector.dimension for sector in wheel(told, TODAY, period)] == list(Dimension)


@given(st.lists(marks, max_size=8), periods, st.randoms())
def test_the_order_of_what_happened_and_how_often_it_did_say_nothing(
    told: list[Mark], period: Period, random: object
) -> None:
    shuffled = told * 3
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert wheel(told, TODAY, period) == wheel(shuffled, TODAY, period)


@given(st.lists(marks, max_size=8), marks, periods)
def test_one_thing_more_takes_no_sign_away_and_touches_one_sector(told: list[Mark], one: Mark, period: Period) -> None:
    before, after = wheel(told, TODAY, period), wheel([*told, one], TODAY, period)
    for was, now in zip(before, after, strict=True):
        assert set(was.signs) <= set(now.signs)
        if was != now:
            assert (now.dimension, set(now.signs) - set(was.signs)) == (one.dimension, {one.sign})


@given(st.lists(marks, max_size=8))
def test_what_is_now_is_of_the_last_year_too(told: list[Mark]) -> None:
    for now, year in zip(wheel(told, TODAY), wheel(told, TODAY, Period.LAST_YEAR), strict=True):
        assert set(now.signs) <= set(year.signs)


@given(st.lists(marks, max_size=8), periods)
def test_what_has_not_happened_yet_is_not_there(told: list[Mark], period: Period) -> None:
    ahead = [Mark(m.dimension, m.sign, TODAY + timedelta(days=1), None) for m in told]
    assert not any(sector.signs for sector in wheel(ahead, TODAY, period))


def test_an_ended_goal_is_of_the_year_and_not_of_now() -> None:
    ended = Mark("housing", Sign.GOAL, ago(200), ago(10))
    assert signs(ended) == {}
    assert signs(ended, period=Period.LAST_YEAR) == {"housing": (Sign.GOAL,)}
    assert signs(Mark("housing", Sign.GOAL, ago(900), ago(366)), period=Period.LAST_YEAR) == {}
    assert signs(Mark("housing", Sign.GOAL, ago(900))) == {"housing": (Sign.GOAL,)}


def test_what_was_talked_about_is_now_until_the_next_review_and_then_of_the_year() -> None:
    lately, before = LATELY.days, YEAR.days
    assert signs(happened("finances", Sign.TALKED, ago(lately))) == {"finances": (Sign.TALKED,)}
    assert signs(happened("finances", Sign.TALKED, ago(lately + 1))) == {}
    told = happened("finances", Sign.FORWARD, ago(before))
    assert signs(told, period=Period.LAST_YEAR) == {"finances": (Sign.FORWARD,)}
    assert signs(happened("finances", Sign.FORWARD, ago(before + 1)), period=Period.LAST_YEAR) == {}


def test_the_signs_of_one_are_told_in_one_order() -> None:
    told = [Mark("housing", sign, TODAY, TODAY if sign in (Sign.TALKED, Sign.FORWARD) else None) for sign in Sign]
    assert signs(*reversed(told)) == {"housing": tuple(Sign)}
