"""What colleagues do for each other: urgent marks, questions, handover notes, who is away and who stands in."""

from datetime import time, timedelta

import pytest
from sqlmodel import select

from fieldapp.actions import asking, away, contacts, local_texts, next_steps, people, today, urgent
from fieldapp.actions.asking import HandoverForm, RequestForm
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.domain.facts import Why
from fieldapp.errors import RecordError
from fieldapp.store.tables import LocalTextRow, WorkerAbsenceRow
from tests.desks import FREJA, KARIM, TEAM, Clock, a_row, arrive, seed
from tests.examples import NOW, TODAY, an_id


def test_one_tap_puts_somebody_at_the_top_until_there_was_contact(desk: Desk, clock: Clock) -> None:
    calm, citizen = seed(desk, "Bent", met=(1,)), seed(desk, met=(1,))
    urgent.mark(desk, citizen)
    day = today.read(desk)
    assert [row.citizen for row in day.urgent] == [citizen] and calm not in [row.citizen for row in day.reach]
    reason = day.urgent[0].reason
    assert (reason.why, reason.who, reason.on) == (Why.URGENT, "Freja", TODAY)
    clock.move(days=1)
    assert [row.citizen for row in today.read(desk).urgent] == [citizen], "it waits, whatever day it is"
    contacts.note(desk, citizen, ContactForm())
    assert today.read(desk).urgent == ()


def test_an_attempt_without_an_answer_does_not_take_the_mark_off(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(1,))
    urgent.mark(desk, citizen)
    clock.move(minutes=5)
    contacts.note(desk, citizen, ContactForm(mode="not_met"))
    assert [row.citizen for row in today.read(desk).urgent] == [citizen]


def test_taken_off_and_undone(desk: Desk) -> None:
    citizen = seed(desk, met=(1,))
    arrive(desk, a_row("urgent_mark", citizen, NOW, author=KARIM, on=TODAY))
    urgent.mark(desk, citizen)
    taken = urgent.take_off(desk, citizen)
    assert today.read(desk).urgent == (), "a colleague's mark too"
    contacts.undo(desk, taken)
    assert [row.citizen for row in today.read(desk).urgent] == [citizen]


def test_somebody_urgent_who_is_agreed_today_stands_once(desk: Desk) -> None:
    citizen = seed(desk, met=(1,))
    next_steps.plan(desk, citizen, TODAY, at=time(14), agreed=True)
    urgent.mark(desk, citizen)
    day = today.read(desk)
    assert [row.citizen for row in (*day.agreed, *day.urgent, *day.reach, *day.later)] == [citizen]


@pytest.mark.parametrize(
    ("to", "role", "seen"),
    [
        (FREJA, None, True),
        (KARIM, None, False),
        (None, "nurse_somatic", True),
        (None, "peer", False),
        (None, None, True),
    ],
)
def test_what_a_colleague_asks_stands_with_the_one_it_is_meant_for(
    desk: Desk, to: str | None, role: str | None, seen: bool
) -> None:
    citizen = seed(desk, met=(1,))
    mine = a_row("colleague", citizen, NOW, author=KARIM, worker=FREJA, name="Freja Sivmose", role="nurse_somatic")
    arrive(desk, mine.model_copy(update={"scope": team_scope(TEAM)}))
    ask = {"on": TODAY, "text": "Lægen kommer fredag kl. 10", "worker": to, "role": role}
    arrive(desk, a_row("colleague_request", citizen, NOW, author=KARIM, **ask))
    rows = today.read(desk).colleagues
    assert [row.citizen for row in rows] == ([citizen] if seen else [])
    if seen:
        assert (rows[0].reason.who, rows[0].reason.text) == ("Karim", "Lægen kommer fredag kl. 10")


def test_what_is_asked_by_name_stands_also_where_another_is_responsible(desk: Desk) -> None:
    citizen = seed(desk, met=(1,), responsible=KARIM)
    arrive(desk, a_row("colleague_request", citizen, NOW, author=KARIM, on=TODAY, text="Kan du?", worker=FREJA))
    assert [row.citizen for row in today.read(desk).colleagues] == [citizen]
    arrive(desk, a_row("colleague_request", citizen, NOW, author=KARIM, on=TODAY, text="Nogen?"))
    assert len(today.read(desk).colleagues) == 1, "to whoever supports the citizen: that is Karim"


def test_ones_own_question_is_on_nobodys_own_list_and_one_tap_answers(desk: Desk) -> None:
    citizen = seed(desk, met=(1,))
    saved = asking.ask(desk, citizen, RequestForm(text=" Kender du et sted mere? ", to=KARIM))
    assert today.read(desk).colleagues == ()
    [asked] = asking.read(desk, citizen)
    assert (asked.text, asked.to, asked.mine, asked.done_on) == ("Kender du et sted mere?", "Karim Lyngå", True, None)
    answered = asking.answer(desk, saved.id, "Ved havnen om aftenen")
    [asked] = asking.read(desk, citizen)
    assert (asked.done_on, asked.answer) == (TODAY, "Ved havnen om aftenen")
    contacts.undo(desk, answered)
    assert asking.read(desk, citizen)[0].done_on is None


def test_nothing_is_asked_or_handed_over_in_no_words(desk: Desk) -> None:
    citizen = seed(desk)
    with pytest.raises(RecordError, match="missing"):
        asking.ask(desk, citizen, RequestForm(text="  "))
    with pytest.raises(RecordError, match="missing"):
        asking.note_handover(desk, citizen, HandoverForm())


