"""How many citizens somebody supports, beside what the methods allow: something to talk about, never a block.

The ceilings are the source's: CTI at most 10 for a worker (000 §4.3.1), ICM at most 8 (§4.4.1), ACT on average at most
8 and ca. 70-80 for a whole team of ca. 10-12 (§4.5.1; both are looked at, C12). When several citizens move in at once
there should be fewer (§4.1, §4.4.1): how many the source does not say. Nothing here is a score, and nobody is ranked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldapp.domain.facts import Facts
from fieldapp.domain.methods import months_after
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Method, Support


@dataclass(frozen=True)
class CaseloadRules:
    """Defaults a municipality can change. Citizens, but for `move_in_months`."""

    cti: int = 10
    icm: int = 8
    act: int = 8
    """On average, for each worker of a team."""
    full_team: int = 10
    """From so many workers on, the total counts too."""
    team_near: int = 70
    team_most: int = 80
    several: int = 3
    """So many moving in are several at the same time (ours: the source gives no number)."""
    move_in_months: int = 3
    """So long before and after the day somebody moves in (ours)."""

    def ceiling(self, method: str) -> int | None:
        """Of one worker. None for ACT, whose 8 is an average of the team, and for a method this app does not know."""
        ceilings: dict[str, int] = {Method.CTI: self.cti, Method.ICM: self.icm}
        return ceilings.get(method)


DEFAULT = CaseloadRules()


class Note(StrEnum):
    """What there is to talk about with the leader."""

    OVER = "over"
    SEVERAL_METHODS = "several_methods"
    MOVING_IN = "moving_in"
    TEAM_AVERAGE = "team_average"
    TEAM_NEAR = "team_near"
    TEAM_OVER = "team_over"


@dataclass(frozen=True)
class OfMethod:
    """`ceiling` None: ACT, or a method this app does not know."""

    method: str
    citizens: int
    ceiling: int | None


@dataclass(frozen=True)
class Caseload:
    """Of one worker. `citizens` are all whose support goes on, with a method or not.

    `ceiling` is the one method's; None with ACT or without a method, and with several: each has its own then
    (`methods`). `by_team` are further citizens with ACT, whom a team answers for together.
    """

    citizens: int
    methods: tuple[OfMethod, ...] = ()
    ceiling: int | None = None
    moving_in: int = 0
    notes: tuple[Note, ...] = ()
    by_team: int = 0

    @property
    def act(self) -> bool:
        return bool(self.by_team) or any(each.method == Method.ACT for each in self.methods)


@dataclass(frozen=True)
class TeamLoad:
    """Of the citizens an ACT team supports together. `average` is for each of its `workers`, None when there are none.

    `near` and `most` are the total of a full team, None for a smaller one: for it only the average counts.
    """

    citizens: int
    workers: int
    average: float | None
    ceiling: int
    near: int | None = None
    most: int | None = None
    notes: tuple[Note, ...] = ()


def counts(facts: Facts, today: date) -> bool:
    """Whoever is on pause is still somebody's citizen; whose support has ended is not."""
    return standing(facts, today).support is not Support.CLOSED


def of_worker(
    citizens: Iterable[Facts], today: date, works_by: Iterable[str] = (), rules: CaseloadRules = DEFAULT
) -> Caseload:
    """Of the citizens one worker is responsible for. `works_by`: the worker's own methods, as far as they are known."""
    held = [each for each in citizens if counts(each, today)]
    by_method = Counter(each.method for each in held if each.method)
    known = sorted({_of_one_kind(method) for method in (*by_method, *works_by)})
    methods = tuple(
        OfMethod(one, sum(n for method, n in by_method.items() if _of_one_kind(method) == one), rules.ceiling(one))
        for one in known
    )
    ceiling = methods[0].ceiling if len(methods) == 1 else None
    moving_in = sum(_moving_in(each, today, rules) for each in held)
    ceilings = [each.ceiling for each in methods if each.ceiling is not None]
    over = any(each.ceiling is not None and each.citizens > each.ceiling for each in methods)
    alone = sum(not is_act(each) for each in held)
    over = over or (bool(ceilings) and alone > max(ceilings))
    notes = {
        Note.OVER: over,
        Note.SEVERAL_METHODS: len(methods) > 1,
        Note.MOVING_IN: moving_in >= rules.several,
    }
    return Caseload(len(held), methods, ceiling, moving_in, tuple(note for note, says in notes.items() if says))


def of_team(citizens: int, workers: int, rules: CaseloadRules = DEFAULT) -> TeamLoad:
    """Of an ACT team: the average for each worker, and for a full team the total as well (acceptance test 10)."""
    average = citizens / workers if workers else None
    full = workers >= rules.full_team
    notes = {
        Note.TEAM_AVERAGE: citizens > rules.act * workers,
        Note.TEAM_OVER: full and citizens > rules.team_most,
        Note.TEAM_NEAR: full and rules.team_near <= citizens <= rules.team_most,
    }
    return TeamLoad(
        citizens=citizens,
        workers=workers,
        average=average,
        ceiling=rules.act,
        near=rules.team_near if full else None,
        most=rules.team_most if full else None,
        notes=tuple(note for note, says in notes.items() if says),
    )


def is_act(facts: Facts) -> bool:
    return facts.method is not None and _of_one_kind(facts.method) == Method.ACT


def _of_one_kind(method: str) -> str:
    """ACT and its modified form are one method with one ceiling."""
    return str(Method.ACT) if method == Method.ACT_MODIFIED else str(method)


def _moving_in(facts: Facts, today: date, rules: CaseloadRules) -> bool:
    """Soon or lately, by the months of a calendar."""
    day = facts.move_in_on
    if day is None:
        return False
    return months_after(day, -rules.move_in_months) <= today <= months_after(day, rules.move_in_months)
