"""Elsewhere right now (F7): asked when the citizen is not, and where it stands when they are. The support goes on."""

import flet as ft

from fieldapp.actions import absences
from fieldapp.views.away_form import GoAway
from fieldapp.views.away_now import AwayNow
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def Away() -> ft.Control:
    screen = use_screen()
    shown = use_reading(absences.read, ft.use_route_params()["citizen"])
    if shown is None:
        return gone(screen)
    page: ft.Control = GoAway(shown) if shown.away is None else AwayNow(shown, shown.away)
    return page
