"""Sending in words: one line for the top of a page, and why something waits (looks.md 5, microcopy 11)."""

from datetime import datetime, timedelta

import flet as ft

from fieldapp import errors
from fieldapp.actions.sending import Sending
from fieldapp.texts import _, ngettext
from fieldapp.views.days import clock, moment
from fieldapp.views.parts import MUTED, C
from fieldapp.views.sentences import sentence

#: From here on the worker is asked to find a network (ux.md 4.3).
LONG = timedelta(days=3)
Look = tuple[ft.IconData, ft.Colors]
HERE: Look = (ft.Icons.SMARTPHONE, MUTED)
MOVING: Look = (ft.Icons.CLOUD_UPLOAD_OUTLINED, C.PRIMARY)
THERE: Look = (ft.Icons.CLOUD_DONE_OUTLINED, C.PRIMARY)
NEEDS_YOU: Look = (ft.Icons.CALL_SPLIT, C.ERROR)
_LOOKS = {"here": HERE, "waiting": HERE, "moving": MOVING, "first": MOVING, "there": THERE, "needs_you": NEEDS_YOU}


def look(sending: Sending) -> Look:
    return _LOOKS[sending.state]


def line(sending: Sending, now: datetime) -> str:
    """One calm sentence: saved here is an end state, not a warning. That it is to lock, or to be emptied, is one."""
    if sending.state not in ("moving", "first"):
        if sending.why == errors.DeviceRevoked.kind:
            return why_waiting(sending)
        if isinstance(error := _error(sending), errors.VaultError):
            return _not_kept(error)
        if sending.locks_in is not None:
            return locks_soon(sending, sending.locks_in)
    match sending.state:
        case "first":
            return fetching(sending)
        case "moving":
            return _("Saved on this phone. Sending now.")
        case "needs_you":
            return needs_you(sending)
        case "waiting" if sending.why == errors.NoConnection.kind:
            return _("No connection. Everything is saved on the phone and sent when the network is back.")
        case "waiting" if sending.left_over:
            return _("Saved on this phone. {waiting}", waiting=left_over(sending))
    if sending.waiting:
        return _("Saved on this phone. {waiting}", waiting=waiting(sending))
    return last_sent(sending, now) or _("Saved on this phone.")


def fetching(sending: Sending) -> str:
    if not sending.total:
        return _("Getting your citizens.")
    return _("Getting your citizens: {done} of {total}.", done=sending.done, total=sending.total)


def locks_soon(sending: Sending, days: int) -> str:
    silent = ngettext(
        "The phone hasn't connected for {count} day.",
        "The phone hasn't connected for {count} days.",
        sending.silent_days,
    )
    locks = ngettext(
        "In {count} day it locks until it connects. Find a network today.",
        "In {count} days it locks until it connects. Find a network today.",
        days,
    )
    return f"{silent} {locks}"


def waiting(sending: Sending) -> str:
    return ngettext("{count} waits to be sent.", "{count} wait to be sent.", sending.waiting)


def left_over(sending: Sending) -> str:
    """The server answered, and one of what it was sent is not among what it has: never silent (CHT #8303)."""
    return ngettext("{count} was not taken yet.", "{count} were not taken yet.", sending.left_over)


def needs_you(sending: Sending) -> str:
    """Who is needed comes first; what waits beside it is not hidden by it."""
    count = sending.refused + sending.conflicts
    told = ngettext("Saved on this phone. {count} needs you.", "Saved on this phone. {count} need you.", count)
    return f"{told} {waiting(sending)}" if sending.waiting else told


def last_sent(sending: Sending, now: datetime) -> str | None:
    if sending.last_sent_at is None:
        return None
    sent = sending.last_sent_at.astimezone(now.tzinfo)
    if sent.date() == now.date():
        return _("Saved on this phone. Last sent at {time}.", time=clock(sent))
    return _("Saved on this phone. Last sent {when}.", when=moment(sent, now))


def last_sent_long(sending: Sending, now: datetime) -> str:
    if sending.last_sent_at is None:
        return _("Nothing has been sent yet")
    return _("Last sent {when}", when=moment(sending.last_sent_at, now))


def headline(sending: Sending) -> str:
    """The page's one line."""
    if sending.state in ("first", "moving"):
        return _("Sending now") if sending.state == "moving" else fetching(sending)
    if sending.refused + sending.conflicts:
        return ngettext("{count} needs you", "{count} need you", sending.refused + sending.conflicts)
    return waiting(sending) if sending.waiting else _("Everything is sent")


def whole_story(sending: Sending, now: datetime) -> str:
    """What waits since when, why, and what to do about it."""
    return " ".join(filter(None, (_since(sending, now), why_waiting(sending), _do(sending, now))))


def why_waiting(sending: Sending) -> str:
    """The last error's own sentence; nothing wrong is a sentence too."""
    error = _error(sending)
    if error is not None:
        return _not_kept(error) if isinstance(error, errors.VaultError) else sentence(error)
    if sending.left_over:
        return _("The server answered, but has not taken it. It is still on the phone, and is sent again.")
    return _("It is sent when there is a network and the app is open.")


def _since(sending: Sending, now: datetime) -> str:
    if not sending.waiting or sending.waiting_since is None:
        return ""
    return _("Waits since {when}.", when=moment(sending.waiting_since, now))


def _do(sending: Sending, now: datetime) -> str:
    """No network today is nothing to worry about; none for days is."""
    since = sending.waiting_since
    long = sending.waiting and since is not None and now - since >= LONG
    return _("Find a network when you can.") if long and sending.why == errors.NoConnection.kind else ""


def _not_kept(error: errors.VaultError) -> str:
    """What is in the way is the phone. Nobody was saving, so there is no text to save again."""
    if isinstance(error, errors.VaultDamaged):
        return sentence(error)
    if isinstance(error, errors.DiskFull):
        return _(
            "The phone is full, so nothing new can be saved or fetched. What you have saved is still here. "
            "Delete photos or apps."
        )
    return _("The phone's storage did not do what it should. What you have saved is still here. It is tried again.")


def _error(sending: Sending) -> errors.VedholdError | None:
    """Of an exchange, or of the storage it met."""
    if sending.why is None:
        return None
    known = [*_all(errors.SyncError), *_all(errors.VaultError)]
    found = next((each for each in known if each.kind == sending.why), errors.SyncError)
    return found(sending.detail)


def _all(of: type[errors.VedholdError]) -> list[type[errors.VedholdError]]:
    return [of, *(inner for each in of.__subclasses__() for inner in _all(each))]
