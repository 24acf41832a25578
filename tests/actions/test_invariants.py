"""Whatever a worker taps, in whatever order: nobody falls off the list, and nothing typed is lost."""

import tempfile
from contextlib import ExitStack, suppress
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldapp.actions import (
    answers,
    attempts,
    citizens,
    concerns,
    contacts,
    drafts,
    goals,
    next_steps,
    respect,
    support_answers,
    today,
)
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.domain.values import OUTCOMES, ContactMode, Dimension, Respect, Support, Way
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import FREJA, KARIM, Clock, a_desk, a_row, an_assignment, arrive, seed

WORDS = st.sampled_from(["Åh ja", "Jeg vil gerne ses", "Kaffe på Ærø"])
DAYS = st.integers(0, 60)
EVERY_TRY = st.sampled_from(
    [(way.value, o.value) for way, outs in OUTCOMES.items() for o in outs if way != Way.NETWORK]
)


class ADayAtWork(RuleBasedStateMachine):
    """Freja's desk: `here` are the citizens nobody has taken back, `typed` every text she saved."""

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.clock = Clock()
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        self.desk: Desk = self.open.enter_context(a_desk(folder, self.clock))
        self.here = [seed(self.desk, "Åse", met=(3,)), seed(self.desk, "Bent", known=900, met=(400,))]
        self.typed: list[str] = []
        self.saved: list[Saved] = []
        self.unconfirmed: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "open"):
            self.open.close()

    def one(self, n: int) -> str:
        return self.here[n % len(self.here)]

    def write(self, words: str) -> str:
        """A text that is like no other."""
        self.typed.append(f"{words} {len(self.typed)}.")
        return self.typed[-1]

    @rule(days=DAYS, hours=st.integers(0, 12))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.move(days=days, hours=hours)

    @rule(known_as=st.sampled_from(["", "Ægir"]), met=st.booleans(), place=st.sampled_from(["", "Kajen"]), words=WORDS)
    def meet_somebody_new(self, known_as: str, met: bool, place: str, words: str) -> None:
        new = citizens.NewCitizen(known_as, place=place, most_important=self.write(words), met=met)
        self.saved.append(citizens.add(self.desk, new))
        self.here.append(self.saved[-1].citizen)

    @rule(n=DAYS, mode=st.sampled_from(list(ContactMode)), words=WORDS, ago=st.none() | DAYS, next_in=st.none() | DAYS)
    def note(self, n: int, mode: ContactMode, words: str, ago: int | None, next_in: int | None) -> None:
        form = ContactForm(
            mode=mode.value,
            own_words=self.write(words),
            professional_view=self.write(words),
            progress=self.write(words),
            sensitive=n % 5 == 0,
            occurred_at=None if ago is None else self.clock() - timedelta(days=ago),
            next_on=None if next_in is None else (self.clock().date() + timedelta(days=next_in - 5)).isoformat(),
        )
        self.saved.append(contacts.note(self.desk, self.one(n), form))

    @rule(n=DAYS, how=EVERY_TRY, words=WORDS, days=st.none() | DAYS)
    def reach_out(self, n: int, how: tuple[str, str], words: str, days: int | None) -> None:
        until = None if days is None else self.clock().date() + timedelta(days=days)
        said = {"own_words": self.write(words)} if how[1] == "wants_peace" else {"text": self.write(words)}
        saved = attempts.save(self.desk, self.one(n), *how, peace_until=until, **said)
        self.saved.append(saved)
        self.unconfirmed += [saved.id] if how[1] == "unconfirmed" else []

    @precondition(lambda self: self.unconfirmed)
    @rule(sent=st.booleans())
    def answer(self, sent: bool) -> None:
        attempts.confirm(self.desk, self.unconfirmed.pop(), sent)

    @rule(n=DAYS, days=DAYS, agreed=st.booleans(), words=WORDS)
    def plan(self, n: int, days: int, agreed: bool, words: str) -> None:
        on = self.clock().date() + timedelta(days=days)
        next_steps.plan(self.desk, self.one(n), on, text=words, agreed=agreed)

    @rule(n=DAYS)
    def step_is_done(self, n: int) -> None:
        next_steps.done(self.desk, self.one(n))

    @rule(days=DAYS)
    def move_all_that_can_wait(self, days: int) -> None:
        day = today.read(self.desk)
        moved = [row.citizen for row in (*day.later, *day.reach)]
        today.move_later(self.desk, moved, self.clock().date() + timedelta(days=days))

    @rule(n=DAYS, wishes=st.lists(st.sampled_from(list(Respect)), max_size=3), words=WORDS)
    def say_how_to_be_reached(self, n: int, wishes: list[Respect], words: str) -> None:
        said = respect.say(self.desk, self.one(n), wishes, own_words=self.write(words), hours=(time(10), time(14)))
        self.saved.append(said)

    @rule(n=DAYS, words=WORDS, days=st.none() | st.integers(1, 30))
    def say_no_thanks(self, n: int, words: str, days: int | None) -> None:
        """J8: no rule ends the support because the citizen said no one day."""
        again = None if days is None else self.clock().date() + timedelta(days=days)
        said = support_answers.no_thanks(self.desk, self.one(n), self.write(words), ask_again_on=again)
        self.saved.append(said)

    @rule(n=DAYS, words=WORDS)
    def be_worried(self, n: int, words: str) -> None:
        self.saved.append(concerns.note(self.desk, self.one(n), [], self.write(words)))

    @rule(n=DAYS)
    def wait_because_it_was_asked(self, n: int) -> None:
        found = attempts.caution(self.desk, self.one(n), Way.TEXT)
        if found is not None:
            self.saved.append(attempts.wait(self.desk, self.one(n), found.until))

    @rule(n=DAYS, dimension=st.sampled_from(list(Dimension)), words=WORDS)
    def set_a_goal(self, n: int, dimension: Dimension, words: str) -> None:
        goal = goals.add(self.desk, self.one(n), goals.GoalForm(dimension, self.write(words), step=self.write(words)))
        goals.set_outcome(self.desk, goal.id, "harder_now")

    @precondition(lambda self: self.saved)
    @rule()
    def undo(self) -> None:
        saved = self.saved.pop()
        contacts.undo(self.desk, saved)
        self.unconfirmed = [id for id in self.unconfirmed if id != saved.id]
        if saved.id == saved.citizen:
            self.here.remove(saved.citizen)
            self.saved = [each for each in self.saved if each.citizen != saved.citizen]

    @rule(n=DAYS, what=st.sampled_from(["lost", "moved", "away", "back"]))
    def the_home_changes(self, n: int, what: str) -> None:
        """I-3: whatever happens to the home, the support is untouched."""
        day = self.clock().date() - timedelta(days=n)
        change: dict[str, tuple[str, dict[str, Any]]] = {
            "lost": ("housing_period", {"move_in_on": day - timedelta(days=90), "lost_on": day, "in_use": False}),
            "moved": ("housing_period", {"move_in_on": day, "in_use": True}),
            "away": ("absence", {"place": "prison", "since_on": day}),
            "back": ("absence", {"place": "hospital", "since_on": day, "back_on": day}),
        }
        kind, fields = change[what]
        arrive(self.desk, a_row(kind, self.one(n), self.clock(), **fields))

    @rule(
        n=DAYS, ground=st.sampled_from(["cannot_be_found", "silence", "replacement"]), by=st.sampled_from(["", KARIM])
    )
    def a_closing_that_is_none_arrives(self, n: int, ground: str, by: str) -> None:
        """I-1, I-4, acceptance test 2: nobody closed it, or on a ground that is none."""
        arrive(self.desk, a_row("closing", self.one(n), self.clock(), by, on=self.clock().date(), ground=ground))
        if by == "":
            fields = {"on": self.clock().date(), "ground": "own_wish"}
            arrive(self.desk, a_row("closing", self.one(n), self.clock(), "", **fields))

    @rule(n=DAYS, days=st.integers(1, 20))
    def a_colleague_stands_in(self, n: int, days: int) -> None:
        until = self.clock() + timedelta(days=days)
        arrive(self.desk, an_assignment(self.one(n), KARIM, self.clock(), until, role="deputy"))

    @invariant()
    def everybody_is_active_with_a_next_step_and_who_is_due_is_listed(self) -> None:
        """I-1, I-2, I-3."""
        day = today.read(self.desk)
        listed = {row.citizen for row in (*day.agreed, *day.reach, *day.later)}
        assert day.citizens == len(self.here)
        for citizen in self.here:
            page = citizens.read(self.desk, citizen)
            assert page is not None
            assert page.standing.support is Support.ACTIVE
            assert page.next_step is not None
            assert page.next_step.worker in (FREJA, KARIM)
            assert page.next_step.on > day.on or citizen in listed

    @invariant()
    def nothing_typed_is_lost_and_nothing_ends_by_itself(self) -> None:
        """I-8 and I-1: every text waits to be sent, and no operation closes or pauses anybody."""
        with self.desk.store.reading() as session:
            operations = outbox.waiting(session, limit=100_000)
        assert not {"closing", "pause", "reopening"} & {operation.kind for operation in operations}
        sent = "\n".join(str(operation.fields) for operation in operations)
        assert all(text in sent for text in self.typed)


