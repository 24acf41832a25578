"""The smallest pieces: words, space, discs and everything that can be tapped; `rows` and `cards` are made of them.

    text("11 dage siden I talte", "hint", MUTED)      kinds are in theme.TYPE
    button("Gem", save, ft.Icons.CHECK)               looks: filled, tonal, quiet, card, plain; no call: closed
    act("Sms", ft.Icons.SMS_OUTLINED, send, who="Åse")

A `call` is a plain or async function without arguments; it is guarded here. `identifier` is the stable name the tests
find a thing by. Nothing takes fixed heights around text, so that 200 % text works; `theme.is_large()` tells when a row
must become a column. Buttons speak their visible words: `say` replaces them for a screen reader ("Sms: Åse").
"""

import zlib
from typing import Literal

import flet as ft

from fieldapp.views import theme
from fieldapp.views.guard import Call, guarded

C = ft.Colors
INK, MUTED = C.ON_SURFACE, C.ON_SURFACE_VARIANT
ACT = 68
"""The width of a row's act."""

Look = Literal["filled", "tonal", "quiet", "card", "plain"]
LOOKS: dict[Look, tuple[ft.Colors, ft.Colors]] = {
    "filled": (C.PRIMARY, C.ON_PRIMARY),
    "tonal": (C.PRIMARY_CONTAINER, C.ON_PRIMARY_CONTAINER),
    "quiet": (C.SURFACE_CONTAINER_HIGH, C.ON_SURFACE),
    "card": (C.SURFACE_CONTAINER_LOWEST, C.ON_SURFACE),
    "plain": (C.TRANSPARENT, C.PRIMARY),
}

Tone = Literal["sand", "pine", "heather", "honey", "slate", "clay", "card"]
TONES: dict[Tone, tuple[ft.Colors, ft.Colors]] = {
    "sand": (C.SURFACE_CONTAINER, C.ON_SURFACE),
    "pine": (C.PRIMARY_CONTAINER, C.ON_PRIMARY_CONTAINER),
    "heather": (C.TERTIARY_CONTAINER, C.ON_TERTIARY_CONTAINER),
    "honey": (C.SECONDARY_FIXED, C.ON_SECONDARY_FIXED),
    "slate": (C.SECONDARY_CONTAINER, C.ON_SECONDARY_CONTAINER),
    "clay": (C.ERROR_CONTAINER, C.ON_ERROR_CONTAINER),
    "card": (C.SURFACE_CONTAINER_LOWEST, C.ON_SURFACE),
}
"""heather = the citizen's own voice, honey = progress and strengths, slate = housing, clay = needs you."""


# ---- words and space


def text(
    words: str,
    kind: theme.Kind = "body",
    color: ft.ColorValue = INK,
    *,
    weight: int | None = None,
    cap: float | None = None,
    align: ft.TextAlign = ft.TextAlign.START,
    expand: bool | int | None = None,
    loose: bool = False,
    say: str | None = None,
) -> ft.Text:
    """Wraps between words, never cut off. In a Row give `expand=True`, or `loose=True` for no more room than needed."""
    whole = theme.whole_words(words, kind)
    style = theme.text_style(kind, color, weight=weight, cap=min(filter(None, (cap, whole)), default=None))
    room = True if loose else expand
    return ft.Text(words, style=style, text_align=align, expand=room, expand_loose=loose, semantics_label=say)


def heading(words: str, kind: theme.Kind = "headline", level: int = 1, color: ft.ColorValue = INK) -> ft.Control:
    # Without container=True a heading swallows the words of its siblings.
    cap = 1.4 if kind == "headline" else None
    return ft.Semantics(content=text(words, kind, color, cap=cap), header=True, heading_level=level, container=True)


def icon(name: ft.IconData, size: float = 22, color: ft.ColorValue = MUTED, *, say: str | None = None) -> ft.Icon:
    return ft.Icon(name, size=size, color=color, semantics_label=say)


def space(height: float) -> ft.Control:
    return ft.Container(height=height)


def column(*controls: ft.Control, gap: float = theme.S, expand: bool | int | None = None) -> ft.Column:
    """Stretches its controls to its own width."""
    stretch = ft.CrossAxisAlignment.STRETCH
    return ft.Column(list(controls), spacing=gap, horizontal_alignment=stretch, tight=not expand, expand=expand)


def piece(*controls: ft.Control) -> ft.Column:
    """A part of a form, there even when it is empty: what lies below keeps its place, and a field there its focus."""
    return column(*controls, gap=0)


def line(
    *controls: ft.Control,
    gap: float = theme.S,
    align: ft.MainAxisAlignment = ft.MainAxisAlignment.START,
    top: bool = False,
    tight: bool = False,
) -> ft.Row:
    """Side by side, centred on each other, or at the `top`."""
    cross = ft.CrossAxisAlignment.START if top else ft.CrossAxisAlignment.CENTER
    return ft.Row(list(controls), spacing=gap, vertical_alignment=cross, alignment=align, tight=tight)


def padding(x: float = 0, y: float = 0, right: float | None = None, bottom: float | None = None) -> ft.Padding:
    return ft.Padding(left=x, top=y, right=x if right is None else right, bottom=y if bottom is None else bottom)


def border(color: ft.ColorValue, width: float = 1) -> ft.Border:
    side = ft.BorderSide(width, color)
    return ft.Border(left=side, top=side, right=side, bottom=side)


# ---- what can be tapped


