"""How close the support is right now: turned up or down with the citizen, never withdrawn because it goes well (H2)."""

from datetime import date, timedelta

from fieldapp.domain.facts import Facts
from fieldapp.domain.values import Method, Phase

LOWEST, REGULAR, HIGHEST = 1, 3, 5
#: A phase shift confirmed with the citizen this lately is the joint assessment: falling support belongs to it (C4).
_SHIFT_LATELY = timedelta(days=14)


def turned(level: int, by: int) -> int:
    return max(LOWEST, min(HIGHEST, level + by))


def asks_for_assessment(before: int, after: int, facts: Facts, today: date) -> bool:
    """Whether somebody should look at the support together with the citizen: asked, never demanded (000 §2.3)."""
    return after < before and after < REGULAR and not _phase_just_shifted(facts, today)


def _phase_just_shifted(facts: Facts, today: date) -> bool:
    if facts.method != Method.CTI or facts.phase in (None, Phase.CONTACT_PERIOD) or facts.phase_from_on is None:
        return False
    return timedelta() <= today - facts.phase_from_on <= _SHIFT_LATELY
