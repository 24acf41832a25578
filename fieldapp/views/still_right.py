"""On the overview, when it is time to look at the support: after three months in the home, and a due review."""

import asyncio

import flet as ft

from fieldapp.actions import contacts, intensity
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.intensity import TurnForm
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card, note
from fieldapp.views.parts import button, column, icon, line, space, tappable, text
from fieldapp.views.state import Screen


def still_right(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    """The support never lowers itself: it asks (000 §2.3; G8). One card at a time."""
    if shown.still_right:
        return [space(theme.L), _after_the_move(shown, screen)]
    if shown.review_due_on and shown.review_due_on <= screen.desk.today():
        return [space(theme.L), _review(shown, screen)]
    return []


def _after_the_move(shown: CitizenPage, screen: Screen) -> ft.Control:
    async def keep() -> None:
        saved = await asyncio.to_thread(intensity.keep, screen.desk, shown.id, TurnForm())
        screen.saved(_("Saved. The support goes on as it is."), undo=lambda: contacts.undo(screen.desk, saved))

    asks = column(
        text(_("Does the support still fit?"), "name"),
        text(_("{name} has lived there for three months. Ask together.", name=shown.name), "reason"),
        gap=2,
        expand=True,
    )
    turn = button(
        _("Turn it"),
        lambda: screen.citizen(shown.id, "intensity"),
        look="quiet",
        small=True,
        expand=True,
        identifier="turn-support",
    )
    right = button(_("It fits"), keep, look="tonal", small=True, expand=True, identifier="keep-support")
    return card(line(icon(ft.Icons.TUNE, 22), asks, gap=theme.M, top=True), line(turn, right), gap=theme.M)


def _review(shown: CitizenPage, screen: Screen) -> ft.Control:
    if shown.reviewed_on:
        words = _("Three months since the last one. What is needed, and is it enough?")
    else:
        words = _("What is needed, and is it enough?")
    said = note(words, ft.Icons.EVENT_REPEAT, "heather", _("It is time for a review together"))
    return tappable(said, lambda: screen.citizen(shown.id, "review/new"), identifier="review-due", radius=theme.CHIP)
