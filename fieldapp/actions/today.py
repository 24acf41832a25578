"""The list for today: who is agreed, who is to be reached out to and why, who is elsewhere."""

from dataclasses import dataclass
from datetime import date, time

from fieldapp.actions.desk import Desk
from fieldapp.domain.facts import Reason


@dataclass(frozen=True)
class TodayRow:
    """A sentence about a person. `act` is the one suggested: note | text | call | bell | known_place."""

    citizen: str
    name: str
    reason: Reason
    last: Reason | None  # how long since, in words: DAYS_SINCE or NEW
    at: time | None
    act: str


@dataclass(frozen=True)
class Today:
    """Empty sections are left out on screen. `later_on` is the workday *Kan vente til* speaks of."""

    on: date
    agreed: tuple[TodayRow, ...]
    reach: tuple[TodayRow, ...]
    later: tuple[TodayRow, ...]
    elsewhere: tuple[TodayRow, ...]
    paused: tuple[TodayRow, ...]
    contact_making: tuple[TodayRow, ...]
    later_on: date
    citizens: int


def read(desk: Desk) -> Today:
    raise NotImplementedError


def move_later(desk: Desk, citizens: list[str], to: date) -> None:
    """Give each a next step on `to`: nobody drops off."""
    raise NotImplementedError
