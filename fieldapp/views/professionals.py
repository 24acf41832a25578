"""The professionals around a citizen (T13, T9): who works where, called with one tap."""

from collections.abc import Sequence

import flet as ft

from fieldapp.actions import citizens, consents, professionals
from fieldapp.actions.consents import Registered
from fieldapp.actions.professionals import Professional
from fieldapp.domain.consent import State
from fieldapp.domain.values_day import Sector
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import long_date
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.people_calls import call_act
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Professionals() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    people = use_reading(professionals.read, citizen)
    if shown is None:
        return gone(screen)
    now = [person_row(citizen, each, screen) for each in people if each.ended_on is None]
    before = [person_row(citizen, each, screen) for each in people if each.ended_on is not None]
    nobody = _("Nobody yet. Add who works with {name} too, so that you can work together.", name=shown.name)
    body = [
        person_head(citizen, shown.name, _("Professionals")),
        space(theme.L),
        group(now) if now else note(nobody, ft.Icons.GROUPS_OUTLINED),
        *([section(_("Earlier")), group(before)] if before else []),
        space(theme.L),
        group([_yes(use_reading(consents.register, citizen), citizen, shown.name, screen)]),
    ]
    add = button(
        _("Add"), lambda: screen.citizen(citizen, "professionals/new"), ft.Icons.ADD, expand=True, identifier="add"
    )
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="professionals")


def _yes(register: Sequence[Registered], citizen: str, name: str, screen: Screen) -> ft.Container:
    """Whom the citizen's yes is about: a call about anything else waits until you have asked (J1)."""
    to = [each.consent.to for each in register if each.state is State.HOLDS]
    told = _("{name} has said yes to: {who}", name=name, who=", ".join(to)) if to else _("No yes is noted yet.")
    return row(
        _("Talk about {name} only with {name}'s yes", name=name),
        told,
        lead=icon_disc(ft.Icons.HANDSHAKE_OUTLINED),
        call=lambda: screen.citizen(citizen, "consents"),
        identifier="to-consents",
    )


def person_row(citizen: str, each: Professional, screen: Screen) -> ft.Container:
    """Opens to be changed; the act calls."""
    where = word(Sector, each.sector) if each.sector else None
    told = " · ".join(filter(None, (each.job, where)))
    ended = _("Until {date}", date=long_date(each.ended_on)) if each.ended_on else None
    may_call = each.phone and each.ended_on is None
    return row(
        each.name,
        told or None,
        ended or each.note,
        lead=icon_disc(ft.Icons.BADGE_OUTLINED),
        side=call_act(each.phone, each.name, screen, f"call-{each.id}") if each.phone and may_call else None,
        call=lambda: screen.citizen(citizen, f"professionals/{each.id}"),
        identifier=f"professional-{each.id}",
        meta_icon=ft.Icons.NOTES,
    )
