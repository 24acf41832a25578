"""The register of consents (J1): who may be talked with about what, until when, and taking it back with one tap."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import citizens, consents, contacts
from fieldapp.actions.consents import Registered
from fieldapp.domain.consent import State
from fieldapp.domain.values_day import ConsentAbout, ConsentHow
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import long_date, past, said_on
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, Tone, button, icon, line, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

_MARKS: dict[State, ft.IconData] = {
    State.HOLDS: ft.Icons.CHECK_CIRCLE_OUTLINE,
    State.SAID_NO: ft.Icons.DO_NOT_DISTURB_ON_OUTLINED,
    State.EXPIRED: ft.Icons.EVENT_BUSY_OUTLINED,
    State.WITHDRAWN: ft.Icons.UNDO,
    State.REPLACED: ft.Icons.HISTORY,
}


@ft.component
@shielded
def Consents() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    register = use_reading(consents.register, citizen)
    if shown is None:
        return gone(screen)
    holds = [each for each in register if each.state is State.HOLDS]
    over = [each for each in register if each.state is not State.HOLDS]
    body = [
        person_head(citizen, shown.name, _("Consent to talk with others")),
        space(theme.L),
        *_cards(holds, screen),
        *([] if holds else [note(_("No yes right now. Ask when the moment is right."), ft.Icons.LOCK_OUTLINE)]),
        *([section(_("Earlier")), *_cards(over, screen)] if over else []),
    ]
    add = button(
        _("New answer"),
        lambda: screen.citizen(citizen, "consent/new"),
        ft.Icons.ADD,
        expand=True,
        identifier="new-consent",
    )
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="consents")


def _cards(register: list[Registered], screen: Screen) -> list[ft.Control]:
    return [each for one in register for each in (_card(one, screen), space(theme.S))]


def _card(one: Registered, screen: Screen) -> ft.Control:
    consent, today = one.consent, screen.desk.today()

    async def withdraw() -> None:
        saved = await asyncio.to_thread(consents.withdraw, screen.desk, consent.id)
        words = _("Withdrawn. Tell {who} that the agreement has ended.", who=consent.to)
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))

    called = word(ConsentAbout, consent.about) if consent.about else ""
    about = [text(called, "small", MUTED)] if called and called != consent.to else []
    why = [text(consent.purpose, "body")] if consent.purpose else []
    taken = [
        space(theme.XS),
        button(_("Withdraw the consent"), withdraw, ft.Icons.UNDO, "quiet", small=True,
               identifier=f"withdraw-{consent.id}")
    ]  # fmt: skip
    tone: Tone = "card" if one.state is State.HOLDS else "sand"
    return card(
        line(icon(_MARKS[one.state], 22), text(consent.to, "name", expand=True)),
        *about,
        *why,
        *(text(words, "meta", MUTED) for words in sentences(one, today)),
        *(taken if one.state is State.HOLDS else []),
        tone=tone,
        gap=6,
    )


def sentences(one: Registered, today: date) -> list[str]:
    """How it stands, each a short sentence; the day it was said comes last."""
    return [_stands(one, today), _said(one, today)]


def _stands(one: Registered, today: date) -> str:
    consent = one.consent
    match one.state:
        case State.HOLDS:
            return _("Holds until {date}.", date=said_on(consent.until, today)) if consent.until else _("Has no end.")
        case State.SAID_NO:
            return _("Said no. We respect that.")
        case State.EXPIRED if consent.until:
            return _("The consent ended {date}. Ask again.", date=long_date(consent.until))
        case State.WITHDRAWN if consent.withdrawn_on:
            day = long_date(consent.withdrawn_on)
            return _("Withdrawn {date}. Tell {who} that the agreement has ended.", date=day, who=consent.to)
    return _("Something later was said about the same.")


def _said(one: Registered, today: date) -> str:
    how = word(ConsentHow, one.consent.how).lower() if one.consent.how else ""
    day = past(one.consent.given_on, today)
    return _("Said {day}, {how}.", day=day, how=how) if how else _("Said {day}.", day=day)
