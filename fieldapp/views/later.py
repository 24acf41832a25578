"""What is not looked at yet is drawn a moment later, so that what is looked at comes at once."""

import asyncio
from collections.abc import Callable, Sequence

import flet as ft

from fieldapp.views.parts import column

SOON = 0.0
"""Seconds: what is in front has been sent by then, and is being painted."""
BELOW = 0.4
"""For a page that lies below: somebody may swipe back to it."""


@ft.component
def Later(draw: Callable[[], Sequence[ft.Control]], seconds: float = SOON) -> ft.Control:
    """Nothing at first, then what `draw` gives, and from then on as anything else."""
    ready = use_later(seconds)
    return column(*(draw() if ready else ()), gap=0)


def use_later(seconds: float) -> bool:
    """False at first, True when so much time has gone by: the component is then drawn again."""
    ready, set_ready = ft.use_state(False)
    waiting: ft.Ref[asyncio.TimerHandle | None] = ft.use_ref(None)

    def begin() -> None:
        if not ready:
            waiting.current = asyncio.get_running_loop().call_later(seconds, lambda: set_ready(True))

    def end() -> None:
        if waiting.current:
            waiting.current.cancel()

    ft.use_effect(begin, [], end)
    return ready
