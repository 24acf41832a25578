"""The dark bar above the bottom bar: what was saved, with *Fortryd*, and what went wrong."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import flet as ft

from fieldapp.views import theme

Handler = Callable[[ft.Event[Any]], Awaitable[None]]
SECONDS = 8
WIDTH, ABOVE = 480, 96
"""Of the bar on wide windows, and what lies below it."""


def show(
    words: str,
    icon: ft.IconData = ft.Icons.INFO_OUTLINE,
    act: str | None = None,
    on_act: Handler | None = None,
    seconds: int = SECONDS,
    more: tuple[str, Handler] | None = None,
) -> None:
    """Say something once, on whatever screen is next. `on_act` and the handler in `more` must be guarded."""
    page = ft.context.page
    hide_all(page)
    acts = [("change", *more)] if more else []
    if act and on_act:
        acts.append(("undo", act, on_act))
    page.show_dialog(_bar(page, words, icon, acts, seconds))


def hide_all(page: ft.Page) -> None:
    """Take away every bar, sheet and dialog: nothing of a citizen may lie above the cover."""
    while page.pop_dialog() is not None:
        pass


def _bar(
    page: ft.Page, words: str, icon: ft.IconData, acts: Sequence[tuple[str, str, Handler]], seconds: int
) -> ft.SnackBar:
    told = ft.Text(words, style=theme.text_style("reason", ft.Colors.ON_INVERSE_SURFACE))
    said = ft.Semantics(content=told, container=True, expand=True)  # said on its own, not as the name of the acts
    mark = ft.Icon(icon, size=22, color=ft.Colors.INVERSE_PRIMARY)
    row = ft.Row([mark, said], spacing=theme.M)
    bar = ft.SnackBar(
        row,
        bgcolor=ft.Colors.INVERSE_SURFACE,
        behavior=ft.SnackBarBehavior.FLOATING,
        duration=seconds * 1000,
        persist=False,
        padding=ft.Padding(left=18, top=4, right=6, bottom=4),
        shape=ft.RoundedRectangleBorder(radius=theme.CARD),
        margin=margin(page.width or 0),
        elevation=6,
    )
    buttons: list[ft.Control] = [_act(*each, bar) for each in acts]
    if len(buttons) < 2 and not theme.is_large():
        row.controls += buttons or [ft.Container(width=theme.M, height=theme.TARGET)]
    else:
        row.margin = ft.Margin(left=0, top=14, right=12, bottom=0 if buttons else 14)
        below = ft.Row(buttons, spacing=0, tight=True, wrap=theme.is_large())
        bar.content = ft.Column([row, below], spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.END)
    return bar


def margin(width: float) -> ft.Margin:
    """Above the bottom bar; on wide windows in the middle of the pane, above its acts."""
    if width < theme.WIDE:
        return ft.Margin(left=theme.M, top=0, right=theme.M, bottom=ABOVE)
    left = theme.RAIL + theme.LIST
    room = max((width - left - WIDTH) / 2, theme.M)
    return ft.Margin(left=left + room, top=0, right=room, bottom=ABOVE)


def _act(identifier: str, words: str, on_act: Handler, bar: ft.SnackBar) -> ft.Control:
    async def pressed(event: ft.Event[Any]) -> None:
        bar.open = False
        bar.update()
        await on_act(event)

    button = ft.Container(
        ft.Text(words, style=theme.text_style("label", ft.Colors.INVERSE_PRIMARY)),
        padding=ft.Padding(left=14, top=19, right=14, bottom=19),
        border_radius=theme.L,
        ink=True,
        on_click=pressed,
    )
    return ft.Semantics(content=button, button=True, identifier=identifier)
