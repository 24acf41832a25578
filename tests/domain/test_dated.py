"""What waits for a day is on the list when the day comes, until it is done or moved."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp.domain import dated
from fieldapp.domain.facts import Dated, Facts, Record, Why
from fieldapp.domain.fields import Type
from fieldapp.domain.gather import gather
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.today import the_day
from tests.domain.test_gather import ME, a_contact, a_record, on
from tests.examples import TODAY, an_id, days_ago


def facts(*records: Record) -> Facts:
    return gather(an_id(), [a_record("citizen", known_as="Sanne"), a_contact(0), *records], TODAY)


A_LEASE: dict[str, Any] = {"list": "moving_in", "item": "lease", "due_on": on(0)}
PLACES = [
    ("housing_task", A_LEASE, {"done_on": on(0)}),
    ("coordination_meeting", {"on": on(0), "form": "coordination"}, {"held": True}),
    ("dimension_handover", {"dimension": "finances", "who": "Banken", "meeting_on": on(0)}, {"held": True}),
    ("worker_change", {"on": on(-3), "joint_meeting_on": on(0)}, {"held": True}),
    ("bridging", {"on": on(-3), "to": "Kilden", "joint_meeting_on": on(0)}, {"went_along": True}),
]


@pytest.mark.parametrize(("kind", "fields", "done"), PLACES, ids=[kind for kind, *_ in PLACES])
def test_it_brings_somebody_onto_the_list_on_its_day_and_no_more_when_it_is_done(
    kind: str, fields: dict[str, Any], done: dict[str, Any]
) -> None:
    waits = the_day([facts(a_record(kind, **fields))], TODAY, ME)
    assert [(row.reason.why, row.reason.kind) for row in waits.reach] == [(Why.DATED, kind)]
    assert the_day([facts(a_record(kind, **fields))], TODAY - timedelta(days=1), ME).reach == ()
    assert the_day([facts(a_record(kind, **fields | done))], TODAY, ME).reach == ()


def test_a_bridge_that_stands_waits_for_no_meeting() -> None:
    stands = a_record("bridging", on=on(-9), to="Kilden", joint_meeting_on=on(-3), ended_on=on(-1))
    assert facts(stands).dated == ()


def a_change(**more: Any) -> Record:
    return a_record("worker_change", 9, on=on(-9), joint_meeting_on=on(-3), **more)


def given(role: str, days: int, worker: str) -> Record:
    return a_record("assignment", days, role=role, name="Karim", worker=worker, from_at=days_ago(days).isoformat())


def test_a_change_that_was_carried_out_or_would_be_wrong_waits_for_no_meeting() -> None:
    """Nobody could tick it any more: whoever is responsible now would have it on the list for ever."""
    assert [each.kind for each in facts(a_change()).dated] == ["worker_change"]
    assert facts(a_change(not_suitable=True)).dated == ()
    assert facts(a_change(), given("responsible", 2, an_id())).dated == ()
    for other in (given("responsible", 20, an_id()), given("responsible", 2, ME), given("deputy", 2, an_id())):
        assert len(facts(a_change(), other).dated) == 1


def test_of_two_who_take_over_the_same_the_later_is_waited_for() -> None:
    """The other one is shown nowhere, and nobody could say that you have met."""
    both = [a_record("dimension_handover", n, dimension="finances", who=who, meeting_on=on(-n))
            for n, who in ((5, "Banken"), (2, "Gældsrådgivningen"))]  # fmt: skip
    other = a_record("dimension_handover", 4, dimension="network_relations", who="Kilden", meeting_on=on(-4))
    assert {each.text for each in facts(*both, other).dated} == {"Gældsrådgivningen", "Kilden"}


def test_of_a_plan_that_is_looked_at_again_only_the_latest_counts() -> None:
    first = a_record("housing_wait_plan", 9, on=on(-9), follow_up_on=on(-2))
    assert [each.on for each in facts(first).dated] == [TODAY - timedelta(days=2)]
    then = a_record("housing_wait_plan", 1, on=on(-1), follow_up_on=on(30))
    assert [each.on for each in facts(first, then).dated] == [TODAY + timedelta(days=30)]
    assert facts(first, a_record("housing_wait_plan", 0, on=on(0), how="Boliganvisning")).dated == ()


def test_once_there_is_a_home_the_plan_for_one_calls_nobody() -> None:
    plan = a_record("housing_wait_plan", 9, on=on(-9), follow_up_on=on(0))
    assert len(facts(plan).dated) == 1
    assert facts(plan, a_record("housing_period", 3, move_in_on=on(-3))).dated == ()
    for before in ({"move_in_on": on(-30)}, {"move_in_on": on(-3), "lost_on": on(-1)}):
        assert len(facts(plan, a_record("housing_period", 3, **before)).dated) == 1, before


def test_a_review_is_named_when_nothing_else_is_and_calls_nobody_onto_the_list() -> None:
    due = facts(a_record("review", 90, on=on(-90), next_on=on(0)))
    assert the_day([due], TODAY, ME).reach == ()
    assert dated.waiting(due.dated, TODAY, pressing=False) == Dated(
        "review", due.dated[0].id, TODAY, said_on=TODAY - timedelta(days=90)
    )


def test_every_field_it_reads_is_one_of_its_kind() -> None:
    days = {"housing_task": "due_on", "review": "next_on", "phase_look": "look_again_on"}
    for kind in dated.KINDS:
        assert KINDS[kind].ready
        assert any(field.type is Type.DAY for field in KINDS[kind].fields)
    assert all(days[kind] in KINDS[kind].by_name for kind in days)
    assert set(dated.KINDS) >= dated.PRESSING
