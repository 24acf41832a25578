"""*Skjul nu*: a plain clock, the same for everyone. The key is already gone; a tap leads to the code."""

import asyncio
from datetime import datetime

import flet as ft

from fieldapp.texts import _
from fieldapp.views import days
from fieldapp.views.guard import Call, guarded
from fieldapp.views.parts import MUTED, C, text


@ft.component
def Cover(uncover: Call) -> ft.Control:
    now, set_now = ft.use_state(datetime.now().astimezone())

    async def follow_the_clock() -> None:
        while True:
            await asyncio.sleep(60 - datetime.now().astimezone().second)
            set_now(datetime.now().astimezone())

    ft.use_effect(follow_the_clock, [])
    clock = ft.Column(
        [
            text(days.clock(now), "display", C.ON_SURFACE, weight=400, cap=1.6),
            text(days.full_day(now.date()), "body", MUTED, align=ft.TextAlign.CENTER),
        ],
        spacing=6,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    # Nothing answers the finger but the page behind: a ripple would tell that there is one.
    face = ft.Container(clock, alignment=ft.Alignment(0, -0.45), expand=True, on_click=guarded(uncover))
    return ft.Semantics(content=face, button=True, label=_("Tap to return"), identifier="cover", expand=True)
