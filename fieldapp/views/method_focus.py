"""What is worked with now in ICM and ACT: focus areas in no sequence, and ACT's three dimensions told in words."""

import asyncio

import flet as ft

from fieldapp.actions import contacts, method_focus
from fieldapp.actions.methods import MethodPage
from fieldapp.domain.act_balance import Share
from fieldapp.domain.values import ActDimension, Method
from fieldapp.domain.values_day import FocusArea
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.cards import card, note
from fieldapp.views.parts import MUTED, C, button, column, icon, line, space, text
from fieldapp.views.rows import group, section, surface
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import P_, named, word

_SHARES = {
    Share.MOST: P_("share", "In most contacts"),
    Share.SOME: P_("share", "In some contacts"),
    Share.NONE: P_("share", "Not lately"),
}


def balance(shown: MethodPage) -> list[ft.Control]:
    if not shown.balance:
        words = _("When contacts are marked with the three dimensions, it is told here how they stand to each other.")
        return [section(_("The three dimensions of support")), text(words, "meta", MUTED)]
    lines = [
        column(text(word(ActDimension, each), "body"), text(named(_SHARES[share]), "meta", MUTED), gap=0)
        for each, share in shown.balance.items()
    ]
    return [section(_("The three dimensions of support, the last three months")), card(*lines, gap=theme.M)]


@ft.component
def ActFocus(citizen: str, method: str) -> ft.Control:
    screen = use_screen()
    focus = use_reading(method_focus.read, citizen, method)
    rows = [
        _area(word(FocusArea, each), each in focus.acts, f"area-{each.value}", citizen, screen, act_area=each.value)
        for each in FocusArea
    ]
    return column(*_head(), group(rows), gap=0)


@ft.component
def IcmFocus(citizen: str) -> ft.Control:
    screen = use_screen()
    focus = use_reading(method_focus.read, citizen, Method.ICM.value)
    if not focus.items:
        words = _("Your team has no list of ICM's focus areas yet. They stand in the manual for ICM.")
        to = button(
            _("Fill the list"), lambda: screen.open(paths.FOCUS), look="tonal", small=True, identifier="fill-focus"
        )
        return column(*_head(), note(words, ft.Icons.INFO_OUTLINE), space(theme.S), to, gap=0)
    rows = [_area(words, now, f"item-{id}", citizen, screen, item=id) for id, words, now in focus.items]
    return column(*_head(), group(rows), gap=0)


def _head() -> list[ft.Control]:
    why = _("The citizen's recovery decides what you work with now. Several may come again.")
    return [section(_("Worked with now")), text(why, "meta", MUTED), space(theme.S)]


def _area(
    words: str,
    now: bool,
    identifier: str,
    citizen: str,
    screen: Screen,
    *,
    act_area: str | None = None,
    item: str | None = None,
) -> ft.Container:
    async def turn() -> None:
        saved = await asyncio.to_thread(lambda: method_focus.turn(screen.desk, citizen, act_area=act_area, item=item))
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    mark = icon(ft.Icons.CHECK_CIRCLE if now else ft.Icons.RADIO_BUTTON_UNCHECKED, 24, C.PRIMARY if now else MUTED)
    said = [text(_("Worked with now"), "small", MUTED)] if now else []
    inner = line(mark, column(text(words, "body"), *said, gap=0, expand=True), gap=theme.M)
    return surface(inner, turn, identifier=identifier, chosen=now)
