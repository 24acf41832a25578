"""Wherever a citizen is and whatever arrives in whatever order: I-1, I-3, I-5 and I-6, by machine."""

import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldapp.actions import absence_tasks, absences, citizens, consents, contacts, homes, pauses, today
from fieldapp.actions.absences import ANSWERS, AwayForm, InformForm
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.pauses import PauseForm
from fieldapp.domain.values import AbsencePlace, Support
from fieldapp.domain.values_day import WaitingReason
from fieldapp.errors import RecordError
from fieldapp.store import outbox
from tests.desks import KARIM, Clock, a_desk, a_row, arrive, seed
from tests.examples import an_id

DAYS = st.integers(0, 60)
PLACES = st.sampled_from([place.value for place in AbsencePlace])
SOME_DAY = st.none() | st.integers(-30, 120)


class Elsewhere(RuleBasedStateMachine):
    """One citizen, who comes and goes; `paused` is what a person last decided."""

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        self.clock = Clock()
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        self.desk: Desk = self.open.enter_context(a_desk(folder, self.clock))
        self.citizen = seed(self.desk, "Åse", met=(3,), situation="own_home")
        self.paused = False
        self.last: Saved | None = None

    def teardown(self) -> None:
        if hasattr(self, "open"):
            self.open.close()

    def day(self, ahead: int | None) -> date | None:
        return None if ahead is None else self.desk.today() + timedelta(days=ahead)

    @property
    def away(self) -> absences.Away | None:
        shown = absences.read(self.desk, self.citizen)
        assert shown is not None
        return shown.away

    @rule(days=DAYS, hours=st.integers(1, 12))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.move(days=days, hours=hours)

    @rule(place=PLACES, since=SOME_DAY, home=SOME_DAY, said=st.none() | st.sampled_from(ANSWERS))
    def goes(self, place: str, since: int | None, home: int | None, said: str | None) -> None:
        form = AwayForm(place, since_on=self.day(since), home_on=self.day(home), answer=said)
        self.last = absences.go(self.desk, self.citizen, form)

    @precondition(lambda self: self.away)
    @rule(place=PLACES, home=SOME_DAY)
    def it_changes(self, place: str, home: int | None) -> None:
        assert self.away is not None
        absences.change(self.desk, self.away.id, place=place, place_text="", since_on=self.desk.today())
        assert self.away is not None
        absences.expect_home(self.desk, self.away.id, self.day(home))

    @precondition(lambda self: self.away)
    @rule()
    def everything_is_ticked(self) -> None:
        assert self.away is not None
        for each in self.away.tasks:
            for task in each.tasks:
                absence_tasks.tick(self.desk, self.away.id, each.of, task.item)

    @precondition(lambda self: self.away)
    @rule()
    def comes_home(self) -> None:
        assert self.away is not None
        self.last = absences.is_back(self.desk, self.away.id)

    @rule(in_use=st.booleans(), reason=st.none() | st.sampled_from([each.value for each in WaitingReason]))
    def the_home(self, in_use: bool, reason: str | None) -> None:
        homes.use(self.desk, self.citizen, in_use)
        homes.wait_for(self.desk, self.citizen, reason)

    @rule(lost=DAYS, moved=SOME_DAY)
    def a_home_is_lost_or_found_elsewhere(self, lost: int, moved: int | None) -> None:
        fields: dict[str, Any] = {"move_in_on": self.day(moved), "lost_on": self.day(-lost), "in_use": False}
        arrive(self.desk, a_row("housing_period", self.citizen, self.clock(), **fields))

    @rule(reason=st.sampled_from(["", " ", "Længere afsoning"]), review=SOME_DAY)
    def somebody_would_pause(self, reason: str, review: int | None) -> None:
        try:
            pauses.pause(self.desk, self.citizen, PauseForm(reason, self.day(review)))
        except RecordError:
            return
        self.paused, self.last = True, None
        self.clock.move(minutes=1)

    @precondition(lambda self: self.paused)
    @rule()
    def it_is_taken_up(self) -> None:
        pauses.resume(self.desk, self.citizen)
        self.paused, self.last = False, None
        self.clock.move(minutes=1)

    @precondition(lambda self: self.last)
    @rule()
    def undo(self) -> None:
        assert self.last is not None
        contacts.undo(self.desk, self.last)
        self.last = None

    @invariant()
    def only_a_person_moves_the_support(self) -> None:
        """I-1, I-2, I-3, I-4: active or paused as somebody decided, never ended, always with a next step."""
        shown = citizens.read(self.desk, self.citizen)
        assert shown is not None
        assert shown.standing.support is (Support.PAUSED if self.paused else Support.ACTIVE)
        assert shown.next_step is not None
        assert today.read(self.desk).citizens == 1

    @invariant()
    def every_pause_has_a_reason_and_a_review(self) -> None:
        """I-5: no action writes one without."""
        with self.desk.store.reading() as session:
            written = [each for each in outbox.waiting(session, limit=100_000) if each.do == "add"]
        assert not [each for each in written if each.kind == "closing"]
        for each in written:
            if each.kind == "pause":
                from_on = date.fromisoformat(each.fields["from_on"])
                assert each.fields["reason"].strip()
                assert from_on < date.fromisoformat(each.fields["review_on"]) <= from_on + timedelta(days=90)


