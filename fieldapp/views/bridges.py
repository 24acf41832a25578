"""The log of bridges (K7, T8): where to, with whom, the meeting together, and what the citizen says of it."""

import flet as ft

from fieldapp.actions import bridges, citizens
from fieldapp.actions.bridges import Bridge
from fieldapp.domain.values_day import Verdict
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import coming, past, said_on
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.moments import quoted
from fieldapp.views.parts import MUTED, button, column, icon_disc, line, space, text
from fieldapp.views.rows import beside, group, surface
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Bridges() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, found = use_reading(citizens.read, citizen), use_reading(bridges.read, citizen)
    if shown is None:
        return gone(screen)
    help_ = _("Build bridges to what is there for everybody, while you are still around. The citizen decides.")
    body = [
        person_head(shown.id, shown.name, _("Building bridges")),
        space(theme.L),
        note(help_, ft.Icons.DIVERSITY_3_OUTLINED),
        space(theme.M),
        *([group([_row(each, citizen, screen) for each in found])] if found else []),
    ]
    add = button(
        _("New bridge"),
        lambda: screen.citizen(citizen, "ending/bridges/new"),
        ft.Icons.ADD,
        expand=True,
        identifier="add-bridge",
    )
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="bridges")


def _row(each: Bridge, citizen: str, screen: Screen) -> ft.Container:
    said, today = each.said, screen.desk.today()
    day = text(said_on(each.on, today), "small", MUTED)
    title = text(said.to, "name", expand=not theme.is_large())
    words = column(
        column(title, day) if theme.is_large() else line(title, day, top=True),
        *([text(about, "reason", MUTED)] if (about := _about(each, screen)) else []),
        *([quoted(said.own_words)] if said.own_words else []),
        gap=3,
        expand=None if theme.is_large() else True,
    )
    lead = icon_disc(ft.Icons.DIVERSITY_3_OUTLINED)
    call = lambda: screen.citizen(citizen, f"ending/bridges/{each.id}")  # noqa: E731
    return surface(beside(lead, words), call, identifier=f"bridge-{each.id}")


def _about(each: Bridge, screen: Screen) -> str:
    """Kontakt: Mette · I mødes sammen på torsdag · I fulgtes ad · Hjælper lidt"""
    said, today = each.said, screen.desk.today()
    meets = said.joint_meeting_on
    told = [
        said.contact,
        _("You meet together {day}", day=coming(meets, today)) if meets and meets >= today else "",
        _("You met together {day}", day=past(meets, today)) if meets and meets < today else "",
        _("You went along") if said.went_along else "",
        word(Verdict, said.verdict) if said.verdict else "",
        _("Built") if each.ended_on else "",
        _("From before the support was resumed") if each.earlier else "",
    ]
    return " · ".join(filter(None, told))
