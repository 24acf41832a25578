"""Where a CTI course stands: when its phase ends, and when it is time to talk about what comes next (C2, C3).

Nothing here changes a phase: that is a person's record, made together with the citizen.
"""

from datetime import date, timedelta

from fieldapp.domain.facts import Facts
from fieldapp.domain.methods import phase_ends_on
from fieldapp.domain.rhythm_rules import DEFAULT, RhythmRules
from fieldapp.domain.values import Method, Phase

#: The phases in which it shows whether the method fits (D9).
FITS_IN = (Phase.TRY_OUT, Phase.HANDOVER)


def ends_on(facts: Facts) -> date | None:
    """When the phase ends; None where there is no clock, and always for ICM and ACT."""
    if facts.method not in (Method.CTI, None) or _of_an_ended_course(facts):
        return None
    return phase_ends_on(facts.phase, facts.phase_from_on, facts.first_phase_on)


def reminders(facts: Facts, rules: RhythmRules = DEFAULT) -> tuple[date, ...]:
    """The days on which to begin talking about it, the earliest first.

    A day agreed with *Ikke endnu* is one of them, and takes the place of those before it. The end of the course is told
    whatever was agreed: only what was heard already when you agreed is not told once more.
    """
    ends = ends_on(facts)
    if ends is None:
        return ()
    last = facts.phase == Phase.HANDOVER
    told = {ends - timedelta(days=days) for days in (rules.cti_end_told if last else (rules.phase_shift,))}
    agreed = next((each for each in facts.dated if each.kind == "phase_look"), None)
    if agreed is None:
        return tuple(sorted(told))
    said = agreed.said_on or agreed.on
    heard = said if last else agreed.on
    look = min(agreed.on, ends) if last and said < ends else agreed.on
    return tuple(sorted({look, *(day for day in told if day > heard)}))


def is_time_to_talk(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> bool:
    """From the first reminder on, also when the day has gone by: the phase stays until it is changed together."""
    days = reminders(facts, rules)
    return bool(days) and today >= days[0]


def look_by(facts: Facts, today: date) -> date | None:
    """The last day to agree on with *Ikke endnu*: the end of the course, while it lies ahead; else any day is fine."""
    ends = ends_on(facts) if facts.phase == Phase.HANDOVER else None
    return ends if ends is not None and ends > today else None


def _of_an_ended_course(facts: Facts) -> bool:
    """Nobody who came back is asked who takes over: whether CTI begins anew is chosen together."""
    begun = facts.phase_from_on
    return begun is not None and any(closing.on >= begun for closing in facts.closings)
