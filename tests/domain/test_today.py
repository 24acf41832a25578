"""The list for today: who stands where, in what order and why (review.md 2.8)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.facts import Absence, Closing, Dated, Facts, Pause, PlannedStep, Reason, Why
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm import RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.today import Day, the_day
from fieldapp.domain.values import Support
from tests.domain import anything
from tests.examples import TODAY, a_contact, an_attempt, an_id, days_ago, some_facts

ME = an_id()
SECTIONS = ("agreed", "reach", "later", "elsewhere", "paused", "contact_making")


def mine(**more: object) -> Facts:
    return some_facts(**({"responsible": ME, "method": "icm", "contacts": (a_contact(0),)} | more))


def waiting(days: int, intensity: int = 4, **more: object) -> Facts:
    return mine(intensity=intensity, contacts=(a_contact(days),), **more)


def a_step(in_days: int = 0, **more: object) -> PlannedStep:
    return PlannedStep(**({"id": an_id(), "on": TODAY + timedelta(days=in_days)} | more))


def day(*everybody: Facts, today: date = TODAY, worker: str = ME) -> Day:
    return the_day(everybody, today, worker)


def names(day: Day) -> dict[str, list[str]]:
    return {section: [row.citizen for row in getattr(day, section)] for section in SECTIONS if getattr(day, section)}


def why(facts: Facts) -> Reason:
    """The reason of the only one to be reached out to."""
    (row,) = day(facts).reach
    return row.reason


def test_nobody_seen_for_400_days_stands_on_the_list_and_is_active() -> None:
    facts = waiting(400)
    (row,) = day(facts).reach
    assert (row.citizen, row.reason.why, row.last) == (
        facts.citizen,
        Why.SILENCE_LEADER,
        Reason(Why.DAYS_SINCE, days=400),
    )
    assert standing(facts, TODAY).support is Support.ACTIVE


def test_appointments_come_by_the_clock_those_without_a_time_last() -> None:
    ten, half_past_nine, some_time = (
        mine(steps=(a_step(agreed=True, at=at, text="Hjemmebesøg"),)) for at in (time(10), time(9, 30), None)
    )
    assert names(day(some_time, ten, half_past_nine)).keys() == {"agreed"}
    found = day(some_time, ten, half_past_nine).agreed
    assert [row.citizen for row in found] == [half_past_nine.citizen, ten.citizen, some_time.citizen]
    assert [row.reason.why for row in found] == [Why.AGREED_TIME, Why.AGREED_TIME, Why.AGREED_DAY]
    assert (found[0].at, found[0].act, found[0].text) == (time(9, 30), "note", "Hjemmebesøg")


def test_what_was_promised_comes_first_then_those_just_moved_then_the_longest_past_their_rhythm() -> None:
    a_little, long, very_long = waiting(4), waiting(9), waiting(25)
    rarely = waiting(50, intensity=1)
    promised = waiting(1, steps=(a_step(text="Ring om nøglen"),))
    moved = waiting(2, move_in_on=TODAY - timedelta(days=4))
    found = day(a_little, rarely, very_long, moved, promised, long)
    order = [row.citizen for row in (*found.reach, *found.later)]
    assert order == [f.citizen for f in (promised, moved, very_long, long, rarely, a_little)]


def test_at_most_five_now_and_the_rest_can_wait_until_the_next_workday() -> None:
    found = day(*(waiting(10 + days) for days in range(8)))
    assert (len(found.reach), len(found.later), found.later_on) == (5, 3, date(2026, 11, 26))
    friday = day(today=date(2026, 11, 27))
    assert friday.later_on == date(2026, 11, 30)
    assert len(the_day([waiting(9), waiting(9)], TODAY, ME, rules=RhythmRules(reach_out_at_most=1)).reach) == 1


def test_moved_to_another_day_somebody_is_off_todays_list() -> None:
    assert names(day(replace(waiting(20), steps=(a_step(1),)))) == {}


def test_what_another_day_cannot_answer_is_never_said_to_wait() -> None:
    """An appointment nobody noted, a text nobody confirmed, a deadline: moved, they would stand here all the same."""
    for more in (
        {"steps": (a_step(-1, agreed=True),)},
        {"attempts": (an_attempt(1, outcome="unconfirmed"),)},
        {"dated": (Dated("housing_task", an_id(), TODAY, "lease"),)},
        {"dated": (Dated("housing_task", an_id(), TODAY - timedelta(days=3), "lease"),)},
        {"dated": (Dated("housing_task", an_id(), TODAY, "lease"),), "peace_until": TODAY - timedelta(days=1)},
    ):
        found = day(*(waiting(20, **more) for _ in range(7)))
        assert (len(found.reach), len(found.later)) == (7, 0), more


@pytest.mark.parametrize("more", [{}, {"phone_works": False, "known_places": "Kilden"}, {"move_in_on": TODAY}])
def test_what_is_said_to_wait_is_off_the_list_once_it_is_moved(more: dict[str, object]) -> None:
    everybody = [waiting(20 + n, **more) for n in range(7)]
    later = {row.citizen for row in day(*everybody).later}
    moved = [replace(one, steps=(a_step(1),)) if one.citizen in later else one for one in everybody]
    assert len(later) == 2 and not later & {row.citizen for row in (*day(*moved).reach, *day(*moved).later)}


def test_yesterdays_appointment_that_is_not_noted_asks() -> None:
    facts = waiting(3, steps=(a_step(-1, agreed=True, at=time(13)),))
    (row,) = day(facts).reach
    assert row.reason == Reason(Why.AGREED_MISSED, on=TODAY - timedelta(days=1), at=time(13))
    assert row.act == "note"


def test_a_text_nobody_confirmed_asks_the_day_after() -> None:
    sent = mine(contacts=(a_contact(3),), attempts=(an_attempt(1, outcome="unconfirmed"),), steps=(a_step(1),))
    assert why(sent) == Reason(Why.UNCONFIRMED, on=TODAY - timedelta(days=1))
    just_now = replace(sent, attempts=(an_attempt(0, outcome="unconfirmed"),))
    assert names(day(just_now)) == {}


def test_who_wrote_and_got_no_answer_is_on_the_list() -> None:
    wrote = mine(contacts=(a_contact(1, mode="citizen_wrote"),))
    assert why(wrote) == Reason(Why.CITIZEN_WROTE, on=TODAY - timedelta(days=1))
    assert names(day(replace(wrote, attempts=(an_attempt(0),)))) == {}
    assert names(day(replace(wrote, steps=(a_step(1, text="Svar på sms"),)))) == {}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, Reason(Why.DAYS_SINCE, days=11)),
        ({"attempts": (an_attempt(6),)}, Reason(Why.FIRST_SILENCE, on=TODAY - timedelta(days=6))),
        (
            {"attempts": (an_attempt(8), an_attempt(6, "bell"), an_attempt(6, "note"))},
            Reason(Why.SILENCE_LONG, days=11, count=3),
        ),
        ({"steps": (a_step(text="Gå forbi Kilden"),)}, Reason(Why.PLANNED, text="Gå forbi Kilden")),
        (
            {"attempts": (an_attempt(8), an_attempt(6)), "steps": (a_step(text="Gå forbi Kilden"),)},
            Reason(Why.SILENCE_LONG, days=11, count=2),
        ),
        ({"phone_works": False, "known_places": "Søndre Kaj"}, Reason(Why.PHONE_BAD, place="Søndre Kaj")),
        ({"move_in_on": TODAY - timedelta(days=6)}, Reason(Why.JUST_MOVED, days=6)),
        ({"move_in_on": TODAY + timedelta(days=8)}, Reason(Why.MOVING_SOON, days=8)),
        ({"move_in_on": TODAY + timedelta(days=15)}, Reason(Why.DAYS_SINCE, days=11)),
        (
            {"absence": Absence("hospital", TODAY - timedelta(days=20), TODAY + timedelta(days=2))},
            Reason(Why.HOME_SOON, days=2),
        ),
        ({"absence": Absence("hospital", TODAY - timedelta(days=20), TODAY)}, Reason(Why.HOME_TODAY)),
        ({"absence": Absence("hospital", TODAY - timedelta(days=20))}, Reason(Why.ELSEWHERE, days=11)),
        (
            {"method": "cti", "phase": "try_out", "phase_from_on": date(2026, 9, 7)},
            Reason(Why.PHASE_ENDS, days=12, word="try_out"),
        ),
        ({"method": "cti", "phase": "try_out", "phase_from_on": date(2026, 10, 7)}, Reason(Why.DAYS_SINCE, days=11)),
        (
            {"method": "cti", "phase": "handover", "phase_from_on": date(2026, 9, 22)},
            Reason(Why.PHASE_ENDS, days=27, word="handover"),
        ),
        ({"peace_until": TODAY - timedelta(days=1)}, Reason(Why.PEACE_OVER, on=TODAY - timedelta(days=1))),
        (
            {"attempts": (an_attempt(9), an_attempt(7, "known_place", "seen_by_others", place="Kilden"))},
            Reason(Why.SEEN, on=TODAY - timedelta(days=7), place="Kilden"),
        ),
    ],
    ids=lambda value: value.why.value if isinstance(value, Reason) else "",
)
def test_each_stands_there_with_the_strongest_reason(more: dict[str, object], reason: Reason) -> None:
    assert why(mine(**({"contacts": (a_contact(11),), "intensity": 4} | more))) == reason


@pytest.mark.parametrize(
    ("days", "tried", "reason"),
    [
        (29, 2, Reason(Why.SILENCE_LONG, days=29, count=2)),
        (30, 2, Reason(Why.SILENCE_TEAM, days=30)),
        (59, 11, Reason(Why.SILENCE_TEAM, days=59)),
        (60, 11, Reason(Why.SILENCE_LEADER, days=60)),
        (70, 1, Reason(Why.SILENCE_LEADER, days=70)),
    ],
)
def test_the_longer_the_silence_the_more_of_us_think_along(days: int, tried: int, reason: Reason) -> None:
    attempts = tuple(an_attempt(20 + n) if days > 40 else an_attempt(20 + n % 5) for n in range(tried))
    assert why(mine(contacts=(a_contact(days),), intensity=4, attempts=attempts)) == reason


def test_nobody_talked_with_yet_is_new() -> None:
    tip = mine(method=None, contacts=(), known_since=TODAY - timedelta(days=6))
    assert why(tip) == Reason(Why.NEW, days=6)
    (row,) = day(tip).reach
    assert row.last == Reason(Why.NEW, days=6)


def test_who_is_elsewhere_paused_or_new_and_not_due_has_a_section_too() -> None:
    away = mine(absence=Absence("prison", TODAY - timedelta(days=20)), contacts=(a_contact(2),))
    review = TODAY + timedelta(days=20)
    paused = mine(pauses=(Pause(days_ago(30), TODAY - timedelta(days=30), review, ME),))
    new = mine(method=None, contacts=(a_contact(1),))
    calm = mine(contacts=(a_contact(0),))
    found = day(away, paused, new, calm)
    assert names(found) == {
        "elsewhere": [away.citizen],
        "paused": [paused.citizen],
        "contact_making": [new.citizen],
    }
    assert found.elsewhere[0].reason == Reason(Why.ELSEWHERE, days=2)
    assert found.paused[0].reason == Reason(Why.PAUSE_REVIEW, on=review)
    assert found.citizens == 4


def test_who_is_elsewhere_and_due_is_to_be_reached_out_to() -> None:
    away = mine(absence=Absence("prison", TODAY - timedelta(days=60)), contacts=(a_contact(30),))
    assert names(day(away)) == {"reach": [away.citizen]}


def test_a_pause_to_be_reviewed_today_is_on_the_list() -> None:
    pause = Pause(days_ago(60), TODAY - timedelta(days=60), TODAY, ME)
    assert why(mine(pauses=(pause,), contacts=(a_contact(3),))) == Reason(Why.PAUSE_REVIEW, on=TODAY)


def test_within_the_peace_nobody_is_on_the_list() -> None:
    assert names(day(waiting(40, peace_until=TODAY))) == {}


def test_the_closed_are_not_on_it() -> None:
    closing = Closing(days_ago(3), TODAY - timedelta(days=3), "own_wish", ME)
    assert day(waiting(40, closings=(closing,))).citizens == 0


def test_the_list_is_the_workers_own_and_the_ones_they_stand_in_for() -> None:
    colleague = an_id()
    others = waiting(20, responsible=colleague)
    covered = waiting(20, responsible=colleague, covering=frozenset({ME}))
    promised = mine(responsible=colleague, steps=(a_step(worker=ME),))
    nobodys = waiting(20, responsible=None)
    found = day(others, covered, promised, nobodys)
    assert {row.citizen for row in found.reach} == {covered.citizen, promised.citizen, nobodys.citizen}
    assert others.citizen in {row.citizen for row in day(others, worker=colleague).reach}


def test_on_a_sunday_those_waiting_are_still_there() -> None:
    assert len(day(waiting(20), today=date(2026, 11, 29)).reach) == 1


@given(st.lists(anything.facts(responsible=st.just(ME)), max_size=6), st.just(TODAY) | anything.near)
@settings(deadline=None, max_examples=60)
def test_whoever_is_due_stands_in_exactly_one_section_and_nobody_drops_off(everybody, today) -> None:
    found = the_day(everybody, today, ME)
    rows = [row.citizen for section in SECTIONS for row in getattr(found, section)]
    assert len(rows) == len(set(rows))
    for facts in everybody:
        step = next_step(facts, today)
        if step is None:
            assert facts.citizen not in rows
        elif step.on <= today or (step.id is None and due(facts, today).on <= today):
            assert facts.citizen in rows


@given(st.lists(anything.facts(responsible=st.just(ME)), min_size=2, max_size=6), st.randoms())
@settings(deadline=None, max_examples=60)
def test_the_order_does_not_depend_on_how_the_citizens_come(everybody, random) -> None:
    shuffled = list(everybody)
    random.shuffle(shuffled)
    assert the_day(shuffled, TODAY, ME) == the_day(everybody, TODAY, ME)
