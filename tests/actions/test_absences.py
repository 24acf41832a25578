"""Elsewhere right now, on a real store: I1-I4, I7-I9; who may be told, what there is to do, and coming home."""

from datetime import date, timedelta
from typing import Any

import pytest

from fieldapp.actions import absence_tasks, absences, citizens, consents, contacts, home_page, homes, local_texts, today
from fieldapp.actions.absences import AwayForm, AwayPage, InformForm
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import AbsencePlace, Support
from fieldapp.domain.values_day import TASKS, TaskItem, TaskList
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY


def away(desk: Desk, place: str = "hospital", answer: str | None = None, **more: Any) -> str:
    """A citizen who is elsewhere; the citizen's id."""
    citizen = seed(desk, "Rikke", met=(2,), situation="own_home")
    absences.go(desk, citizen, AwayForm(place=place, answer=answer, **more))
    return citizen


def page(desk: Desk, citizen: str) -> AwayPage:
    shown = absences.read(desk, citizen)
    assert shown is not None
    return shown


def now(desk: Desk, citizen: str) -> absences.Away:
    where = page(desk, citizen).away
    assert where is not None
    return where


def written(desk: Desk, kind: str) -> list[dict[str, Any]]:
    with desk.store.reading() as session:
        return [each.fields for each in outbox.waiting(session, limit=1000) if each.kind == kind and each.do == "add"]


def waits(desk: Desk, citizen: str) -> str | None:
    shown = home_page.read(desk, citizen)
    assert shown is not None
    return shown.waits_for


def listed(desk: Desk, citizen: str, of: str) -> dict[str, date | None]:
    return {task.item: task.due_on for tasks in now(desk, citizen).tasks if tasks.of == of for task in tasks.tasks}


@pytest.mark.parametrize("place", list(AbsencePlace))
def test_wherever_the_citizen_is_the_support_is_untouched_and_the_rhythm_goes_on(desk: Desk, place: str) -> None:
    """I1, I9, I-3, I-4: being elsewhere is noted, and the citizen stays active with a next step."""
    citizen = away(desk, place)
    shown = citizens.read(desk, citizen)
    assert shown is not None and shown.absence_place == place
    assert shown.standing.support is Support.ACTIVE and shown.next_step is not None
    assert not written(desk, "pause") and not written(desk, "closing")


def test_the_place_alone_is_needed(desk: Desk) -> None:
    citizen = seed(desk)
    with pytest.raises(RecordError, match="missing"):
        absences.go(desk, citizen, AwayForm(place_text="Et sted"))
    assert page(desk, citizen).away is None


def test_intensity_is_asked_and_the_rhythm_follows(desk: Desk, clock: Clock) -> None:
    """I1: chosen while away, it stands above the place's own interval."""
    citizen = away(desk, "prison")
    clock.move(days=7)
    contacts.note(desk, citizen, contacts.ContactForm())
    usual = page(desk, citizen).next_step
    absences.choose_intensity(desk, citizen, 4)
    closer = page(desk, citizen)
    assert usual is not None and closer.next_step is not None
    assert closer.next_step.on < usual.on and closer.level == 4


def test_fortryd_takes_all_of_it_back(desk: Desk) -> None:
    citizen = seed(desk, met=(2,))
    form = AwayForm(place="hospital", answer="orally", home_on=TODAY + timedelta(days=9), level=5)
    contacts.undo(desk, absences.go(desk, citizen, form))
    assert page(desk, citizen).away is None and page(desk, citizen).level is None
    assert consents.register(desk, citizen) == ()


def test_acceptance_6_give_notice_opens_with_a_yes_and_closes_with_its_withdrawal(desk: Desk, clock: Clock) -> None:
    """invariants.md 7.3, 6 (I2, I-6): not asked: closed; yes orally, today: open; withdrawn: closed, history kept."""
    citizen = away(desk, "hospital", "not_asked")
    where = now(desk, citizen)
    assert where.may_tell is None and where.answer is None
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, where.id, InformForm("Afsnit 4"))
    assert not written(desk, "inform_step")

    absences.answer(desk, where.id, "orally")
    yes = now(desk, citizen).may_tell
    assert yes is not None and (yes.how, yes.given_on, yes.to) == ("orally", TODAY, "Hospital")
    absences.inform(desk, where.id, InformForm("Afsnit 4", "00 00 00 44"))

    clock.move(minutes=5)
    consents.withdraw(desk, yes.id)
    after = now(desk, citizen)
    assert after.may_tell is None and after.answer_state == "withdrawn"
    assert [(told.to, told.on) for told in after.told] == [("Afsnit 4", TODAY)]
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, where.id, InformForm("Afsnit 4"))
    assert len(written(desk, "inform_step")) == 1


