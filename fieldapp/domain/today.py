"""The list for today: everybody stands somewhere, and each with a reason (review.md 2.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from fieldapp.domain.facts import Facts, Reason
from fieldapp.domain.rhythm import DEFAULT, RhythmRules


@dataclass(frozen=True)
class Row:
    """`last` is DAYS_SINCE or NEW. `text` is what was planned. `act`: note | text | call | bell | known_place."""

    citizen: str
    reason: Reason
    last: Reason
    act: str
    at: time | None = None
    text: str | None = None


@dataclass(frozen=True)
class Day:
    """`later` is what may wait until `later_on`, the next workday. `citizens` counts all of the worker's."""

    on: date
    later_on: date
    agreed: tuple[Row, ...] = ()
    reach: tuple[Row, ...] = ()
    later: tuple[Row, ...] = ()
    elsewhere: tuple[Row, ...] = ()
    paused: tuple[Row, ...] = ()
    contact_making: tuple[Row, ...] = ()
    citizens: int = 0


def the_day(everybody: Iterable[Facts], today: date, worker: str, rules: RhythmRules = DEFAULT) -> Day:
    """The list of one worker: those the worker is responsible for, stands in for, or promised a step.

    A citizen without a responsible worker is on everybody's list who holds it.
    """
    raise NotImplementedError
