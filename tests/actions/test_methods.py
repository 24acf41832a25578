"""Methods, phases, what is worked with, whether it fits: people's records, each with its way back."""

from datetime import date, timedelta

import pytest

from fieldapp.actions import (
    aims,
    citizens,
    contacts,
    focus,
    home_wishes,
    intensity,
    method_fit,
    method_focus,
    methods,
    phases,
    rows,
    today,
)
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.actions.home_wishes import PlanForm, WaitPlan
from fieldapp.actions.intensity import TurnForm
from fieldapp.actions.method_fit import FitForm
from fieldapp.actions.phases import PhaseForm
from fieldapp.domain.act_balance import Share
from fieldapp.domain.kinds import KINDS
from fieldapp.errors import RecordError
from fieldapp.store.tables import IntensityRow, MethodRow, PhaseRow
from fieldapp.store.tables_life import HousingWaitPlanRow, PhaseLookRow
from fieldapp.texts import use_language
from tests.desks import Clock, seed
from tests.examples import TODAY

CTI = ("method", {"method": "cti", "from_on": "2026-08-27"})
FIRST = ("phase", {"phase": "transition", "from_on": "2026-08-27"})


@pytest.fixture(autouse=True)
def danish() -> None:
    use_language("da")


def stands(desk: Desk, citizen: str) -> tuple[object, ...]:
    """Method, phase, intensity and whether the support goes on."""
    page = citizens.read(desk, citizen)
    assert page is not None
    return page.method, page.phase, page.intensity, page.standing.support


def test_c2_phase_1_begins_on_the_day_agreed_and_the_clock_counts_from_it(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, more=(CTI, ("phase", {"phase": "contact_period", "from_on": "2026-08-27"})))
    moves = TODAY + timedelta(days=6)
    saved = phases.begin(desk, citizen, PhaseForm("Så gør vi det.", moves))
    now = phases.read(desk, citizen)
    assert now is not None and (now.phase, now.planned_on, now.next) == ("contact_period", moves, "transition")
    later = moves + timedelta(days=2)
    phases.begin(desk, citizen, PhaseForm(begins_on=later))  # the move was put off
    clock.move(days=7)
    assert stands(desk, citizen)[1] == "contact_period"
    clock.move(days=1)
    page = citizens.read(desk, citizen)
    assert page is not None and (page.phase, page.phase_ends_on) == ("transition", date(2027, 3, 3))
    assert saved.next_step is not None


def test_c3_a_shift_is_a_record_made_with_the_citizen_and_fortryd_takes_it_back(desk: Desk) -> None:
    citizen = seed(desk, more=(CTI, FIRST))
    saved = phases.shift(desk, citizen, PhaseForm("Jeg er klar."))
    with desk.store.reading() as session:
        row = rows.of_citizen(session, PhaseRow, citizen)[-1]
    assert (row.phase, row.from_on, row.with_citizen, row.own_view) == ("try_out", TODAY, True, "Jeg er klar.")
    now = phases.read(desk, citizen)
    assert now is not None and now.ends_on == date(2027, 2, 27)  # six months after the first day
    contacts.undo(desk, saved)
    assert stands(desk, citizen)[1] == "transition"


def test_c3_not_yet_keeps_the_phase_and_agrees_on_a_day(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(1,), more=(CTI, FIRST))
    assert (now := phases.read(desk, citizen)) is not None and now.is_time
    with pytest.raises(RecordError):
        phases.not_yet(desk, citizen, PhaseForm(look_again_on=TODAY))
    phases.not_yet(desk, citizen, PhaseForm("Lidt endnu.", look_again_on=TODAY + timedelta(days=14)))
    now = phases.read(desk, citizen)
    assert now is not None and (now.phase, now.is_time) == ("transition", False)
    assert (now.said[0].phase, now.said[0].own_view) == (None, "Lidt endnu.")
    clock.move(days=14)
    assert (now := phases.read(desk, citizen)) is not None and now.is_time


def test_c4_only_what_the_citizen_chose_counts_and_nothing_left_from_another_method(desk: Desk) -> None:
    citizen = seed(desk, more=(("method", {"method": "act", "from_on": "2026-08-01"}),))
    method_focus.turn(desk, citizen, act_area="trust")
    methods.choose(desk, citizen, "cti")
    assert (page := methods.read(desk, citizen)) is not None and page.chosen == 0
    focus.choose(desk, citizen, "health")
    focus.choose(desk, citizen, "finances", "proposed")
    assert (page := methods.read(desk, citizen)) is not None and page.chosen == 1


