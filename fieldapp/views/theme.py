"""The look's tokens: colours, type, space and shape (design/looks.md 2-4), and the two Flet themes made of them.

Colour is asked for by role (`ft.Colors.PRIMARY_CONTAINER`), never by value, so that dark follows by itself.
Text is made by `parts.text(words, kind)`; `text_style` is for the few controls that take a style.
"""

from typing import Literal, NamedTuple

import flet as ft

from fieldapp.texts import language

FONT = "Vedhold Sans"
FONTS = {FONT: "/fonts/VedholdSans.ttf"}

LIGHT = {
    "primary": "#17544C",
    "on_primary": "#FFFFFF",
    "primary_container": "#D2E9E1",
    "on_primary_container": "#06322C",
    "secondary": "#34506B",
    "on_secondary": "#FFFFFF",
    "secondary_container": "#DDE7F1",
    "on_secondary_container": "#152C42",
    "tertiary": "#6B4660",
    "on_tertiary": "#FFFFFF",
    "tertiary_container": "#F5E3ED",
    "on_tertiary_container": "#3B1F34",
    "error": "#8A3C12",
    "on_error": "#FFFFFF",
    "error_container": "#FBE3D3",
    "on_error_container": "#4A1C04",
    "surface": "#FAF6EF",
    "on_surface": "#211F1A",
    "on_surface_variant": "#4B473E",
    "surface_container_lowest": "#FFFFFF",
    "surface_container_low": "#F5F0E7",
    "surface_container": "#EFE9DE",
    "surface_container_high": "#E8E1D4",
    "surface_container_highest": "#E1D9CA",
    "surface_bright": "#FFFFFF",
    "surface_dim": "#DDD5C6",
    "outline": "#7A7466",
    "outline_variant": "#D8CFBF",
    "inverse_surface": "#33302A",
    "on_inverse_surface": "#F7F1E6",
    "inverse_primary": "#9AD4C5",
    "shadow": "#3A2F1C",
    "scrim": "#1A160E",
    "surface_tint": "#17544C",
    # Honey (small progress, strengths) lives in secondary_fixed: nothing else uses these roles.
    "secondary_fixed": "#F6E6BE",
    "on_secondary_fixed": "#3D2E06",
    "secondary_fixed_dim": "#7A5A0C",
    "on_secondary_fixed_variant": "#5A430B",
}
DARK = {
    "primary": "#9AD4C5",
    "on_primary": "#00382F",
    "primary_container": "#22493F",
    "on_primary_container": "#CDEFE4",
    "secondary": "#AFC9E4",
    "on_secondary": "#12304A",
    "secondary_container": "#2B3D50",
    "on_secondary_container": "#DCE9F7",
    "tertiary": "#E0BBD2",
    "on_tertiary": "#40263A",
    "tertiary_container": "#3F2F3A",
    "on_tertiary_container": "#F8DFEE",
    "error": "#F2B790",
    "on_error": "#4A1C04",
    "error_container": "#56331C",
    "on_error_container": "#FFE0CC",
    "surface": "#161511",
    "on_surface": "#EEE8DC",
    "on_surface_variant": "#CDC5B6",
    "surface_container_lowest": "#24221C",
    "surface_container_low": "#1D1B17",
    "surface_container": "#2A2821",
    "surface_container_high": "#35322A",
    "surface_container_highest": "#403C33",
    "surface_bright": "#3A372F",
    "surface_dim": "#100F0C",
    "outline": "#9C9484",
    "outline_variant": "#464137",
    "inverse_surface": "#EEE8DC",
    "on_inverse_surface": "#2C2923",
    "inverse_primary": "#17544C",
    "shadow": "#000000",
    "scrim": "#000000",
    "surface_tint": "#9AD4C5",
    "secondary_fixed": "#4A3D17",
    "on_secondary_fixed": "#FBE8B8",
    "secondary_fixed_dim": "#E5C774",
    "on_secondary_fixed_variant": "#EFD695",
}

Kind = Literal[
    "display", "headline", "title", "name", "body", "reason", "label", "section", "meta", "small", "hint"
]  # fmt: skip


class Type(NamedTuple):
    """`size` in dp at 100 %, `line` a factor of it, `tracking` in dp."""

    size: float
    weight: int
    line: float
    tracking: float


