"""The clocks of the methods: CTI has three phases of three months, ICM and ACT have no end (000 §4.3.1)."""

from calendar import monthrange
from datetime import date

from fieldapp.domain.values import Phase

PHASE_MONTHS = 3
_ORDER = (Phase.CONTACT_PERIOD, Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER)


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of a month stays the last day of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    at_the_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if at_the_end else min(day.day, last))


def phase_ends_on(phase: str | None, from_on: date | None) -> date | None:
    """The day the phase ends and the next begins.

    None for the contact period (it is not counted, however long), for no phase and for one this app does not know.
    """
    if from_on is None or phase not in _ORDER[1:]:
        return None
    return months_after(from_on, PHASE_MONTHS)


def next_phase(phase: str) -> str | None:
    """None after the last one, and after one this app does not know."""
    if phase not in _ORDER[:-1]:
        return None
    return _ORDER[_ORDER.index(Phase(phase)) + 1]
