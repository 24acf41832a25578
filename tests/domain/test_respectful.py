"""When a worker is asked once before reaching out: too often, too late, or within the peace; never more than asked."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.facts import Attempt, Contact
from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.respectful import Ask, Caution, caution, may_answer_late
from fieldapp.domain.values import FROM_THE_CITIZEN, Way
from tests.domain import anything
from tests.examples import CET, NOW, TODAY, a_contact, some_facts

NOON = NOW.replace(hour=12)
SATURDAY = NOON + timedelta(days=3)


def a_try(hours: float, way: str = "text", outcome: str = "sent") -> Attempt:
    return Attempt(NOON - timedelta(hours=hours), way, outcome, real=False)


def asked(*tries: Attempt, way: str = "text", now: datetime = NOON, **more: object) -> Caution | None:
    facts = some_facts(**({"contacts": (a_contact(30),), "attempts": tuple(reversed(tries))} | more))
    return caution(facts, way, now)


def test_the_third_time_within_a_day_is_asked_about_and_the_second_is_not() -> None:
    assert asked(a_try(2)) is None
    assert asked(a_try(2), a_try(23, "call", "no_answer"), way="bell") == Caution(
        Ask.MANY, TODAY + timedelta(days=1), count=2
    )
    assert asked(a_try(2), a_try(25, "call", "no_answer"), way="bell") is None


def test_three_unanswered_of_one_kind_in_a_week_are_asked_about_before_the_next() -> None:
    three = (a_try(30), a_try(60), a_try(150))
    assert asked(*three) == Caution(Ask.SAME, TODAY + timedelta(days=1), count=3)
    assert asked(*three, way="call") is None
    assert asked(a_try(30), a_try(60), a_try(170)) is None


def test_an_answer_begins_anew() -> None:
    assert asked(a_try(2), a_try(3), contacts=(a_contact(0),)) is None


def test_the_note_after_nobody_opened_belongs_to_the_same_visit() -> None:
    ring = a_try(0.2, "bell", "nobody_opened")
    assert asked(ring, a_try(5), a_try(6), way="note") is None
    assert asked(a_try(0.1, "note", "left"), ring, way="text") is None, "one visit, not two"


@pytest.mark.parametrize("mode", sorted(FROM_THE_CITIZEN))
def test_who_answers_what_the_citizen_wrote_is_never_asked(mode: str) -> None:
    wrote = Contact(NOON - timedelta(minutes=30), mode, real=True)
    tries = (a_try(0.1), a_try(0.2), a_try(0.3))
    assert asked(*tries, contacts=(wrote,)) is None
    assert asked(*tries, contacts=(wrote,), peace_until=TODAY) is None
    assert asked(contacts=(wrote,), now=NOON.replace(hour=23)) is not None, "the answer is late, not lately"


def test_a_message_nobody_has_answered_is_never_too_many_however_old_but_the_night_is_quiet() -> None:
    wrote = Contact(NOON - timedelta(days=5), "citizen_wrote", real=True)
    assert asked(contacts=(wrote,), peace_until=TODAY) is None
    late = asked(contacts=(wrote,), now=NOON.replace(hour=23))
    assert late is not None and late.ask is Ask.QUIET


@pytest.mark.parametrize(
    ("at", "until", "opens"),
    [
        (NOON.replace(hour=8, minute=59), TODAY, 9),
        (NOON.replace(hour=9), None, None),
        (NOON.replace(hour=19, minute=59), None, None),
        (NOON.replace(hour=20), TODAY + timedelta(days=1), 9),
        (SATURDAY.replace(hour=9, minute=30), SATURDAY.date(), 10),
        (SATURDAY.replace(hour=18), SATURDAY.date() + timedelta(days=1), 10),
        (datetime(2026, 12, 25, 9, 30, tzinfo=CET), date(2026, 12, 25), 10),
        (datetime(2026, 11, 27, 21, 0, tzinfo=CET), date(2026, 11, 28), 10),
    ],
)
def test_quiet_hours_are_9_to_20_on_workdays_and_10_to_18_on_other_days(at, until, opens) -> None:
    found = asked(now=at)
    if until is None:
        assert found is None
    else:
        assert found == Caution(Ask.QUIET, until, time(opens))


def test_quiet_hours_are_for_texts_calls_and_the_door_and_not_for_who_works_at_night() -> None:
    late = NOON.replace(hour=22)
    facts = some_facts(contacts=(a_contact(30),))
    asks = {way for way in Way if caution(facts, way, late) is not None}
    assert asks == {Way.TEXT, Way.CALL, Way.BELL, Way.NOTE}
    assert [caution(facts, way, late, late=True) for way in Way] == [None] * len(Way)


def test_within_two_hours_of_a_message_a_late_answer_is_fine() -> None:
    late = NOON.replace(hour=22)
    wrote = Contact(late - timedelta(hours=2), "citizen_called", real=True)
    facts = some_facts(contacts=(wrote,))
    assert caution(facts, "text", late) is None
    assert may_answer_late(facts, late)
    assert caution(facts, "text", late + timedelta(minutes=1)) is not None


def test_the_hours_the_citizen_wants_come_before_everybodys() -> None:
    hours = (time(13), time(15))
    assert asked(hours=hours) == Caution(Ask.HOURS, TODAY, time(13))
    assert asked(hours=hours, now=NOON.replace(hour=14)) is None
    assert asked(hours=(time(20), time(23)), now=NOON.replace(hour=21)) is None
    assert asked(hours=(time(20), time(2)), now=NOON.replace(hour=1)) is None, "past midnight"


def test_within_the_peace_it_is_asked_first() -> None:
    found = asked(a_try(1), a_try(2), peace_until=TODAY + timedelta(days=2))
    assert found == Caution(Ask.PEACE, TODAY + timedelta(days=5)), "the day after is a Saturday"


@given(anything.facts(), st.sampled_from(list(Way)), anything.moments, st.booleans())
def test_it_never_looks_at_who_did_it_and_waits_for_a_day_to_come(facts, way, now, late) -> None:
    """I-10: the same for every worker; and waiting leads to today at the earliest."""
    found = caution(facts, way, now, late=late)
    nobody = tuple(replace(each, by=None) for each in facts.attempts)
    assert caution(replace(facts, attempts=nobody, responsible=None), way, now, late=late) == found
    if found is not None:
        assert found.until >= now.date()
        assert found.at is None or (found.until, found.at) > (now.date(), now.time())
        assert (found.count > 0) == (found.ask in (Ask.MANY, Ask.SAME))


def test_no_record_has_room_for_a_score() -> None:
    """I-10: the only numbers anybody can write are how close the support is, which day of the week, and the citizen's
    own *how near am I to what I want* (L4)."""
    numbers = {(kind.name, field.name) for kind in KINDS.values() for field in kind.fields if field.type is Type.NUMBER}
    assert numbers == {("intensity", "level"), ("own_scale", "value"), ("walk_in_hours", "weekday")}
