"""The list for a round on the street: those whom nobody has a method for yet, by the places they are known at (E1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.domain import reasons
from fieldapp.domain.facts import Attempt, Contact, Facts, Reason, Why
from fieldapp.domain.names import fold
from fieldapp.domain.rhythm import DEFAULT, RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.thread import acts
from fieldapp.domain.values import ContactMode, Outcome, Phase, Place, Support

#: As the chips of *Kendte steder* write them; the places themselves are what people call them.
TIMES = ("om formiddagen", "om eftermiddagen", "om aftenen", "om natten")
_TIMES_EN = ("in the morning", "in the afternoon", "in the evening", "at night")
_BETWEEN = re.compile(r"[,;\n/]+|\s\+\s")
_TIME = re.compile(rf"[\s,]*(?:og\s+|and\s+)?(?:{'|'.join((*TIMES, *_TIMES_EN))})\s*$", re.IGNORECASE)
_SEEN_AT = frozenset({Outcome.MET, Outcome.SEEN_BY_OTHERS, Outcome.OPENED_TALKED, Outcome.OPENED_NOT_TODAY})
_FACE_TO_FACE = frozenset({ContactMode.MET, ContactMode.CITIZEN_CAME})


@dataclass(frozen=True)
class Line:
    """`seen`: when somebody last saw them, and where; `since` when nobody has. `due`: when they should hear from us."""

    citizen: str
    seen: Reason
    due: date


@dataclass(frozen=True)
class Stop:
    """A place, and who may be there, those who should have heard from us first. No `place`: nobody knows one."""

    place: str | None
    lines: tuple[Line, ...]


def the_round(everybody: Iterable[Facts], today: date, rules: RhythmRules = DEFAULT) -> tuple[Stop, ...]:
    """Everybody who is looked for stands at each of their places, and at least once."""
    called: dict[str, str] = {}
    at: dict[str, list[Line]] = {}
    for facts in everybody:
        if not is_looked_for(facts, today):
            continue
        line = Line(facts.citizen, last_seen(facts, today), due(facts, today, rules).on)
        for place in places(facts.known_places) or _last_place(line):
            called.setdefault(fold(place), place)
            at.setdefault(fold(place), []).append(line)
    ordered = sorted(at, key=lambda key: (key == "", key))
    return tuple(
        Stop(called[key] or None, tuple(sorted(at[key], key=lambda line: (line.due, line.citizen)))) for key in ordered
    )


def is_looked_for(facts: Facts, today: date) -> bool:
    """No method yet, or getting to know each other; where they sleep decides nothing (H12)."""
    getting_to_know = facts.method is None or facts.phase == Phase.CONTACT_PERIOD
    return getting_to_know and facts.absence is None and standing(facts, today).support is Support.ACTIVE


def last_seen(facts: Facts, today: date) -> Reason:
    """The latest time anybody saw them, by us or by others; else how long since we talked."""
    seen = [act for act in acts(facts, today) if _is_seeing(act)]
    if not seen:
        return reasons.since(facts, today)
    return Reason(Why.SEEN, on=seen[-1].at.date(), place=_in_words(seen[-1].place))


def _in_words(place: str | None) -> str | None:
    """What somebody wrote; a kind of place alone is none to go to, and some have no business in a list."""
    return None if place in frozenset(Place) else place


def places(known: str | None) -> tuple[str, ...]:
    """`Banegården om aftenen, Kilden` is two places; when they are there stands with the citizen."""
    found: dict[str, str] = {}
    for place in (times_of(piece)[0].strip() for piece in _BETWEEN.split(known or "")):
        if place:
            found.setdefault(fold(place), place)
    return tuple(found.values())


def times_of(known: str) -> tuple[str, tuple[str, ...]]:
    """The text without the times it ends with, and these in the order of the day."""
    rest, found = known.strip(), set[str]()
    while ends := _TIME.search(rest):
        found |= {_in_danish(time) for time in (*TIMES, *_TIMES_EN) if time in ends.group().casefold()}
        rest = rest[: ends.start()]
    return rest, tuple(time for time in TIMES if time in found)


def with_times(place: str, times: Iterable[str]) -> str:
    """As `times_of` takes it apart again."""
    return f"{place.strip()} {' og '.join(times)}".strip() if place.strip() else ""


def _in_danish(time: str) -> str:
    return TIMES[_TIMES_EN.index(time)] if time in _TIMES_EN else time


def _last_place(line: Line) -> tuple[str, ...]:
    return (line.seen.place or "",) if line.seen.why is Why.SEEN else ("",)


def _is_seeing(act: Contact | Attempt) -> bool:
    return act.outcome in _SEEN_AT if isinstance(act, Attempt) else act.mode in _FACE_TO_FACE
