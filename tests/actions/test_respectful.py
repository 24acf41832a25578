"""Consent, wishes, a worry and a no thanks, on a real store: each is respected, and none ends the support."""

from datetime import time, timedelta

import pytest

from fieldapp.actions import (
    attempts,
    citizens,
    concerns,
    contacts,
    drafts,
    local_texts,
    next_steps,
    respect,
    settings,
    support_answers,
)
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.domain.respectful import Ask
from fieldapp.domain.values import Support, Way
from fieldapp.errors import RecordError
from fieldapp.store.tables import AttemptRow, ConcernRow, SupportAnswerRow
from tests.desks import KARIM, TEAM, Clock, a_row, arrive, seed
from tests.examples import TODAY, an_id


def a_consent(about: str = "network", answer: str = "yes", **more: object) -> tuple[str, dict[str, object]]:
    return ("consent", {"given_on": "2026-11-01", "answer": answer, "to": "Min søster", "about": about} | more)


@pytest.mark.parametrize(
    "more",
    [
        (),
        (a_consent("hospital"),),
        (a_consent(answer="no"),),
        (a_consent(until="2026-11-24"),),
        (a_consent(), a_consent(answer="no", given_on="2026-11-02")),
    ],
)
def test_through_the_network_the_act_itself_refuses_without_a_yes_in_force(desk: Desk, more: tuple) -> None:
    """H4, J1."""
    citizen = seed(desk, more=more)
    out = attempts.read(desk, citizen)
    assert out is not None and out.network is None
    with pytest.raises(RecordError, match="no_consent"):
        attempts.save(desk, citizen, Way.NETWORK, "passed_on")
    assert attempts.read(desk, citizen).count == 0  # type: ignore[union-attr]


def test_with_the_yes_the_attempt_names_it_and_a_withdrawal_wins_at_once(desk: Desk) -> None:
    yes = an_id()
    citizen = seed(desk, more=(a_consent(id=yes),))
    saved = attempts.save(desk, citizen, Way.NETWORK, "passed_on")
    with desk.store.reading() as session:
        assert session.get(AttemptRow, saved.id).consent == yes  # type: ignore[union-attr]
    arrive(desk, a_row("consent_withdrawal", citizen, on=TODAY, consent=yes))
    with pytest.raises(RecordError, match="no_consent"):
        attempts.save(desk, citizen, Way.NETWORK, "passed_on")


def test_too_many_tries_are_asked_about_and_waiting_moves_the_step(desk: Desk) -> None:
    """H7: at most two in a day without a question, and the answer *vent* keeps a date."""
    citizen = seed(desk, met=(9,), more=(("next_step", {"on": TODAY, "text": "Sms"}),))
    attempts.save(desk, citizen, Way.TEXT, "sent", text="Hej")
    assert attempts.caution(desk, citizen, Way.CALL) is None
    attempts.save(desk, citizen, Way.CALL, "no_answer")
    asked = attempts.caution(desk, citizen, Way.BELL)
    assert asked is not None and (asked.ask, asked.count) == (Ask.MANY, 2)
    waited = attempts.wait(desk, citizen, asked.until)
    assert waited.next_step is not None and waited.next_step.on == TODAY + timedelta(days=1)
    assert attempts.save(desk, citizen, Way.BELL, "nobody_opened").next_step is not None, "never blocked"


def test_a_quiet_hour_is_not_asked_about_by_those_who_work_then(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(9,))
    clock.move(hours=13)
    assert attempts.caution(desk, citizen, Way.TEXT).ask is Ask.QUIET  # type: ignore[union-attr]
    settings.keep(desk, late=True)
    assert attempts.caution(desk, citizen, Way.TEXT) is None
    assert settings.read(desk).late


