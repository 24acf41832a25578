"""I-4, I-5: which grounds are open, why not, and that nothing but them ever ends the support."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.closing import BASIS, Blocked, Lack, blocked, lacks, pause_lacks
from fieldapp.domain.facts import Record
from fieldapp.domain.gather import gather
from fieldapp.domain.standing import standing
from fieldapp.domain.values import ClosingGround, Support
from tests.domain import anything
from tests.examples import TODAY, an_id, days_ago

ME, TINE = an_id(), an_id()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def a_record(kind: str, days: int = 0, author: str | None = ME, **fields: Any) -> Record:
    return Record(kind, fields.pop("id", None) or an_id(), fields, author, days_ago(days))


def a_closing(ground: str, days: int = 0, author: str | None = ME, **more: Any) -> Record:
    return a_record("closing", days, author, on=day(-days), ground=ground, **more)


def takes_over(starts: int = 0, begun: bool = True, **more: Any) -> Record:
    return a_record("replacement_support", what="ordinary_85", id=TINE, starts_on=day(starts), begun=begun, **more)


def a_no(days: int = 20, again: int = -6, **more: Any) -> Record:
    return a_record("support_answer", days, said_on=day(-days), answer="no_thanks", ask_again_on=day(again), **more)


def a_yes(days: int) -> Record:
    return a_record("support_answer", days, said_on=day(-days), answer="yes")


def away(place: str = "prison", since: int = -200, back: int | None = None) -> Record:
    return a_record("absence", place=place, since_on=day(since), back_on=None if back is None else day(back))


def a_move(on: int = 0, agreed: int | None = 0, **more: Any) -> Record:
    day_agreed = None if agreed is None else day(agreed)
    return a_record("municipality_move", on=day(on), to="Fjordby", agreed_on=day_agreed, **more)


#: Each ground as it is whole: what the closing says, and what stands beside it.
WHOLE: dict[str, tuple[dict[str, Any], tuple[Record, ...]]] = {
    "replacement": ({"replacement": TINE, "begun": True}, (takes_over(),)),
    "manages_own_judgement": ({"own_words": "Nu kan jeg godt selv."}, ()),
    "own_wish": ({}, (a_no(),)),
    "long_imprisonment": ({}, (away(),)),
    "moved_municipality": ({}, (a_move(),)),
    "authority_decision": ({"leader_told": True}, ()),
    "death": ({}, ()),
}
#: Each lack of each of them.
LACKING: dict[str, tuple[str, dict[str, Any], tuple[Record, ...], Blocked]] = {
    "no replacement": ("replacement", {"begun": True}, (), Blocked(Lack.REPLACEMENT)),
    "another one than it names": (
        "replacement",
        {"begun": True, "replacement": an_id()},
        (takes_over(),),
        Blocked(Lack.REPLACEMENT),
    ),
    "not begun": (
        "replacement",
        {"begun": True, "replacement": TINE},
        (takes_over(begun=False),),
        Blocked(Lack.BEGUN),
    ),
    "nobody says so": ("replacement", {"replacement": TINE}, (takes_over(),), Blocked(Lack.BEGUN)),
    "a day too late": (
        "replacement",
        {"begun": True, "replacement": TINE},
        (takes_over(1),),
        Blocked(Lack.LATE, TODAY + timedelta(days=1)),
    ),
    "not in their words": ("manages_own_judgement", {"own_words": "  "}, (), Blocked(Lack.OWN_WORDS)),
    "never said no": ("own_wish", {}, (), Blocked(Lack.NO_THANKS)),
    "said yes since": ("own_wish", {}, (a_no(), a_yes(3)), Blocked(Lack.NO_THANKS)),
    "at the first word": (
        "own_wish",
        {},
        (a_no(1, again=13),),
        Blocked(Lack.ASK_AGAIN, TODAY + timedelta(days=13)),
    ),
    "in hospital": ("long_imprisonment", {}, (away("hospital"),), Blocked(Lack.PRISON)),
    "home from prison": ("long_imprisonment", {}, (away(back=-1),), Blocked(Lack.PRISON)),
    "no move": ("moved_municipality", {}, (), Blocked(Lack.MOVE)),
    "not agreed": ("moved_municipality", {}, (a_move(agreed=None),), Blocked(Lack.AGREED)),
    "moves later": (
        "moved_municipality",
        {},
        (a_move(on=2),),
        Blocked(Lack.MOVES, TODAY + timedelta(days=2)),
    ),
    "agreed for later": (
        "moved_municipality",
        {},
        (a_move(on=-2, agreed=5),),
        Blocked(Lack.MOVES, TODAY + timedelta(days=5)),
    ),
    "no leader": ("authority_decision", {}, (), Blocked(Lack.LEADER)),
    "silence": ("cannot_be_found", {}, (), Blocked(Lack.GROUND)),
}


#: What no longer is so when the support has been taken up again after it.
WAS_SO = {
    "own_wish": Blocked(Lack.NO_THANKS),
    "long_imprisonment": Blocked(Lack.PRISON, TODAY - timedelta(days=1)),
    "replacement": Blocked(Lack.REPLACEMENT),
    "moved_municipality": Blocked(Lack.MOVE),
}


def support(*records: Record) -> Support:
    return standing(gather(an_id(), records, TODAY), TODAY).support


def test_every_ground_has_a_way_to_be_open() -> None:
    assert set(WHOLE) == set(ClosingGround)


@pytest.mark.parametrize("ground", WHOLE)
def test_a_ground_that_is_whole_is_open_and_closes(ground: str) -> None:
    said, beside = WHOLE[ground]
    closing = a_closing(ground, **said)
    assert blocked(closing.fields, beside, TODAY) is None
    assert support(closing, *beside) is Support.CLOSED


@pytest.mark.parametrize("case", LACKING)
def test_a_ground_that_lacks_something_says_what_and_closes_nobody(case: str) -> None:
    ground, said, beside, why = LACKING[case]
    closing = a_closing(ground, **said)
    assert blocked(closing.fields, beside, TODAY) == why
    assert support(closing, *beside) is Support.ACTIVE


def test_a_leader_who_was_told_opens_the_citizens_own_wish_before_the_day_to_ask_again() -> None:
    early = a_no(1, again=13)
    assert blocked({"on": TODAY, "ground": "own_wish", "leader_told": True}, [early], TODAY) is None
    assert blocked({"on": TODAY, "ground": "own_wish"}, [a_no(1, again=13, leader_told=True)], TODAY) is None


def test_a_no_after_a_yes_counts_again() -> None:
    assert blocked({"on": TODAY, "ground": "own_wish"}, [a_yes(40), a_no(20)], TODAY) is None


def test_a_day_ahead_is_no_day_to_end_on() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert blocked({"on": tomorrow, "ground": "death"}, [], TODAY) == Blocked(Lack.DAY, tomorrow)


def test_a_replacement_that_is_taken_back_or_put_off_brings_the_citizen_back() -> None:
    said, (tine,) = WHOLE["replacement"]
    closing = a_closing("replacement", **said)
    assert support(closing, tine) is Support.CLOSED
    assert support(closing, replace(tine, void=True)) is Support.ACTIVE
    assert support(closing, takes_over(7)) is Support.ACTIVE


def resumed(days: int, author: str | None = ME) -> Record:
    return a_record("reopening", days, author, on=day(-days))


def ended_and_resumed(days: int, author: str | None = ME) -> list[Record]:
    return [a_closing("manages_own_judgement", days + 3, own_words="Nu kan jeg."), resumed(days, author)]


BEFORE: dict[str, Record] = {
    "own_wish": a_no(),
    "long_imprisonment": away(),
    "replacement": takes_over(-9),
    "moved_municipality": a_move(-9, -9),
}


@pytest.mark.parametrize("ground", WAS_SO)
def test_what_was_so_before_the_support_was_taken_up_again_is_no_ground_for_the_next_ending(ground: str) -> None:
    said = {"on": TODAY, "ground": ground} | WHOLE[ground][0]
    assert lacks(said, [BEFORE[ground]]) is None
    assert lacks(said, [BEFORE[ground], *ended_and_resumed(1)]) == WAS_SO[ground]
    assert support(*ended_and_resumed(1), BEFORE[ground], a_closing(ground, **WHOLE[ground][0])) is Support.ACTIVE
    assert lacks(said, [BEFORE[ground], *ended_and_resumed(1, author=None)]) is None, "nobody took it up again"
    assert lacks(said, [BEFORE[ground], *ended_and_resumed(-1)]) is None, "only afterwards"


@pytest.mark.parametrize("ground", WAS_SO)
def test_what_is_so_since_it_was_taken_up_again_is_one(ground: str) -> None:
    said = {"on": TODAY, "ground": ground} | WHOLE[ground][0]
    assert lacks(said, [BEFORE[ground], *ended_and_resumed(300)]) is None


@pytest.mark.parametrize("ground", ["long_imprisonment", "replacement", "moved_municipality"])
def test_going_on_after_a_pause_is_the_same_course(ground: str) -> None:
    pause = a_record("pause", 5, from_on=day(-5), review_on=day(30), reason="Længere afsoning")
    assert lacks({"on": TODAY, "ground": ground} | WHOLE[ground][0], [BEFORE[ground], pause, resumed(1)]) is None


def test_whoever_goes_on_after_a_pause_has_not_said_no_any_more() -> None:
    assert lacks({"on": TODAY, "ground": "own_wish"}, [a_no(), resumed(1)]) == Blocked(Lack.NO_THANKS)
    assert lacks({"on": TODAY, "ground": "own_wish"}, [a_no(), resumed(30)]) is None, "said since"


@pytest.mark.parametrize(
    ("ground", "field"), [("replacement", "replacement"), ("moved_municipality", "municipality_move")]
)
def test_what_one_course_ended_on_is_used_though_it_was_the_day_it_was_taken_up_again(ground: str, field: str) -> None:
    """Ended and taken up again on one day: the same record does not end it the day after."""
    said, (beside,) = WHOLE[ground]
    ended = a_closing(ground, **{**said, field: beside.id})
    again = {"on": TODAY + timedelta(days=1), "ground": ground, **said, field: beside.id}
    assert lacks(again, [beside, ended]) is None
    assert lacks(again, [beside, ended, resumed(0)]) == WAS_SO[ground]


@pytest.mark.parametrize("ground", [ground for ground, (_said, beside) in WHOLE.items() if beside])
def test_what_nobody_wrote_is_no_ground(ground: str) -> None:
    said, beside = WHOLE[ground]
    assert lacks({"on": TODAY, "ground": ground} | said, [replace(each, author=None) for each in beside]) is not None


@pytest.mark.parametrize("ground", WHOLE)
def test_a_closing_by_nobody_closes_nobody(ground: str) -> None:
    said, beside = WHOLE[ground]
    assert support(a_closing(ground, author=None, **said), *beside) is Support.ACTIVE


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, None),
        ({"reason": " "}, "reason"),
        ({"review_on": day(0)}, "review_on"),
        ({"review_on": day(90)}, None),
        ({"review_on": day(91)}, "review_on"),
        ({"review_on": "9999-12-31"}, "review_on"),
    ],
)
def test_a_pause_has_a_reason_and_a_review_within_three_months(fields: dict[str, Any], wrong: str | None) -> None:
    said = {"from_on": day(0), "reason": "Længere afsoning", "review_on": day(30)} | fields
    assert pause_lacks(said) == wrong
    assert support(a_record("pause", **said)) is (Support.ACTIVE if wrong else Support.PAUSED)


# ---- for whatever may arrive


closings = st.builds(
    lambda ground, said, ago, author: a_closing(ground, ago, author, **said),
    st.sampled_from([*ClosingGround, "cannot_be_found", "silence"]).map(str),
    st.fixed_dictionaries(
        {},
        optional={
            "replacement": st.sampled_from([TINE, an_id()]),
            "begun": st.booleans(),
            "own_words": st.sampled_from(["", " ", "Nu kan jeg selv."]),
            "leader_told": st.booleans(),
        },
    ),
    st.integers(-3, 30),
    st.sampled_from([ME, ME, None]),
)
near = st.integers(-40, 40)
bases = st.one_of(
    st.builds(takes_over, near, st.booleans()),
    st.builds(a_no, st.integers(0, 30), near),
    st.builds(a_yes, st.integers(0, 30)),
    st.builds(away, st.sampled_from(["prison", "hospital"]), near, st.none() | near),
    st.builds(a_move, near, st.none() | near),
).flatmap(lambda each: st.builds(replace, st.just(each), author=st.sampled_from([ME, ME, None]), void=st.booleans()))


LATER = "9999-12-31"


def told_or_asked(said: Any, answer: dict[str, Any], on: str) -> bool:
    told = said.get("leader_told") or answer.get("leader_told")
    return bool(told) or (answer.get("ask_again_on") or LATER) <= on


def stands_on_something(closing: Record, beside: list[Record]) -> bool:
    """The invariant, said once more and in other words (I-4)."""
    on, said = closing.fields["on"], closing.fields
    told = [each for each in beside if each.author and not each.void]

    def of(kind: str) -> list[dict[str, Any]]:
        return [dict(each.fields) | {"id": each.id} for each in told if each.kind == kind]

    match said["ground"]:
        case "replacement":
            return bool(said.get("begun")) and any(
                r["id"] == said.get("replacement") and r.get("begun") and r["starts_on"] <= on
                for r in of("replacement_support")
            )
        case "manages_own_judgement":
            return bool(said.get("own_words", "").strip())
        case "own_wish":
            return any(
                a["answer"] == "no_thanks" and a["said_on"] <= on and told_or_asked(said, a, on)
                for a in of("support_answer")
            )
        case "long_imprisonment":
            return any(a["place"] == "prison" and a["since_on"] <= on for a in of("absence"))
        case "moved_municipality":
            return any((m.get("agreed_on") or LATER) <= on for m in of("municipality_move"))
        case "authority_decision":
            return said.get("leader_told") is True
    return said["ground"] == "death"


@given(st.lists(closings, max_size=3), st.lists(bases, max_size=5), anything.records("closing", "reopening"), near)
def test_nothing_ends_without_a_named_person_and_a_ground(
    ends: list[Record], beside: list[Record], more: list[Record], later: int
) -> None:
    """Records of any author, ground and date, gathered on any day."""
    today = TODAY + timedelta(days=later)
    found = standing(gather(an_id(), [*ends, *beside, *more], today), today)
    if found.support is Support.CLOSED:
        told = [*beside, *(each for each in more if each.kind in BASIS)]
        assert any(
            each.author and each.fields["on"] <= today.isoformat() and stands_on_something(each, told) for each in ends
        )
    else:
        assert not any(
            each.author and each.fields["ground"] == "death" and each.fields["on"] <= today.isoformat() for each in ends
        )


@given(st.lists(bases, max_size=6), st.sampled_from(list(WAS_SO)), st.integers(0, 40), st.integers(1, 40))
def test_no_ground_that_was_there_when_the_support_was_taken_up_again_ends_it_later(
    before: list[Record], ground: str, ago: int, later: int
) -> None:
    """Whatever had been said, begun or happened by then, and on whichever day after it somebody ends the course."""
    day_of = {"support_answer": "said_on", "absence": "since_on", "replacement_support": "starts_on"}
    by_then = [each for each in before if each.fields[day_of.get(each.kind, "on")] < day(-ago)]
    said = {"on": TODAY + timedelta(days=later - ago), "ground": ground, "leader_told": True} | WHOLE[ground][0]
    assert lacks(said, [*by_then, *ended_and_resumed(ago)]) is not None


@given(anything.records("closing"), anything.near)
def test_nobody_is_paused_without_a_person_a_reason_and_a_review_in_time(records: list[Record], today: Any) -> None:
    if standing(gather(an_id(), records, today), today).support is Support.PAUSED:
        assert any(each.kind == "pause" and each.author and each.fields["reason"] and not each.void for each in records)
