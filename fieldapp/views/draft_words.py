"""The line above *Gem* that says that nothing typed can be lost."""

from datetime import datetime

import flet as ft

from fieldapp.texts import _
from fieldapp.views.days import clock, moment
from fieldapp.views.parts import MUTED, C, icon, text


def draft_line(restored_at: datetime | None, now: datetime) -> ft.Control:
    words = _("The draft is saved here while you write")
    if restored_at is not None:
        words = _("Your text from {time} is still here.", time=restored(restored_at, now))
    inner = ft.Row(
        [icon(ft.Icons.SMARTPHONE, 16, C.PRIMARY), text(words, "small", MUTED, cap=1.2)],
        spacing=6,
        alignment=ft.MainAxisAlignment.CENTER,
    )
    return ft.Semantics(content=inner, identifier="draft-line", container=True)


def restored(at: datetime, now: datetime) -> str:
    """kl. 10.42, with the day when it was another one."""
    local = at.astimezone(now.tzinfo)
    return clock(local) if local.date() == now.date() else moment(at, now)
