"""When to ask once before reaching out: within the peace, too many times, or at a quiet hour (review.md 2.3, 2.4).

Never blocks, and counts what the team has done for one citizen, never what a worker has done.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from fieldapp.domain import thread, workdays
from fieldapp.domain.facts import Attempt, Facts
from fieldapp.domain.values import FROM_THE_CITIZEN, Way


@dataclass(frozen=True)
class RespectRules:
    """Every figure is a default that can be changed (review.md 2.3 and 2.4)."""

    most_in_a_day: int = 2
    same_kind: int = 3
    same_kind_within: timedelta = timedelta(days=7)
    workdays: tuple[time, time] = (time(9), time(20))
    other_days: tuple[time, time] = (time(10), time(18))
    answers_within: timedelta = timedelta(hours=2)
    one_visit: timedelta = timedelta(hours=1)


DEFAULT = RespectRules()
_A_DAY = timedelta(days=1)
Hours = Callable[[date], tuple[time, time]]
_REACHES_THE_HOME = frozenset({Way.TEXT, Way.CALL, Way.BELL, Way.NOTE})


class Ask(StrEnum):
    """What is asked about; the words are the screen's."""

    PEACE = "peace"  # the citizen asked for it, until `until`
    MANY = "many"  # `count` times within a day
    SAME = "same"  # `count` times the same way, and no answer
    HOURS = "hours"  # outside the hours the citizen wants
    QUIET = "quiet"  # early or late


@dataclass(frozen=True)
class Caution:
    """`until`: the first day that would suit; `at`: from when on that day, where the hour is what matters."""

    ask: Ask
    until: date
    at: time | None = None
    count: int = 0


def caution(
    facts: Facts,
    way: str,
    now: datetime,
    *,
    late: bool = False,
    closed: Collection[date] = (),
    rules: RespectRules = DEFAULT,
) -> Caution | None:
    """What to ask before reaching out this way; None when there is nothing. `late`: the worker works by night.

    Who answers what the citizen wrote is not asked; at night only when it was written within two hours.
    """
    lately = _wrote_lately(facts, now, rules)
    if not lately and thread.unanswered(facts, now.date()) is None:
        found = _peace(facts, now) or _many(facts, way, now, closed, rules)
        if found is not None:
            return found
    return None if lately else _quiet(facts, way, now, late, closed, rules)


def may_answer_late(facts: Facts, now: datetime, rules: RespectRules = DEFAULT) -> bool:
    """It is a quiet hour, and the citizen wrote so lately that an answer is fine."""
    return _wrote_lately(facts, now, rules) and _quiet(facts, Way.TEXT, now, False, (), rules) is not None


def _peace(facts: Facts, now: datetime) -> Caution | None:
    until = facts.peace_until
    return None if until is None or until < now.date() else Caution(Ask.PEACE, workdays.next_workday(until))


def _many(facts: Facts, way: str, now: datetime, closed: Collection[date], rules: RespectRules) -> Caution | None:
    tries = [each for each in thread.tries(facts, now.date()) if each.at <= now]
    visits = _visits(tries, rules)
    if way == Way.NOTE and visits and _same_visit(visits[-1], now, rules):
        return None  # the note belongs to the ring that nobody answered
    lately = [each for each in visits if now - each.at < _A_DAY]
    wait = workdays.next_workday(now.date(), closed)
    if len(lately) >= rules.most_in_a_day:
        return Caution(Ask.MANY, wait, count=len(lately))
    same = [each for each in visits if _kind(each.way) == _kind(way) and now - each.at < rules.same_kind_within]
    if len(same) >= rules.same_kind:
        over = (same[-rules.same_kind].at + rules.same_kind_within).date()
        return Caution(Ask.SAME, workdays.workday_from(max(over, wait), closed), count=len(same))
    return None


def _quiet(
    facts: Facts, way: str, now: datetime, late: bool, closed: Collection[date], rules: RespectRules
) -> Caution | None:
    if way not in _REACHES_THE_HOME:
        return None
    if facts.hours is not None:  # what the citizen said comes before what anybody thinks is late
        return _outside(now, lambda _day: facts.hours or rules.workdays, Ask.HOURS)
    if late:
        return None
    return _outside(
        now, lambda day: rules.workdays if workdays.is_workday(day, closed) else rules.other_days, Ask.QUIET
    )


def _outside(now: datetime, hours: Hours, ask: Ask) -> Caution | None:
    day, clock = now.date(), now.time().replace(tzinfo=None)
    begins, ends = hours(day)
    over_midnight = ends <= begins
    inside = (clock >= begins or clock < ends) if over_midnight else begins <= clock < ends
    if inside:
        return None
    until = day if clock < begins else day + _A_DAY
    return Caution(ask, until, hours(until)[0])


def _wrote_lately(facts: Facts, now: datetime, rules: RespectRules) -> bool:
    wrote = [each for each in facts.contacts if each.mode in FROM_THE_CITIZEN and each.at <= now]
    return any(now - each.at <= rules.answers_within for each in wrote)


def _visits(tries: list[Attempt], rules: RespectRules) -> list[Attempt]:
    """A ring at the door and the note that follows are one."""
    found: list[Attempt] = []
    for each in tries:
        if not (each.way == Way.NOTE and found and _same_visit(found[-1], each.at, rules)):
            found.append(each)
    return found


def _same_visit(last: Attempt, at: datetime, rules: RespectRules) -> bool:
    return last.way == Way.BELL and at - last.at <= rules.one_visit


def _kind(way: str) -> str:
    return Way.BELL if way == Way.NOTE else way
