"""Which way to reach out: as the citizen wants it, and not the same way twice when nobody answers (rhythm.md)."""

from datetime import date

from fieldapp.domain import thread
from fieldapp.domain.facts import Attempt, Facts
from fieldapp.domain.values import Respect, Situation, Way

VISIT_WITHIN = 30
"""Days of silence within which somebody goes there, at the door or at a known place."""

_ORDER = (Way.TEXT, Way.CALL, Way.BELL, Way.KNOWN_PLACE)
_BY_PHONE = frozenset({Way.TEXT, Way.CALL})
_VISITS = frozenset({Way.BELL, Way.NOTE, Way.KNOWN_PLACE})
_NO_DOOR = frozenset({Situation.STREET, Situation.NIGHT_SHELTER, Situation.CAR, Situation.UNKNOWN})


def ways(facts: Facts, today: date) -> tuple[Way, ...]:
    """Text, call, bell and known place, as far as the citizen's wishes leave them; the suggested one first."""
    allowed = [way for way in _ORDER if _welcome(way, facts)] or [Way.KNOWN_PLACE]
    tries = thread.tries(facts, today)
    allowed.sort(key=lambda way: _last_tried(way, tries))
    if _nobody_went_there(facts, today, tries):
        allowed.sort(key=lambda way: way not in _VISITS)
    if Way.TEXT in allowed and (thread.unanswered(facts, today) or _peace_is_over(facts, today)):
        allowed.sort(key=lambda way: way is not Way.TEXT)
    return tuple(allowed)


def suggested(facts: Facts, today: date) -> Way:
    return ways(facts, today)[0]


def beads(facts: Facts, at_most: int = 9) -> tuple[str, ...]:
    """The thread, oldest first: "m" met, talked or wrote; "a" reached out (looks.md)."""
    acts = thread.all_acts(facts)
    return tuple("m" if act.real else "a" for act in acts[-at_most:])


def _welcome(way: Way, facts: Facts) -> bool:
    if way in _BY_PHONE and not (facts.has_phone and facts.phone_works):
        return False
    if Respect.TEXT_ONLY in facts.wishes:
        return way is Way.TEXT
    if Respect.CALL_ONLY in facts.wishes:
        return way is Way.CALL
    return way is not Way.BELL or _has_a_door(facts)


def _has_a_door(facts: Facts) -> bool:
    """Never suggested at a protected address: the worker may still choose it (review.md 2.3)."""
    unwelcome = Respect.NOT_AT_HOME in facts.wishes or facts.protected_address
    return not unwelcome and facts.absence is None and facts.situation not in _NO_DOOR


def _last_tried(way: Way, tries: list[Attempt]) -> int:
    """Which try last went this way; -1 when none did. A note is part of the ring at the door."""
    same = {Way.BELL, Way.NOTE} if way is Way.BELL else {way}
    return max((number for number, attempt in enumerate(tries) if attempt.way in same), default=-1)


def _nobody_went_there(facts: Facts, today: date, tries: list[Attempt]) -> bool:
    visits = [attempt.at.date() for attempt in tries if attempt.way in _VISITS]
    since = max(visits, default=thread.last_contact_on(facts, today) or facts.known_since)
    return bool(tries) and (today - since).days >= VISIT_WITHIN


def _peace_is_over(facts: Facts, today: date) -> bool:
    until = facts.peace_until
    return until is not None and until < today and all(act.at.date() <= until for act in thread.acts(facts, today))
