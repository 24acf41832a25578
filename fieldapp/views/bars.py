"""What lies around a screen: the page itself, the bottom bar, the act bar, tabs, and a page with nothing on it.

    page([page_head("I dag", ...), *rows], bottom_bar("today", screen.go, note=..., hide=screen.hide))
    page([person_head(...), ...], act_bar(button("Ræk ud", ..., look="tonal", expand=True), button(..., expand=True),
                                          back=screen.back, hide=screen.hide))

*Skjul* is an act, not a place, and sits at the right end of every bar.
"""

from collections.abc import Callable, Sequence

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.drawings import landscape
from fieldapp.views.guard import Call
from fieldapp.views.parts import MUTED, C, column, icon, icon_button, line, padding, space, tappable, text

Go = Callable[[str], object]
CENTER = ft.CrossAxisAlignment.CENTER


def page(
    body: Sequence[ft.Control],
    bar: ft.Control | None = None,
    *,
    above_bar: ft.Control | None = None,
    low: bool = False,
    top: Sequence[ft.Control] = (),
    name: str | None = None,
) -> ft.Control:
    """A screen: what scrolls, and the bar that stays. `above_bar`: a line that stays too (why something is closed).

    `low`: short content is pushed down to the thumb (outcome questions); with a `top`, that stays at the top of a
    tall window, and is the beginning of the page in any other. `name` keeps the scroll position.
    """
    if top and theme.is_tall():
        return page(top, bar, above_bar=column(*body, gap=0), name=name)
    held = _held(column(*top, *body, gap=0))
    # A reversed list begins at the bottom: short content lies by the thumb, long content still scrolls.
    pad = padding(theme.PAGE, 12, bottom=16 if low else 24)
    scrolling = ft.ListView([held], expand=True, reverse=low, padding=pad, key=name)
    safe = ft.SafeArea(scrolling, expand=True, avoid_intrusions_bottom=bar is None)
    still = ft.Container(_held(above_bar), padding=padding(theme.PAGE, 8)) if above_bar else None
    return column(*(each for each in (safe, still, bar) if each), gap=0, expand=True)


def _held(inner: ft.Control) -> ft.Control:
    """In the middle, and never wider than one reads with ease."""
    return ft.Row([ft.Container(inner, width=theme.NARROW)], alignment=ft.MainAxisAlignment.CENTER, wrap=True)


def bottom_bar(here: str, go: Go, *, note: Call, hide: Call) -> ft.Control:
    """On the three pages one lands on. `here`: today | citizens | more. When wide the rail has it all."""
    if theme.is_wide():
        return ft.Container()
    on_primary = C.ON_PRIMARY
    middle = tappable(
        line(
            *([] if theme.is_large() else [icon(ft.Icons.ADD, 26, on_primary)]),
            text(_("Note"), "name", on_primary, cap=1.15),
            gap=6,
            tight=True,
            align=ft.MainAxisAlignment.CENTER,
        ),
        note,
        identifier="note",
        color=C.PRIMARY,
        radius=24,
        width=104,
        height=64,
        align=ft.Alignment.CENTER,
    )
    places = [place(*each, here, go) for each in PLACES()]
    items = [*places[:2], middle, *places[2:], _hide(hide)]
    return _bar(line(*items, gap=0), padding(8, 8))


def PLACES() -> tuple[tuple[str, str, str, ft.IconData, ft.IconData], ...]:
    """(name, route, words, icon, icon when there), in the order of the bar."""
    return (
        ("today", "/", _("Today"), ft.Icons.WB_SUNNY_OUTLINED, ft.Icons.WB_SUNNY),
        ("citizens", "/citizens", _("Citizens"), ft.Icons.PEOPLE_OUTLINE, ft.Icons.PEOPLE),
        ("more", "/more", _("More"), ft.Icons.MENU, ft.Icons.MENU),
    )


def place(name: str, route: str, words: str, usual: ft.IconData, there: ft.IconData, here: str, go: Go) -> ft.Control:
    on = name == here
    return _item(words, there if on else usual, lambda: go(route), on, f"go-{name}")


