"""While a new person is written down: those it could already be, so that nobody is registered twice."""

import flet as ft

from fieldapp.actions import citizens
from fieldapp.actions.citizens import CitizenLine
from fieldapp.actions.desk import Desk
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.guard import shielded
from fieldapp.views.parts import column, initial, space
from fieldapp.views.reasons import since
from fieldapp.views.rows import group, row
from fieldapp.views.state import use_long_reading, use_screen

AT_MOST = 3


@ft.component
@shielded
def Similar(name: str, phone: str = "", place: str = "") -> ft.Control:
    """By the name; by the number's last digits; by the place while nobody knows a name."""
    screen = use_screen()
    found = use_long_reading(_found, name, phone, place)
    if not found:
        return ft.Container()
    today = screen.desk.today()

    def one(each: CitizenLine) -> ft.Container:
        lead, last = initial(each.id, each.name), since(each.last, today)
        return row(
            each.name, None, last, lead=lead, call=lambda: screen.citizen(each.id), identifier=f"similar-{each.id}"
        )

    asked = _("Do you already know {name}? Look before you add.", name=name or _("the person"))
    return column(
        space(theme.S),
        note(asked, ft.Icons.PEOPLE_OUTLINE),
        space(theme.S),
        group([one(each) for each in found[:AT_MOST]]),
        gap=0,
    )


def _found(desk: Desk, name: str, phone: str, place: str) -> tuple[CitizenLine, ...]:
    return citizens.similar(desk, name, phone, place) if name or phone or place else ()
