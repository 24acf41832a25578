"""What is read: heads of pages, cards, notes, pills, and the citizen's own words on heather."""

from collections.abc import Sequence

import flet as ft

from fieldapp.views import theme
from fieldapp.views.parts import (
    MUTED,
    TONES,
    C,
    Tone,
    column,
    heading,
    icon,
    initial,
    line,
    padding,
    text,
)


def card(*controls: ft.Control, tone: Tone = "card", gap: float = theme.S) -> ft.Container:
    return ft.Container(
        column(*controls, gap=gap), bgcolor=TONES[tone][0], border_radius=theme.CARD, padding=padding(16, 14)
    )


def note(
    words: str,
    icon_name: ft.IconData,
    tone: Tone = "sand",
    title: str | None = None,
    *,
    live: bool = False,
    identifier: str | None = None,
) -> ft.Control:
    """One or two sentences on a tone. `live`: a screen reader says it as it appears (errors, results)."""
    ground, ink = TONES[tone]
    said: list[ft.Control] = [*([text(title, "label", ink)] if title else []), text(words, "reason", ink)]
    inner = line(icon(icon_name, 22, ink), ft.Column(said, spacing=2, tight=True, expand=True), gap=theme.M, top=True)
    surface = ft.Container(inner, bgcolor=ground, border_radius=theme.CHIP, padding=padding(16, 14))
    return ft.Semantics(content=surface, live_region=live or None, identifier=identifier, container=True)


def pill(words: str, icon_name: ft.IconData, tone: Tone = "sand") -> ft.Control:
    ground, ink = TONES[tone]
    color = MUTED if tone == "sand" else ink
    inner = line(icon(icon_name, 18, color), text(words, "meta", color, loose=True), tight=True)
    return ft.Container(inner, bgcolor=ground, border_radius=theme.L, padding=padding(12, 7))


def quote_card(title: str, quotes: Sequence[tuple[str, str, str]]) -> ft.Control:
    """The citizen's own words on heather: (label, words, when), each. The quote marks are put on here."""
    ink = C.ON_TERTIARY_CONTAINER

    def one(label: str, words: str, when: str) -> ft.Control:
        return ft.Column(
            [
                text(label, "small", C.TERTIARY, weight=600),
                text(f"“{words}”", "body", ink),
                text(when, "small", ink, weight=400),
            ],
            spacing=2,
            tight=True,
        )

    head = line(icon(ft.Icons.FORMAT_QUOTE, 22, C.TERTIARY), text(title, "label", ink, expand=True))
    return ft.Container(
        column(head, *(one(*each) for each in quotes), gap=14),
        bgcolor=C.TERTIARY_CONTAINER,
        border_radius=theme.QUOTE,
        padding=padding(18, 16),
    )


def mark(title: str, value: str, reason: str | None, icon_name: ft.IconData, tone: Tone) -> ft.Container:
    """One of the two marks on a citizen's page: housing (slate) and support (pine), in a `pair`."""
    ground, ink = TONES[tone]
    head = line(icon(icon_name, 20, ink), text(title, "small", ink, weight=600, expand=True))
    last = [text(reason, "small", ink, weight=400)] if reason else []
    return ft.Container(
        column(head, text(value, "name", ink), *last, gap=4),
        bgcolor=ground,
        border_radius=theme.CARD,
        padding=padding(16, 14),
    )


def person_head(of: str, name: str, reason: str | None, *, big: bool = False) -> ft.Control:
    """The top of a page about somebody: `big` on the overview, small on the pages inside."""
    title = heading(name, "headline" if big else "title", 1)
    words = [title, *([text(reason, "meta", MUTED)] if reason else [])]
    return line(
        initial(of, name, 60 if big else 44),
        ft.Column(words, spacing=2 if big else 0, tight=True, expand=True),
        gap=14 if big else theme.M,
        top=theme.is_large(),  # beside the name, not beside the middle of three lines
    )


def page_head(title: str, reason: str | None = None) -> ft.Control:
    """The top of a page: its title, and one line saying it in words."""
    return column(heading(title), *([text(reason, "meta", MUTED)] if reason else []), gap=2)
