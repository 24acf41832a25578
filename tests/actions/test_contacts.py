"""Noting a contact, taking it back, correcting it, and what the timeline says of it."""

import errno
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.actions import citizens, contacts, drafts, goals, next_steps, rows
from fieldapp.actions.contacts import ContactForm, draft_key
from fieldapp.actions.desk import Desk
from fieldapp.errors import DiskFull, RecordError
from fieldapp.store import outbox
from fieldapp.store.disk import Disk
from fieldapp.store.tables import ContactRow, NextStepRow
from fieldapp.wire import Ack
from tests.desks import KARIM, Clock, a_desk, a_row, arrive, seed
from tests.examples import NOW, TODAY, an_id

FULL = ContactForm(
    mode="met",
    place="cafe",
    place_text="Café Ægir",
    with_whom="Åses bror",
    dimensions=("housing",),
    content=("talk",),
    act_dimensions=("health",),
    own_words="Jeg vil gerne have et bord.",
    professional_view="Glad i dag.",
    progress="Sov hele natten.",
)


def test_a_meeting_is_saved_with_its_progress_and_its_next_step_in_one_transaction(desk: Desk) -> None:
    citizen = seed(desk)
    before = len(_operations(desk))
    generations = desk.store.vault.mark.seq
    saved = contacts.note(desk, citizen, FULL)
    assert desk.store.vault.mark.seq == generations + 1  # one commit
    assert [(o.do, o.kind) for o in _operations(desk)[before:]] == [("add", "contact"), ("add", "progress")]
    assert goals.progress(desk, citizen)[0].dimension == "housing"
    assert saved.next_step is not None
    assert saved.next_step == next_steps.read(desk, citizen)


def test_everything_in_the_form_is_kept(desk: Desk) -> None:
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, FULL)
    form = contacts.form_of(desk, saved.id)
    assert form == ContactForm(**(vars(FULL) | {"occurred_at": NOW, "corrects": saved.id}))


def test_an_empty_form_can_be_saved(desk: Desk) -> None:
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, ContactForm())
    assert [m.word for m in contacts.timeline(desk, citizen)] == ["met"]
    assert saved.next_step is not None


def test_the_next_step_after_saving_is_the_one_that_was_shown_before(desk: Desk) -> None:
    citizen = seed(desk, met=(20,))
    shown = next_steps.suggestion(desk, citizen)
    assert contacts.note(desk, citizen, ContactForm()).next_step == shown


def test_the_rhythms_day_is_no_record_but_a_chosen_day_is(desk: Desk) -> None:
    citizen = seed(desk)
    assert contacts.note(desk, citizen, ContactForm()).next_step.id is None  # type: ignore[union-attr]
    chosen = contacts.note(desk, citizen, ContactForm(next_on="2026-12-01")).next_step
    assert chosen is not None
    assert (chosen.on.isoformat(), chosen.worker) == ("2026-12-01", desk.worker)
    assert chosen.id is not None


@pytest.mark.parametrize("day", ["", "i morgen", "2026-13-40"])
def test_a_day_nobody_can_read_does_not_stop_the_saving(desk: Desk, day: str) -> None:
    saved = contacts.note(desk, seed(desk), ContactForm(next_on=day, own_words="Vigtige ord."))
    assert saved.next_step is not None


def test_a_chosen_day_moves_what_was_planned_but_never_what_was_agreed(desk: Desk) -> None:
    planned = seed(desk, more=(("next_step", {"on": "2026-11-30", "text": "Ring til lægen"}),))
    agreed = seed(desk, more=(("next_step", {"on": "2026-11-30", "at": "10:00", "agreed": True}),))
    first = contacts.note(desk, planned, ContactForm(next_on="2026-11-27")).next_step
    assert first is not None
    assert (first.on.day, first.text) == (27, "Ring til lægen")
    contacts.note(desk, agreed, ContactForm(next_on="2026-11-27"))
    assert [(s.on.day, s.agreed) for s in _steps(desk, agreed)] == [(27, False), (30, True)]


