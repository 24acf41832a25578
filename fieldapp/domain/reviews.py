"""The review together: every three months, with CTI at each shift of phase (000 §2.3; K2)."""

from datetime import date, timedelta

from fieldapp.domain import cti
from fieldapp.domain.facts import Facts
from fieldapp.domain.methods import months_after
from fieldapp.domain.rhythm_rules import DEFAULT
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support

MONTHS = 3
#: A review so close before a shift is the one of that shift.
_BEFORE_A_SHIFT = timedelta(days=DEFAULT.phase_shift)


def due_on(facts: Facts, today: date) -> date | None:
    """When you look at it together; may lie in the past. None before there is a method, and while support rests.

    The day you agreed on counts before the usual one. It never brings anybody onto the list.
    """
    if standing(facts, today).support is not Support.ACTIVE:
        return None
    agreed = next((each.on for each in facts.dated if each.kind == "review"), None)
    return agreed or _usual(facts)


def is_due(facts: Facts, today: date) -> bool:
    on = due_on(facts, today)
    return on is not None and on <= today


def next_on(facts: Facts, today: date) -> date:
    """The day to propose for the one after today's."""
    shift = cti.ends_on(facts)
    return shift if shift and shift > today + _BEFORE_A_SHIFT else months_after(today, MONTHS)


def _usual(facts: Facts) -> date | None:
    if shift := cti.ends_on(facts):
        looked = facts.reviewed_on is not None and facts.reviewed_on >= shift - _BEFORE_A_SHIFT
        return months_after(shift, MONTHS) if looked else shift
    last = max((day for day in (facts.reviewed_on, facts.method_from_on) if day), default=None)
    return months_after(last, MONTHS) if last and facts.method_from_on else None
