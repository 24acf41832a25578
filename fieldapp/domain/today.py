"""The list for today: everybody who is due stands somewhere, and each with a reason (review.md 2.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from fieldapp.domain import dated, reasons, workdays
from fieldapp.domain.facts import Due, Facts, NextStep, Reason, Request, Why
from fieldapp.domain.next_step import next_step
from fieldapp.domain.reach import suggested
from fieldapp.domain.rhythm import DEFAULT, RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support

NOTE = "note"
_PROMISED = frozenset({Why.AGREED_MISSED, Why.UNCONFIRMED, Why.CITIZEN_WROTE, Why.PEACE_OVER, Why.DATED})
#: They ask for a word of what happened, which no other day brings.
_ANSWERED = frozenset({Why.AGREED_MISSED, Why.UNCONFIRMED})
_TRANSITION = frozenset({Why.JUST_MOVED, Why.HOME_TODAY, Why.HOME_SOON})


@dataclass(frozen=True)
class Row:
    """`last` is DAYS_SINCE or NEW. `text` is what was planned. `act`: note | text | call | bell | known_place.

    `about` is the record that a row of *Fra kolleger* answers.
    """

    citizen: str
    reason: Reason
    last: Reason
    act: str
    at: time | None = None
    text: str | None = None
    about: str | None = None


@dataclass(frozen=True)
class Day:
    """`later` is what may wait until `later_on`, the next workday. `citizens` counts all of the worker's."""

    on: date
    later_on: date
    agreed: tuple[Row, ...] = ()
    urgent: tuple[Row, ...] = ()
    home: tuple[Row, ...] = ()
    colleagues: tuple[Row, ...] = ()
    reach: tuple[Row, ...] = ()
    later: tuple[Row, ...] = ()
    elsewhere: tuple[Row, ...] = ()
    paused: tuple[Row, ...] = ()
    contact_making: tuple[Row, ...] = ()
    citizens: int = 0


@dataclass(frozen=True)
class _Citizen:
    """One citizen on one day, with what the rules say of them."""

    facts: Facts
    step: NextStep
    rhythm: Due
    support: Support


def the_day(
    everybody: Iterable[Facts], today: date, worker: str, role: str | None = None, rules: RhythmRules = DEFAULT
) -> Day:
    """The list of one worker: those the worker is responsible for, stands in for, or promised a step.

    A citizen no worker is responsible for is on everybody's list who holds it. `role`: the worker's in the team.
    What a colleague asks stands beside the rest, whoever is responsible.
    """
    seen = [one for facts in everybody if (one := _look_at(facts, today, rules))]
    seen.sort(key=lambda one: one.facts.citizen)
    mine = [one for one in seen if _is_mine(one, worker)]
    agreed = [one for one in mine if one.step.agreed and one.step.on == today]
    urgent = [one for one in mine if one not in agreed and one.facts.urgent]
    placed = [*agreed, *urgent]
    waiting = [one for one in mine if one not in placed and _is_due(one, today)]
    calm = [one for one in mine if one not in placed and one not in waiting]
    reach = sorted(
        ((one, reasons.why_now(one.facts, one.step, today, rules)) for one in waiting),
        key=lambda pair: _urgency(pair[0], pair[1], today),
    )
    rows, later = list[Row](), list[Row]()
    for place, (one, why) in enumerate(reach):
        may_wait = place >= rules.reach_out_at_most and not _cannot_wait(one, why, today)
        (later if may_wait else rows).append(_row(one, why, today))
    paused = [one for one in calm if one.support is Support.PAUSED]
    soon = [
        (one, reason) for one in calm if one not in paused and (reason := reasons.home_soon(one.facts, today, rules))
    ]
    home = [one for one, _ in soon]
    away = [one for one in calm if one.facts.absence and one not in paused and one not in home]
    new = [one for one in calm if one.facts.method is None and one not in (*away, *paused, *home)]
    return Day(
        on=today,
        later_on=workdays.next_workday(today, rules.closed),
        agreed=tuple(_row(one, one.step.reason, today, act=NOTE) for one in sorted(agreed, key=_clock)),
        urgent=tuple(_row(one, reasons.urgent(one.facts), today) for one in sorted(urgent, key=_marked_at)),
        home=tuple(_row(one, reason, today) for one, reason in soon),
        colleagues=tuple(_asked(one, each, today) for one in seen for each in _for(one, worker, role, mine)),
        reach=tuple(rows),
        later=tuple(later),
        elsewhere=tuple(_row(one, reasons.elsewhere(one.facts, today, rules), today) for one in away),
        paused=tuple(_row(one, _review(one, today), today) for one in paused),
        contact_making=tuple(_row(one, reasons.since(one.facts, today), today) for one in new),
        citizens=len(mine),
    )