TYPE: dict[Kind, Type] = {
    "display": Type(44, 500, 1.10, -0.5),
    "headline": Type(28, 600, 1.18, -0.3),
    "title": Type(20, 600, 1.25, -0.1),
    "name": Type(17, 600, 1.25, 0),
    "body": Type(16, 400, 1.40, 0),
    "reason": Type(15, 400, 1.33, 0),
    "label": Type(15, 600, 1.20, 0),
    "section": Type(14, 600, 1.25, 0.1),
    "meta": Type(14, 400, 1.30, 0),
    "small": Type(13, 500, 1.25, 0.1),
    "hint": Type(14, 400, 1.25, 0),
}
WEIGHTS = {
    400: ft.FontWeight.W_400,
    500: ft.FontWeight.W_500,
    600: ft.FontWeight.W_600,
    700: ft.FontWeight.W_700,
}

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
PAGE = 16
IN_GROUP, CHIP, CARD, ROW, QUOTE, BIG, SHEET = 6, 18, 20, 22, 24, 28, 32
TARGET = 56
RAIL, LIST = 100, 400
"""What stands left of the pane on wide windows."""
NARROW = 640
"""Text and forms are never wider than this."""
TALL = 700
"""From here what a page begins with stays at the top, and what is tapped lies by the thumb."""
WIDE = 900
"""From here: rail, list and detail beside each other."""
LARGE_TEXT = 1.3
"""From this text scale rows turn into columns and acts fill the width."""
LETTER = 0.56
"""How wide a letter is, as a part of the text's size: the mean of Danish words in the font's heavier weights."""

_text_scale = 1.0
_width, _height = 390.0, 844.0


def use_text_scale(scale: float) -> None:
    """What the probe in root measured. One app, one screen: kept here as the language is kept in texts."""
    global _text_scale
    _text_scale = scale


def use_height(height: float) -> None:
    """The window's height in dp."""
    global _height
    _height = height


def use_width(width: float) -> None:
    """The window's width in dp, as root was told."""
    global _width
    _width = width


def is_tall() -> bool:
    """Whether there is room between the top and the thumb: not in landscape, nor with large text."""
    return _height >= TALL and not is_large()


def width() -> float:
    return _width


def is_wide() -> bool:
    """Whether rail, list and detail stand beside each other."""
    return _width >= WIDE


def text_scale() -> float:
    return _text_scale


def look() -> tuple[float, float, float, str]:
    """What every page is drawn by: a page kept from before is as good while this is the same."""
    return _text_scale, _width, _height, language()


def is_large() -> bool:
    """Whether the person reads with large text, so that rows must become columns."""
    return _text_scale >= LARGE_TEXT


def text_style(
    kind: Kind = "body", color: ft.ColorValue | None = None, *, weight: int | None = None, cap: float | None = None
) -> ft.TextStyle:
    """`cap`: the largest text scale followed, for bars and discs that cannot grow; reading text has none."""
    size, usual, line, tracking = TYPE[kind]
    if cap is not None and _text_scale > cap:
        size = size * cap / _text_scale
    return ft.TextStyle(
        size=size,
        weight=WEIGHTS[weight or usual],
        height=line,
        letter_spacing=tracking,
        color=color,
        font_family=FONT,
    )


def whole_words(words: str, kind: Kind) -> float | None:
    """The largest text scale at which the longest word stands on one line, or None when it does anyway.

    Danish has words of twenty letters; a line broken inside one ("kontakts / kabelsesperiode") costs more than size.
    """
    if not is_large():
        return None
    longest = max(map(len, words.replace("-", " ").split()), default=0)
    around = 2 * PAGE if kind == "headline" else 6 * PAGE  # a card and an icon beside it
    fits = (min(_width, NARROW) - around) / max(longest * TYPE[kind].size * LETTER, 1)
    return max(fits, 1.0) if fits < _text_scale else None


def _theme(colors: dict[str, str]) -> ft.Theme:
    fade = ft.PageTransitionTheme.FADE_FORWARDS
    return ft.Theme(
        color_scheme=ft.ColorScheme(**colors),
        font_family=FONT,
        scaffold_bgcolor=colors["surface"],
        hover_color=ft.Colors.with_opacity(0.05, colors["on_surface"]),
        page_transitions=ft.PageTransitionsTheme(
            android=fade, ios=ft.PageTransitionTheme.CUPERTINO, macos=fade, linux=fade, windows=fade
        ),
        system_overlay_style=ft.SystemOverlayStyle(
            status_bar_color=ft.Colors.TRANSPARENT, system_navigation_bar_color=colors["surface_container_low"]
        ),
    )


def light() -> ft.Theme:
    return _theme(LIGHT)


def dark() -> ft.Theme:
    return _theme(DARK)
