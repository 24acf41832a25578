"""Less harm as a goal of its own: where, and which (000 §2.8; A8, M2, M4); behind a tap until something was chosen."""

import asyncio
from collections.abc import Iterable
from enum import StrEnum

import flet as ft

from fieldapp.actions import goals as actions
from fieldapp.actions.goals import Goal
from fieldapp.domain.values_life import HarmArea, HarmTag
from fieldapp.texts import _
from fieldapp.views.parts import MUTED, column, link, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_screen
from fieldapp.words import word, words


@ft.component
def Harm(goal: Goal) -> ft.Control:
    screen = use_screen()
    opened, open_it = ft.use_state(False)
    chosen = bool(goal.harm_areas or goal.harm)

    async def turn(**which: str) -> None:
        await asyncio.to_thread(lambda: actions.set_harm(screen.desk, goal.id, **which))
        screen.changed()

    if goal.ended_on or not (opened or chosen):
        said = [
            text(" · ".join(filter(None, (words(HarmArea, goal.harm_areas), words(HarmTag, goal.harm)))), "meta", MUTED)
        ]
        more = [] if goal.ended_on else [link(_("Less harm"), lambda: open_it(True), identifier="harm")]
        return column(*(said if chosen else []), ft.Row(list[ft.Control](more)), gap=0)
    return column(
        section(_("Less harm")),
        text(_("Also that the use does not increase is a step forward."), "meta", MUTED),
        choice(_options(HarmArea), set(goal.harm_areas), lambda code: turn(area=code), name="harm-area"),
        section(_("Which harm?")),
        choice(_options(HarmTag), set(goal.harm), lambda code: turn(tag=code), name="harm"),
    )


def _options(of: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(code.value, word(type(code), code)) for code in of]
