"""What waits, or was refused, in words: "Et møde med Jonas" (looks.md 19); and the fields of a record by name."""

from datetime import date, datetime, time
from typing import Any, Protocol

import flet as ft

from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import ContactMode, Way
from fieldapp.texts import _
from fieldapp.views import days
from fieldapp.words import P_, named, word

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


class Work(Protocol):
    """A record somebody wrote. `word` says more of its kind: the mode of a contact, the way of an attempt."""

    @property
    def kind(self) -> str: ...
    @property
    def word(self) -> str | None: ...
    @property
    def citizen(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...


def icon_of(kind: str, word: str | None = None) -> ft.IconData:
    if kind == "attempt" and word in _WAYS:
        return _WAYS[Way(word)]
    return _ICONS.get(kind, ft.Icons.PERSON_OUTLINE)


def thing(kind: str | None) -> str:
    """What it is, where nobody can be named: the start of a sentence."""
    match kind:
        case "contact":
            return _("A note")
        case "attempt":
            return _("A greeting")
        case "goal" | "step":
            return _("A goal")
        case "progress":
            return _("A small step forward")
        case "next_step":
            return _("A next step")
    return _("Something you wrote")


_TITLES = {
    "absence": P_("unsent", "Where {name} is"),
    "absence_task": P_("unsent", "A task for {name}"),
    "inform_step": P_("unsent", "A word about {name} to those who are there"),
    "pause": P_("unsent", "A pause with {name}"),
    "closing": P_("unsent", "The end of the course with {name}"),
    "reopening": P_("unsent", "That the support of {name} was resumed"),
    "bridging": P_("unsent", "A bridge for {name}"),
    "dimension_handover": P_("unsent", "Who takes over for {name}"),
    "worker_change": P_("unsent", "Another support person for {name}"),
    "replacement_support": P_("unsent", "What takes over for {name}"),
    "municipality_move": P_("unsent", "That {name} moves to another municipality"),
    "consent": P_("unsent", "A consent from {name}"),
    "consent_withdrawal": P_("unsent", "A consent that {name} took back"),
    "concern": P_("unsent", "A worry about {name}"),
    "colleague_request": P_("unsent", "A question about {name}"),
    "handover": P_("unsent", "A handover note about {name}"),
    "urgent_mark": P_("unsent", "That {name} is urgent"),
    "support_answer": P_("unsent", "What {name} says to the support"),
    "intensity": P_("unsent", "The support of {name}"),
    "offer": P_("unsent", "An offer to {name}"),
    "professional": P_("unsent", "A professional around {name}"),
    "thanks_owed": P_("unsent", "Thanks for being told of {name}"),
    "citizen_merge": P_("unsent", "That {name} was here twice"),
    "worker_absence": P_("unsent", "That you are away"),
    "worker_absence_seen": P_("unsent", "That you have seen a colleague's list"),
}


def title(work: Work) -> str:
    """What it is and whom it is about. Names are allowed: the page is inside the unlocked app."""
    name = work.name or _("somebody")
    match work.kind, work.word:
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
        case "conflict_decision" | "quarantine_decision", _word:
            return _("A choice about {name}", name=name)
    if work.kind in _TITLES:
        return named(_TITLES[work.kind]).format(name=name)
    return _("Something about {name}", name=name) if work.citizen else _("Something for the team")


_FIELDS = {
    ("contact", "occurred_at"): lambda: _("When it was"),
    ("contact", "place"): lambda: _("Where"),
    ("contact", "place_text"): lambda: _("Where"),
    ("contact", "with_whom"): lambda: _("With whom"),
    ("contact", "dimensions"): lambda: _("What was it about?"),
    ("contact", "content"): lambda: _("What did you do?"),
    ("contact", "act_dimensions"): lambda: _("ACT's three dimensions"),
    ("contact", "own_words"): lambda: _("The citizen's words"),
    ("contact", "professional_view"): lambda: _("Professional perspective"),
    ("contact", "progress"): lambda: _("A small step forward"),
    ("attempt", "occurred_at"): lambda: _("When it was"),
    ("attempt", "outcome"): lambda: _("How it went"),
    ("attempt", "place_text"): lambda: _("Where"),
    ("attempt", "text"): lambda: _("The greeting"),
    ("own_words", "text"): lambda: _("The citizen's words"),
    ("progress", "text"): lambda: _("A small step forward"),
    ("strength", "text"): lambda: _("A strength"),
    ("goal", "dimension"): lambda: _("What was it about?"),
    ("goal", "professional_view"): lambda: _("Professional perspective"),
    ("next_step", "text"): lambda: _("The next step"),
    ("next_step", "on"): lambda: _("When the next step is"),
    ("next_step", "at"): lambda: _("When the next step is"),
    ("goal", "title"): lambda: _("A goal"),
    ("goal", "outcome"): lambda: _("How a goal is going"),
    ("goal", "ended_on"): lambda: _("Whether a goal has ended"),
    ("step", "text"): lambda: _("A small step"),
    ("step", "done_on"): lambda: _("Whether a step is done"),
    ("citizen", "known_as"): lambda: _("The name"),
    ("citizen", "full_name"): lambda: _("Full name"),
    ("citizen", "language"): lambda: _("Language"),
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
    what = KINDS[kind].by_name.get(field) if kind in KINDS else None
    match what and what.type:
        case Type.MOMENT:
            at = datetime.fromisoformat(stored)
            return _("{day} at {time}", day=days.long_date(at.date()), time=days.clock(at))
        case Type.DAY:
            return days.long_date(date.fromisoformat(stored))
        case Type.CLOCK:
            return days.clock(time.fromisoformat(stored))
        case Type.FLAG:
            return _("Yes") if stored else _("No")
        case Type.CODE if what and what.words:
            return word(what.words, stored)
        case Type.CODES if what and what.words:
            codes = what.words
            return ", ".join(word(codes, code) for code in stored)
    return str(stored)
