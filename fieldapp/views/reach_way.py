"""Which page one way to reach out leads to."""

import flet as ft

from fieldapp.actions import attempts
from fieldapp.domain.values import Way
from fieldapp.views.ended import has_died
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.reach import nobody_to_reach
from fieldapp.views.reach_network import Network
from fieldapp.views.reach_note import DoorNote
from fieldapp.views.reach_others import OtherKind, OtherWays
from fieldapp.views.reach_outcome import Outcomes
from fieldapp.views.reach_text import Texts, WasItSent
from fieldapp.views.reach_text_other import OtherTexts
from fieldapp.views.reach_worried import Worried
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def ReachWay() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    out = use_reading(attempts.read, at["citizen"])
    if out is None:
        return gone(screen)
    if has_died(out.standing):
        return nobody_to_reach(out, screen)
    match at["way"]:
        case "text":
            return Texts(out)
        case "texts":
            return OtherTexts(out)
        case "sent":
            return WasItSent(out)
        case "note":
            return DoorNote(out)
        case "other":
            return OtherKind(out)
        case "network":
            return Network(out)
        case "worried":
            return Worried(out.citizen)
        case "call" | "bell" | "known_place":
            return Outcomes(out, Way(at["way"]))
    return OtherWays(out)
