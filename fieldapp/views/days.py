"""Days and times in words: a day phrase brings its own preposition, a time is 10.30, a date 29. okt."""

from datetime import date, datetime, time

from fieldapp.texts import _, pgettext
from fieldapp.words import P_

_WEEKDAYS = (
    P_("day", "Monday"),
    P_("day", "Tuesday"),
    P_("day", "Wednesday"),
    P_("day", "Thursday"),
    P_("day", "Friday"),
    P_("day", "Saturday"),
    P_("day", "Sunday"),
)
_PAST = (
    P_("past", "on Monday"),
    P_("past", "on Tuesday"),
    P_("past", "on Wednesday"),
    P_("past", "on Thursday"),
    P_("past", "on Friday"),
    P_("past", "on Saturday"),
    P_("past", "on Sunday"),
)
_COMING = (
    P_("coming", "on Monday"),
    P_("coming", "on Tuesday"),
    P_("coming", "on Wednesday"),
    P_("coming", "on Thursday"),
    P_("coming", "on Friday"),
    P_("coming", "on Saturday"),
    P_("coming", "on Sunday"),
)
_MONTHS = (
    P_("month", "January"),
    P_("month", "February"),
    P_("month", "March"),
    P_("month", "April"),
    P_("month", "May"),
    P_("month", "June"),
    P_("month", "July"),
    P_("month", "August"),
    P_("month", "September"),
    P_("month", "October"),
    P_("month", "November"),
    P_("month", "December"),
)
_SHORT = (
    P_("short month", "Jan"),
    P_("short month", "Feb"),
    P_("short month", "Mar"),
    P_("short month", "Apr"),
    P_("short month", "May"),
    P_("short month", "Jun"),
    P_("short month", "Jul"),
    P_("short month", "Aug"),
    P_("short month", "Sep"),
    P_("short month", "Oct"),
    P_("short month", "Nov"),
    P_("short month", "Dec"),
)
_WEEK = 7
_LONG_AGO = 180  # days: from here on the year is said too


def clock(at: time | datetime) -> str:
    """10.30 · 7.52"""
    return pgettext("clock", "{hour}:{minute}", hour=at.hour, minute=f"{at.minute:02}")


def capital(text: str) -> str:
    """The first letter large: a day phrase at the start of a line."""
    return text[:1].upper() + text[1:]


def weekday(on: date) -> str:
    return pgettext(*_WEEKDAYS[on.weekday()])


def long_date(on: date) -> str:
    """25. november"""
    return _("{day} {month}", day=on.day, month=pgettext(*_MONTHS[on.month - 1]))


def short_date(on: date) -> str:
    """29. okt."""
    return pgettext("short date", "{day} {month}", day=on.day, month=pgettext(*_SHORT[on.month - 1]))


def full_day(on: date) -> str:
    """onsdag 25. november"""
    return _("{weekday} {date}", weekday=weekday(on), date=long_date(on))


def said_on(on: date, today: date) -> str:
    """12. oktober, with the year when it is long ago or far off."""
    if abs((on - today).days) < _LONG_AGO:
        return long_date(on)
    return _("{date} {year}", date=long_date(on), year=on.year)


def past(on: date, today: date) -> str:
    """i dag · i går · i torsdags · den 3. marts"""
    ago = (today - on).days
    if ago <= 0:
        return _("today")
    if ago == 1:
        return _("yesterday")
    return pgettext(*_PAST[on.weekday()]) if ago < _WEEK else _("on {date}", date=said_on(on, today))


def coming(on: date, today: date) -> str:
    """i dag · i morgen · på torsdag · den 3. marts"""
    ahead = (on - today).days
    if ahead <= 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    return pgettext(*_COMING[on.weekday()]) if ahead < _WEEK else _("on {date}", date=said_on(on, today))


def bare(on: date, today: date) -> str:
    """As `coming` and `past`, without the preposition, for use after *til*, *fra*, *siden*."""
    days = (on - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if days in near:
        return near[days]
    return weekday(on) if abs(days) < _WEEK else pgettext("without preposition", "{date}", date=said_on(on, today))


def moment(at: datetime, now: datetime) -> str:
    """i dag kl. 10.35 · i går kl. 9.05 · den 3. marts kl. 14.00; `at` is shown in `now`'s zone."""
    local = at.astimezone(now.tzinfo)
    return _("{day} at {time}", day=past(local.date(), now.date()), time=clock(local))