class TapsInAnyOrder(ADayAtWork):
    """As above, with pauses, drafts, answers and the support turned up and down; and what *Gem* does to each text."""

    def __init__(self) -> None:
        super().__init__()
        self.paused: set[str] = set()

    @rule(
        n=DAYS,
        mode=st.sampled_from(list(ContactMode)),
        level=st.none() | st.integers(1, 5),
        assess_in=st.none() | DAYS,
        length=st.sampled_from([0, 1, 199, 200, 201, 500, 501, 3000]),
    )
    def gem(self, n: int, mode: ContactMode, level: int | None, assess_in: int | None, length: int) -> None:
        """From a draft, as the form does it: saved at once and whole, and the draft is gone with it."""
        citizen, written = self.one(n), ("own_words", "with_whom", "place_text", "progress", "intensity_why")
        texts = {name: f"{len(self.typed)}{name}{'å' * length}" for name in written}
        on = None if assess_in is None else (self.clock().date() + timedelta(days=assess_in)).isoformat()
        form = ContactForm(mode=mode.value, intensity=level, assess_on=on, supervision=True, tools=("fit",), **texts)
        key = contacts.draft_key(citizen)
        drafts.keep(self.desk, key, drafts.values_of(form))
        saved = contacts.note(self.desk, citizen, form)
        assert saved.next_step is not None
        assert drafts.read(self.desk, key) is None
        self.typed += [text for name, text in texts.items() if level or name != "intensity_why"]
        self.saved.append(saved)

    @rule(n=DAYS, words=WORDS)
    def a_gem_that_the_store_refuses_leaves_the_text(self, n: int, words: str) -> None:
        """I-8: whatever stops it, the draft is there to be saved again."""
        key = contacts.draft_key(self.one(n))
        form = ContactForm(own_words=words * 6_000)
        drafts.keep(self.desk, key, drafts.values_of(form))
        with suppress(RecordError):
            contacts.note(self.desk, self.one(n), form)
        draft = drafts.read(self.desk, key)
        assert draft is not None and draft.values["own_words"] == form.own_words
        drafts.discard(self.desk, key)

    @rule(n=DAYS, sooner=st.booleans())
    def answer_the_citizen(self, n: int, sooner: bool) -> None:
        act = answers.yes if sooner else answers.later
        act(self.desk, self.one(n))

    @rule(n=DAYS, days=st.integers(1, 90))
    def a_pause_by_a_named_person(self, n: int, days: int) -> None:
        """I-5: with a reason and a day on which it is looked at again."""
        day, citizen = self.clock().date(), self.one(n)
        fields = {"from_on": day, "reason": "Opfundet", "review_on": day + timedelta(days=days)}
        arrive(self.desk, a_row("pause", citizen, self.clock(), **fields))
        self.paused.add(citizen)

    @rule(n=DAYS)
    def it_goes_on(self, n: int) -> None:
        arrive(self.desk, a_row("reopening", self.one(n), self.clock(), on=self.clock().date()))

    @invariant()
    def everybody_is_active_with_a_next_step_and_who_is_due_is_listed(self) -> None:
        """I-2: a step with a day and somebody who takes it; and no day on which the worker is not shown them."""
        day = today.read(self.desk)
        listed = {row.citizen for row in (*day.agreed, *day.reach, *day.later)}
        assert day.citizens == len(self.here)
        for citizen in self.here:
            page = citizens.read(self.desk, citizen)
            assert page is not None and page.next_step is not None
            assert page.next_step.on is not None and page.next_step.worker in (FREJA, KARIM)
            assert page.next_step.on > day.on or citizen in listed
            if citizen not in self.paused:
                assert page.standing.support is Support.ACTIVE

    @invariant()
    def nothing_typed_is_lost_and_nothing_ends_by_itself(self) -> None:
        with self.desk.store.reading() as session:
            operations = outbox.waiting(session, limit=100_000)
        assert "closing" not in {operation.kind for operation in operations}
        sent = "\n".join(str(operation.fields) for operation in operations)
        assert all(text in sent for text in self.typed)


ADayAtWork.TestCase.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
test_a_day_at_work = ADayAtWork.TestCase
TapsInAnyOrder.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
test_acceptance_3_no_sequence_of_taps_leaves_anybody_without_a_next_step_and_gem_loses_nothing = TapsInAnyOrder.TestCase
