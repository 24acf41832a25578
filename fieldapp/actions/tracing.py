"""The list for a round on the street, and what a colleague or the worker saw on it."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import attempts, facts, people
from fieldapp.actions.desk import Desk, Saved
from fieldapp.domain import tracing as rules
from fieldapp.domain.facts import Reason
from fieldapp.domain.values import OUTCOMES, Way

#: How it went at a known place, as the page *Ræk ud* offers it.
HOW = OUTCOMES[Way.KNOWN_PLACE]


@dataclass(frozen=True)
class Line:
    citizen: str
    name: str
    seen: Reason  # SEEN, else how long since we talked
    due: date


@dataclass(frozen=True)
class Stop:
    place: str | None  # None: nobody knows one
    lines: tuple[Line, ...]


def read(desk: Desk) -> tuple[Stop, ...]:
    """Everybody on this device who is looked for, of colleagues too: whoever walks by can see them."""
    today = desk.today()
    with desk.store.reading() as session:
        known, names = facts.read(session, today), people.citizens(session)
    return tuple(
        Stop(stop.place, tuple(Line(each.citizen, names[each.citizen], each.seen, each.due) for each in stop.lines))
        for stop in rules.the_round(known.values(), today)
    )


def at_place(desk: Desk, citizen: str, place: str | None, outcome: str) -> Saved:
    """Went by the place: an attempt with the place written already."""
    return attempts.save(desk, citizen, Way.KNOWN_PLACE, outcome, place=place or "")
