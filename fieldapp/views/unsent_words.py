"""What waits, or was refused, in words: "Et møde med Jonas" (looks.md 19)."""

from datetime import date, time
from typing import Any

import flet as ft

from fieldapp.actions.outbox import Unsent
from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import ContactMode, Way
from fieldapp.texts import _
from fieldapp.views import days
from fieldapp.words import word

_CONTACT = ft.Icons.HANDSHAKE_OUTLINED
_ICONS = {
    "contact": _CONTACT,
    "attempt": ft.Icons.WAVING_HAND_OUTLINED,
    "goal": ft.Icons.FLAG_OUTLINED,
    "step": ft.Icons.FLAG_OUTLINED,
    "next_step": ft.Icons.EVENT_OUTLINED,
    "progress": ft.Icons.SPA_OUTLINED,
    "strength": ft.Icons.SPA_OUTLINED,
    "own_words": ft.Icons.FORMAT_QUOTE,
}
_WAYS = {Way.TEXT: ft.Icons.SMS_OUTLINED, Way.CALL: ft.Icons.CALL_OUTLINED, Way.BELL: ft.Icons.DOORBELL_OUTLINED}


def icon_of(unsent: Unsent) -> ft.IconData:
    if unsent.kind == "attempt" and unsent.word in _WAYS:
        return _WAYS[Way(unsent.word)]
    return _ICONS.get(unsent.kind, ft.Icons.PERSON_OUTLINE)


def title(unsent: Unsent) -> str:
    """What it is and whom it is about. Names are allowed: the page is inside the unlocked app."""
    name = unsent.name or _("somebody")
    match unsent.kind, unsent.word:
        case "contact", ContactMode.MET:
            return _("A meeting with {name}", name=name)
        case "contact", ContactMode.TALKED:
            return _("A talk with {name}", name=name)
        case "contact", _mode:
            return _("A note about {name}", name=name)
        case "attempt", Way.CALL:
            return _("A call to {name}", name=name)
        case "attempt", Way.BELL:
            return _("At {name}'s door", name=name)
        case "attempt", _way:
            return _("A greeting to {name}", name=name)
        case "goal" | "step", _word:
            return _("A goal with {name}", name=name)
        case "next_step", _word:
            return _("The next step with {name}", name=name)
        case "progress", _word:
            return _("A small step forward for {name}", name=name)
        case "strength", _word:
            return _("A strength of {name}", name=name)
        case "own_words", _word:
            return _("{name}'s own words", name=name)
    return _("Something about {name}", name=name) if unsent.citizen else _("A setting")


_FIELDS = {
    ("next_step", "text"): lambda: _("The next step"),
    ("next_step", "on"): lambda: _("When the next step is"),
    ("next_step", "at"): lambda: _("When the next step is"),
    ("goal", "title"): lambda: _("A goal"),
    ("goal", "outcome"): lambda: _("How a goal is going"),
    ("goal", "ended_on"): lambda: _("Whether a goal has ended"),
    ("step", "text"): lambda: _("A small step"),
    ("step", "done_on"): lambda: _("Whether a step is done"),
    ("citizen", "known_as"): lambda: _("The name"),
    ("citizen", "phone"): lambda: _("The phone number"),
    ("citizen", "known_places"): lambda: _("Known places"),
    ("citizen", "situation"): lambda: _("Where the citizen sleeps"),
    ("citizen", "address"): lambda: _("The address"),
    ("citizen", "cpr"): lambda: _("The CPR number"),
    ("absence", "home_on"): lambda: _("When the citizen comes home"),
}


def field_name(kind: str, field: str) -> str:
    """What two people wrote about."""
    named = _FIELDS.get((kind, field))
    return named() if named else _("The same thing")


def value(kind: str, field: str, stored: Any) -> str:
    """A wire value as a person would say it; text stays as it was written."""
    if stored is None or stored == "":
        return _("Nothing")
    what = KINDS[kind].by_name[field]
    match what.type:
        case Type.DAY:
            return days.long_date(date.fromisoformat(stored))
        case Type.CLOCK:
            return days.clock(time.fromisoformat(stored))
        case Type.FLAG:
            return _("Yes") if stored else _("No")
        case Type.CODE if what.words:
            return word(what.words, stored)
        case Type.CODES if what.words:
            codes = what.words
            return ", ".join(word(codes, code) for code in stored)
    return str(stored)
