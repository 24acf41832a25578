"""Before leave and holidays everybody hears who is there; after days off one reads who wrote (review.md 2.8)."""

from datetime import date, datetime, time, timedelta

import pytest

from fieldapp.actions import attempts, away, contacts, days_off, today
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from fieldapp.domain.days_off import Feast
from tests.desks import FREJA, KARIM, TEAM, Clock, a_row, arrive, seed
from tests.examples import CET, NOW, TODAY

#: TODAY is a Wednesday: leave from Saturday's Monday on is told from Friday.
MONDAY, FRIDAY = TODAY + timedelta(days=5), TODAY + timedelta(days=2)


def a_week_off(desk: Desk, deputy: str | None = KARIM) -> None:
    away.say(desk, deputy, MONDAY, MONDAY + timedelta(days=4))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), CET)


def test_three_days_before_leave_all_of_ones_own_are_to_be_told(desk: Desk, clock: Clock) -> None:
    mine = [seed(desk, name, met=(1,)) for name in ("Bent", "Åse")]
    seed(desk, "Karims", responsible=KARIM)
    peace = ("respect", {"wishes": ["peace_until"], "peace_until": MONDAY, "said_on": TODAY})
    seed(desk, "Ro", more=(peace,))
    seed(desk, "Slut", more=(("closing", {"on": TODAY, "ground": "death"}),))
    a_week_off(desk)
    assert today.read(desk).off.before is None, "not on Wednesday"
    clock.now = at(FRIDAY)
    before = today.read(desk).off.before
    assert before is not None
    assert (before.from_on, before.deputy) == (MONDAY, "Karim Lyngå")
    assert before.citizens == ((mine[0], "Bent"), (mine[1], "Åse"))
    clock.now = at(MONDAY)
    assert today.read(desk).off.before is None, "now they are off"


def test_the_text_about_it_comes_first_filled_in_and_once(desk: Desk, clock: Clock) -> None:
    bent, other = seed(desk, "Bent", met=(1,)), seed(desk, "Åse", met=(1,))
    a_week_off(desk)
    assert "s13" not in [each.template for each in attempts.read(desk, bent).texts]
    clock.now = at(FRIDAY)
    first = attempts.read(desk, bent).texts[0]
    assert (first.template, first.text) == (
        "s13",
        "Hej Bent. Jeg holder fri til og med den 4. december. Imens kan du skrive eller ringe til Karim på 00 00 00 02."
        " Vi ses. Freja",
    )
    attempts.save(desk, bent, "text", "unconfirmed", text=first.text, template="s13")
    assert "s13" not in [each.template for each in attempts.read(desk, bent).texts]
    assert days_off.read(desk).before.citizens == ((other, "Åse"),)
    clock.move(minutes=1)
    contacts.note(desk, other, ContactForm())
    assert days_off.read(desk).before is None, "told by word of mouth"


def test_without_a_deputy_there_is_no_text_but_they_are_still_to_be_told(desk: Desk, clock: Clock) -> None:
    bent = seed(desk, "Bent", met=(1,))
    a_week_off(desk, None)
    clock.now = at(FRIDAY)
    before = days_off.read(desk).before
    assert (before.deputy, before.citizens) == (None, ((bent, "Bent"),))
    assert "s13" not in [each.template for each in attempts.read(desk, bent).texts]


def test_two_workdays_off_and_leave_taken_back_are_told_to_nobody(desk: Desk, clock: Clock) -> None:
    seed(desk, "Bent", met=(1,))
    away.say(desk, KARIM, MONDAY, MONDAY + timedelta(days=1))
    clock.now = at(FRIDAY)
    assert days_off.read(desk).before is None
    longer = away.say(desk, KARIM, MONDAY, MONDAY + timedelta(days=4)).id
    assert days_off.read(desk).before is not None
    away.back(desk, longer)
    assert days_off.read(desk).before is None


def test_somebody_elses_leave_is_not_ones_own(desk: Desk, clock: Clock) -> None:
    seed(desk, "Bent", met=(1,))
    gone = a_row("worker_absence", TEAM, NOW, author=KARIM, worker=KARIM, from_on=MONDAY,
                 to_on=MONDAY + timedelta(days=9), deputy=FREJA)  # fmt: skip
    arrive(desk, gone.model_copy(update={"scope": team_scope(TEAM)}))
    clock.now = at(FRIDAY)
    assert days_off.read(desk).before is None


def test_ten_workdays_before_christmas_who_is_close_stands_apart_until_it_is_agreed(desk: Desk, clock: Clock) -> None:
    close = seed(desk, "Bent", more=(("intensity", {"level": 5, "from_on": TODAY}),))
    other = seed(desk, "Åse", more=(("intensity", {"level": 2, "from_on": TODAY}),))
    clock.now = at(date(2026, 12, 9))
    assert today.read(desk).off.ahead is None
    clock.now = at(date(2026, 12, 10))
    ahead = today.read(desk).off.ahead
    assert (ahead.feast, ahead.workdays) == (Feast.CHRISTMAS, 10)
    assert (ahead.close, ahead.others) == (((close, "Bent"),), ((other, "Åse"),))
    days_off.agree(desk, ahead)
    assert today.read(desk).off.ahead is None
    clock.now = at(date(2026, 12, 28))
    assert today.read(desk).off.ahead.feast is Feast.NEW_YEAR, "the next one is another question"


def test_who_has_nobody_is_asked_nothing(desk: Desk, clock: Clock) -> None:
    a_week_off(desk)
    clock.now = at(date(2026, 12, 10))
    assert today.read(desk).off == days_off.DaysOff(weekend=False)


@pytest.mark.parametrize(("by", "told"), [(KARIM, True), (FREJA, False)])
def test_on_monday_one_reads_who_wrote_to_the_one_on_duty(desk: Desk, clock: Clock, by: str, told: bool) -> None:
    citizen = seed(desk, "Bent", met=(6,))
    saturday = at(MONDAY - timedelta(days=2), 14)
    arrive(desk, a_row("contact", citizen, saturday, by, occurred_at=saturday, mode="citizen_wrote"))
    clock.now = at(MONDAY)
    off = today.read(desk).off
    assert (off.wrote, off.weekend) == ((((citizen, "Bent"),) if told else ()), True)
    clock.move(days=1)
    assert today.read(desk).off.wrote == ()
