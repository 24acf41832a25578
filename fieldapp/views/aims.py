"""CTI's three aims on the citizen's overview: one or more, chosen together (T2)."""

import asyncio

import flet as ft

from fieldapp.actions import aims as actions
from fieldapp.actions import contacts
from fieldapp.domain.values_day import CtiAim
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.parts import MUTED, button, column, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
def Aims(citizen: str) -> ft.Control:
    """Nothing where the method is another. What was tapped is kept by *Gem*: one record, not one for each tap."""
    screen = use_screen()
    stands = use_reading(actions.read, citizen)
    nothing: tuple[str, ...] | None = None
    tapped, tap = ft.use_state(nothing)
    if stands is None:
        return ft.Container()
    chosen = stands if tapped is None else tapped

    def toggle(code: str) -> None:
        tap(tuple(each for each in chosen if each != code) if code in chosen else (*chosen, code))

    async def save() -> None:
        saved = await asyncio.to_thread(actions.choose, screen.desk, citizen, chosen)
        tap(nothing)
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    options = [(code.value, word(CtiAim, code)) for code in CtiAim]
    gem = button(_("Save"), save, ft.Icons.CHECK, "tonal", small=True, identifier="save-aims")
    return column(
        section(_("What CTI is for here")),
        *([] if chosen else [text(_("Choose one or more together."), "meta", MUTED), space(theme.S)]),
        choice(options, chosen, toggle, name="aim"),
        *([space(theme.M), gem] if set(chosen) != set(stands) else []),
        gap=0,
    )
