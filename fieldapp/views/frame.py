"""What stands around every screen: the practice strip, and on wide windows the rail with list and detail beside it."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions.sending import Sending
from fieldapp.texts import _
from fieldapp.views import paths, sync_words, theme
from fieldapp.views.bars import PLACES
from fieldapp.views.drawings import landscape
from fieldapp.views.parts import MUTED, C, column, icon, line, padding, space, tappable, text
from fieldapp.views.state import Screen, use_screen

CENTER = ft.CrossAxisAlignment.CENTER
PLAIN_WIDTH = 440
Draw = Callable[[], ft.Control]


def framed(screen: Screen, inner: ft.Control) -> ft.Control:
    """Inside the phone's notch and corners, with the strip that tells practice from real."""
    strip = [practice_strip()] if screen.gate.practice else []
    body = column(*strip, inner, gap=0, expand=True)
    return ft.SafeArea(body, expand=True, avoid_intrusions_bottom=False)


def practice_strip() -> ft.Control:
    ink = C.ON_SECONDARY_CONTAINER
    mark = [] if theme.is_large() else [icon(ft.Icons.SCHOOL_OUTLINED, 16, ink)]
    words = text(_("Practice mode. All people are invented."), "small", ink, cap=1.2, loose=True)
    inner = line(*mark, words, align=ft.MainAxisAlignment.CENTER)
    return ft.Container(inner, bgcolor=C.SECONDARY_CONTAINER, padding=padding(12, 5))


def beside(screen: Screen, lists: Draw, detail: ft.Control | None) -> ft.Control:
    """Rail, list, and what was opened from it on a lifted pane."""
    stretch = ft.CrossAxisAlignment.STRETCH
    pane = ft.Container(
        detail or _nothing_open(),
        expand=True,
        padding=padding(20, 16),
        bgcolor=C.SURFACE_CONTAINER_LOW,
        border_radius=ft.BorderRadius(top_left=theme.BIG, top_right=0, bottom_left=theme.BIG, bottom_right=0),
        alignment=ft.Alignment.TOP_CENTER,
    )
    return ft.Row(
        [Rail(paths.home(screen.here)), ft.Container(lists(), width=theme.LIST), pane],
        spacing=0,
        expand=True,
        vertical_alignment=stretch,
    )


def _nothing_open() -> ft.Control:
    words = text(_("Choose from the list on the left."), "body", MUTED, align=ft.TextAlign.CENTER)
    inner = ft.Column([landscape(), words], spacing=20, tight=True, horizontal_alignment=CENTER)
    return ft.Container(inner, alignment=ft.Alignment.CENTER, expand=True)


def _in_a_word(sending: Sending) -> str:
    return {"needs_you": _("Needs you"), "moving": _("Sending"), "first": _("Sending")}.get(sending.state, _("Saved"))


@ft.component
def Rail(home: str) -> ft.Control:
    """The bottom bar of a wide window: note first, hide last, where everything is above it."""
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
    note = tappable(
        ft.Column(
            [icon(ft.Icons.ADD, 28, C.ON_PRIMARY), text(_("Note"), "small", C.ON_PRIMARY, weight=600, cap=1.15)],
            spacing=0,
            tight=True,
            horizontal_alignment=CENTER,
        ),
        lambda: screen.open(paths.WHO),
        identifier="note",
        color=C.PRIMARY,
        radius=24,
        width=68,
        height=68,
        align=ft.Alignment.CENTER,
    )
    mark, color = sync_words.look(sending.value)

    def stop(name: str, route: str, words: str, usual: ft.IconData, there: ft.IconData) -> ft.Control:
        on = route == home
        return _stop(words, there if on else usual, lambda: screen.go(route), f"go-{name}", on)

    stops = [
        note,
        space(12),
        *(stop(*each) for each in PLACES()),
        ft.Container(expand=True),
        _stop(_in_a_word(sending.value), mark, lambda: screen.open(paths.SYNC), "rail-sync", color=color),
        _stop(_("Hide now"), ft.Icons.VISIBILITY_OFF_OUTLINED, screen.hide, "hide"),
    ]
    return ft.Container(
        ft.Column(stops, spacing=6, horizontal_alignment=CENTER),
        width=theme.RAIL,
        padding=padding(6, 16),
        bgcolor=C.SURFACE_CONTAINER_LOW,
    )


def _stop(
    words: str,
    icon_name: ft.IconData,
    call: Callable[[], object],
    identifier: str,
    on: bool = False,
    color: ft.Colors = MUTED,
) -> ft.Control:
    mark = ft.Container(
        icon(icon_name, 24, C.ON_PRIMARY_CONTAINER if on else color),
        bgcolor=C.PRIMARY_CONTAINER if on else None,
        border_radius=theme.L,
        padding=padding(18, 5),
    )
    ink = C.ON_SURFACE if on else MUTED
    word = text(words, "small", ink, weight=600 if on else 500, cap=1.15, align=ft.TextAlign.CENTER)
    inner = ft.Column([mark, word], spacing=4, tight=True, horizontal_alignment=CENTER)
    return tappable(
        inner, call, identifier=identifier, selected=on, radius=theme.CARD, pad=padding(0, 8), width=88,
        align=ft.Alignment.CENTER,
    )  # fmt: skip


def plain(inner: ft.Control) -> ft.View:
    """A page without bars: first start, unlock, cover; a narrow column in the middle where there is room."""
    if theme.width() > PLAIN_WIDTH:
        held = ft.Container(inner, width=PLAIN_WIDTH)
        inner = ft.Row([held], alignment=ft.MainAxisAlignment.CENTER, expand=True)
    safe = ft.SafeArea(ft.Container(inner, padding=padding(24, 12), expand=True), expand=True)
    return ft.View(route="/", controls=[safe], padding=0, spacing=0, can_pop=False)


def bare(inner: ft.Control) -> ft.View:
    """Nothing around it at all: the cover."""
    return ft.View(route="/", controls=[inner], padding=0, spacing=0, can_pop=False)
