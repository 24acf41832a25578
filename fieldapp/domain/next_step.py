"""The next step: always there while the support is active or paused (I-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from fieldapp.domain import thread, workdays
from fieldapp.domain.facts import Attempt, Contact, Due, Facts, NextStep, PlannedStep, Reason, Why
from fieldapp.domain.rhythm import DEFAULT, RhythmRules, due
from fieldapp.domain.standing import standing
from fieldapp.domain.values import ContactMode, Support
from fieldapp.domain.values_day import NextBy


def next_step(facts: Facts, today: date, rules: RhythmRules = DEFAULT, rhythm: Due | None = None) -> NextStep | None:
    """The earliest open planned step, else the rhythm's day with the responsible worker. None only when closed.

    A planned step that was missed keeps its day, which then lies before `today`. One that lies too far ahead
    (`rules.farthest_plan`) does not hide the rhythm's day. `rhythm`: what `due` says, for a caller who has asked.
    """
    state = standing(facts, today)
    if state.support is Support.CLOSED:
        return None
    rhythm = rhythm or due(facts, today, rules)
    planned = [_as_next(step, facts, rules) for step in open_steps(facts, today)]
    step = min(planned, key=lambda step: (step.on, step.at or time.max, step.id), default=None)
    farthest = max(rhythm.on, today + timedelta(days=rules.farthest_plan))
    past_the_review = step and state.review_on and step.on > state.review_on > today
    if step is None or step.on > farthest or past_the_review:
        return _by_rhythm(facts, rhythm, today, rules)
    return step


def suggestion(
    facts: Facts, today: date, rules: RhythmRules = DEFAULT, *, after: Contact | Attempt | None = None
) -> NextStep | None:
    """The step the rhythm would choose once `after` is saved; None stands for having talked today.

    An appointment agreed for a day inside the interval is the next step.
    """
    after = after or Contact(datetime.combine(today, time.max, UTC), ContactMode.TALKED, real=True)
    later = replace(facts, steps=_ahead(facts, after.at))
    if isinstance(after, Contact):
        later = replace(later, contacts=(*facts.contacts, after))
    else:
        later = replace(later, attempts=(*facts.attempts, after))
    if standing(later, today).support is Support.CLOSED:
        return None
    rhythm = due(later, today, rules)
    inside = [step for step in open_steps(later, today) if step.agreed and step.on <= rhythm.on]
    if inside:
        return _as_next(inside[0], later, rules)
    return _by_rhythm(later, rhythm, today, rules)


def open_steps(facts: Facts, today: date) -> tuple[PlannedStep, ...]:
    """Those still ahead, and those of days gone by that nobody has noted anything since."""
    acts = thread.acts(facts, today)
    last = acts[-1].at.date() if acts else None
    return tuple(step for step in facts.steps if step.on >= today or last is None or last < step.on)


def _ahead(facts: Facts, at: datetime) -> tuple[PlannedStep, ...]:
    """What is saved now does away with the steps until now, not with those later today."""
    return tuple(s for s in facts.steps if (s.on, s.at or time.min) > (at.date(), at.time()))


def in_peace(step: PlannedStep, facts: Facts) -> bool:
    """A step within the peace waits, unless the citizen agreed to it after asking for peace."""
    if facts.peace_until is None or step.on > facts.peace_until:
        return False
    said, made = facts.peace_said_at, step.made_at
    return not (step.agreed and said is not None and made is not None and made > said)


def _as_next(step: PlannedStep, facts: Facts, rules: RhythmRules) -> NextStep:
    on, reason = step.on, _reason(step)
    if facts.peace_until is not None and in_peace(step, facts):
        on = workdays.workday_from(facts.peace_until + timedelta(days=1), rules.closed)
        reason = Reason(Why.AFTER_PEACE)
    worker = step.worker or facts.responsible
    return NextStep(on, reason, id=step.id, at=step.at, text=step.text, agreed=step.agreed, worker=worker, by=step.by)


def _reason(step: PlannedStep) -> Reason:
    if step.by == NextBy.CITIZEN:
        return Reason(Why.CITIZEN_CALLS, text=step.text)
    if step.by == NextBy.COLLEAGUE:
        return Reason(Why.COLLEAGUE_DOES, who=step.worker, text=step.text)
    if not step.agreed:
        return Reason(Why.PLANNED, text=step.text)
    return Reason(Why.AGREED_TIME, at=step.at, text=step.text) if step.at else Reason(Why.AGREED_DAY, text=step.text)


def _by_rhythm(facts: Facts, rhythm: Due, today: date, rules: RhythmRules) -> NextStep:
    on = rhythm.on if rhythm.on > today else workdays.workday_from(today, rules.closed)
    return NextStep(on, rhythm.reason, worker=facts.responsible)
