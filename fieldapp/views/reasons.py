"""Why somebody is on the list, as a sentence (microcopy 1): the rules give a value, here it gets words."""

from collections.abc import Callable
from datetime import date, timedelta

from fieldapp.domain.facts import Reason, Why
from fieldapp.domain.values import Phase
from fieldapp.texts import _, ngettext
from fieldapp.views.dated_words import dated
from fieldapp.views.days import bare, clock, long_date, past
from fieldapp.words import word


def sentence(reason: Reason, today: date) -> str:
    """One or two short sentences, with nothing in them that a list may not show."""
    return _SENTENCES[reason.why](reason, today)


def since(reason: Reason | None, today: date) -> str:
    """How long since, for the last line of a row; empty when nobody knows."""
    return sentence(reason, today).removesuffix(".") if reason else ""


def phase_name(phase: str | None) -> str:
    """1. fase: so short that it fits in a sentence."""
    order = [Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER]
    return _("Phase {number}", number=order.index(Phase(phase)) + 1) if phase in order else word(Phase, phase)


def _agreed_time(reason: Reason, today: date) -> str:
    return _("Agreed today at {time}.", time=clock(reason.at)) if reason.at else _agreed_day(reason, today)


def _agreed_day(_reason: Reason, _today: date) -> str:
    return _("Agreed today. No time set.")


def _agreed_missed(reason: Reason, today: date) -> str:
    day = past(reason.on, today) if reason.on else _("yesterday")
    return _("The appointment {day} isn't noted. Did you meet?", day=day)


def _planned(reason: Reason, _today: date) -> str:
    return reason.text or _("You planned to reach out.")


def _days_since(reason: Reason, _today: date) -> str:
    days = reason.days or 0
    near = {0: _("You talked today."), 1: _("You talked yesterday.")}
    return near.get(days) or ngettext("{count} day since you talked.", "{count} days since you talked.", days)


def _first_silence(reason: Reason, today: date) -> str:
    if reason.on is None:
        return _("No answer last time. Try another way today.")
    return _("No answer {day}. Try another way today.", day=past(reason.on, today))


def _silence_long(reason: Reason, today: date) -> str:
    times = ngettext("You have reached out once.", "You have reached out {count} times.", reason.count or 0)
    return f"{_days_since(reason, today)} {times}"


def _silence_team(reason: Reason, today: date) -> str:
    ask = _("Ask the team: who knows more places?")  # apart: within an f-string no catalogue would find it
    return f"{_days_since(reason, today)} {ask}"


def _silence_leader(reason: Reason, today: date) -> str:
    ask = _("Think along with a colleague or your leader: what could we try?")
    return f"{_days_since(reason, today)} {ask}"


def _peace_over(_reason: Reason, _today: date) -> str:
    return _("The quiet time is over. A short hello is enough.")


def _peace_soon(reason: Reason, today: date) -> str:
    if reason.on is None:
        return _("Asked for space. Nothing today.")
    return _("Asked for space until {day}. Nothing today.", day=bare(reason.on, today))


def _citizen_wrote(reason: Reason, today: date) -> str:
    day = past(reason.on, today) if reason.on else past(today, today)
    return _("Wrote to you {day}. Have you answered?", day=day)


def _unconfirmed(reason: Reason, today: date) -> str:
    day = bare(reason.on or today, today)
    return _("The text from {day} isn't confirmed. Was it sent?", day=day)


def _phone_bad(reason: Reason, _today: date) -> str:
    if not reason.place:
        return _("The number doesn't work. Try another way.")
    return _("The number doesn't work. Often at {place}.", place=reason.place)


def _just_moved(reason: Reason, _today: date) -> str:
    near = {0: _("Moves in today."), 1: _("Moved in yesterday.")}
    days = reason.days or 0
    return near.get(days) or ngettext("Moved in {count} day ago.", "Moved in {count} days ago.", days)


def _moving_soon(reason: Reason, _today: date) -> str:
    near = {0: _("Moves in today."), 1: _("Moves in tomorrow.")}
    days = reason.days or 0
    return near.get(days) or ngettext("Moves in in {count} day.", "Moves in in {count} days.", days)


def _home_soon(reason: Reason, _today: date) -> str:
    near = {0: _("Comes home today."), 1: _("Comes home tomorrow.")}
    days = reason.days or 0
    return near.get(days) or ngettext("Comes home in {count} day.", "Comes home in {count} days.", days)


def _home_today(_reason: Reason, _today: date) -> str:
    return _("Comes home today.")


def _elsewhere(reason: Reason, today: date) -> str:
    here = _("Is elsewhere right now.")
    return here if reason.days is None else f"{here} {_days_since(reason, today)}"


def _elsewhere_new(_reason: Reason, _today: date) -> str:
    return _("Is elsewhere right now. Ask whether you may let them know.")


def _consent_ends(reason: Reason, _today: date) -> str:
    if reason.on is None:
        return _("A consent ends soon. Ask again.")
    return _("A consent ends {date}. Ask again.", date=long_date(reason.on))