def test_only_at_certain_hours_is_kept_and_asked_about(desk: Desk, clock: Clock) -> None:
    """H7: *Kun i tidsrummet* with both clocks; without them it is nothing one can follow."""
    citizen = seed(desk, met=(9,))
    with pytest.raises(RecordError, match="hours"):
        respect.say(desk, citizen, ["hours"])
    respect.say(desk, citizen, ["hours", "text_only"], hours=(time(13), time(15, 30)))
    now = respect.read(desk, citizen)
    assert now is not None and (now.wishes, now.hours) == (("text_only", "hours"), (time(13), time(15, 30)))
    asked = attempts.caution(desk, citizen, Way.TEXT)
    assert asked is not None and (asked.ask, asked.until, asked.at) == (Ask.HOURS, TODAY, time(13))
    clock.move(minutes=1)
    respect.say(desk, citizen, ["fine"], hours=(time(13), time(15)))
    again = respect.read(desk, citizen)
    assert again is not None and again.hours is None, "who says it is fine takes the hours back"


def test_a_worry_is_kept_with_what_was_done_and_shown_without_a_score(desk: Desk) -> None:
    """H15."""
    citizen = seed(desk, met=(9,))
    saved = concerns.note(desk, citizen, ["leader", "emergency"], "Svarer ikke, lyset er tændt.")
    told = contacts.timeline(desk, citizen)[0]
    assert (told.kind, told.text, told.content) == (
        "concern",
        "Svarer ikke, lyset er tændt.",
        ("emergency", "leader"),
    )
    assert saved.next_step is not None
    assert not {"score", "level", "risk"} & set(ConcernRow.model_fields)
    contacts.undo(desk, saved)
    assert [each.kind for each in contacts.timeline(desk, citizen)] == ["contact"]
    with pytest.raises(RecordError, match="text"):
        concerns.note(desk, citizen, [], " ")


def test_who_to_ask_is_whom_the_teams_list_names(desk: Desk) -> None:
    citizen = seed(desk)
    worry = concerns.read(desk, citizen)
    assert worry is not None and worry.leader is None
    assert [each.worker for each in worry.colleagues] == [KARIM]
    head = a_row("colleague", an_id(), worker=an_id(), name="Birgit Opfundet", job="Teamleder", phone="00 00 00 09")
    arrive(desk, head.model_copy(update={"scope": f"team:{TEAM}"}))
    local_texts.keep(desk, "concern", "Ring til hinanden først.")
    worry = concerns.read(desk, citizen)
    assert worry is not None and worry.leader is not None
    assert (worry.leader.name, worry.leader.phone) == ("Birgit Opfundet", "00 00 00 09")
    assert worry.agreement == "Ring til hinanden først."
    assert concerns.read(desk, an_id()) is None


def test_no_thanks_is_words_a_date_to_ask_again_and_the_support_goes_on(desk: Desk) -> None:
    """J8."""
    citizen = seed(desk, met=(3,), more=(("next_step", {"on": TODAY + timedelta(days=1), "text": "Sms"}),))
    saved = support_answers.no_thanks(desk, citizen, "Lad mig være", leader_told=True, step="Spørg igen")
    page, said = citizens.read(desk, citizen), support_answers.read(desk, citizen)
    assert page is not None and said is not None
    assert page.standing.support is Support.ACTIVE
    assert page.next_step is not None
    assert (page.next_step.on, page.next_step.text) == (TODAY + timedelta(days=14), "Spørg igen")
    assert [(each.answer, each.own_words, each.ask_again_on) for each in said.answers] == [
        ("no_thanks", "Lad mig være", TODAY + timedelta(days=14))
    ]
    with desk.store.reading() as session:
        assert session.get(SupportAnswerRow, saved.id).leader_told is True  # type: ignore[union-attr]
    contacts.undo(desk, saved)
    assert next_steps.read(desk, citizen).text == "Sms"  # type: ignore[union-attr]
    with pytest.raises(RecordError, match="ask_again_on"):
        support_answers.no_thanks(desk, citizen, ask_again_on=TODAY)


