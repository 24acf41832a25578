"""Calling somebody: through the phone's own dialler, and back to the same page."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views.parts import act
from fieldapp.views.state import Screen


def call_act(number: str, who: str, screen: Screen, identifier: str) -> ft.Control:
    async def call() -> None:
        screen.leave()
        await screen.gate.platform.open_call(number)

    return act(_("Call"), ft.Icons.CALL_OUTLINED, call, who=who, identifier=identifier)