def test_the_latest_handover_note_stands_first_and_none_is_lost(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk)
    asking.note_handover(desk, citizen, HandoverForm(text="Ring før kl. 10."))
    clock.move(days=1)
    asking.note_handover(desk, citizen, HandoverForm(text="Skriv hellere."))
    assert [(each.text, each.by) for each in asking.handovers(desk, citizen)] == [
        ("Skriv hellere.", "Freja Sivmose"),
        ("Ring før kl. 10.", "Freja Sivmose"),
    ]


def test_the_citizen_or_a_colleague_can_make_the_next_step_and_it_is_never_lost(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(1,))
    on = TODAY + timedelta(days=2)
    step = next_steps.plan(desk, citizen, on, by="citizen").next_step
    assert (step.on, step.reason.why) == (on, Why.CITIZEN_CALLS)
    step = next_steps.plan(desk, citizen, on, by="colleague", colleague=KARIM).next_step
    assert (step.worker, step.reason.why, step.reason.who) == (KARIM, Why.COLLEAGUE_DOES, "Karim")
    clock.move(days=2)
    assert [row.citizen for row in today.read(desk).reach] == [citizen], "the responsible one still has it"
    assert next_steps.plan(desk, citizen, on, by="colleague").next_step.worker == FREJA, "nobody chosen: one's own"


def test_who_is_away_sees_whether_it_is_sent_and_seen(desk: Desk, clock: Clock) -> None:
    absence = away.say(desk, KARIM, TODAY, TODAY + timedelta(days=2)).id
    [mine] = away.read(desk)
    assert (mine.mine, mine.deputy, mine.sent, mine.seen_at) == (True, "Karim Lyngå", False, None)
    seen = a_row("worker_absence_seen", an_id(), NOW, author=KARIM, seen_at=NOW, worker_absence=absence)
    arrive(desk, seen.model_copy(update={"scope": team_scope(TEAM)}))
    assert away.read(desk)[0].seen_at == NOW
    clock.move(days=3)
    assert away.read(desk) == ()


def test_the_deputy_says_once_that_it_is_seen(desk: Desk) -> None:
    gone = a_row("worker_absence", an_id(), NOW, author=KARIM, worker=KARIM, from_on=TODAY, deputy=FREJA)
    later = a_row("worker_absence", an_id(), NOW, author=KARIM, worker=KARIM, from_on=TODAY + timedelta(days=5),
                  deputy=FREJA)  # fmt: skip
    arrive(desk, *(row.model_copy(update={"scope": team_scope(TEAM)}) for row in (gone, later)))
    assert away.mark_seen(desk) is True
    assert away.mark_seen(desk) is False
    assert [each.seen_at for each in away.read(desk)] == [NOW, None]


def test_back_before_the_day_and_what_cannot_be(desk: Desk) -> None:
    absence = away.say(desk, None, TODAY, TODAY).id
    away.back(desk, absence)
    assert away.read(desk) == ()
    with pytest.raises(RecordError, match="gone"):
        away.back(desk, absence)
    with pytest.raises(RecordError, match="malformed"):
        away.say(desk, None, TODAY, TODAY - timedelta(days=1))
    with pytest.raises(RecordError, match="gone"):
        away.say(desk, None, TODAY, TODAY, worker=an_id())


def test_the_usual_deputy_is_offered_first(desk: Desk) -> None:
    other = an_id()
    mine = a_row("colleague", an_id(), NOW, worker=FREJA, name="Freja Sivmose", deputy=KARIM)
    more = a_row("colleague", an_id(), NOW, worker=other, name="Anker Først")
    arrive(desk, *(row.model_copy(update={"scope": team_scope(TEAM)}) for row in (mine, more)))
    assert [(each.name, each.usual) for each in away.colleagues(desk)] == [
        ("Karim Lyngå", True),
        ("Anker Først", False),
    ]


def test_in_two_teams_it_is_said_in_the_one_where_the_deputy_is(desk: Desk) -> None:
    """The server takes it only in a team that both are of."""
    ida, other = an_id(), an_id()
    for worker, name in ((FREJA, "Freja Sivmose"), (ida, "Ida Opfundet")):
        row = a_row("colleague", worker, worker=worker, name=name)
        arrive(desk, row.model_copy(update={"scope": team_scope(other)}))
    said = {deputy: away.say(desk, deputy, TODAY, TODAY).id for deputy in (KARIM, ida)}
    with desk.store.reading() as session:
        scopes = {deputy: session.get_one(WorkerAbsenceRow, id).scope for deputy, id in said.items()}
    assert scopes == {KARIM: team_scope(TEAM), ida: team_scope(other)}


def test_what_a_team_shares_is_written_with_one_team_whoever_is_in_two(desk: Desk) -> None:
    left, other = (
        a_row("colleague", an_id(), NOW, worker=FREJA, name="Freja Sivmose", **more) for more in ({"left": True}, {})
    )
    arrive(
        desk,
        left.model_copy(update={"scope": team_scope(an_id())}),
        other.model_copy(update={"scope": team_scope(an_id())}),
    )
    with desk.store.reading() as session:
        assert people.team_of(session, FREJA) == team_scope(TEAM), "the one that was there first"
        assert people.team_of(session, an_id()) is None
    local_texts.keep(desk, "concern", "Ring til Birgit.")
    with desk.store.reading() as session:
        assert {row.scope for row in session.exec(select(LocalTextRow))} == {team_scope(TEAM)}
