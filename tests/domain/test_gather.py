"""Records become facts: what is void, corrected, over or not yet is left out."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.facts import Absence, Record
from fieldapp.domain.fields import check
from fieldapp.domain.gather import gather
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.thread import last_contact_on, tries
from tests.domain import anything
from tests.examples import CET, NOW, TODAY, an_id, days_ago

ME = an_id()


def a_record(kind: str, days: int = 0, *, author: str | None = ME, void: bool = False, **fields: Any) -> Record:
    """Written `days` ago; its fields must be such as may travel."""
    check(KINDS[kind], fields, whole=True)
    return Record(kind, an_id(), fields, author, days_ago(days), void)


def on(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def a_contact(days: int, mode: str = "met", **more: Any) -> Record:
    return a_record("contact", days, occurred_at=days_ago(days).isoformat(), mode=mode, **more)


def an_attempt(days: int, outcome: str = "sent", way: str = "text", **more: Any) -> Record:
    return a_record("attempt", days, occurred_at=days_ago(days).isoformat(), way=way, outcome=outcome, **more)


def facts(*records: Record, today: date = TODAY) -> Any:
    return gather("the citizen", records, today)


def test_nothing_at_all_is_still_somebody() -> None:
    assert facts().known_since == TODAY
    assert facts().responsible is None


def test_contacts_and_attempts_stand_in_order_of_time() -> None:
    found = facts(a_contact(2, "not_met"), a_contact(9), an_attempt(1, "talked", "call"), an_attempt(5))
    assert [(c.mode, c.real) for c in found.contacts] == [("met", True), ("not_met", False)]
    assert [(a.outcome, a.real) for a in found.attempts] == [("sent", False), ("talked", True)]
    assert last_contact_on(found, TODAY) == TODAY - timedelta(days=1)
    assert found.known_since == TODAY - timedelta(days=9)


def test_a_mode_of_a_newer_app_is_kept_and_is_no_contact_yet() -> None:
    (contact,) = facts(a_contact(1, "hologram")).contacts
    assert (contact.mode, contact.real) == ("hologram", False)


def test_what_is_void_or_corrected_is_left_out() -> None:
    wrong = a_contact(1)
    right = a_contact(2, corrects=wrong.id)
    found = facts(wrong, right, replace(a_contact(0), void=True))
    assert [c.at for c in found.contacts] == [days_ago(2)]
    assert [c.at for c in facts(wrong, replace(right, void=True)).contacts] == [days_ago(1)]


def test_a_text_answered_later_is_one_try_and_one_that_was_not_sent_is_none() -> None:
    unconfirmed = an_attempt(2, "unconfirmed", template="s2")
    sent, not_sent = (an_attempt(2, outcome, corrects=unconfirmed.id) for outcome in ("sent", "not_sent"))
    assert [(a.id, a.outcome) for a in tries(facts(unconfirmed, sent), TODAY)] == [(sent.id, "sent")]
    assert facts(unconfirmed, not_sent).attempts == ()
    assert facts(unconfirmed).attempts[0].template == "s2"


def test_done_steps_are_no_facts() -> None:
    done = a_record("next_step", on=on(1), done_on=on(0))
    late, early = a_record("next_step", on=on(3), at="14:00"), a_record("next_step", on=on(3), at="09:30", agreed=True)
    steps = facts(late, done, early).steps
    assert [(s.id, s.at, s.agreed) for s in steps] == [(early.id, time(9, 30), True), (late.id, time(14), False)]
    assert steps[0].made_at == early.at


def test_of_what_changes_the_latest_in_force_counts() -> None:
    found = facts(
        a_record("intensity", 9, level=4, from_on=on(-9)),
        a_record("intensity", 1, level=3, from_on=on(-20)),
        a_record("intensity", 0, level=5, from_on=on(2)),
        a_record("method", 50, method="cti", from_on=on(-50)),
        a_record("phase", 50, phase="contact_period", from_on=on(-50)),
        a_record("phase", 20, phase="transition", from_on=on(-20)),
    )
    assert (found.intensity, found.intensity_from_on) == (4, TODAY - timedelta(days=9))
    assert (found.method, found.phase, found.phase_from_on) == ("cti", "transition", TODAY - timedelta(days=20))


def test_respect_is_the_latest_wish() -> None:
    old = a_record("respect", 30, wishes=["text_only"], said_on=on(-30))
    new = a_record(
        "respect",
        3,
        wishes=["peace_until", "hours"],
        said_on=on(-3),
        peace_until=on(9),
        hours_from="10:00",
        hours_to="15:00",
    )
    found = facts(new, old)
    assert found.wishes == {"peace_until", "hours"}
    assert (found.peace_until, found.peace_said_at) == (TODAY + timedelta(days=9), days_ago(3))
    assert found.hours == (time(10), time(15))


def test_peace_without_a_date_lasts_14_days() -> None:
    found = facts(a_record("respect", 3, wishes=["peace_until"], said_on=on(-3)))
    assert found.peace_until == TODAY + timedelta(days=11)


def test_a_home_is_lost_until_the_move_into_the_next() -> None:
    first = a_record("housing_period", 90, move_in_on=on(-90), lost_on=on(-9), in_use=False)
    assert (facts(first).move_in_on, facts(first).lost_home_on) == (None, TODAY - timedelta(days=9))
    found = facts(first, a_record("housing_period", 1, move_in_on=on(5), in_use=True))
    assert (found.move_in_on, found.lost_home_on) == (TODAY + timedelta(days=5), TODAY - timedelta(days=9))
    assert facts(first, a_record("housing_period", 1, move_in_on=on(-1))).lost_home_on is None


def test_an_absence_lasts_until_the_citizen_is_back() -> None:
    away = a_record("absence", 4, place="hospital", since_on=on(-6), home_on=on(3))
    found = facts(away).absence
    assert found == Absence("hospital", TODAY - timedelta(days=6), TODAY + timedelta(days=3), found.known_on, False)
    back = facts(replace(away, fields=away.fields | {"back_on": on(-1)}))
    assert (back.absence, back.home_again_on) == (None, TODAY - timedelta(days=1))
    assert facts(a_record("absence", 0, place="prison", since_on=on(2))).absence is None


def test_when_we_heard_of_an_absence_is_read_from_its_id() -> None:
    made = round(datetime(2026, 11, 20, 12, tzinfo=CET).timestamp() * 1000)
    away = Record("absence", str(anything.uuid7(made)), {"place": "prison", "since_on": on(-9)}, ME, NOW)
    assert facts(away).absence.known_on == date(2026, 11, 20)
    assert facts(replace(away, at=days_ago(7))).absence.known_on == TODAY - timedelta(days=7)


def test_the_responsible_worker_is_the_one_assigned_now_else_who_met_the_citizen() -> None:
    citizen = a_record("citizen", 20, known_as="Elvis", author="the street worker")
    assert facts(citizen).responsible == "the street worker"

    def assigned(worker: str, days: int, role: str = "responsible", until: int | None = None) -> Record:
        ends = {} if until is None else {"to_at": days_ago(-until).isoformat()}
        from_at = days_ago(days).isoformat()
        return a_record("assignment", days, worker=worker, name="Åse", role=role, from_at=from_at, **ends)

    one, other, deputy, standing = (an_id() for _ in range(4))
    found = facts(
        citizen,
        assigned(other, 5),
        assigned(one, 9, until=-5),
        assigned(deputy, 2, "deputy", until=2),
        assigned(standing, 90, "deputy"),
        assigned(one, 9, "deputy", until=-3),
        assigned(one, -3),
    )
    assert (found.responsible, found.covering) == (other, {deputy})


def test_when_no_worker_is_responsible_any_more_the_citizen_is_for_all_who_have_them() -> None:
    citizen = a_record("citizen", 20, known_as="Elvis", author=(worker := an_id()))
    ended = {"worker": worker, "name": "Åse", "role": "responsible", "from_at": days_ago(20).isoformat()}
    to_the_team = {"team": an_id(), "name": "Opfundet team", "role": "team", "from_at": days_ago(2).isoformat()}
    deputy = {"worker": an_id(), "name": "Åse", "role": "deputy", "from_at": days_ago(2).isoformat()}
    over = a_record("assignment", 20, **ended, to_at=days_ago(2).isoformat())
    for gathered in (facts(citizen, over), facts(citizen, a_record("assignment", 2, **to_the_team))):
        assert gathered.for_all and gathered.responsible == worker, "who met them is still a person to ask"
    assert not facts(citizen).for_all, "before the server has answered"
    assert not facts(citizen, a_record("assignment", 2, **deputy)).for_all


def test_a_goal_that_is_harder_right_now_is_seen_until_it_ends() -> None:
    goal = a_record("goal", 3, dimension="finances", title="En aftale om huslejen", outcome="harder_now")
    assert facts(goal).harder_on == TODAY - timedelta(days=3)
    assert facts(replace(goal, fields=goal.fields | {"ended_on": on(-1)})).harder_on is None


def test_pauses_closings_and_reopenings_need_a_person() -> None:
    records = (
        a_record("pause", from_on=on(-9), reason="Længere afsoning", review_on=on(20)),
        a_record("closing", on=on(-5), ground="manages_own_judgement", own_words="Nu kan jeg selv."),
        a_record("reopening", on=on(-1)),
    )
    found = facts(*records)
    assert (len(found.pauses), len(found.closings), len(found.reopenings)) == (1, 1, 1)
    nobody = facts(*(replace(r, author=None) for r in records))
    assert (nobody.pauses, nobody.closings, nobody.reopenings) == ((), (), ())


def test_what_the_citizen_record_says() -> None:
    found = facts(
        a_record(
            "citizen",
            phone="00 00 00 00",
            phone_works=False,
            situation="street",
            known_places="Søndre Kaj",
            protected_address=True,
        )
    )
    assert (found.has_phone, found.phone_works, found.situation) == (True, False, "street")
    assert (found.known_places, found.protected_address) == ("Søndre Kaj", True)


def test_python_dates_and_times_are_read_as_well_as_text() -> None:
    as_text = a_record("next_step", on=on(3), at="14:00")
    as_dates = replace(as_text, fields={"on": TODAY + timedelta(days=3), "at": time(14)})
    assert facts(as_text) == facts(as_dates)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_slip_of_the_thumb_in_a_year_is_survived(day: str) -> None:
    found = facts(a_record("respect", wishes=["peace_until"], said_on=on(0), peace_until=day))
    assert found.peace_until is not None
    assert 1900 <= found.peace_until.year <= 2200


@given(anything.records(), st.randoms())
@settings(deadline=None)
def test_the_order_in_which_records_come_changes_nothing(records, random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert facts(*shuffled) == facts(*records)