def test_a_meeting_does_away_with_the_steps_whose_day_has_come(desk: Desk) -> None:
    days = ("2026-11-20", "2026-11-25", "2026-11-26")
    citizen = seed(desk, more=tuple(("next_step", {"on": day}) for day in days))
    contacts.note(desk, citizen, ContactForm())
    assert [(s.on.day, s.done_on) for s in _steps(desk, citizen, done=True)] == [(20, TODAY), (25, TODAY), (26, None)]


def test_a_call_in_the_morning_leaves_todays_appointment_standing(desk: Desk) -> None:
    step = ("next_step", {"on": TODAY, "at": "13:00", "agreed": True})
    called, met = seed(desk, more=(step,)), seed(desk, more=(step,))
    contacts.note(desk, called, ContactForm(mode="talked"))
    contacts.note(desk, met, ContactForm(mode="met"))
    assert [s.at for s in _steps(desk, called)] == ["13:00"]
    assert _steps(desk, met) == []


def test_a_meeting_noted_the_day_after_leaves_todays_step_standing(desk: Desk) -> None:
    citizen = seed(desk, more=(("next_step", {"on": TODAY}),))
    contacts.note(desk, citizen, ContactForm(occurred_at=NOW - timedelta(days=1)))
    assert len(_steps(desk, citizen)) == 1


def test_nothing_is_noted_as_having_happened_later_than_now(desk: Desk) -> None:
    citizen = seed(desk)
    contacts.note(desk, citizen, ContactForm(occurred_at=NOW + timedelta(hours=5)))
    assert contacts.timeline(desk, citizen)[0].at == NOW


def test_undo_takes_back_all_that_was_saved_and_the_form_is_a_draft_again(desk: Desk) -> None:
    citizen = seed(desk, met=(3,), more=(("next_step", {"on": TODAY}), ("next_step", {"on": "2026-12-03"})))
    before = (contacts.timeline(desk, citizen), goals.progress(desk, citizen), next_steps.read(desk, citizen))
    drafts.keep(desk, draft_key(citizen), drafts.values_of(FULL))
    saved = contacts.note(desk, citizen, ContactForm(**(vars(FULL) | {"next_on": "2026-12-01"})))
    assert drafts.read(desk, draft_key(citizen)) is None
    contacts.undo(desk, saved)
    assert (contacts.timeline(desk, citizen), goals.progress(desk, citizen), next_steps.read(desk, citizen)) == before
    assert [(s.on.day, s.done_on) for s in _steps(desk, citizen, done=True)] == [(25, None), (3, None)]
    draft = drafts.read(desk, draft_key(citizen))
    assert draft is not None
    assert drafts.restored(ContactForm, draft.values).own_words == FULL.own_words


def test_undo_leaves_what_is_being_written_now(desk: Desk) -> None:
    """Saved, and the next note begun before *Fortryd*: those words are nowhere else."""
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, FULL)
    drafts.keep(desk, draft_key(citizen), drafts.values_of(ContactForm(own_words="Det næste, opfundet")))
    contacts.undo(desk, saved)
    draft = drafts.read(desk, draft_key(citizen))
    assert draft is not None and draft.values["own_words"] == "Det næste, opfundet"


def test_undo_voids_and_never_deletes(desk: Desk) -> None:
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, FULL)
    contacts.undo(desk, saved)
    contacts.undo(desk, saved)  # a second tap changes nothing more
    with desk.store.reading() as session:
        row = session.get(ContactRow, saved.id)
    assert row is not None
    assert (row.own_words, row.void_reason) == (FULL.own_words, "undone")


def test_undo_leaves_alone_what_a_colleague_has_changed_meanwhile(desk: Desk) -> None:
    citizen = seed(desk, more=(("next_step", {"on": TODAY}),))
    saved = contacts.note(desk, citizen, ContactForm())
    step = _steps(desk, citizen, done=True)[0]
    arrived = a_row("next_step", citizen, author=KARIM, id=step.id, on=TODAY, done_on="2026-11-24")
    with desk.store.transaction() as session:  # the own change is with the server, and Karim's came after it
        outbox.settle(session, [Ack(ack=o.op, result="ok", seq=1) for o in outbox.waiting(session)])
    arrive(desk, arrived)
    contacts.undo(desk, saved)
    assert _steps(desk, citizen, done=True)[0].done_on.isoformat() == "2026-11-24"  # type: ignore[union-attr]