def tappable(
    content: ft.Control,
    call: Call | None,
    *,
    identifier: str | None = None,
    say: str | None = None,
    selected: bool | None = None,
    color: ft.ColorValue | None = None,
    radius: float | ft.BorderRadius = theme.CARD,
    pad: ft.Padding | None = None,
    edge: ft.Border | None = None,
    expand: bool | int | None = None,
    width: float | None = None,
    height: float | None = None,
    align: ft.Alignment | None = None,
) -> ft.Control:
    """The one thing every button is made of. `say` only when the content has no words of its own (an icon)."""
    surface = ft.Container(
        content,
        padding=pad,
        bgcolor=color,
        border_radius=radius,
        border=edge,
        width=width,
        height=height,
        alignment=align,
        ink=call is not None,
        on_click=guarded(call) if call else None,
    )
    return ft.Semantics(
        content=surface, button=True, label=say, selected=selected, identifier=identifier, expand=expand
    )


def button(
    words: str,
    call: Call | None,
    icon_name: ft.IconData | None = None,
    look: Look = "filled",
    *,
    expand: bool | int | None = None,
    small: bool = False,
    identifier: str | None = None,
) -> ft.Control:
    """About 60 high (`small`: 56). In a bar give `expand=True`: with large text the icon then makes room for the word.

    `call=None` draws it closed, with a lock: put `note(reason, ...)` right above it.
    """
    ground, ink = LOOKS[look] if call else (C.SURFACE_CONTAINER_HIGH, C.ON_SURFACE_VARIANT)
    shown = icon_name if call else ft.Icons.LOCK_OUTLINE
    in_bar = bool(expand)
    tight = in_bar and theme.is_large()
    kind: theme.Kind = "label" if small or tight else "name"
    word = text(words, kind, ink, align=ft.TextAlign.CENTER, cap=1.2 if in_bar else None, loose=True)
    pieces: list[ft.Control] = [icon(shown, 22, ink)] if shown and not tight else []
    above = 17 if small and pieces else 19  # an icon is higher than the word
    inner = line(*pieces, word, align=ft.MainAxisAlignment.CENTER, tight=True)
    return tappable(
        inner,
        call,
        identifier=identifier,
        color=ground,
        radius=theme.CHIP if small else theme.BIG,
        pad=padding(4 if tight else 10 if in_bar else 20, above),
        expand=expand,
        align=ft.Alignment.CENTER,
    )


def act(
    words: str,
    icon_name: ft.IconData,
    call: Call,
    *,
    who: str | None = None,
    look: Look = "tonal",
    width: float = ACT,
    identifier: str | None = None,
) -> ft.Control:
    """The clear act of a row: icon over word; full width under the words when text is large."""
    ground, ink = LOOKS[look]
    say = f"{words}: {who}" if who else None
    if theme.is_large():
        word = text(words, "label", ink, say=say)
        inner: ft.Control = line(icon(icon_name, 26, ink), word, gap=theme.M, align=ft.MainAxisAlignment.CENTER)
        return tappable(inner, call, identifier=identifier, color=ground, radius=theme.CHIP, pad=padding(12, 16))
    word = text(words, "small", ink, weight=600, say=say, align=ft.TextAlign.CENTER)
    inner = ft.Column(
        [icon(icon_name, 22, ink), word],
        spacing=2,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return tappable(
        inner, call, identifier=identifier, color=ground, radius=theme.CHIP, pad=padding(2, 9), width=width,
        align=ft.Alignment.CENTER,
    )  # fmt: skip


def icon_button(icon_name: ft.IconData, say: str, call: Call, *, identifier: str | None = None) -> ft.Control:
    return tappable(
        icon(icon_name, 24, INK), call, identifier=identifier, say=say, width=theme.TARGET, height=60,
        align=ft.Alignment.CENTER,
    )  # fmt: skip


def link(words: str, call: Call, *, identifier: str | None = None) -> ft.Control:
    """Pine words that can be tapped: *Ret*, *Vælg dag*."""
    return tappable(
        text(words, "label", C.PRIMARY, align=ft.TextAlign.CENTER),
        call,
        identifier=identifier,
        radius=theme.L,
        pad=padding(14, 19),
    )


# ---- a person, a thing


def disc(
    content: ft.Control | None,
    size: float = 44,
    color: ft.ColorValue | None = C.SURFACE_CONTAINER_HIGH,
    edge: ft.Border | None = None,
) -> ft.Container:
    return ft.Container(
        content,
        width=size,
        height=size,
        border_radius=size / 2,
        bgcolor=color,
        border=edge,
        alignment=ft.Alignment.CENTER,
    )


def icon_disc(icon_name: ft.IconData, tone: Tone = "sand", size: float = 44) -> ft.Container:
    ground, ink = TONES[tone]
    return disc(icon(icon_name, size / 2, C.PRIMARY if tone == "sand" else ink), size, ground)


def initial(of: str, name: str, size: float = 44) -> ft.Container:
    """The first letter on a disc; its colour is a hash of the id `of`, means nothing and is the same everywhere."""
    tones = (TONES["pine"], TONES["slate"], TONES["heather"], TONES["honey"], (C.SURFACE_CONTAINER_HIGHEST, INK))
    ground, ink = tones[zlib.crc32(of.encode()) % len(tones)]
    kind: theme.Kind = "name" if size < 56 else "headline"
    return disc(text(name[:1].upper(), kind, ink, cap=1.2, say=""), size, ground)


def time_chip(words: str) -> ft.Control:
    """10.30, in the place of the disc."""
    large = theme.is_large()
    return ft.Container(
        text(words, "label", cap=1.3),
        width=None if large else 50,
        padding=padding(14, 10) if large else padding(0, 12),
        border_radius=14,
        bgcolor=C.SURFACE_CONTAINER,
        alignment=None if large else ft.Alignment.CENTER,
    )
