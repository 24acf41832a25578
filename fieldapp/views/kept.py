"""A page that lies below another is not drawn again with it: drawing all of them took half the time of opening one."""

import weakref
from collections.abc import Callable

import flet as ft
from flet.components.component import Component
from flet.components.utils import current_component

from fieldapp.views import theme
from fieldapp.views.later import BELOW, use_later


def use_kept(draw: Callable[[], ft.Control], in_front: bool, at: str = "") -> ft.Control:
    """`draw()`, a component, again only when it comes in front, looks another way or lies somewhere else (`at`).

    What has changed of its own (rows, a tap) it draws itself. One that was never in front is drawn when there is time.
    """
    times, was = ft.use_ref(0), ft.use_ref(False)
    has_time = use_later(BELOW)
    if in_front and not was.current:
        times.current += 1
    was.current = in_front
    begun = bool(times.current) or has_time
    shown = (draw, at, times.current, begun, theme.look())
    page = ft.use_memo(lambda: draw() if begun else ft.Container(expand=True), shown)
    if isinstance(page, Component):
        # Flet 1.0.5 keeps a control that is the same object, but lets its link to the component around it go stale,
        # and with it the screen and the route.
        object.__setattr__(page, "_parent_component", weakref.ref(current_component()))
    return page