def _phase_ends(reason: Reason, today: date) -> str:
    days = reason.days or 0
    if reason.word == Phase.HANDOVER:
        return _course_ends(days, today)
    if days < 0:
        day = past(today + timedelta(days=days), today)
        return _("{phase} was to end {day}. Talk about what comes next.", phase=phase_name(reason.word), day=day)
    if not days:
        return _("{phase} ends today. Talk about what comes next.", phase=phase_name(reason.word))
    return ngettext(
        "{phase} ends in {count} day. Talk about what comes next.",
        "{phase} ends in {count} days. Talk about what comes next.",
        days,
        phase=phase_name(reason.word),
    )


def _course_ends(days: int, today: date) -> str:
    if days < 0:
        return _("The course was to end {day}. Who takes over?", day=past(today + timedelta(days=days), today))
    if not days:
        return _("The course ends today. Who takes over?")
    return ngettext(
        "The course ends in {count} day. Who takes over?", "The course ends in {count} days. Who takes over?", days
    )


def _review(reason: Reason, _today: date) -> str:
    if reason.on is None:
        return _("It is time for the first review together.")
    return _("Three months since the last review.")


def _still_right(_reason: Reason, _today: date) -> str:
    return _("Three months since the move. Does the support still fit?")


def _pause_review(reason: Reason, _today: date) -> str:
    return _("On pause. Review {date}.", date=long_date(reason.on)) if reason.on else _("On pause.")


def _new(_reason: Reason, _today: date) -> str:
    return _("You haven't talked yet.")


def _seen(reason: Reason, today: date) -> str:
    day = past(reason.on or today, today)
    if not reason.place:
        return _("Seen {day}.", day=day)
    return _("Seen at {place} {day}.", place=reason.place, day=day)


def _thanks(reason: Reason, _today: date) -> str:
    if reason.text:
        return _("Thank {name}, who got in touch.", name=reason.text)
    return _("Thank the one who got in touch.")


def _keep(reason: Reason, _today: date) -> str:
    return ngettext(
        "Should these details still be here? No contact for {count} day, and there is no case.",
        "Should these details still be here? No contact for {count} days, and there is no case.",
        reason.days or 0,
    )


def _rhythm(reason: Reason, _today: date) -> str:
    return ngettext("You usually talk every day.", "You usually talk about every {count} days.", reason.days or 1)


def _new_home(_reason: Reason, _today: date) -> str:
    return _("Just moved in.")


def _no_answer(_reason: Reason, _today: date) -> str:
    return _("Nobody answered last time.")


def _after_peace(_reason: Reason, _today: date) -> str:
    return _("The day after the space the citizen asked for.")


def _urgent(reason: Reason, today: date) -> str:
    who = reason.who or _("a colleague")
    if reason.on == today and reason.at:
        return _("Urgent today. Marked by {who} at {time}.", who=who, time=clock(reason.at))
    return _("Urgent. Marked by {who} {day}.", who=who, day=past(reason.on or today, today))


def _from_colleague(reason: Reason, _today: date) -> str:
    return _("{who}: “{text}”", who=reason.who or _("A colleague"), text=reason.text or "")


def _citizen_calls(reason: Reason, _today: date) -> str:
    return reason.text or _("Wanted to call. Reach out if it hasn't happened.")


def _colleague_does(reason: Reason, _today: date) -> str:
    who = reason.who or _("A colleague")
    return _("{who} does it: {text}", who=who, text=reason.text) if reason.text else _("{who} does it.", who=who)


_SENTENCES: dict[Why, Callable[[Reason, date], str]] = {
    Why.AGREED_TIME: _agreed_time,
    Why.AGREED_DAY: _agreed_day,
    Why.AGREED_MISSED: _agreed_missed,
    Why.PLANNED: _planned,
    Why.DAYS_SINCE: _days_since,
    Why.FIRST_SILENCE: _first_silence,
    Why.SILENCE_LONG: _silence_long,
    Why.SILENCE_TEAM: _silence_team,
    Why.SILENCE_LEADER: _silence_leader,
    Why.PEACE_OVER: _peace_over,
    Why.PEACE_SOON: _peace_soon,
    Why.CITIZEN_WROTE: _citizen_wrote,
    Why.UNCONFIRMED: _unconfirmed,
    Why.PHONE_BAD: _phone_bad,
    Why.JUST_MOVED: _just_moved,
    Why.MOVING_SOON: _moving_soon,
    Why.HOME_SOON: _home_soon,
    Why.HOME_TODAY: _home_today,
    Why.ELSEWHERE: _elsewhere,
    Why.ELSEWHERE_NEW: _elsewhere_new,
    Why.CONSENT_ENDS: _consent_ends,
    Why.DATED: dated,
    Why.PHASE_ENDS: _phase_ends,
    Why.REVIEW: _review,
    Why.STILL_RIGHT: _still_right,
    Why.PAUSE_REVIEW: _pause_review,
    Why.NEW: _new,
    Why.SEEN: _seen,
    Why.THANKS: _thanks,
    Why.KEEP: _keep,
    Why.RHYTHM: _rhythm,
    Why.NEW_HOME: _new_home,
    Why.NO_ANSWER: _no_answer,
    Why.AFTER_PEACE: _after_peace,
    Why.URGENT: _urgent,
    Why.FROM_COLLEAGUE: _from_colleague,
    Why.CITIZEN_CALLS: _citizen_calls,
    Why.COLLEAGUE_DOES: _colleague_does,
}
