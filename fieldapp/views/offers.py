"""Offers: what the citizen was offered, whether one went along, and what the citizen says of it (T8)."""

import flet as ft

from fieldapp.actions import citizens, offers
from fieldapp.actions.offers import Offer
from fieldapp.domain.values_day import Verdict
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.moments import quoted
from fieldapp.views.parts import MUTED, button, column, icon_disc, line, space, text
from fieldapp.views.rows import beside, group, surface
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Offers() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, found = use_reading(citizens.read, citizen), use_reading(offers.read, citizen)
    if shown is None:
        return gone(screen)
    help_ = _("An offer is an invitation. The citizen decides, and the support goes on whatever the answer is.")
    body = [
        person_head(shown.id, shown.name, _("Offers")),
        space(theme.L),
        note(help_, ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED),
        space(theme.M),
        *([group([_row(each, citizen, screen) for each in found])] if found else []),
    ]
    add = button(_("New offer"), lambda: screen.citizen(citizen, "offers/new"), ft.Icons.ADD, expand=True,
                 identifier="add-offer")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="offers")


def _row(each: Offer, citizen: str, screen: Screen) -> ft.Container:
    day = text(said_on(each.on, screen.desk.today()), "small", MUTED)
    title = text(each.what, "name", expand=not theme.is_large())
    told = [
        *([_("You went along")] if each.went_along else []),
        *([word(Verdict, each.verdict)] if each.verdict else []),
    ]
    words = column(
        column(title, day) if theme.is_large() else line(title, day, top=True),
        *([text(" · ".join(told), "reason", MUTED)] if told else []),
        *([quoted(each.own_words)] if each.own_words else []),
        gap=3,
        expand=None if theme.is_large() else True,
    )
    lead = icon_disc(ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED)
    call = lambda: screen.citizen(citizen, f"offers/{each.id}")  # noqa: E731
    return surface(beside(lead, words), call, identifier=f"offer-{each.id}")