def _hide(hide: Call) -> ft.Control:
    return _item(_("Hide"), ft.Icons.VISIBILITY_OFF_OUTLINED, hide, None, "hide")


def _item(words: str, icon_name: ft.IconData, call: Call, on: bool | None, identifier: str) -> ft.Control:
    mark = ft.Container(
        icon(icon_name, 24, C.ON_PRIMARY_CONTAINER if on else MUTED),
        bgcolor=C.PRIMARY_CONTAINER if on else None,
        border_radius=theme.L,
        padding=padding(16, 4),
    )
    word = text(words, "small", C.ON_SURFACE if on else MUTED, weight=600 if on else 500, cap=1.15)
    inner = ft.Column([mark, word], spacing=4, tight=True, horizontal_alignment=CENTER)
    return tappable(
        inner, call, identifier=identifier, selected=on, radius=theme.CARD, pad=padding(0, 8), expand=True,
        align=ft.Alignment.CENTER,
    )  # fmt: skip


def act_bar(*acts: ft.Control, back: Call | None, hide: Call | None) -> ft.Control:
    """On the pages inside: back at the left, the page's acts (the main one right), *Skjul nu* at the right."""
    left = [icon_button(ft.Icons.ARROW_BACK, _("Back"), back, identifier="back")] if back else []
    right = (
        [icon_button(ft.Icons.VISIBILITY_OFF_OUTLINED, _("Hide now"), hide, identifier="hide")]
        if hide and not theme.is_wide()
        else []
    )
    room = _equal(acts) if len(acts) > 1 else [*acts] or [ft.Container(expand=True)]
    return _bar(line(*left, *room, *right, gap=theme.S), padding(8, 10))


def _equal(acts: Sequence[ft.Control]) -> list[ft.Control]:
    """Equally high, also when only one of them has words for two lines."""
    stretch = ft.CrossAxisAlignment.STRETCH
    return [ft.Row([*acts], spacing=theme.S, intrinsic_height=True, vertical_alignment=stretch, expand=True)]


def _bar(content: ft.Control, pad: ft.Padding) -> ft.Control:
    if theme.is_wide():  # on the pane it needs no ground of its own
        return _held(ft.Container(content, padding=padding(0, 8)))
    held = _held(ft.Container(content, padding=pad))
    return ft.Container(
        ft.SafeArea(held, avoid_intrusions_top=False),
        bgcolor=C.SURFACE_CONTAINER_LOW,
        border=ft.Border(top=ft.BorderSide(1, C.OUTLINE_VARIANT)),
    )


def tabs(items: Sequence[tuple[str, str]], chosen: str, choose: Callable[[str], object]) -> ft.Control:
    """(value, words) each; four at most. With large text they wrap into two lines."""

    def one(value: str, words: str) -> ft.Control:
        on = value == chosen
        word = text(words, "label", C.ON_PRIMARY_CONTAINER if on else MUTED, weight=600 if on else 500, cap=1.1)
        return tappable(
            word,
            lambda: choose(value),
            identifier=f"tab-{value}",
            selected=on,
            color=C.PRIMARY_CONTAINER if on else None,
            radius=theme.L,
            pad=padding(0, 19),
            expand=True,
            align=ft.Alignment.CENTER,
        )

    track = line(*(one(value, words) for value, words in items), gap=0)
    return ft.Container(track, bgcolor=C.SURFACE_CONTAINER, border_radius=theme.CARD, padding=4)


def empty(title: str, words: str | None = None, act: ft.Control | None = None) -> ft.Control:
    """Nothing here, and that is fine: a calm drawing, a sentence, at most one act."""
    center = ft.TextAlign.CENTER
    said = [text(title, "title", align=center), *([text(words, "body", MUTED, align=center)] if words else [])]
    drawn = [] if theme.is_large() else [landscape(), space(12)]
    return ft.Container(
        ft.Column(
            [*drawn, *said, *([space(8), act] if act else [])], spacing=8, horizontal_alignment=CENTER, tight=True
        ),
        padding=padding(20, 40),
        alignment=ft.Alignment.CENTER,
    )
