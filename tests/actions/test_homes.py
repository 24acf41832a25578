"""The home on a real store: moved into, lost, moved on from; the lists; nothing of it touches the support (G1-G20)."""

from datetime import date, timedelta

import pytest

from fieldapp.actions import citizens, contacts, details, home_page, home_tasks, homes, situations
from fieldapp.actions.desk import Desk
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_tasks import Task, TaskForm
from fieldapp.actions.homes import HomeForm
from fieldapp.actions.situations import SituationForm
from fieldapp.domain.values import Support
from fieldapp.domain.values_life import HOUSING, HousingItem, HousingList
from fieldapp.errors import RecordError
from tests.desks import Clock, a_row, arrive, seed
from tests.examples import TODAY

LIGHT = {"level": 2, "from_on": TODAY - timedelta(days=20)}


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def page(desk: Desk, citizen: str) -> HomePage:
    shown = home_page.read(desk, citizen)
    assert shown is not None
    return shown


def support(desk: Desk, citizen: str) -> Support:
    shown = citizens.read(desk, citizen)
    assert shown is not None and shown.next_step is not None
    return shown.standing.support


def listed(desk: Desk, citizen: str, of: str) -> dict[str, Task]:
    return {task.item: task for tasks in page(desk, citizen).lists if tasks.of == of for task in tasks.tasks}


def moved_in(desk: Desk, days_ago: int = 100, name: str = "Åse") -> str:
    citizen = seed(desk, name, met=(2,), situation="shelter_110")
    homes.keep(desk, citizen, HomeForm(move_in_on=in_days(-days_ago)))
    return citizen


def test_acceptance_04_a_lost_home_leaves_the_support_unchanged_and_asks_the_team(desk: Desk) -> None:
    """invariants.md 7.3, 4 (G11, G12, I-3): the task for a new home, and two questions; the support as it was."""
    citizen = moved_in(desk)
    before = citizens.read(desk, citizen)
    saved = homes.lose(desk, citizen)
    after = citizens.read(desk, citizen)
    assert before is not None and after is not None and after.next_step is not None
    assert after.standing == before.standing
    shown = page(desk, citizen)
    assert (shown.has, shown.lost is not None) == (False, True)
    assert [task.done_on for task in listed(desk, citizen, "new_home").values()] == [None]
    assert shown.lists[0].of == HousingList.NEW_HOME, "the next home stands first"
    assert shown.reflections == () and after.situation == "unknown"
    contacts.undo(desk, saved)
    again = page(desk, citizen)
    assert (again.has, again.lost, listed(desk, citizen, "new_home")) == (True, None, {})
    assert citizens.read(desk, citizen) == before


def test_the_three_facts_never_touch_the_support(desk: Desk) -> None:
    """G2: har en bolig, benytter den, har mistet den."""
    citizen = seed(desk, met=(2,), situation="street")
    assert (page(desk, citizen).has, page(desk, citizen).in_use, page(desk, citizen).lost) == (False, None, None)
    homes.keep(desk, citizen, HomeForm(move_in_on=TODAY))
    assert (page(desk, citizen).has, page(desk, citizen).in_use) == (True, True)
    homes.use(desk, citizen, False)
    assert (page(desk, citizen).has, page(desk, citizen).in_use) == (True, False)
    homes.lose(desk, citizen)
    shown = page(desk, citizen)
    assert (shown.has, shown.lost is not None, support(desk, citizen)) == (False, True, Support.ACTIVE)


def test_one_truth_of_where_somebody_sleeps(desk: Desk, clock: Clock) -> None:
    """G1: the page, the details, the home and the rules say the same; the history keeps each with its day."""
    citizen = seed(desk, known=40, situation="street")
    clock.move(days=1)
    details.set_situation(desk, citizen, "shelter_110")
    clock.move(days=3)
    situations.keep(desk, citizen, SituationForm("family_friends", note="Sofaen hos Bo"))
    known, shown, about = details.read(desk, citizen), citizens.read(desk, citizen), page(desk, citizen)
    assert known is not None and shown is not None
    assert {known.situation, shown.situation, about.situation} == {"family_friends"}
    told = [(each.from_on, each.situation) for each in about.situations]
    assert told == [(in_days(4), "family_friends"), (in_days(1), "shelter_110"), (in_days(-40), "street")]


def test_a_slip_of_the_thumb_stands_nowhere(desk: Desk) -> None:
    """What the same worker said of the same day before."""
    citizen = seed(desk, situation="street")
    first = details.set_situation(desk, citizen, "prison")
    details.set_situation(desk, citizen, "hospital")
    assert [each.situation for each in page(desk, citizen).situations] == ["hospital", "street"]
    contacts.undo(desk, details.set_situation(desk, citizen, None))
    assert page(desk, citizen).situation == "hospital"
    assert first.id
    with pytest.raises(RecordError, match="malformed"):
        details.set_situation(desk, citizen, "under_a_bridge")
    with pytest.raises(RecordError, match="missing"):
        situations.keep(desk, citizen, SituationForm())


