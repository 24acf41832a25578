"""How long may pass before somebody hears from us, and the day that leads to (rhythm.md; 000 §2.3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from fieldapp.domain import cti, intensity, reasons, thread, workdays
from fieldapp.domain.facts import Absence, Due, Facts, Reason, Why
from fieldapp.domain.rhythm_rules import DEFAULT, Pace, RhythmRules
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Method, Phase, Support

__all__ = ["DEFAULT", "RhythmRules", "due", "level"]


def due(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> Due:
    """The day to be in touch at the latest, counted from the last real contact in either direction by anyone.

    May lie in the past. Never within the peace the citizen asked for.
    """
    found = min((_by_rhythm(facts, today, rules), *_fixed(facts, today, rules)), key=lambda due: due.on)
    return _after_peace(facts, today, rules) or found


def _by_rhythm(facts: Facts, today: date, rules: RhythmRules) -> Due:
    interval, reason = min(_spans(facts, today, rules), key=lambda span: span[0])
    found = Due(_reckon(_origin(facts, today, rules), interval, facts, rules), interval, reason)
    tried = sorted({attempt.at.date() for attempt in thread.tries(facts, today)})
    if not tried:
        return found
    gap = _gap(len(tried), interval, facts, rules)
    again = Due(_reckon(tried[-1], gap, facts, rules), gap, Reason(Why.NO_ANSWER))
    never_met = thread.last_contact_on(facts, today) is None
    return again if never_met or again.on > found.on else found


def _reckon(origin: date, days: int, facts: Facts, rules: RhythmRules) -> date:
    """`days` after `origin`, on a workday; never back on the day it is counted from."""
    day = workdays.spread(origin + timedelta(days=days), days, facts.citizen, rules.closed)
    return day if day > origin else workdays.next_workday(origin, rules.closed)


def _origin(facts: Facts, today: date, rules: RhythmRules) -> date:
    """What the interval is counted from: the last real contact, or what has changed everything since."""
    days = [thread.last_contact_on(facts, today) or facts.known_since]
    days += [reopening.on for reopening in facts.reopenings if reopening.on <= today]
    if facts.absence and facts.absence.place in rules.away_first_workdays:
        days.append(min(facts.absence.known_on or facts.absence.since_on, today))
    return max(days)


def _gap(tries: int, interval: int, facts: Facts, rules: RhythmRules) -> int:
    level = _level(interval)
    gaps = rules.tries[level - 1]
    gap = gaps[min(tries, len(gaps)) - 1]
    cap = rules.try_caps.get(facts.method or "") if level >= _REGULAR else None
    return gap if cap is None else min(gap, cap)


_REGULAR = 3


def level(facts: Facts, today: date, rules: RhythmRules = DEFAULT) -> int:
    """The intensity somebody chose, else the one the usual interval belongs to: 1 (rolig) to 5 (meget tæt)."""
    return facts.intensity or _level(_usual(facts, today, rules))


def _level(interval: int) -> int:
    """The intensity an interval belongs to: 1 (rolig) to 5 (meget tæt)."""
    return 1 + sum(interval <= longest for longest in (21, 10, 4, 1))


def _spans(facts: Facts, today: date, rules: RhythmRules) -> Iterator[tuple[int, Reason]]:
    """The intervals that hold today, each with its reason; the shortest counts, at a tie the first."""
    yield from _around_the_move(facts, today, rules)
    usual = _usual(facts, today, rules)
    if facts.lost_home_on and (today - facts.lost_home_on).days <= rules.lost_home:
        usual = min(usual, rules.lost_home_interval)
    if facts.harder_on and 0 <= (today - facts.harder_on).days <= rules.harder:
        closer = min(_level(usual), len(rules.by_intensity) - 1)
        usual = min(usual, rules.by_intensity[closer])
    yield usual, _reason(facts, today, usual)


def _reason(facts: Facts, today: date, interval: int) -> Reason:
    if thread.last_contact_on(facts, today) is None:
        return Reason(Why.NEW, days=(today - facts.known_since).days)
    return Reason(Why.RHYTHM, days=interval)


def _around_the_move(facts: Facts, today: date, rules: RhythmRules) -> Iterator[tuple[int, Reason]]:
    if facts.move_in_on is None:
        return
    days = (today - facts.move_in_on).days
    if -rules.before_move <= days < 0:
        yield rules.before_move_interval, Reason(Why.MOVING_SOON, days=-days)
    for until, interval in rules.after_move:
        if 0 <= days <= until:
            yield interval, Reason(Why.NEW_HOME) if interval < workdays.SHORT else Reason(Why.RHYTHM, days=interval)
            return
    until, interval = rules.after_move[-1]
    if intensity.asks_after_move(facts, today, until):
        yield interval, Reason(Why.RHYTHM, days=interval)


def _usual(facts: Facts, today: date, rules: RhythmRules) -> int:
    """The interval of the citizen's situation, before move, loss or a hard time draw it closer."""
    if standing(facts, today).support is Support.PAUSED:
        return rules.pause
    if facts.absence and facts.absence.place in rules.away:
        return _away(facts, facts.absence, rules)
    usual = _of_the_course(facts, today, rules)
    not_at_home = facts.absence is not None or facts.home_in_use is False
    return min(usual, rules.away_elsewhere) if not_at_home else usual


