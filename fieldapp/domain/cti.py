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


def reminders(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> tuple[date, ...]:
    """The days on which to begin talking about it, the earliest first; none while another day is agreed."""
    ends = ends_on(facts)
    if ends is None or _agreed_later(facts, today):
        return ()
    told = rules.cti_end_told if facts.phase == Phase.HANDOVER else (rules.phase_shift,)
    return tuple(ends - timedelta(days=days) for days in told)


def is_time_to_talk(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> bool:
    """From the first reminder on, also when the day has gone by: the phase stays until it is changed together."""
    days = reminders(facts, today, rules)
    return bool(days) and today >= days[0]


def _of_an_ended_course(facts: Facts) -> bool:
    """Nobody who came back is asked who takes over: whether CTI begins anew is chosen together."""
    begun = facts.phase_from_on
    return begun is not None and any(closing.on >= begun for closing in facts.closings)


def _agreed_later(facts: Facts, today: date) -> bool:
    return any(each.kind == "phase_look" and each.on > today for each in facts.dated)
