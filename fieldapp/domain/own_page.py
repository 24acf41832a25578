"""The citizen's own page: what they said, what goes well, goals with steps, what went forward, and nothing else.

It is made from a list of what may stand there (`SHOWN`), so that a new field or a new kind is not there by itself. The
professional's column, assessments, notes and everybody else are not on the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from fieldapp.domain.facts import Record
from fieldapp.domain.values import Aspect, Dimension

SHOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "own_words": frozenset({"aspect", "text", "said_on"}),
        "strength": frozenset({"text", "noted_on", "dimension"}),
        "focus_area": frozenset({"dimension", "from_on", "ended_on"}),
        "goal": frozenset({"dimension", "title", "decided_by", "outcome", "ended_on"}),
        "step": frozenset({"goal", "text", "by", "due_on", "done_on"}),
        "progress": frozenset({"text", "noted_on", "dimension", "goal"}),
        "own_scale": frozenset({"value", "on"}),
    }
)


@dataclass(frozen=True)
class Said:
    """A wish, a dream or a hope, on the day it was said."""

    aspect: str
    text: str
    on: date


@dataclass(frozen=True)
class Line:
    """Something that goes well, or a small step forward."""

    text: str
    on: date


@dataclass(frozen=True)
class OwnStep:
    id: str
    text: str
    by: str | None
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class OwnGoal:
    """`steps`: those to be done first."""

    id: str
    dimension: str
    title: str
    decided_by: str | None
    outcome: str | None
    ended_on: date | None
    steps: tuple[OwnStep, ...]
    forward: tuple[Line, ...]


@dataclass(frozen=True)
class Near:
    """How near, in the citizen's own view, from 0 to 10: one's own line over time, compared with nobody (L4)."""

    value: int
    on: date


@dataclass(frozen=True)
class OwnPage:
    """Said in the order wish, dream, hope, else the newest first; `near` the oldest first; `focus` the manual's order.

    `forward` is what belongs to none of the goals.
    """

    words: tuple[Said, ...] = ()
    strengths: tuple[Line, ...] = ()
    focus: tuple[str, ...] = ()
    goals: tuple[OwnGoal, ...] = ()
    forward: tuple[Line, ...] = ()
    near: tuple[Near, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.strengths or self.goals or self.forward)


def own_page(records: Iterable[Record], today: date) -> OwnPage:
    """Of one citizen's records, any kinds and in any order; what was taken back is left out."""
    kinds: dict[str, list[Record]] = {kind: [] for kind in SHOWN}
    for record in sorted(records, key=lambda r: (r.at, r.id)):
        if record.kind in SHOWN and not record.void:
            kinds[record.kind].append(_bare(record))
    goals = _goals(kinds["goal"], kinds["step"], kinds["progress"])
    told = {goal.id for goal in goals}
    loose = [each for each in kinds["progress"] if each.fields.get("goal") not in told]
    return OwnPage(
        words=_words(kinds["own_words"]),
        strengths=_lines(kinds["strength"]),
        focus=_focus(kinds["focus_area"], today),
        goals=goals,
        forward=_lines(loose),
        near=_near(kinds["own_scale"]),
    )


def _bare(record: Record) -> Record:
    """Only what is on the list goes on from here."""
    names = SHOWN[record.kind]
    fields = {name: value for name, value in record.fields.items() if name in names}
    return Record(record.kind, record.id, fields, None, record.at)


def _words(records: list[Record]) -> tuple[Said, ...]:
    order = {aspect.value: place for place, aspect in enumerate(Aspect)}
    said = [Said(r.fields["aspect"], r.fields["text"], _on(r, "said_on")) for r in reversed(records)]
    said.sort(key=lambda one: one.on, reverse=True)
    return tuple(sorted(said, key=lambda one: order.get(one.aspect, len(order))))


def _lines(records: Iterable[Record]) -> tuple[Line, ...]:
    lines = [Line(r.fields["text"], _on(r, "noted_on")) for r in records]
    newest_first = sorted(enumerate(lines), key=lambda each: (each[1].on, each[0]), reverse=True)
    return tuple(line for _place, line in newest_first)


def _focus(records: list[Record], today: date) -> tuple[str, ...]:
    chosen = {
        r.fields.get("dimension")
        for r in records
        if _on(r, "from_on") <= today and ((end := _day(r.fields.get("ended_on"))) is None or end > today)
    }
    return tuple(each.value for each in Dimension if each in chosen)


def _goals(goals: list[Record], steps: list[Record], progress: list[Record]) -> tuple[OwnGoal, ...]:
    taken, gone = _by_goal(steps), _by_goal(progress)
    told = [
        OwnGoal(
            id=r.id,
            dimension=r.fields["dimension"],
            title=r.fields["title"],
            decided_by=r.fields.get("decided_by"),
            outcome=r.fields.get("outcome"),
            ended_on=_day(r.fields.get("ended_on")),
            steps=_steps(taken[r.id]),
            forward=_lines(gone[r.id]),
        )
        for r in goals
    ]
    order = {each.value: place for place, each in enumerate(Dimension)}
    return tuple(sorted(told, key=lambda goal: (goal.ended_on is not None, order.get(goal.dimension, len(order)))))


def _by_goal(records: Iterable[Record]) -> dict[str | None, list[Record]]:
    found: dict[str | None, list[Record]] = defaultdict(list)
    for each in records:
        found[each.fields.get("goal")].append(each)
    return found


def _steps(records: Iterable[Record]) -> tuple[OwnStep, ...]:
    steps = [
        OwnStep(r.id, r.fields["text"], r.fields.get("by"), _day(r.fields.get("due_on")), _day(r.fields.get("done_on")))
        for r in records
    ]
    return tuple(sorted(steps, key=lambda step: (step.done_on is not None, step.due_on or date.max)))


def _near(records: list[Record]) -> tuple[Near, ...]:
    said = [Near(r.fields["value"], _on(r, "on")) for r in records]
    return tuple(sorted(said, key=lambda one: one.on))


def _on(record: Record, name: str) -> date:
    day = _day(record.fields[name])
    assert day is not None, "a required field"
    return day


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value) if isinstance(value, str) else value
