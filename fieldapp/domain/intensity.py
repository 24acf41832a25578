"""How close the support is right now: turned up or down with the citizen, never withdrawn because it goes well (H2)."""

from datetime import date, timedelta

from fieldapp.domain.facts import Facts
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Method, Phase, Support

LOWEST, REGULAR, HIGHEST = 1, 3, 5
SETTLED = 90
"""Days after the move: the need may have fallen, or not. It is asked."""
#: A phase shift confirmed with the citizen this lately is the joint assessment: falling support belongs to it (C4).
_SHIFT_LATELY = timedelta(days=14)


def turned(level: int, by: int) -> int:
    return max(LOWEST, min(HIGHEST, level + by))


def asks_for_assessment(before: int, after: int, facts: Facts, today: date) -> bool:
    """Whether somebody should look at the support together with the citizen: asked, never demanded (000 §2.3)."""
    return after < before and after < REGULAR and not _phase_just_shifted(facts, today)


def asks_after_move(facts: Facts, today: date, days: int = SETTLED) -> bool:
    """Whether the support so long after the move is still to be looked at.

    Until somebody has said what it shall be, at a turn, a review or a shift of phase, the rhythm of the first months
    goes on: time alone lowers nothing (000 §2.3; G8, H13).
    """
    if facts.move_in_on is None or facts.absence or standing(facts, today).support is not Support.ACTIVE:
        return False
    asked_on = facts.move_in_on + timedelta(days=days)
    shifted_on = facts.phase_from_on if facts.method == Method.CTI else None
    looked = (facts.intensity_from_on, facts.reviewed_on, shifted_on)
    return today >= asked_on and not any(day and day >= asked_on for day in looked)


def _phase_just_shifted(facts: Facts, today: date) -> bool:
    if facts.method != Method.CTI or facts.phase in (None, Phase.CONTACT_PERIOD) or facts.phase_from_on is None:
        return False
    return timedelta() <= today - facts.phase_from_on <= _SHIFT_LATELY