def test_a_correction_stands_in_the_firsts_place_and_the_first_stays(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, more=(("next_step", {"on": "2026-11-26"}),))
    first = contacts.note(desk, citizen, FULL)
    clock.move(days=2)
    form = contacts.form_of(desk, first.id)
    form.mode, form.progress = "not_met", "Sov næsten hele natten."
    second = contacts.note(desk, citizen, form)
    told = contacts.timeline(desk, citizen)
    assert [(m.id, m.corrects, m.corrected) for m in told] == [(second.id, first.id, False), (first.id, None, True)]
    assert told[0].at == told[1].at == NOW
    assert [p.text for p in goals.progress(desk, citizen)] == ["Sov næsten hele natten."]
    page = citizens.read(desk, citizen)
    assert page is not None
    assert page.last_contact_at is None  # *vi mødtes ikke i dag* is no contact, and it is what stands
    assert len(_steps(desk, citizen)) == 1  # setting the record straight is no contact today


def test_undoing_a_correction_brings_the_first_progress_back(desk: Desk) -> None:
    citizen = seed(desk)
    first = contacts.note(desk, citizen, FULL)
    form = contacts.form_of(desk, first.id)
    form.progress = ""
    correction = contacts.note(desk, citizen, form)
    assert goals.progress(desk, citizen) == ()
    contacts.undo(desk, correction)
    assert [p.text for p in goals.progress(desk, citizen)] == [FULL.progress]


def test_a_correction_that_leaves_the_progress_as_it_was_adds_no_second_line(desk: Desk) -> None:
    citizen = seed(desk)
    form = contacts.form_of(desk, contacts.note(desk, citizen, FULL).id)
    form.place_text = "Café Åkanden"
    contacts.note(desk, citizen, form)
    assert [p.text for p in goals.progress(desk, citizen)] == [FULL.progress]


def test_what_was_taken_back_can_not_be_corrected(desk: Desk) -> None:
    saved = contacts.note(desk, seed(desk), FULL)
    form = contacts.form_of(desk, saved.id)
    contacts.undo(desk, saved)
    with pytest.raises(RecordError, match="gone"):
        contacts.note(desk, saved.citizen, form)
    with pytest.raises(RecordError, match="gone"):
        contacts.form_of(desk, saved.id)


def test_the_words_of_a_sensitive_contact_are_in_no_list(desk: Desk) -> None:
    citizen = seed(desk)
    saved = contacts.note(desk, citizen, ContactForm(**(vars(FULL) | {"sensitive": True})))
    hidden = contacts.timeline(desk, citizen)
    assert len(hidden) == 1
    assert hidden[0].sensitive
    texts = (hidden[0].own_words, hidden[0].professional_view, hidden[0].progress, hidden[0].with_whom)
    assert texts == (None,) * 4
    assert goals.progress(desk, citizen) == ()
    shown = contacts.timeline(desk, citizen, sensitive=True)[0]
    assert (shown.own_words, shown.progress) == (FULL.own_words, FULL.progress)
    assert contacts.one(desk, saved.id) == shown


def test_a_contact_that_becomes_sensitive_leaves_the_list_of_progress(desk: Desk) -> None:
    citizen = seed(desk)
    form = contacts.form_of(desk, contacts.note(desk, citizen, FULL).id)
    form.sensitive = True
    contacts.note(desk, citizen, form)
    assert goals.progress(desk, citizen) == ()