@pytest.mark.parametrize("said", ["no", "not_asked", None])
def test_without_a_yes_nobody_is_told(desk: Desk, said: str | None) -> None:
    citizen = away(desk, "prison", said)
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, now(desk, citizen).id, InformForm())


def test_a_yes_about_one_place_opens_no_other(desk: Desk) -> None:
    citizen = away(desk, "hospital", "in_writing")
    where = now(desk, citizen)
    absences.change(desk, where.id, place="prison", place_text="", since_on=where.since_on)
    assert now(desk, citizen).may_tell is None
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, where.id, InformForm())


def test_nobody_can_be_told_at_a_place_nobody_knows(desk: Desk) -> None:
    citizen = away(desk, "unknown", "orally")
    assert consents.register(desk, citizen) == ()
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, now(desk, citizen).id, InformForm())


def test_a_yes_that_has_run_out_closes(desk: Desk, clock: Clock) -> None:
    citizen = away(desk, "hospital", "orally")
    where = now(desk, citizen)
    clock.move(days=190)
    assert now(desk, citizen).answer_state == "expired"
    with pytest.raises(RecordError, match="no_consent"):
        absences.inform(desk, where.id, InformForm())


def test_the_day_of_telling_is_never_before_the_yes_nor_ahead(desk: Desk) -> None:
    citizen = away(desk, "hospital", "orally")
    absences.inform(desk, now(desk, citizen).id, InformForm(on=TODAY - timedelta(days=5)))
    absences.inform(desk, now(desk, citizen).id, InformForm(on=TODAY + timedelta(days=5)))
    assert {told.on for told in now(desk, citizen).told} == {TODAY}


def test_the_home_is_looked_after_meanwhile(desk: Desk) -> None:
    """I3: rent, power and heating, insurance, post, keys, pets, medicine; ticked and unticked by one tap."""
    citizen = away(desk)
    where = now(desk, citizen)
    assert list(listed(desk, citizen, "keep_home")) == [item.value for item in TASKS[TaskList.KEEP_HOME]]
    saved = absence_tasks.tick(desk, where.id, "keep_home", "rent")
    done = {t.item: t.done_on for each in now(desk, citizen).tasks if each.of == "keep_home" for t in each.tasks}
    assert done["rent"] == TODAY and done["post"] is None
    absence_tasks.tick(desk, where.id, "keep_home", "rent", done=False)
    absence_tasks.tick(desk, where.id, "keep_home", "rent")
    assert len(written(desk, "absence_task")) == 1
    contacts.undo(desk, saved)
    rent = next(t for each in now(desk, citizen).tasks if each.of == "keep_home" for t in each.tasks)
    assert rent.done_on is None


def test_whoever_has_no_home_is_not_asked_about_the_rent(desk: Desk) -> None:
    citizen = seed(desk, situation="street")
    absences.go(desk, citizen, AwayForm(place="prison"))
    assert [tasks.of for tasks in now(desk, citizen).tasks] == ["release"]


def test_the_day_of_coming_home_creates_its_tasks_once_and_they_follow_it(desk: Desk) -> None:
    """I4: home ready, first meeting; not twice, moved with the day, and what is done stays done."""
    citizen = away(desk, "hospital")
    where = now(desk, citizen)
    assert not written(desk, "absence_task")
    absences.expect_home(desk, where.id, date(2026, 12, 16))
    assert listed(desk, citizen, "coming_home") == {
        "home_ready": date(2026, 12, 9),
        "first_meeting": date(2026, 12, 11),
        "fetched": date(2026, 12, 15),
    }
    created = len(written(desk, "absence_task"))
    assert created == len(TASKS[TaskList.COMING_HOME]) + len(TASKS[TaskList.DISCHARGE])
    absence_tasks.tick(desk, where.id, "coming_home", "first_meeting")
    absences.expect_home(desk, where.id, date(2027, 1, 13))
    assert listed(desk, citizen, "coming_home")["home_ready"] == date(2027, 1, 6)
    assert listed(desk, citizen, "coming_home")["first_meeting"] == date(2026, 12, 11)
    assert len(written(desk, "absence_task")) == created
    absences.expect_home(desk, where.id, None)
    assert listed(desk, citizen, "coming_home") == {}
    assert set(listed(desk, citizen, "discharge").values()) == {None}


