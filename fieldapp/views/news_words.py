"""What somebody else decided, as a sentence: whom it is about where that may be said, and what it means here."""

from collections.abc import Callable
from datetime import datetime

from fieldapp.actions.notices import Cover, Notice
from fieldapp.domain.values import AssignmentRole, NoticeWord, RejectReason
from fieldapp.texts import _, ngettext
from fieldapp.views.days import long_date, past
from fieldapp.views.unsent_words import thing
from fieldapp.words import word

NAMED = 3
"""So many citizens are named; the others are a number."""


def title(notice: Notice, now: datetime) -> str:
    """Whom or what it is about. A citizen who has left this phone has no name here."""
    if notice.what in (NoticeWord.GAINED, NoticeWord.LOST):
        names = [name for _id, name in notice.citizens]
        if not names:
            return ngettext("A citizen", "{count} citizens", notice.count)
        if len(names) <= NAMED:
            return _listed(names)
        rest = len(names) - NAMED
        return ngettext("{names} and {count} more", "{names} and {count} more", rest, names=", ".join(names[:NAMED]))
    if notice.what in _ACCOUNT:
        return word(NoticeWord, notice.what)
    if notice.count > 1:
        return ngettext("{count} thing you wrote", "{count} things you wrote", notice.count)
    what = thing(notice.kind)
    return what if notice.written is None else _("{what} from {day}", what=what, day=_day(notice.written, now))


def sentence(notice: Notice) -> str:
    """What happened, and what it means for this phone."""
    who, name = notice.who, notice.citizens[0][1] if len(notice.citizens) == 1 else None
    match notice.what:
        case NoticeWord.GAINED:
            return _GAINED.get(notice.role or "", _GAINED[AssignmentRole.RESPONSIBLE])()
        case NoticeWord.LOST:
            return _lost(notice)
        case NoticeWord.QUARANTINED if who and name:
            return _("Sent. Waits for {who}, who has taken over {name}.", who=who, name=name)
        case NoticeWord.QUARANTINED:
            return _("Sent. Waits for {who}.", who=who) if who else _("Sent. Waits for the new support person.")
        case NoticeWord.RECOVERED | NoticeWord.LOGIN:
            return _ACCOUNT[notice.what](who or _("Whoever runs the server"))
        case NoticeWord.ACCEPTED:
            return _("{who} has taken it along.", who=who or _("A colleague"))
    why = word(RejectReason, notice.reason or RejectReason.OTHER).lower()
    return _("{who} has left it out: {why}.", who=who or _("A colleague"), why=why)


def cover(standing_in: Cover) -> str:
    until = long_date(standing_in.until)
    if standing_in.name is None:
        return _("You are a deputy until {date}.", date=until)
    return _("You stand in for {who} until {date}.", who=standing_in.name, date=until)


def kept(count: int, who: str, name: str) -> str:
    """Why a decision is asked for."""
    return ngettext(
        "{who} doesn't support {name} any more, and has written something. Shall it be taken along?",
        "{who} doesn't support {name} any more, and has written {count} things. Shall they be taken along?",
        count,
        who=who,
        name=name,
    )


_GAINED: dict[str, Callable[[], str]] = {
    AssignmentRole.RESPONSIBLE: lambda: _("You are the support person now."),
    AssignmentRole.DEPUTY: lambda: _("You are a deputy now."),
    AssignmentRole.TEAM: lambda: _("Your team gives the support now."),
}


#: What was done about the worker's own way in, by whom: and what to do when they have not asked for it.
_ACCOUNT: dict[str, Callable[[str], str]] = {
    NoticeWord.RECOVERED: lambda who: _(
        "{who} said yes to a new code for your phone. If you did not ask for it, tell your leader at once.", who=who
    ),
    NoticeWord.LOGIN: lambda who: _(
        "{who} wrote what you are called at the municipality's sign-in. If you did not know, tell another leader now.",
        who=who,
    ),
}


def _lost(notice: Notice) -> str:
    gone = _("The data is removed from your phone.")
    if notice.role == AssignmentRole.DEPUTY:
        told = _("You are not a deputy any more.")
    elif notice.who:
        told = ngettext(
            "{who} supports the citizen now.", "{who} supports the citizens now.", notice.count, who=notice.who
        )
    else:
        told = ngettext(
            "You don't support the citizen any more.", "You don't support the citizens any more.", notice.count
        )
    return f"{told} {gone}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _day(at: datetime, now: datetime) -> str:
    return past(at.date(), now.date())
