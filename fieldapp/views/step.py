"""A page with one thing to do and nothing around it, for first start and the locked door."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.drawings import landscape
from fieldapp.views.guard import Call
from fieldapp.views.parts import MUTED, C, button, column, heading, line, space, text


def lead(title: str, reason: str) -> list[ft.Control]:
    return [heading(title, color=C.PRIMARY), text(reason, "body", MUTED), space(4)]


def problem(words: str) -> list[ft.Control]:
    return [note(words, ft.Icons.REPLAY, "clay", live=True, identifier="problem")] if words else []


def step(
    body: list[ft.Control],
    act: str,
    call: Call,
    busy: bool,
    identifier: str,
    *,
    drawing: bool = False,
    second: ft.Control | None = None,
) -> ft.Control:
    """What is read scrolls; what is done stays under the thumb."""
    drawn = drawing and not theme.is_large()
    top = [ft.Row([landscape(150)]), space(8)] if drawn else [space(24)]
    above = ft.ListView([column(*top, *body, gap=12)], expand=True, padding=ft.Padding.symmetric(vertical=16))
    ring = ft.ProgressRing(width=18, height=18, stroke_width=2)
    waiting = line(ring, text(_("One moment"), "meta", MUTED), gap=10, align=ft.MainAxisAlignment.CENTER)
    main = button(act, call, ft.Icons.ARROW_FORWARD, identifier=identifier)
    return column(above, *([waiting] if busy else []), main, *([second] if second else []), gap=12, expand=True)