def test_what_is_said_of_an_earlier_day_is_history_and_not_now(desk: Desk) -> None:
    citizen = seed(desk, situation="street")
    details.set_situation(desk, citizen, "shelter_110")
    situations.keep(desk, citizen, SituationForm("prison", in_days(-30)))
    assert page(desk, citizen).situation == "shelter_110"


def test_a_move_ahead_brings_its_days_and_draws_the_rhythm_closer(desk: Desk) -> None:
    """G7, G8: what has to be ready before the move, and somebody in touch more often from two weeks before."""
    citizen = seed(
        desk, met=(0,), situation="shelter_110",
        more=(("method", {"method": "icm", "from_on": in_days(-200)}), ("intensity", LIGHT)),
    )  # fmt: skip
    far = citizens.read(desk, citizen)
    homes.keep(desk, citizen, HomeForm(move_in_on=in_days(12)))
    near = citizens.read(desk, citizen)
    assert far is not None and far.next_step is not None and near is not None and near.next_step is not None
    assert near.next_step.on <= in_days(5) < far.next_step.on
    due = {item: task.due_on for item, task in listed(desk, citizen, "moving_in").items()}
    assert due["lease"] == due["deposit_loan"] == due["one_off_payment"] == TODAY, "it is time already"
    assert (due["insurance"], due["move_in"], due["first_thing"]) == (in_days(9), in_days(12), None)
    (home,) = [page(desk, citizen).ahead]
    assert home is not None and not page(desk, citizen).has
    homes.keep(desk, citizen, HomeForm(move_in_on=in_days(40)), home.id)
    assert listed(desk, citizen, "moving_in")["lease"].due_on == in_days(26)
    homes.keep(desk, citizen, HomeForm(), home.id)
    assert {task.due_on for task in listed(desk, citizen, "moving_in").values()} == {None}


def test_moving_in_is_one_tick_and_the_day_keeps_the_rhythm_close_for_90_days(desk: Desk, clock: Clock) -> None:
    citizen = seed(desk, met=(0,), situation="street")
    saved = home_tasks.tick(desk, citizen, "moving_in", "move_in")
    shown = page(desk, citizen)
    assert shown.has and shown.now is not None and shown.now.move_in_on == TODAY and shown.situation == "own_home"
    assert saved.next_step is not None and saved.next_step.on == in_days(1), "the day after the move"
    clock.move(days=60)
    contacts.note(desk, citizen, contacts.ContactForm())
    after = citizens.read(desk, citizen)
    assert after is not None and after.next_step is not None and (after.next_step.on - desk.today()).days <= 8
    contacts.undo(desk, saved)
    assert not page(desk, citizen).has


def test_moving_on_is_no_loss_and_the_support_follows(desk: Desk, clock: Clock) -> None:
    """G12: the old home ends the day the next begins, and neither counts against anybody (G10)."""
    citizen = moved_in(desk)
    homes.keep(desk, citizen, HomeForm(move_in_on=in_days(10), home_type="social_housing"))
    ahead = page(desk, citizen)
    assert ahead.has and ahead.ahead is not None and ahead.now is not None and ahead.now.moved_out_on == in_days(10)
    homes.keep(desk, citizen, HomeForm(move_in_on=in_days(12)), ahead.ahead.id)
    moved = page(desk, citizen).now
    assert moved is not None and moved.moved_out_on == in_days(12), "it goes along with the day"
    clock.move(days=12)
    shown = page(desk, citizen)
    assert [home.lost_on for home in shown.homes] == [None, None] and shown.lost is None and shown.has
    assert support(desk, citizen) is Support.ACTIVE
    assert "new_home" not in [tasks.of for tasks in shown.lists]


def test_the_next_home_after_a_lost_one_begins_with_lists_of_its_own(desk: Desk, clock: Clock) -> None:
    """G10: offered again, as if nothing had been; what stood on a waiting list still does."""
    citizen = seed(desk, met=(2,), situation="street")
    home_tasks.keep(desk, citizen, "finding", "signed_up", TaskForm("Boligforeningen", "214"))
    home_tasks.tick(desk, citizen, "moving_in", "lease")
    home_tasks.tick(desk, citizen, "moving_in", "move_in")
    clock.move(days=30)
    homes.lose(desk, citizen)
    clock.move(days=1)
    finding, moving = listed(desk, citizen, "finding"), listed(desk, citizen, "moving_in")
    assert finding["signed_up"].number == "214" and moving["lease"].done_on is None
    home_tasks.tick(desk, citizen, "moving_in", "move_in")
    shown = page(desk, citizen)
    assert shown.lost is None and shown.has and len(shown.homes) == 2
    assert "new_home" not in [tasks.of for tasks in shown.lists], "found"