def test_the_timeline_is_in_the_order_things_happened_whoever_wrote_them_and_when(desk: Desk) -> None:
    """Two workers offline: both contacts stand, in event time order (acceptance test 14)."""
    citizen = seed(desk, met=(5,), tried=(3,))
    contacts.note(desk, citizen, ContactForm(mode="talked", occurred_at=NOW - timedelta(days=4)))
    yesterday = NOW - timedelta(days=1)
    arrive(desk, a_row("contact", citizen, NOW, author=KARIM, occurred_at=yesterday, mode="citizen_called"))
    citizens.say(desk, citizen, "dream", "En båd ved Ærø.")
    goals.add_progress(desk, citizen, "Ringede selv til lægen.")
    arrive(desk, a_row("own_words", citizen, NOW, aspect="hope", text="Fred", said_on="2026-11-23"))
    told = contacts.timeline(desk, citizen)
    assert [m.word for m in told] == ["progress", "dream", "citizen_called", "hope", "text", "talked", "met"]
    assert [m.by for m in told][2] == "Karim Lyngå"
    assert all(isinstance(m.at, datetime) and m.at.utcoffset() is not None for m in told)
    assert contacts.timeline(desk, citizen, limit=2) == told[:2]


def test_a_contacts_own_progress_is_told_once(desk: Desk) -> None:
    citizen = seed(desk)
    contacts.note(desk, citizen, FULL)
    assert [m.kind for m in contacts.timeline(desk, citizen)] == ["contact"]


def test_the_timeline_says_what_is_only_here_yet(desk: Desk) -> None:
    citizen = seed(desk, met=(5,))
    saved = contacts.note(desk, citizen, ContactForm())
    assert [m.state for m in contacts.timeline(desk, citizen)] == ["here", "there"]
    with desk.store.transaction() as session:
        op = next(o.op for o in outbox.waiting(session) if o.id == saved.id)
        outbox.settle(session, [Ack(ack=op, result="refused", why="scope")])
    assert [m.state for m in contacts.timeline(desk, citizen)] == ["needs_you", "there"]


def test_an_unknown_contact_is_none(desk: Desk) -> None:
    assert contacts.one(desk, seed(desk)) is None


def test_a_note_about_a_citizen_who_just_left_the_phone_is_kept_and_sent(desk: Desk) -> None:
    gone = an_id()
    saved = contacts.note(desk, gone, FULL)
    assert saved.next_step is None
    assert saved.id in {o.id for o in _operations(desk)}


def test_a_note_the_rules_refuse_leaves_the_draft_where_it_was(desk: Desk) -> None:
    citizen = seed(desk)
    form = ContactForm(own_words="Ord. " * 5_000)
    drafts.keep(desk, draft_key(citizen), drafts.values_of(form))
    with pytest.raises(RecordError, match="own_words"):
        contacts.note(desk, citizen, form)
    draft = drafts.read(desk, draft_key(citizen))
    assert draft is not None
    assert drafts.restored(ContactForm, draft.values) == form
    assert contacts.timeline(desk, citizen) == ()


class _FullDisk(Disk):
    """A disk that is full while `full`."""

    full = False

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "full")
        return super().write(file, content, at)


def test_on_a_full_disk_nothing_is_half_saved_the_draft_stays_and_the_next_try_succeeds(tmp_path: Path) -> None:
    disk = _FullDisk()
    with a_desk(tmp_path, disk=disk) as desk:
        citizen = seed(desk)
        drafts.keep(desk, draft_key(citizen), drafts.values_of(FULL))
        disk.full = True
        with pytest.raises(DiskFull):
            contacts.note(desk, citizen, FULL)
        with pytest.raises(DiskFull):
            citizens.add(desk, citizens.NewCitizen(known_as="Ægir"))
        disk.full = False
        draft = drafts.read(desk, draft_key(citizen))
        assert draft is not None
        assert drafts.restored(ContactForm, draft.values) == FULL
        assert contacts.timeline(desk, citizen) == ()
        assert _operations(desk) == []
        contacts.note(desk, citizen, drafts.restored(ContactForm, draft.values))
        assert contacts.timeline(desk, citizen)[0].own_words == FULL.own_words
        assert drafts.read(desk, draft_key(citizen)) is None


def _operations(desk: Desk) -> list:  # type: ignore[type-arg]
    with desk.store.reading() as session:
        return outbox.waiting(session)


def _steps(desk: Desk, citizen: str, done: bool = False) -> list[NextStepRow]:
    with desk.store.reading() as session:
        if not done:
            return next_steps.open_steps(session, citizen)
        return rows.of_citizen(session, NextStepRow, citizen)
