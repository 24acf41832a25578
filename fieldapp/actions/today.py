"""The list for today: who is agreed, who is to be reached out to and why, who is elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from fieldapp.actions import days_off, facts, next_steps, people
from fieldapp.actions.days_off import DaysOff
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.facts import Reason
from fieldapp.domain.today import Row, the_day


@dataclass(frozen=True)
class TodayRow:
    """A sentence about a person. `act` is the one suggested: note | text | call | bell | known_place.

    `about` is the record that a row of *Fra kolleger* answers.
    """

    citizen: str
    name: str
    reason: Reason
    last: Reason | None  # how long since, in words: DAYS_SINCE or NEW
    at: time | None
    act: str
    text: str | None = None  # what was planned
    about: str | None = None


@dataclass(frozen=True)
class Today:
    """Empty sections are left out on screen. `later_on` is the workday *Kan vente til* speaks of."""

    on: date
    agreed: tuple[TodayRow, ...]
    urgent: tuple[TodayRow, ...]
    home: tuple[TodayRow, ...]
    colleagues: tuple[TodayRow, ...]
    reach: tuple[TodayRow, ...]
    later: tuple[TodayRow, ...]
    elsewhere: tuple[TodayRow, ...]
    paused: tuple[TodayRow, ...]
    contact_making: tuple[TodayRow, ...]
    later_on: date
    citizens: int
    off: DaysOff = field(default_factory=DaysOff)


def read(desk: Desk) -> Today:
    with desk.store.reading() as session:
        everybody = facts.read(session, desk.today())
        names, workers = people.citizens(session), people.workers(session, desk)
        role = people.role(session, desk.worker)
        off = days_off.look(session, desk, everybody.values(), names)
    day = the_day(everybody.values(), desk.today(), desk.worker, role)

    def told(rows: Iterable[Row]) -> tuple[TodayRow, ...]:
        return tuple(
            TodayRow(
                row.citizen,
                names[row.citizen],
                people.named(row.reason, workers),
                row.last,
                row.at,
                row.act,
                row.text,
                row.about,
            )
            for row in rows
        )

    return Today(
        on=day.on,
        agreed=told(day.agreed),
        urgent=told(day.urgent),
        home=told(day.home),
        colleagues=told(day.colleagues),
        reach=told(day.reach),
        later=told(day.later),
        elsewhere=told(day.elsewhere),
        paused=told(day.paused),
        contact_making=told(day.contact_making),
        later_on=day.later_on,
        citizens=day.citizens,
        off=off,
    )


def move_later(desk: Desk, citizens: list[str], to: date) -> Saved:
    """Give each a next step on `to`: nobody drops off."""
    with writing(desk) as work:
        for citizen in citizens:
            next_steps.move(work, citizen, to)
        return work.saved("", "")
