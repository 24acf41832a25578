"""Whatever becomes of a home, in whatever order: support stands as a person decided, with a next step (I-2, I-3)."""

import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldapp.actions import citizens, contacts, details, home_page, home_tasks, home_wishes, homes, pauses, today
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.home_tasks import TaskForm
from fieldapp.actions.home_wishes import PlanForm, WishForm
from fieldapp.actions.homes import HomeForm
from fieldapp.actions.pauses import PauseForm
from fieldapp.domain import kinds_home
from fieldapp.domain.facts import Record
from fieldapp.domain.gather import gather
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.next_step import next_step
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Situation, Support
from fieldapp.domain.values_life import HOUSING, HousingList, HousingWish
from tests.desks import KARIM, Clock, a_desk, a_row, arrive, seed
from tests.domain import anything
from tests.examples import TODAY, an_id

SOME_DAY = st.none() | st.integers(-60, 60)
ITEMS = st.sampled_from([(of, item) for of in HousingList for item in HOUSING[of]])
HOME_KINDS = {kind.name for kind in kinds_home.KINDS} | {"housing_period"}


class Homes(RuleBasedStateMachine):
    """One citizen, and everything that can happen to a home; `paused` is what a person last decided."""

    @initialize(situation=st.sampled_from(list(Situation)))
    def begin(self, situation: str) -> None:
        self.open = ExitStack()
        self.clock = Clock()
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        self.desk: Desk = self.open.enter_context(a_desk(folder, self.clock))
        self.citizen = seed(self.desk, "Åse", met=(3,), situation=situation)
        self.paused = False
        self.last: Saved | None = None

    def teardown(self) -> None:
        if hasattr(self, "open"):
            self.open.close()

    def day(self, ahead: int | None) -> date | None:
        return None if ahead is None else self.desk.today() + timedelta(days=ahead)

    @property
    def home(self) -> home_page.HomePage:
        shown = home_page.read(self.desk, self.citizen)
        assert shown is not None
        return shown

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.clock.move(days=days, minutes=1)

    @rule(on=SOME_DAY, new=st.booleans())
    def moves(self, on: int | None, new: bool) -> None:
        ahead = self.home.ahead
        id = None if new or ahead is None else ahead.id
        self.last = homes.keep(self.desk, self.citizen, HomeForm(move_in_on=self.day(on)), id)

    @rule(in_use=st.booleans())
    def uses_it(self, in_use: bool) -> None:
        self.last = homes.use(self.desk, self.citizen, in_use)

    @rule()
    def loses_it(self) -> None:
        self.last = homes.lose(self.desk, self.citizen)
        assert "new_home" in [tasks.of for tasks in self.home.lists], "a new home is to be found"

    @precondition(lambda self: self.home.lost)
    @rule()
    def it_was_not_so(self) -> None:
        lost = self.home.lost
        assert lost is not None
        self.last = homes.not_lost(self.desk, lost.id)

    @rule(task=ITEMS, due=SOME_DAY, done=st.booleans())
    def something_is_done(self, task: tuple[str, str], due: int | None, done: bool) -> None:
        of, item = task
        if done:
            self.last = home_tasks.tick(self.desk, self.citizen, of, item)
        else:
            self.last = home_tasks.keep(self.desk, self.citizen, of, item, TaskForm(due_on=self.day(due)))

    @rule(wish=st.sampled_from(list(HousingWish)), again=SOME_DAY, situation=st.sampled_from(list(Situation)))
    def something_is_said(self, wish: str, again: int | None, situation: str) -> None:
        home_wishes.keep_wish(self.desk, self.citizen, WishForm((wish,)))
        home_wishes.keep_plan(self.desk, self.citizen, PlanForm(follow_up_on=self.day(again)))
        self.last = details.set_situation(self.desk, self.citizen, situation)

    @rule(moved=SOME_DAY, lost=SOME_DAY, left=SOME_DAY)
    def another_phone_wrote(self, moved: int | None, lost: int | None, left: int | None) -> None:
        fields: dict[str, Any] = {
            "move_in_on": self.day(moved),
            "lost_on": self.day(lost),
            "moved_out_on": self.day(left),
        }
        arrive(self.desk, a_row("housing_period", self.citizen, self.clock(), KARIM, **fields))

    @precondition(lambda self: not self.paused)
    @rule()
    def somebody_pauses(self) -> None:
        pauses.pause(self.desk, self.citizen, PauseForm("Længere afsoning", self.day(30)))
        self.paused, self.last = True, None

    @precondition(lambda self: self.last)
    @rule()
    def undo(self) -> None:
        assert self.last is not None
        contacts.undo(self.desk, self.last)
        self.last = None

    @invariant()
    def the_support_stands_as_a_person_decided(self) -> None:
        shown = citizens.read(self.desk, self.citizen)
        assert shown is not None
        assert shown.standing.support is (Support.PAUSED if self.paused else Support.ACTIVE)
        assert shown.next_step is not None
        assert today.read(self.desk).citizens == 1

    @invariant()
    def there_is_a_home_or_a_day_since_when_there_is_none(self) -> None:
        assert (self.home.without_since is None) == self.home.has


Homes.TestCase.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
test_homes = Homes.TestCase


@given(rest=anything.records(*HOME_KINDS), of_the_home=anything.records(*(KINDS.keys() - HOME_KINDS)))
@settings(max_examples=80, deadline=None)
def test_i_3_no_record_about_a_home_moves_the_support(rest: list[Record], of_the_home: list[Record]) -> None:
    """Whatever else was written, and whatever a newer app writes of a home."""
    citizen = an_id()
    without, with_ = gather(citizen, rest, TODAY), gather(citizen, [*rest, *of_the_home], TODAY)
    before, after = standing(without, TODAY), standing(with_, TODAY)
    assert (before.support, before.ground, before.review_on) == (after.support, after.ground, after.review_on)
    assert (next_step(without, TODAY) is None) == (next_step(with_, TODAY) is None)