def _away(facts: Facts, absence: Absence, rules: RhythmRules) -> int:
    """An intensity chosen before the absence was not chosen for it."""
    if facts.intensity and facts.intensity_from_on and facts.intensity_from_on >= absence.since_on:
        return _chosen(facts.intensity, rules)
    return rules.away[absence.place]


def _of_the_course(facts: Facts, today: date, rules: RhythmRules) -> int:
    pace = _pace(facts, today, rules)
    if facts.intensity:
        chosen = _chosen(facts.intensity, rules)
        return min(chosen, pace.longest) if pace else chosen
    return pace.usual if pace else _getting_to_know(facts, today, rules)


def _chosen(intensity: int, rules: RhythmRules) -> int:
    return rules.by_intensity[max(1, min(intensity, len(rules.by_intensity))) - 1]


def _pace(facts: Facts, today: date, rules: RhythmRules) -> Pace | None:
    """Of the CTI phase, else of the method; None while there is neither."""
    if facts.method in (Method.CTI, None) and facts.phase is not None:
        ends = cti.ends_on(facts)
        near_the_end = ends is not None and (ends - today).days <= rules.cti_end
        if facts.phase == Phase.HANDOVER and near_the_end:
            return rules.cti_end_pace
        return rules.paces.get(facts.phase, rules.paces[Method.CTI])
    if facts.method == Method.ICM and facts.method_from_on and (today - facts.method_from_on).days < rules.icm_start:
        return rules.icm_start_pace
    return rules.paces.get(facts.method or "")


def _getting_to_know(facts: Facts, today: date, rules: RhythmRules) -> int:
    met = {act.at.date() for act in thread.acts(facts, today) if act.real}
    if not met:
        return rules.tip
    return rules.first_meeting if len(met) == 1 else rules.met


def _fixed(facts: Facts, today: date, rules: RhythmRules) -> Iterator[Due]:
    """The days that count whatever the interval says, as long as nobody has been in touch or tried since."""
    state = standing(facts, today)
    if state.review_on:
        review = workdays.moved(state.review_on, 1, rules.closed)
        yield Due(review, rules.pause, Reason(Why.PAUSE_REVIEW, on=state.review_on))
    acts = thread.acts(facts, today)
    last = acts[-1].at.date() if acts else None
    for day, reason in _moments(facts, today, rules):
        if last is None or day > last:
            on = workdays.moved(day, 1, rules.closed)
            on = on if last is None or on > last else workdays.next_workday(last, rules.closed)
            yield Due(on, 1, reason)


def _moments(facts: Facts, today: date, rules: RhythmRules) -> Iterator[tuple[date, Reason]]:
    if facts.move_in_on and (days := (today - facts.move_in_on).days) <= rules.after_move[0][0]:
        reason = Reason(Why.JUST_MOVED, days=days) if days >= 0 else Reason(Why.NEW_HOME)
        yield facts.move_in_on + timedelta(days=1), reason
    if facts.absence:
        yield from _while_away(facts, facts.absence, today, rules)
    elif facts.home_again_on:
        yield facts.home_again_on + timedelta(days=1), _reason(facts, today, 1)
    for day in cti.reminders(facts, rules):
        yield day, reasons.phase_ends(facts, today)
    if facts.consent_ends_on:
        ask = facts.consent_ends_on - timedelta(days=rules.consent_ends)
        yield ask, Reason(Why.CONSENT_ENDS, on=facts.consent_ends_on)
    if facts.method is None and facts.phase is None and thread.last_contact_on(facts, today) is None:
        first = _workdays_after(facts.known_since, rules.tip_first_workdays, rules)
        yield first, Reason(Why.NEW, days=(today - facts.known_since).days)


def _while_away(facts: Facts, absence: Absence, today: date, rules: RhythmRules) -> Iterator[tuple[date, Reason]]:
    known = absence.known_on or absence.since_on
    elsewhere = reasons.away(facts, today)
    first = rules.away_first_workdays.get(absence.place)
    if first is not None:
        yield _workdays_after(known, first, rules), elsewhere
    if absence.home_on is None:
        return
    days = (absence.home_on - today).days
    reason = Reason(Why.HOME_TODAY) if days == 0 else Reason(Why.HOME_SOON, days=days)
    for offset in rules.away_home.get(absence.place, ()):
        yield absence.home_on + timedelta(days=offset), reason if days >= 0 else elsewhere


def _workdays_after(day: date, count: int, rules: RhythmRules) -> date:
    for _ in range(count):
        day = workdays.next_workday(day, rules.closed)
    return day


def _after_peace(facts: Facts, today: date, rules: RhythmRules) -> Due | None:
    """One soft hello the day after the peace, then the rhythm again."""
    until = facts.peace_until
    if until is None or any(act.at.date() > until for act in thread.acts(facts, today)):
        return None
    on = workdays.workday_from(until + timedelta(days=1), rules.closed)
    return Due(on, 1, Reason(Why.AFTER_PEACE))
