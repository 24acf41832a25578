"""A CTI course tells of its shifts in time and makes none of them by itself (C2, C3; review.md 1.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import cti, reasons
from fieldapp.domain.facts import Facts, Record, Why
from fieldapp.domain.gather import gather
from fieldapp.domain.methods import months_after
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm import DEFAULT, due
from fieldapp.domain.today import the_day
from fieldapp.domain.values import Phase
from tests.domain import anything
from tests.domain.test_gather import ME, a_contact, a_record, on
from tests.examples import TODAY, an_id

PHASES = [Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER]


def a_course(phase: str, ends_in: int, *more: Record, met: int = 0, method: str = "cti") -> Facts:
    """In this phase, which ends in so many days."""
    begun = months_after(TODAY + timedelta(days=ends_in), -3 * (PHASES.index(Phase(phase)) + 1))
    told = [
        a_record("phase", 300, phase=name, from_on=months_after(begun, 3 * place).isoformat())
        for place, name in enumerate(PHASES[: PHASES.index(Phase(phase)) + 1])
    ]
    method_ = a_record("method", 300, method=method, from_on=begun.isoformat())
    return gather(an_id(), [a_record("citizen", 300), a_contact(met), method_, *told, *more], TODAY)


@pytest.mark.parametrize(
    ("phase", "ends_in", "time"),
    [
        (Phase.TRANSITION, 22, False),
        (Phase.TRANSITION, 21, True),
        (Phase.TRY_OUT, 22, False),
        (Phase.TRY_OUT, 21, True),
        (Phase.TRY_OUT, -30, True),
        (Phase.HANDOVER, 61, False),
        (Phase.HANDOVER, 60, True),
        (Phase.HANDOVER, 0, True),
    ],
)
def test_c3_it_is_told_21_days_before_a_shift_and_60_before_the_end_and_never_falls_silent(
    phase: str, ends_in: int, time: bool
) -> None:
    facts = a_course(phase, ends_in)
    assert cti.ends_on(facts) == TODAY + timedelta(days=ends_in)
    assert cti.is_time_to_talk(facts, TODAY) is time
    step = next_step(facts, TODAY)
    assert step is not None
    assert (reasons.why_now(facts, step, TODAY, DEFAULT).why is Why.PHASE_ENDS) is time


@pytest.mark.parametrize(
    ("phase", "before"), [(Phase.TRANSITION, 21), (Phase.TRY_OUT, 21), (Phase.HANDOVER, 60), (Phase.HANDOVER, 28)]
)
def test_c3_the_reminder_comes_on_its_day_until_somebody_has_been_in_touch(phase: str, before: int) -> None:
    soon = due(a_course(phase, before, met=1), TODAY)
    assert (soon.on, soon.reason.why, soon.reason.days) == (TODAY, Why.PHASE_ENDS, before)
    assert due(a_course(phase, before, met=0), TODAY).on > TODAY


def test_c3_not_yet_is_quiet_until_the_day_agreed_and_the_phase_stays() -> None:
    later = a_record("phase_look", 1, on=on(-1), look_again_on=on(10))
    facts = a_course(Phase.TRY_OUT, 4, later, met=1)
    assert (facts.phase, cti.is_time_to_talk(facts, TODAY)) == (Phase.TRY_OUT, False)
    assert cti.is_time_to_talk(facts, TODAY + timedelta(days=10))


def test_what_was_agreed_about_a_phase_is_over_when_the_phase_is_another() -> None:
    looked = a_record("phase_look", 400, on=on(-400), look_again_on=on(-5))
    assert a_course(Phase.TRY_OUT, 40, looked).dated == ()


@pytest.mark.parametrize("method", ["icm", "act", "act_modified"])
def test_a_phase_left_over_from_cti_has_no_end_in_another_method(method: str) -> None:
    facts = a_course(Phase.TRY_OUT, 4, method=method)
    assert cti.ends_on(facts) is None and not cti.is_time_to_talk(facts, TODAY)


@given(anything.records(), st.integers(1, 2_000))
def test_nothing_lowers_the_intensity_or_changes_phase_or_method_by_time_or_sync(
    records: list[Record], days: int
) -> None:
    """What stands later, without a record dated in between, is what stands today, in whatever order it arrived."""

    def between(record: Record) -> bool:
        begins = record.fields.get("from_on")
        return begins is not None and date.fromisoformat(str(begins)) > TODAY

    kept = [r for r in records if r.kind not in ("method", "phase", "intensity") or not between(r)]
    now, then = gather("x", kept, TODAY), gather("x", kept[::-1], TODAY + timedelta(days=days))
    assert (now.method, now.phase, now.intensity) == (then.method, then.phase, then.intensity)


def test_whoever_came_back_is_not_asked_who_takes_over_until_cti_begins_anew() -> None:
    days = [(TODAY - timedelta(days=ago)).isoformat() for ago in (30, 1)]
    ended = a_record("closing", 30, on=days[0], ground="manages_own_judgement", own_words="Nu kan jeg selv.")
    back = a_record("reopening", 1, on=days[1])
    came_back = a_course(Phase.HANDOVER, 10, ended, back)
    assert cti.is_time_to_talk(a_course(Phase.HANDOVER, 10), TODAY)
    assert cti.ends_on(came_back) is None and not cti.is_time_to_talk(came_back, TODAY)
    step = next_step(came_back, TODAY)
    assert step is not None and step.reason.why is not Why.PHASE_ENDS
    anew = a_record("phase", 0, phase=Phase.TRANSITION, from_on=TODAY.isoformat())
    assert cti.ends_on(a_course(Phase.HANDOVER, 10, ended, back, anew)) == months_after(TODAY, 3)


def looked(ago: int, again: int) -> Record:
    """*Ikke endnu*, so many days ago; you look at it again in so many."""
    return a_record("phase_look", ago, on=on(-ago), look_again_on=on(again))


@pytest.mark.parametrize(("ends_in", "again", "before"), [(40, 60, 28), (70, 65, 60), (70, 65, 28), (40, 39, 28)])
def test_c3_not_yet_silences_no_reminder_of_the_end_of_the_course(ends_in: int, again: int, before: int) -> None:
    """Also not one from another device that agreed on a day past the end."""
    facts = a_course(Phase.HANDOVER, ends_in, looked(0, again))
    told = TODAY + timedelta(days=ends_in - before)
    assert told in cti.reminders(facts)
    assert not cti.is_time_to_talk(facts, TODAY), "you have just talked about it"
    assert cti.is_time_to_talk(facts, told)
    assert max(cti.reminders(facts)) <= TODAY + timedelta(days=ends_in)


def test_c3_what_was_told_when_you_agreed_on_a_day_is_not_told_once_more() -> None:
    facts = a_course(Phase.HANDOVER, 50, looked(0, 14))
    assert cti.reminders(facts) == (TODAY + timedelta(days=14), TODAY + timedelta(days=22))


@pytest.mark.parametrize("phase", PHASES)
def test_c3_the_day_agreed_calls_onto_the_list_until_somebody_has_been_in_touch(phase: Phase) -> None:
    """As *I ser på det igen den ...* has promised, also when you met in between."""
    agreed = looked(10, 0)
    facts = a_course(phase, 15, agreed, met=3)
    assert (due(facts, TODAY).on, due(facts, TODAY).reason.why) == (TODAY, Why.PHASE_ENDS)
    assert [row.reason.why for row in the_day([facts], TODAY, ME).reach] == [Why.PHASE_ENDS]
    assert due(a_course(phase, 15, agreed, met=0), TODAY).on > TODAY


def test_c3_past_the_end_any_day_is_fine_to_look_again() -> None:
    over = a_course(Phase.HANDOVER, -5, looked(1, 9))
    assert cti.look_by(over, TODAY) is None and cti.reminders(over) == (TODAY + timedelta(days=9),)
    ahead = a_course(Phase.HANDOVER, 6)
    assert cti.look_by(ahead, TODAY) == cti.ends_on(ahead) is not None
    assert cti.look_by(a_course(Phase.TRY_OUT, 5), TODAY) is None
