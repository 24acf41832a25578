"""I-1, I-4, I-5 by machine: whatever is tapped, arrives or passes, only a named person's closing on a ground ends."""

import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldapp.actions import absences, citizens, closings, contacts, moves, pauses, replacements, support_answers, today
from fieldapp.actions.absences import AwayForm
from fieldapp.actions.closings import ClosingForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.moves import MoveForm
from fieldapp.actions.pauses import PauseForm
from fieldapp.actions.replacements import ReplacementForm
from fieldapp.domain.values import ClosingGround, Support
from fieldapp.errors import RecordError
from tests.desks import KARIM, Clock, a_desk, a_row, arrive, seed

DAYS = st.integers(0, 60)
SOME_DAY = st.integers(-30, 60)
GROUNDS = st.sampled_from(
    [None, *[ground.value for ground in ClosingGround if ground != ClosingGround.DEATH], "silence"]
)
WORDS = st.sampled_from(["", "  ", "Nu kan jeg godt selv."])


class TheEnd(RuleBasedStateMachine):
    """One citizen. `ended` and `paused` are what a person last did, told by the test itself."""

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.clock = Clock()
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        self.desk: Desk = self.open.enter_context(a_desk(folder, self.clock))
        self.citizen = seed(self.desk, "Åse", known=900, met=(400,))
        self.ended = self.dead = self.paused = False
        self.begun_on: date | None = None
        self.no_on: date | None = None
        self.in_prison = False
        self.moved_on: date | None = None

    def teardown(self) -> None:
        if hasattr(self, "open"):
            self.open.close()

    @property
    def day(self) -> date:
        return self.desk.today()

    @rule(days=DAYS, hours=st.integers(1, 12))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.move(days=days, hours=hours)

    @rule(place=st.sampled_from(["prison", "hospital", "unknown"]))
    def goes_somewhere_else(self, place: str) -> None:
        absences.go(self.desk, self.citizen, AwayForm(place))
        self.in_prison = self.in_prison or place == "prison"

    @precondition(lambda self: not self.ended or self.day > self.ended_on)
    @rule()
    def comes_home(self) -> None:
        shown = absences.read(self.desk, self.citizen)
        if shown and shown.away:
            absences.is_back(self.desk, shown.away.id)
            self.in_prison = False

    @rule(starts=SOME_DAY, begun=st.booleans())
    def something_takes_over(self, starts: int, begun: bool) -> None:
        on = self.day + timedelta(days=starts)
        try:
            replacements.keep(self.desk, self.citizen, ReplacementForm("ordinary_85", "Tine", "", on, begun))
        except RecordError:
            assert begun and on > self.day, "what lies ahead has not begun"
            return
        self.begun_on = on if begun else None

    @rule(again=st.integers(1, 30), told=st.booleans())
    def says_no_thanks(self, again: int, told: bool) -> None:
        on = self.day + timedelta(days=again)
        support_answers.no_thanks(self.desk, self.citizen, "Nej tak.", ask_again_on=on, leader_told=told)
        self.no_on = min(self.no_on or on, self.day if told else on)
        self.clock.move(minutes=1)

    @precondition(lambda self: not self.ended)
    @rule(moves_in=SOME_DAY, agreed=st.none() | SOME_DAY)
    def moves_to_another_municipality(self, moves_in: int, agreed: int | None) -> None:
        day = None if agreed is None else self.day + timedelta(days=agreed)
        on = self.day + timedelta(days=moves_in)
        moves.keep(self.desk, self.citizen, MoveForm(on, "Fjordby", agreed_on=day))
        self.moved_on = None if day is None else max(day, on)

    @precondition(lambda self: not self.ended)
    @rule(ground=GROUNDS, words=WORDS, told=st.booleans())
    def somebody_would_end_it(self, ground: str | None, words: str, told: bool) -> None:
        form = ClosingForm(ground, own_words=words, leader_told=told)
        try:
            closings.close(self.desk, self.citizen, form)
        except RecordError as error:
            assert error.why == "resumed" or not self.stands_on(ground, words, told)
            return
        assert self.stands_on(ground, words, told), "nothing ends without its ground"
        self.ended, self.ended_on = True, self.day
        self.begun_on = None  # it belongs to the course that has ended
        self.clock.move(minutes=1)

    def stands_on(self, ground: str | None, words: str, told: bool) -> bool:
        return {
            "replacement": self.begun_on is not None and self.begun_on <= self.day,
            "manages_own_judgement": words.strip() != "",
            "own_wish": self.no_on is not None and (told or self.no_on <= self.day),
            "long_imprisonment": self.in_prison,
            "moved_municipality": self.moved_on is not None and self.moved_on <= self.day,
            "authority_decision": told,
        }.get(ground or "", False)

    @precondition(lambda self: self.ended and not self.dead)
    @rule()
    def it_is_taken_up_again(self) -> None:
        pauses.resume(self.desk, self.citizen)
        self.ended = self.paused = False
        self.clock.move(minutes=1)

    @precondition(lambda self: not self.ended)
    @rule()
    def dies(self) -> None:
        closings.died(self.desk, self.citizen)
        self.ended = self.dead = True
        self.ended_on = self.day

    @precondition(lambda self: self.dead)
    @rule()
    def it_was_a_mistake(self) -> None:
        closings.not_dead(self.desk, self.citizen)
        self.ended = self.dead = False

    @precondition(lambda self: not self.ended)
    @rule(reason=WORDS, review=SOME_DAY | st.just(120))
    def somebody_would_pause(self, reason: str, review: int) -> None:
        try:
            pauses.pause(self.desk, self.citizen, PauseForm(reason, self.day + timedelta(days=review)))
        except RecordError:
            assert not (reason.strip() and 0 < review <= 90)
            return
        assert reason.strip() and 0 < review <= 90
        self.paused = True
        self.clock.move(minutes=1)

    @rule(
        ground=st.sampled_from(["silence", "not_found", "replacement", "own_wish_2", "lost_home"]),
        by=st.sampled_from(["", KARIM]),
        more=st.fixed_dictionaries({}, optional={"leader_told": st.booleans(), "own_words": WORDS}),
    )
    def one_that_is_none_arrives(self, ground: str, by: str, more: dict[str, Any]) -> None:
        """From an old server, a wrong import, or somebody else's client."""
        arrive(self.desk, a_row("closing", self.citizen, self.clock(), by, on=self.day, ground=ground, **more))
        nobody = {"on": self.day, "ground": "death"}
        arrive(self.desk, a_row("closing", self.citizen, self.clock(), "", **nobody))

    @rule(days=st.sampled_from([0, 91, 400]), by=st.sampled_from(["", KARIM]))
    def a_pause_that_is_none_arrives(self, days: int, by: str) -> None:
        fields = {"from_on": self.day, "reason": "Opfundet", "review_on": self.day + timedelta(days=days)}
        arrive(self.desk, a_row("pause", self.citizen, self.clock(), by, **fields))

    @rule(n=DAYS)
    def somebody_notes_a_contact_and_takes_it_back(self, n: int) -> None:
        saved: Saved = contacts.note(self.desk, self.citizen, contacts.ContactForm(own_words=f"Opfundet {n}"))
        contacts.undo(self.desk, saved)

    @invariant()
    def it_stands_where_a_person_put_it(self) -> None:
        shown = citizens.read(self.desk, self.citizen)
        assert shown is not None
        want = Support.CLOSED if self.ended else Support.PAUSED if self.paused else Support.ACTIVE
        assert shown.standing.support is want
        assert (shown.next_step is None) == self.ended
        assert today.read(self.desk).citizens == (0 if self.ended else 1)


TheEnd.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_no_sequence_of_taps_arrivals_or_days_ends_or_pauses_without_a_person_and_a_ground = TheEnd.TestCase
