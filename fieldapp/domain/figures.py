"""Figures of a team or of everybody, for a leader: never of one citizen, and never fewer than five people (ours)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from fieldapp.domain.facts import Facts
from fieldapp.domain.next_step import next_step
from fieldapp.domain.rhythm import DEFAULT, RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Situation, Support

FEWEST = 5
"""A smaller group is not shown: somebody could be known again in it (ours)."""

#: Whoever sleeps so has a home of their own, used or not (G2).
_OWN_HOME = frozenset({Situation.OWN_HOME, Situation.AT_RISK, Situation.FUNCTIONAL})


@dataclass(frozen=True)
class Group:
    """`what` is a stored code, None where nobody has said it."""

    what: str | None
    people: int


@dataclass(frozen=True)
class Groups:
    """The largest first. `small` groups are not shown; of two or more, so that no difference tells of one."""

    shown: tuple[Group, ...] = ()
    small: int = 0


@dataclass(frozen=True)
class Share:
    """`of` people, `part` of whom."""

    part: int
    of: int


@dataclass(frozen=True)
class WithoutHome:
    """`days`: half of these `people` have been without a home of their own for longer, half for shorter."""

    people: int
    days: int


def groups(said: Iterable[str | None]) -> Groups:
    """How many said what. Is only one group too small, the next smallest is left out with it."""
    counted = sorted(Counter(said).items(), key=lambda each: (-each[1], each[0] or ""))
    shown = [Group(what, people) for what, people in counted if people >= FEWEST]
    small = len(counted) - len(shown)
    if small == 1 and shown:
        shown, small = shown[:-1], 2
    return Groups(tuple(shown), small)


def kept_steps(citizens: Iterable[Facts], today: date, rules: RhythmRules = DEFAULT) -> Share | None:
    """Of those whose support goes on, how many have a next step that is not overdue (H8). None of fewer than five."""
    held = [each for each in citizens if standing(each, today).support is not Support.CLOSED]
    if len(held) < FEWEST:
        return None
    return Share(sum(not overdue(each, today, rules) for each in held), len(held))


def overdue(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> bool:
    """The day of the next step lies before today. On pause, or in peace that was asked for, nothing is."""
    if standing(facts, today).support is not Support.ACTIVE:
        return False
    if facts.peace_until is not None and facts.peace_until >= today:
        return False
    step = next_step(facts, today, rules)
    if step is not None and step.id is not None:
        return step.on < today
    return due(facts, today, rules).on < today


def without_home(citizens: Iterable[Facts], today: date) -> WithoutHome | None:
    """Of those whose support goes on (A1). None of fewer than five."""
    held = [each for each in citizens if standing(each, today).support is not Support.CLOSED]
    days = [since for each in held if (since := days_without_home(each, today)) is not None]
    return WithoutHome(len(days), round(median(days))) if len(days) >= FEWEST else None


def days_without_home(facts: Facts, today: date) -> int | None:
    """Since the home was lost, else since we have known them; None for who has one, used or not."""
    if facts.move_in_on is not None and facts.move_in_on <= today:
        return None
    if facts.lost_home_on is None and facts.situation in _OWN_HOME:
        return None
    since = facts.lost_home_on or facts.known_since
    return max((today - since).days, 0)