def _look_at(facts: Facts, today: date, rules: RhythmRules) -> _Citizen | None:
    support = standing(facts, today).support
    rhythm = due(facts, today, rules)
    step = next_step(facts, today, rules, rhythm)
    return _Citizen(facts, step, rhythm, support) if step else None


def _is_mine(one: _Citizen, worker: str) -> bool:
    facts = one.facts
    mine = facts.for_all or facts.responsible in (None, worker) or worker in facts.covering
    return mine or one.step.worker == worker


def _is_due(one: _Citizen, today: date) -> bool:
    """By the planned step, else by the rhythm; on a day off too, because somebody may be at work."""
    on = one.rhythm.on if one.step.id is None else one.step.on
    return on <= today or reasons.asked(one.facts, one.step, today) is not None or _waits(one, today)


def _waits(one: _Citizen, today: date) -> bool:
    return dated.waiting(one.facts.dated, today, pressing=True) is not None


def _cannot_wait(one: _Citizen, reason: Reason, today: date) -> bool:
    """What is still there however far the next step is moved: it waits for an answer, or for its own day."""
    return reason.why in _ANSWERED or _waits(one, today)


def _urgency(one: _Citizen, reason: Reason, today: date) -> tuple[int, float, str]:
    """What was promised, then who just moved or comes home, then who has waited longest by their own rhythm."""
    if (one.step.id is not None and one.step.on <= today) or reason.why in _PROMISED:
        rank = 0
    else:
        rank = 1 if reason.why in _TRANSITION else 2
    past = (today - one.rhythm.on).days / one.rhythm.interval
    return rank, -past, one.facts.citizen


def _clock(one: _Citizen) -> tuple[time, str]:
    return one.step.at or time.max, one.facts.citizen


def _marked_at(one: _Citizen) -> tuple[datetime, str]:
    """What has waited longest first."""
    assert one.facts.urgent is not None
    return one.facts.urgent.at, one.facts.citizen


def _for(one: _Citizen, worker: str, role: str | None, mine: list[_Citizen]) -> list[Request]:
    """What colleagues ask of this worker: by name, by role, or of whoever supports the citizen."""
    return [
        each
        for each in one.facts.requests
        if each.by != worker
        and (each.worker == worker if each.worker else each.role == role if each.role else one in mine)
    ]


def _asked(one: _Citizen, request: Request, today: date) -> Row:
    return Row(
        citizen=one.facts.citizen,
        reason=Reason(Why.FROM_COLLEAGUE, who=request.by, on=request.at.date(), text=request.text),
        last=reasons.since(one.facts, today),
        act=NOTE,
        about=request.id,
    )


def _review(one: _Citizen, today: date) -> Reason:
    return Reason(Why.PAUSE_REVIEW, on=standing(one.facts, today).review_on)


def _row(one: _Citizen, reason: Reason, today: date, act: str | None = None) -> Row:
    if reason.why is Why.AGREED_MISSED:
        act = NOTE
    return Row(
        citizen=one.facts.citizen,
        reason=reason,
        last=reasons.since(one.facts, today),
        act=act or suggested(one.facts, today),
        at=one.step.at if one.step.on == today else None,
        text=one.step.text,
    )