def test_what_was_to_be_done_in_a_home_that_is_left_waits_for_no_day_any_more(desk: Desk) -> None:
    citizen = moved_in(desk, 5)
    home_tasks.keep(desk, citizen, "home", "furniture", TaskForm("Seng", due_on=TODAY))
    home_tasks.keep(desk, citizen, "keeping", "arrears", TaskForm(due_on=in_days(3)))
    homes.lose(desk, citizen)
    with desk.store.reading() as session:
        left = {row.item: row.due_on for row in home_page.home_rows.tasks(session, citizen)}
    assert left["furniture"] is None and left["arrears"] == in_days(3)
    assert list(listed(desk, citizen, "keeping")) == ["arrears"], "what is owed is still there"


def test_not_lost_after_all(desk: Desk) -> None:
    citizen = moved_in(desk)
    homes.lose(desk, citizen)
    lost = page(desk, citizen).lost
    assert lost is not None
    homes.not_lost(desk, lost.id)
    shown = page(desk, citizen)
    assert (shown.has, shown.lost, shown.situation) == (True, None, "own_home")
    assert "new_home" not in [tasks.of for tasks in shown.lists]


@pytest.mark.parametrize("of", [HousingList.FINDING, HousingList.MOVING_IN])
def test_every_thing_on_the_way_to_a_home_can_be_ticked_and_unticked(desk: Desk, of: HousingList) -> None:
    """G6, G7, F8."""
    citizen = seed(desk, met=(2,), situation="street")
    for item in HOUSING[of]:
        if item == HousingItem.MOVE_IN:
            continue
        home_tasks.tick(desk, citizen, of, item)
        task = listed(desk, citizen, of)[item]
        assert task.done_on == TODAY
        home_tasks.tick(desk, citizen, of, item, task.id, done=False)
        assert listed(desk, citizen, of)[item].done_on is None
    assert support(desk, citizen) is Support.ACTIVE
    with pytest.raises(RecordError, match="malformed"):
        home_tasks.tick(desk, citizen, of, "be_ready_for_a_home")


def test_two_landlords_are_two_places_in_a_queue_and_two_phones_are_one(desk: Desk) -> None:
    citizen = seed(desk, situation="street")
    home_tasks.keep(desk, citizen, "finding", "signed_up", TaskForm("Nord", "12"))
    home_tasks.keep(desk, citizen, "finding", "signed_up", TaskForm("Syd", "340", in_days(30)))
    (finding,) = [tasks.tasks for tasks in page(desk, citizen).lists if tasks.of == "finding"]
    queues = [(task.text, task.number) for task in finding if task.item == "signed_up"]
    assert queues == [("Nord", "12"), ("Syd", "340")]
    home = page(desk, citizen).ahead
    assert home is not None
    twice = {"list": "finding", "item": "offer", "housing_period": home.id}
    arrive(desk, a_row("housing_task", citizen, **twice), a_row("housing_task", citizen, **twice, done_on=TODAY))
    offers = [task for tasks in page(desk, citizen).lists for task in tasks.tasks if task.item == "offer"]
    assert [task.done_on for task in offers] == [TODAY]
    home_tasks.tick(desk, citizen, "finding", "offer", offers[0].id, done=False)
    assert listed(desk, citizen, "finding")["offer"].done_on is None


def test_early_warnings_are_no_checklist_but_what_has_come_up(desk: Desk) -> None:
    """G15, P9: arrears, a complaint, a notice, the job centre; never a list to fill in."""
    citizen = moved_in(desk)
    assert listed(desk, citizen, "keeping") == {}
    for item in HOUSING[HousingList.KEEPING]:
        home_tasks.keep(desk, citizen, "keeping", item, TaskForm(due_on=in_days(4)))
    found = listed(desk, citizen, "keeping")
    assert list(found) == ["arrears", "complaint", "eviction_notice", "benefits"]
    assert {task.due_on for task in found.values()} == {in_days(4)}
    home_tasks.tick(desk, citizen, "keeping", "arrears", found["arrears"].id)
    assert listed(desk, citizen, "keeping")["arrears"].done_on == TODAY


def test_days_without_a_home_are_known_on_the_home_page_alone(desk: Desk, clock: Clock) -> None:
    """A1: no list, no row and no order of citizens knows of them."""
    citizen = seed(desk, known=40, met=(2,), situation="street")
    assert page(desk, citizen).without_since == in_days(-40)
    homes.keep(desk, citizen, HomeForm(move_in_on=TODAY))
    assert page(desk, citizen).without_since is None
    clock.move(days=20)
    homes.lose(desk, citizen)
    assert page(desk, citizen).without_since == in_days(20)
    elsewhere = [vars(each) for each in citizens.read_all(desk)]
    assert not [name for each in elsewhere for name in each if "without" in name or "home" in name]
