"""The clocks of the methods: CTI has three phases of three months, ICM and ACT have no end (000 §4.3.1)."""

from calendar import monthrange
from datetime import date

from fieldapp.domain.values import Phase

PHASE_MONTHS = 3
_ORDER = (Phase.CONTACT_PERIOD, Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER)


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def phase_ends_on(phase: str | None, from_on: date | None, first_on: date | None = None) -> date | None:
    """The day the phase ends and the next begins: 3, 6 or 9 months after `first_on`, the day the first phase began.

    Counted from there, so that a shift confirmed a little later does not make the nine months longer (C2). Without
    that day, or when it would end the phase before it began, the phase lasts three months from its own.
    None for the contact period (it is not counted, however long), for no phase and for one this app does not know.
    """
    if from_on is None or phase not in _ORDER[1:]:
        return None
    ends = months_after(first_on or from_on, PHASE_MONTHS * (_ORDER.index(Phase(phase)) if first_on else 1))
    return ends if ends > from_on else months_after(from_on, PHASE_MONTHS)


def next_phase(phase: str) -> str | None:
    """None after the last one, and after one this app does not know."""
    if phase not in _ORDER[:-1]:
        return None
    return _ORDER[_ORDER.index(Phase(phase)) + 1]