Elsewhere.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
test_elsewhere = Elsewhere.TestCase

#: What is said of telling them: about which place, the answer, how many days ago, how long it holds.
ANSWER = st.tuples(
    st.sampled_from(["hospital", "hospital", "prison"]),
    st.sampled_from(["yes", "yes", "no"]),
    st.integers(-2, 20),
    st.none() | st.integers(-3, 20),
)


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with a_desk(tmp_path_factory.mktemp("vault"), Clock()) as desk:
        yield desk


@given(
    said=st.lists(ANSWER, max_size=4), taken=st.lists(st.none() | st.integers(0, 20), min_size=4, max_size=4),
    order=st.randoms(use_true_random=False), later=st.integers(0, 12),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_told_without_a_standing_yes_whatever_arrives_in_whatever_order(
    one_desk: Desk, said: list[tuple[str, str, int, int | None]], taken: list[int | None], order: Any, later: int
) -> None:
    """I-6, at the action: consents, withdrawals and expiries, from anybody, in any order."""
    desk, day = one_desk, one_desk.today()
    citizen = seed(desk, "Rikke")
    rows, yes = [], []
    for (about, answer, ago, lasts), back in zip(said, taken, strict=False):
        given_on, at = day - timedelta(days=ago), desk.now() - timedelta(days=ago, minutes=order.randint(0, 600))
        until = None if lasts is None else day + timedelta(days=lasts)
        fields = {"given_on": given_on, "answer": answer, "to": "Dem", "about": about, "until": until}
        rows.append(a_row("consent", citizen, at, KARIM, id=(id := an_id()), **fields))
        if back is not None:
            on = day - timedelta(days=back)
            rows.append(a_row("consent_withdrawal", citizen, desk.now(), KARIM, on=on, consent=id))
        elif about == "hospital" and answer == "yes" and ago >= 0 and (lasts is None or lasts >= 0):
            yes.append(id)
    order.shuffle(rows)
    absences.go(desk, citizen, AwayForm(place="hospital"))
    for each in rows:
        arrive(desk, each)
        _tell(desk, citizen, None)
    _tell(desk, citizen, yes)


def _tell(desk: Desk, citizen: str, standing: list[str] | None) -> None:
    """Try; what is shown and what the action does are one, and it goes well only with a yes among `standing`."""
    shown = absences.read(desk, citizen)
    assert shown is not None and shown.away is not None
    try:
        saved = absences.inform(desk, shown.away.id, InformForm("Afsnit 4"))
    except RecordError as refused:
        assert refused.why == "no_consent" and shown.away.may_tell is None
        return
    assert shown.away.may_tell is not None
    assert standing is None or shown.away.may_tell.id in standing
    contacts.undo(desk, saved)


def test_a_withdrawal_that_arrives_before_its_consent_closes_it_too(one_desk: Desk) -> None:
    citizen, id = seed(one_desk, "Rikke"), an_id()
    absences.go(one_desk, citizen, AwayForm(place="hospital"))
    day = one_desk.today()
    arrive(one_desk, a_row("consent_withdrawal", citizen, one_desk.now(), KARIM, on=day, consent=id))
    yes = {"given_on": day, "answer": "yes", "to": "Dem", "about": "hospital"}
    arrive(one_desk, a_row("consent", citizen, one_desk.now(), KARIM, id=id, **yes))
    _tell(one_desk, citizen, [])
    consents.give(one_desk, citizen, ConsentForm("prison", "Arresten"))
    _tell(one_desk, citizen, [])
