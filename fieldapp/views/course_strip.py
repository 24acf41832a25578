"""The course as six steps in a row (K1): what is now, what has been; they may overlap, and go backwards again."""

from collections.abc import Sequence

import flet as ft

from fieldapp.domain.course import State, Step
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.parts import MUTED, C, icon, line, padding, space, text
from fieldapp.words import P_, named

_STEPS = {
    Step.TRACING: P_("course", "Tracing"),
    Step.VISITATION: P_("course", "Referral decision"),
    Step.HOME: P_("course", "A home is found"),
    Step.SUPPORT: P_("course", "Support"),
    Step.BRIDGING: P_("course", "Building bridges"),
    Step.ENDING: P_("course", "Ending"),
}
_MARKS = {
    State.AHEAD: ft.Icons.CIRCLE_OUTLINED,
    State.NOW: ft.Icons.RADIO_BUTTON_CHECKED,
    State.BEEN: ft.Icons.CHECK_CIRCLE_OUTLINE,
}


def strip(course: Sequence[tuple[Step, State]]) -> ft.Control:
    help_ = _("Steps may overlap, and you may go back: support goes on meanwhile.")
    steps = ft.Row([_step(*each) for each in course], wrap=True, spacing=theme.S, run_spacing=theme.S)
    return card(text(_("The course"), "label", C.PRIMARY), steps, space(2), text(help_, "meta", MUTED))


def _step(step: Step, state: State) -> ft.Control:
    on = state is State.NOW
    ground, ink = (C.PRIMARY_CONTAINER, C.ON_PRIMARY_CONTAINER) if on else (C.SURFACE_CONTAINER, C.ON_SURFACE)
    ink = C.ON_SURFACE_VARIANT if state is State.AHEAD else ink
    word = named(_STEPS[step])
    inner = line(
        icon(_MARKS[state], 16, ink),
        text(word, "small", ink, weight=600 if on else 500, loose=True, say=_said(word, state)),
        gap=6,
        tight=True,
    )
    return ft.Container(inner, bgcolor=ground, border_radius=theme.L, padding=padding(10, 8))


def _said(word: str, state: State) -> str | None:
    """What the mark says to whoever sees it."""
    if state is State.NOW:
        return _("{step}: now", step=word)
    return _("{step}: has been", step=word) if state is State.BEEN else None