def test_of_two_records_of_one_task_the_done_one_counts(desk: Desk) -> None:
    """Two phones that wrote the same list without a network."""
    citizen = away(desk, "prison", home_on=TODAY + timedelta(days=60))
    where = now(desk, citizen)
    twice = {"absence": where.id, "list": "release", "item": "papers", "done_on": TODAY - timedelta(days=1)}
    arrive(desk, a_row("absence_task", citizen, **twice))
    papers = [t for each in now(desk, citizen).tasks if each.of == "release" for t in each.tasks if t.item == "papers"]
    assert [t.done_on for t in papers] == [TODAY - timedelta(days=1)]
    absence_tasks.tick(desk, where.id, "release", "papers", done=False)
    papers = [t for each in now(desk, citizen).tasks if each.of == "release" for t in each.tasks if t.item == "papers"]
    assert [t.done_on for t in papers] == [None]


@pytest.mark.parametrize(("place", "of"), [("hospital", "discharge"), ("prison", "release")])
def test_each_has_its_way_out_with_the_teams_own_words(desk: Desk, place: str, of: str) -> None:
    """I8: two lists, and a text the team writes for itself."""
    citizen = away(desk, place)
    (way_out,) = (tasks for tasks in now(desk, citizen).tasks if tasks.of == of)
    assert (way_out.which, way_out.words) == (of, None)
    local_texts.keep(desk, of, " Ring til Bente, 00 00 00 71. ")
    local_texts.keep(desk, of, "Ring til Bo, 00 00 00 72.")
    (way_out,) = (tasks for tasks in now(desk, citizen).tasks if tasks.of == of)
    assert way_out.words == "Ring til Bo, 00 00 00 72."
    assert len(written(desk, "local_text")) == 1
    with pytest.raises(RecordError, match="missing"):
        local_texts.keep(desk, of, "  ")


def test_home_again_ends_the_absence_and_somebody_is_there_the_day_after(desk: Desk) -> None:
    citizen = away(desk)
    saved = absences.is_back(desk, now(desk, citizen).id)
    assert page(desk, citizen).away is None
    assert saved.next_step is not None and saved.next_step.on <= TODAY + timedelta(days=1)
    contacts.undo(desk, saved)
    assert page(desk, citizen).away is not None


def test_home_again_ends_what_two_have_noted(desk: Desk) -> None:
    citizen = away(desk)
    absences.go(desk, citizen, AwayForm(place="treatment"))
    absences.is_back(desk, now(desk, citizen).id)
    assert page(desk, citizen).away is None


def test_who_is_elsewhere_and_not_asked_says_so_on_the_list(desk: Desk) -> None:
    citizen = away(desk, "hospital")
    (row,) = (each for each in today.read(desk).elsewhere if each.citizen == citizen)
    assert row.reason.why == "elsewhere_new"
    absences.answer(desk, now(desk, citizen).id, "no")
    (row,) = (each for each in today.read(desk).elsewhere if each.citizen == citizen)
    assert row.reason.why == "elsewhere"


def test_a_home_that_is_not_used_is_noted_and_changes_no_support(desk: Desk) -> None:
    """I7: at a boform because the citizen cannot be at home; the support goes on, a little closer."""
    citizen = away(desk, "shelter_110")
    contacts.note(desk, citizen, contacts.ContactForm())
    saved = homes.use(desk, citizen, False)
    shown = page(desk, citizen)
    assert shown.home_in_use is False and shown.standing.support is Support.ACTIVE
    assert saved.next_step is not None and saved.next_step.on <= TODAY + timedelta(days=8)
    homes.use(desk, citizen, True)
    assert page(desk, citizen).home_in_use is True
    assert len(written(desk, "housing_period")) == 1


@pytest.mark.parametrize("reason", ["money", "structure", "capacity"])
def test_why_a_home_is_waited_for_and_the_support_goes_on_meanwhile(desk: Desk, reason: str) -> None:
    """T7, T10: about the system, never about the citizen; nothing waits for a home."""
    citizen = seed(desk, situation="street", met=(3,))
    before = citizens.read(desk, citizen)
    homes.wait_for(desk, citizen, reason)
    after = citizens.read(desk, citizen)
    assert waits(desk, citizen) == reason
    assert before is not None and after is not None
    assert (after.standing, after.next_step) == (before.standing, before.next_step)
    homes.wait_for(desk, citizen, None)
    assert waits(desk, citizen) is None
    with pytest.raises(RecordError, match="malformed"):
        homes.wait_for(desk, citizen, "not_ready")


def test_a_consent_for_another_place_does_not_count_as_asked(desk: Desk) -> None:
    citizen = seed(desk)
    consents.give(desk, citizen, ConsentForm(about="prison", to="Arresten"))
    absences.go(desk, citizen, AwayForm(place="hospital"))
    assert now(desk, citizen).answer is None
    assert TaskItem.RENT in listed(desk, citizen, "keep_home")
