"""Why somebody stands on the list: the strongest reason, as a value (microcopy 1)."""

from datetime import date

from fieldapp.domain import cti, dated, intensity, reviews, thread
from fieldapp.domain.facts import Facts, NextStep, Reason, Why
from fieldapp.domain.rhythm_rules import RhythmRules
from fieldapp.domain.standing import standing

_A_LONG_WEEKEND = 4


def since(facts: Facts, today: date) -> Reason:
    """How long since: DAYS_SINCE, or NEW while nobody has talked with the citizen."""
    days = thread.days_since(facts, today)
    return Reason(Why.NEW if thread.last_contact_on(facts, today) is None else Why.DAYS_SINCE, days=days)


def why_now(facts: Facts, step: NextStep, today: date, rules: RhythmRules) -> Reason:
    """The reason of somebody who is to hear from us today."""
    return (
        asked(facts, step, today)
        or _peace_over(facts, today)
        or _phone(facts)
        or _comes_home(facts, today, rules)
        or _waiting(facts, today, pressing=True)
        or _just_moved(facts, today, rules)
        or _silence(facts, today, rules)
        or _planned(step)
        or _coming_up(facts, today, rules)
        or since(facts, today)
    )


def asked(facts: Facts, step: NextStep, today: date) -> Reason | None:
    """What waits for the worker's answer: an appointment not noted, a text not confirmed, a citizen who wrote."""
    if step.agreed and step.on < today:
        return Reason(Why.AGREED_MISSED, on=step.on, at=step.at)
    text = thread.unconfirmed(facts, today)
    if text and text.at.date() < today:
        return Reason(Why.UNCONFIRMED, on=text.at.date())
    wrote = thread.unanswered(facts, today)
    planned_ahead = step.id is not None and step.on > today
    return Reason(Why.CITIZEN_WROTE, on=wrote.at.date()) if wrote and not planned_ahead else None


def home_soon(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    """Who moves in soon, or comes home: to be looked at also when nothing is due."""
    return _comes_home(facts, today, rules) or _moves_in(facts, today, rules)


def urgent(facts: Facts) -> Reason:
    """Who marked it, and when. Only of somebody who is marked."""
    mark = facts.urgent
    assert mark is not None
    return Reason(Why.URGENT, who=mark.by, on=mark.at.date(), at=mark.at.time(), text=mark.reason)


def _planned(step: NextStep) -> Reason | None:
    said = step.text and step.reason.why is Why.PLANNED
    return step.reason if said or step.reason.why in (Why.CITIZEN_CALLS, Why.COLLEAGUE_DOES) else None


def elsewhere(facts: Facts, today: date, rules: RhythmRules) -> Reason:
    return _comes_home(facts, today, rules) or away(facts, today)


def away(facts: Facts, today: date) -> Reason:
    """ELSEWHERE, or what is to be asked first. In neither a word on where."""
    if facts.absence and not facts.absence.asked:
        return Reason(Why.ELSEWHERE_NEW)
    return Reason(Why.ELSEWHERE, days=thread.days_since(facts, today))


def _peace_over(facts: Facts, today: date) -> Reason | None:
    until = facts.peace_until
    if until is None or not 0 < (today - until).days <= _A_LONG_WEEKEND:
        return None
    heard = any(act.at.date() > until for act in thread.acts(facts, today))
    return None if heard else Reason(Why.PEACE_OVER, on=until)


def _phone(facts: Facts) -> Reason | None:
    if facts.phone_works or not facts.known_places:
        return None
    return Reason(Why.PHONE_BAD, place=facts.known_places)


def _comes_home(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    if facts.absence is None or facts.absence.home_on is None:
        return None
    days = (facts.absence.home_on - today).days
    if days == 0:
        return Reason(Why.HOME_TODAY)
    return Reason(Why.HOME_SOON, days=days) if 0 < days <= rules.home_soon else None


def _just_moved(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    days = (today - facts.move_in_on).days if facts.move_in_on else -1
    return Reason(Why.JUST_MOVED, days=days) if 0 <= days <= rules.after_move[0][0] else None


def _moves_in(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    days = (facts.move_in_on - today).days if facts.move_in_on else 0
    return Reason(Why.MOVING_SOON, days=days) if 0 < days <= rules.before_move else None


def _silence(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    """Nobody has answered; the longer, the more of us think along. Never a count of zero."""
    days, tries, seen = thread.days_since(facts, today), thread.tries(facts, today), thread.seen(facts, today)
    if seen and (today - seen.at.date()).days <= rules.seen_lately:
        return Reason(Why.SEEN, on=seen.at.date(), place=seen.place)
    if days >= rules.silent_leader:
        return Reason(Why.SILENCE_LEADER, days=days)
    if days >= rules.silent_team:
        return Reason(Why.SILENCE_TEAM, days=days)
    if len(tries) > 1:
        return Reason(Why.SILENCE_LONG, days=days, count=len(tries))
    return Reason(Why.FIRST_SILENCE, on=tries[0].at.date()) if tries else None


def _coming_up(facts: Facts, today: date, rules: RhythmRules) -> Reason | None:
    review = standing(facts, today).review_on
    if review and review <= today:
        return Reason(Why.PAUSE_REVIEW, on=review)
    if moving := _moves_in(facts, today, rules):
        return moving
    if cti.is_time_to_talk(facts, today, rules):
        return phase_ends(facts, today)
    if facts.consent_ends_on and 0 <= (facts.consent_ends_on - today).days <= rules.consent_ends:
        return Reason(Why.CONSENT_ENDS, on=facts.consent_ends_on)
    return _waiting(facts, today, pressing=False) or _look_at_the_support(facts, today)


def phase_ends(facts: Facts, today: date) -> Reason:
    """Only of somebody in a phase that ends."""
    ends = cti.ends_on(facts)
    assert ends is not None
    return Reason(Why.PHASE_ENDS, days=(ends - today).days, word=facts.phase)


def _look_at_the_support(facts: Facts, today: date) -> Reason | None:
    if intensity.asks_after_move(facts, today):
        return Reason(Why.STILL_RIGHT)
    if facts.absence:
        return away(facts, today)
    return Reason(Why.REVIEW, on=facts.reviewed_on) if reviews.is_due(facts, today) else None


def _waiting(facts: Facts, today: date, *, pressing: bool) -> Reason | None:
    found = dated.waiting(facts.dated, today, pressing=pressing)
    if found is None:
        return None
    return Reason(Why.DATED, kind=found.kind, on=found.on, word=found.word, text=found.text)
