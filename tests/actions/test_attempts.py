"""Reaching out: every way and outcome, what it does to the steps, the number and the peace, and the texts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldapp.actions import attempts, citizens, contacts, next_steps, today
from fieldapp.actions.desk import Desk
from fieldapp.actions.people import first_name
from fieldapp.domain.facts import Why
from fieldapp.domain.texts_to_citizens import LONGEST
from fieldapp.domain.values import OUTCOMES, Way
from fieldapp.errors import RecordError
from tests.desks import FREJA, Clock, a_row, arrive, seed
from tests.examples import NOW, TODAY, an_id

SAID_YES = ("consent", {"given_on": "2026-11-01", "answer": "yes", "to": "Min søster", "about": "network"})
EVERY = [(way, outcome) for way, outcomes in OUTCOMES.items() for outcome in outcomes]


@pytest.mark.parametrize(("way", "outcome"), EVERY)
def test_every_way_and_outcome_can_be_saved_and_leaves_a_next_step(desk: Desk, way: str, outcome: str) -> None:
    citizen = seed(desk, met=(9,), more=(SAID_YES,))
    saved = attempts.save(desk, citizen, way, outcome, text="Hej", place="Kajen", own_words="Ikke i dag")
    assert saved.next_step is not None
    assert saved.next_step == next_steps.read(desk, citizen)
    told = contacts.timeline(desk, citizen)[0]
    assert (told.kind, told.word, told.outcome, told.place, told.text) == ("attempt", way, outcome, "Kajen", "Hej")


@pytest.mark.parametrize(("way", "outcome"), [("call", "left"), ("pigeon", "sent"), ("text", "")])
def test_an_outcome_the_way_cannot_have_is_refused(desk: Desk, way: str, outcome: str) -> None:
    with pytest.raises(RecordError, match="outcome"):
        attempts.save(desk, seed(desk), way, outcome)


def test_who_asked_for_peace_gets_it_for_two_weeks_unless_a_day_was_said(desk: Desk) -> None:
    one, other = seed(desk, met=(9,)), seed(desk, met=(9,))
    respected = attempts.save(desk, one, "call", "wants_peace", own_words="Lad mig være lidt")
    attempts.save(desk, other, "call", "wants_peace", peace_until=TODAY + timedelta(days=30))
    page, later = citizens.read(desk, one), citizens.read(desk, other)
    assert page is not None
    assert later is not None
    assert (page.peace_until, page.wishes) == (TODAY + timedelta(days=14), ("peace_until",))
    assert later.peace_until == TODAY + timedelta(days=30)
    assert respected.next_step is not None
    assert respected.next_step.on > page.peace_until
    assert respected.next_step.reason.why is Why.AFTER_PEACE


def test_peace_leaves_the_other_wishes_standing(desk: Desk) -> None:
    respect = ("respect", {"wishes": ["fine", "text_only"], "said_on": "2026-11-01", "hours_from": "10:00"})
    citizen = seed(desk, more=(respect,))
    attempts.save(desk, citizen, "call", "wants_peace")
    page = citizens.read(desk, citizen)
    assert page is not None
    assert page.wishes == ("text_only", "peace_until")


def test_a_number_that_does_not_work_is_marked_until_somebody_answers_on_it(desk: Desk) -> None:
    citizen = seed(desk)
    saved = attempts.save(desk, citizen, "call", "number_not_working")
    assert not attempts.read(desk, citizen).phone_works  # type: ignore[union-attr]
    attempts.save(desk, citizen, "call", "talked")
    assert attempts.read(desk, citizen).phone_works  # type: ignore[union-attr]
    contacts.undo(desk, saved)
    assert attempts.read(desk, citizen).phone_works  # type: ignore[union-attr]


def test_undo_of_an_attempt_gives_back_peace_number_and_step(desk: Desk) -> None:
    citizen = seed(desk, met=(9,), more=(("next_step", {"on": TODAY}),))
    before = (citizens.read(desk, citizen), today.read(desk))
    contacts.undo(desk, attempts.save(desk, citizen, "call", "number_not_working"))
    contacts.undo(desk, attempts.save(desk, citizen, "call", "wants_peace"))
    after = citizens.read(desk, citizen)
    assert after is not None
    assert before[0] is not None
    assert (after.next_step, after.peace_until, after.phone_works) == (
        before[0].next_step,
        before[0].peace_until,
        before[0].phone_works,
    )
    assert today.read(desk) == before[1]


def test_reaching_out_fulfils_what_was_planned_but_a_text_no_appointment(desk: Desk) -> None:
    planned = ("next_step", {"on": TODAY, "text": "Send en hilsen"})
    agreed = ("next_step", {"on": TODAY, "at": "13:00", "agreed": True})
    citizen = seed(desk, more=(planned, agreed))
    saved = attempts.save(desk, citizen, "text", "sent", text="Vi ses kl. 13")
    assert saved.next_step is not None
    assert (saved.next_step.agreed, saved.next_step.on) == (True, TODAY)
    saved = attempts.save(desk, citizen, "bell", "nobody_opened")
    assert saved.next_step is not None
    assert not saved.next_step.agreed
    assert saved.next_step.on > TODAY


def test_a_text_nobody_confirmed_is_asked_for_and_answered_once(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(9,), more=(("next_step", {"on": TODAY, "text": "Sms"}),))
    attempt = attempts.save(desk, citizen, "text", "unconfirmed", text="Hej Åse", template="s1").id
    assert next_steps.read(desk, citizen).text == "Sms"  # type: ignore[union-attr]
    clock.move(days=1)
    assert attempts.read(desk, citizen).unconfirmed == attempt  # type: ignore[union-attr]
    assert today.read(desk).reach[0].reason.why is Why.UNCONFIRMED
    answered = attempts.confirm(desk, attempt, sent=True)
    assert attempts.confirm(desk, attempt, sent=False).id == answered.id
    out = attempts.read(desk, citizen)
    assert out is not None
    assert (out.unconfirmed, out.last_text, out.last_text_on) == (None, "Hej Åse", TODAY)
    assert answered.next_step is not None
    assert answered.next_step.text is None
    told = contacts.timeline(desk, citizen)[:2]
    assert [(m.outcome, m.corrected) for m in told] == [("sent", False), ("unconfirmed", True)]


def test_a_text_that_was_not_sent_is_no_attempt(desk: Desk) -> None:
    citizen = seed(desk, met=(9,))
    before = next_steps.read(desk, citizen)
    attempt = attempts.save(desk, citizen, "text", "unconfirmed", text="Hej Åse", template="s1").id
    attempts.confirm(desk, attempt, sent=False)
    out = attempts.read(desk, citizen)
    assert out is not None
    assert (out.beads, out.last_text, out.count) == (("m",), None, 0)
    assert next_steps.read(desk, citizen) == before


def test_a_note_after_the_bell_is_an_attempt_of_its_own(desk: Desk) -> None:
    citizen = seed(desk, met=(9,))
    attempts.save(desk, citizen, "bell", "nobody_opened")
    attempts.save(desk, citizen, "note", "left", template="n1")
    out = attempts.read(desk, citizen)
    assert out is not None
    assert (out.beads, out.count) == (("m", "a", "a"), 2)


def test_three_texts_are_offered_and_never_the_last_one_again(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, "Åse Ærø", known=400, met=(300,))
    offered = set()
    for turn in range(12):
        out = attempts.read(desk, citizen)
        assert out is not None
        assert len({choice.template for choice in out.texts}) == 3
        for choice in out.texts:
            assert choice.text != out.last_text
            assert len(choice.text) <= LONGEST
            assert "{" not in choice.text
            assert "Ærø" not in choice.text
        offered |= {choice.template for choice in out.texts}
        taken = out.texts[-turn % 3]
        attempts.save(desk, citizen, "text", "sent", text=taken.text, template=taken.template)
        clock.move(days=4)
    assert offered == {"s1", "s2", "s3", "s4", "s7", "s9"}


def test_a_text_carries_first_names_only(desk: Desk) -> None:
    out = attempts.read(desk, seed(desk, "Åse Ærøskøbing"))
    assert out is not None
    assert out.texts[0].text.startswith("Hej Åse, det er Freja. ")
    assert out.voicemail.startswith("Hej Åse, det er Freja. ")
    assert "00 00 00 01" in out.notes[0].text
    assert "i morgen" in out.notes[1].text


@pytest.mark.parametrize(
    ("known_as", "first"),
    [
        ("Åse Ærøskøbing", "Åse"),
        ("Fru K.", "Fru K."),
        ("hr. Ås", "hr. Ås"),
        ("", ""),
        (None, ""),
        ("Lille Per", "Lille Per"),
    ],
)
def test_the_first_name_is_what_one_says_to_somebody(known_as: str | None, first: str) -> None:
    assert first_name(known_as) == first


def test_a_text_to_somebody_without_a_name_does_not_say_the_place(desk: Desk) -> None:
    out = attempts.read(desk, seed(desk, None, label="Søndre Kaj, 25.11."))
    assert out is not None
    assert out.name == "Søndre Kaj, 25.11."
    assert out.texts[0].text.startswith("Hej, det er Freja. ")
    assert all("Kaj" not in choice.text for choice in (*out.texts, *out.notes))


def test_the_first_text_fits_what_just_happened(desk: Desk) -> None:
    agreed = ("next_step", {"on": "2026-11-27", "at": "09:30", "agreed": True})
    home = ("absence", {"place": "hospital", "since_on": "2026-11-01", "back_on": "2026-11-23"})
    later = ("next_step", {"on": "2026-12-03", "agreed": True})
    missed = seed(desk, met=(9,))
    contacts.note(desk, missed, contacts.ContactForm(mode="not_met"))

    def first(citizen: str) -> str:
        out = attempts.read(desk, citizen)
        assert out is not None
        return out.texts[0].text

    assert first(seed(desk, met=(9,), more=(agreed,))).startswith("Hej Åse. Vi ses på fredag kl. 9.30, som vi aftalte.")
    assert "okay. Skal vi prøve igen i morgen, eller" in first(missed)
    assert first(seed(desk, more=(home,))).startswith("Hej Åse. Godt, at du er tilbage.")
    assert first(seed(desk, met=(1,), more=(later,))).endswith("Vi ses den 3. december. Freja")


def test_a_worker_whose_number_nobody_entered_writes_it_by_hand(desk: Desk) -> None:
    out = attempts.read(replace(desk, worker=an_id()), seed(desk))
    assert out is not None
    assert "nummer er ____" in out.notes[0].text


def test_the_page_for_reaching_out_follows_the_wishes(desk: Desk) -> None:
    citizen = seed(desk, more=(("respect", {"wishes": ["text_only"], "said_on": "2026-11-01"}),))
    out = attempts.read(desk, citizen)
    assert out is not None
    assert (out.suggested, out.ways, out.wishes) == ("text", ("text",), ("text_only",))
    assert attempts.read(desk, an_id()) is None


def test_words_said_at_the_door_are_kept_with_the_attempt(desk: Desk) -> None:
    citizen = seed(desk)
    attempts.save(desk, citizen, Way.BELL, "opened_not_today", own_words="Kom igen i morgen")
    assert contacts.timeline(desk, citizen)[0].text == "Kom igen i morgen"


def test_a_colleagues_attempt_counts_too(desk: Desk) -> None:
    citizen = seed(desk, met=(9,))
    arrive(
        desk, a_row("attempt", citizen, occurred_at=NOW - timedelta(days=1), way="call", outcome="talked", author=FREJA)
    )
    page = citizens.read(desk, citizen)
    assert page is not None
    assert page.last_contact_at == NOW - timedelta(days=1)