def test_f4_a_choice_without_home_and_plan_sets_a_day_that_calls_onto_the_list(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, "Bent", met=(1,))
    saved = methods.choose(desk, citizen, "icm")
    plan = plan_of(desk, citizen)
    assert plan is not None and (plan.how, plan.follow_up_on) == (None, date(2026, 12, 9))
    contacts.undo(desk, saved)
    assert plan_of(desk, citizen) is None
    methods.choose(desk, citizen, "icm")
    methods.choose(desk, citizen, "act")
    with desk.store.reading() as session:
        assert len(rows.of_citizen(session, HousingWaitPlanRow, citizen)) == 1, "asked for once"
    clock.move(days=14)
    contacts.note(desk, citizen, ContactForm())
    assert [(row.citizen, row.reason.kind) for row in today.read(desk).reach] == [(citizen, "housing_wait_plan")]


def test_f4_whoever_has_a_home_or_a_plan_is_asked_for_none(desk: Desk) -> None:
    lives = seed(desk, "Bent", situation="own_home")
    planned = seed(desk, "Kåre")
    home_wishes.keep_plan(desk, planned, PlanForm(how="Boliganvisning", when_text="Til foråret", meanwhile="Herberg"))
    for citizen in (lives, planned):
        before = plan_of(desk, citizen)
        methods.choose(desk, citizen, "cti")
        assert plan_of(desk, citizen) == before


def plan_of(desk: Desk, citizen: str) -> WaitPlan | None:
    with desk.store.reading() as session:
        return home_wishes.plan(session, citizen)


def test_c3_not_yet_never_agrees_on_a_day_past_the_end_of_the_course(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(1,), more=(CTI, ("phase", {"phase": "handover", "from_on": "2026-09-08"})))
    now = phases.read(desk, citizen)
    assert now is not None and now.look_by == now.ends_on == date(2026, 12, 8)
    phases.not_yet(desk, citizen, PhaseForm(look_again_on=TODAY + timedelta(days=60)))
    with desk.store.reading() as session:
        [row] = rows.of_citizen(session, PhaseLookRow, citizen)
    assert row.look_again_on == date(2026, 12, 8)


def test_no_phase_follows_the_last_and_none_is_skipped(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, more=(CTI, FIRST))
    for expected in ("try_out", "handover"):
        phases.shift(desk, citizen, PhaseForm())
        clock.move(minutes=1)
        assert stands(desk, citizen)[1] == expected
    for again in (phases.shift, phases.begin):
        with pytest.raises(RecordError):
            again(desk, citizen, PhaseForm())
    icm = seed(desk, more=(("method", {"method": "icm", "from_on": "2026-01-01"}),))
    assert phases.read(desk, icm) is None
    with pytest.raises(RecordError):
        phases.begin(desk, icm, PhaseForm())


def test_c2_h13_time_changes_neither_method_nor_phase_nor_intensity(desk: Desk, clock: Clock) -> None:
    more = (
        CTI,
        FIRST,
        ("intensity", {"level": 5, "from_on": "2026-08-27"}),
        ("housing_period", {"move_in_on": "2026-08-27"}),
    )
    citizen = seed(desk, met=(1,), more=more)
    before = stands(desk, citizen)
    for _month in range(30):
        clock.move(days=31)
        today.read(desk)
        assert stands(desk, citizen) == before