@pytest.mark.parametrize("days", [1, 7, 14, 30])
def test_the_day_to_ask_again_is_the_next_step_however_far(desk: Desk, days: int) -> None:
    on = TODAY + timedelta(days=days)
    step = support_answers.no_thanks(desk, seed(desk, met=(40,)), ask_again_on=on).next_step
    assert step is not None and step.on == on


def test_a_yes_is_noted_with_its_day_and_nothing_waits_for_it(desk: Desk) -> None:
    """C17: contact, reaching out and the next step are the same before a yes, after a no and without either."""
    citizen = seed(desk, met=())
    assert attempts.save(desk, citizen, Way.TEXT, "sent", text="Hej").next_step is not None
    support_answers.no_thanks(desk, citizen)
    assert contacts.note(desk, citizen, contacts.ContactForm()).next_step is not None
    support_answers.yes(desk, citizen, "Ja, jeg vil gerne")
    said = support_answers.read(desk, citizen)
    assert said is not None
    assert [(each.answer, each.said_on) for each in said.answers] == [("yes", TODAY), ("no_thanks", TODAY)]


def test_an_address_that_is_protected_suggests_no_bell_and_no_asking_whose_number_it_is(desk: Desk) -> None:
    """review.md 2.3: S15 tells whoever answers that somebody looks for this person."""
    new, hid = seed(desk), seed(desk, protected_address=True)
    offered = [{each.template for each in attempts.read(desk, one).other_texts} for one in (new, hid)]  # type: ignore[union-attr]
    assert "s15" in offered[0] and "s15" not in offered[1]
    open_door, hidden = seed(desk, met=(40,)), seed(desk, met=(40,), protected_address=True)
    ways = [attempts.read(desk, each).ways for each in (open_door, hidden)]  # type: ignore[union-attr]
    assert "bell" in ways[0] and "bell" not in ways[1]


def test_a_counsellor_is_not_taken_for_the_leader(desk: Desk) -> None:
    """*Vejleder* ends as *leder* does, and is a colleague like others."""
    for job in ("Socialvejleder", "Vejleder", "Støttekontaktperson"):
        row = a_row("colleague", an_id(), worker=an_id(), name=f"Anton, {job}", job=job, phone="00 00 00 08")
        arrive(desk, row.model_copy(update={"scope": team_scope(TEAM)}))
    worry = concerns.read(desk, seed(desk))
    assert worry is not None and worry.leader is None and len(worry.colleagues) == 4


def test_no_thanks_overwrites_nothing_that_was_planned(desk: Desk) -> None:
    """What the worker wrote down stays to be done; to ask again stands beside it."""
    citizen = seed(desk, met=(1,))
    next_steps.plan(desk, citizen, TODAY + timedelta(days=1), text="Opfundet: ring om nøglen")
    support_answers.no_thanks(desk, citizen, step="Spørg igen")
    with desk.store.reading() as session:
        open_ = [(step.on, step.text) for step in next_steps.open_steps(session, citizen)]
    again = TODAY + timedelta(days=14)
    assert sorted(open_) == [(again, "Opfundet: ring om nøglen"), (again, "Spørg igen")]


def test_fortryd_of_a_worry_and_of_what_was_said_to_the_support_brings_the_words_back(desk: Desk) -> None:
    citizen = seed(desk)
    told = (
        ("concern", "text", lambda: concerns.note(desk, citizen, (), "Opfundne ord")),
        ("support", "own_words", lambda: support_answers.yes(desk, citizen, "Opfundne ord")),
        ("stop", "own_words", lambda: support_answers.no_thanks(desk, citizen, "Opfundne ord")),
    )
    for form, field, save in told:
        drafts.keep(desk, f"{form}:{citizen}", {field: "Opfundne ord"})
        saved = save()
        assert drafts.read(desk, f"{form}:{citizen}") is None
        contacts.undo(desk, saved)
        draft = drafts.read(desk, f"{form}:{citizen}")
        assert draft is not None and draft.values[field] == "Opfundne ord"