def test_d10_choosing_a_method_is_a_record_and_cti_begins_with_its_contact_period(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    shown = methods.read(desk, citizen)
    assert shown is not None and shown.method is None and shown.review_due_on is None
    assert not [field for field in KINDS["method"].fields if "age" in field.name or "score" in field.name]
    saved = methods.choose(desk, citizen, "cti")
    assert stands(desk, citizen)[:2] == ("cti", "contact_period")
    contacts.undo(desk, saved)
    assert stands(desk, citizen)[:2] == (None, None)
    for method in ("icm", "act", "act_modified"):
        methods.choose(desk, citizen, method)
        clock.move(minutes=1)
        assert stands(desk, citizen)[0] == method
    with pytest.raises(RecordError):
        methods.choose(desk, citizen, "staircase")


def test_another_method_leaves_the_one_before_readable(desk: Desk) -> None:
    citizen = seed(desk, more=(CTI, FIRST))
    aims.choose(desk, citizen, ["network"])  # a record of its own, of the same beginning
    methods.choose(desk, citizen, "icm")
    shown = methods.read(desk, citizen)
    assert shown is not None and shown.before == (("cti", date(2026, 8, 27)),)
    assert shown.phase_ends_on is None
    with desk.store.reading() as session:
        assert len(rows.of_citizen(session, MethodRow, citizen)) == 3


def test_d9_the_four_signals_are_kept_and_change_nothing(desk: Desk) -> None:
    citizen = seed(desk, more=(CTI, FIRST))
    before = stands(desk, citizen)
    method_fit.keep(desk, citizen, FitForm(more_support=True, longer=False, hard_to_lower=True, talked=True))
    method_fit.keep(desk, citizen, FitForm(own_view="Det går."))
    latest, first = method_fit.read(desk, citizen)
    assert (first.signs, first.talked_on) == (("more_support", "hard_to_lower"), TODAY)
    assert (latest.signs, latest.own_view) == ((), "Det går.")
    assert stands(desk, citizen) == before


def test_c11_areas_are_worked_with_from_a_day_until_a_day_in_no_sequence(desk: Desk) -> None:
    citizen = seed(desk, more=(("method", {"method": "act", "from_on": "2026-01-01"}),))
    for area in ("documentation", "trust"):
        method_focus.turn(desk, citizen, act_area=area)
    assert method_focus.read(desk, citizen, "act").acts == {"documentation", "trust"}
    saved = method_focus.turn(desk, citizen, act_area="trust")
    assert method_focus.read(desk, citizen, "act").acts == {"documentation"}
    contacts.undo(desk, saved)
    assert method_focus.read(desk, citizen, "act").acts == {"documentation", "trust"}


def test_c8_the_three_dimensions_are_told_of_the_last_three_months(desk: Desk) -> None:
    at = desk.now()
    practical, both = ["social_practical"], ["social_practical", "health"]
    marked = ((1, practical), (5, both), (9, practical), (200, ["administrative"]))
    act = ("method", {"method": "act", "from_on": "2026-01-01"})
    told = [
        {"occurred_at": at - timedelta(days=days), "mode": "met", "act_dimensions": which} for days, which in marked
    ]
    citizen = seed(desk, more=(act, *(("contact", each) for each in told)))
    shown = methods.read(desk, citizen)
    assert shown is not None and list(shown.balance.values()) == [Share.MOST, Share.SOME, Share.NONE]


def test_b4_what_was_told_of_using_offers_is_read_and_summed_with_nothing(desk: Desk) -> None:
    told = tuple(("use_of_offers", {"on": day, "level": level}) for day, level in
                 (("2026-11-01", "some_degree"), ("2026-05-01", "high_degree")))  # fmt: skip
    shown = methods.read(desk, seed(desk, more=told))
    assert shown is not None and shown.use is not None
    assert (shown.use.level, shown.use.on) == ("some_degree", date(2026, 11, 1))


def test_g8_h1_said_to_be_right_as_it_is_is_a_dated_record_too(desk: Desk) -> None:
    moved = (TODAY - timedelta(days=95)).isoformat()
    citizen = seed(
        desk, more=(("housing_period", {"move_in_on": moved}), ("intensity", {"level": 4, "from_on": moved}))
    )
    assert (page := citizens.read(desk, citizen)) is not None and page.still_right
    saved = intensity.keep(desk, citizen, TurnForm())
    assert (page := citizens.read(desk, citizen)) is not None and (page.still_right, page.intensity) == (False, 4)
    contacts.undo(desk, saved)
    assert (page := citizens.read(desk, citizen)) is not None and page.still_right


def test_h1_turned_with_a_reason_and_a_joint_look_below_regular(desk: Desk) -> None:
    citizen = seed(desk, met=(1,), more=(("intensity", {"level": 3, "from_on": "2026-08-01"}),))
    look = TODAY + timedelta(days=14)
    intensity.keep(desk, citizen, TurnForm(2, ("Går godt",), "Ringer selv.", look.isoformat()))
    latest, *_before = intensity.history(desk, citizen)
    assert (latest.level, latest.reason, latest.by) == (2, "Går godt. Ringer selv", "Freja Sivmose")
    with desk.store.reading() as session:
        assert [row.level for row in rows.of_citizen(session, IntensityRow, citizen)] == [3, 2]
