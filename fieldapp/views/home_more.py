"""What lies behind the page of the home: where somebody sleeps, those around, the money, the authority."""

import flet as ft

from fieldapp.actions.home_page import HomePage
from fieldapp.domain.values import Situation
from fieldapp.domain.values_life import Visitation
from fieldapp.texts import _, ngettext
from fieldapp.views.days import said_on
from fieldapp.views.parts import icon_disc
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen
from fieldapp.words import word


def more(home: HomePage, screen: Screen) -> list[ft.Control]:
    def to(title: str, reason: str | None, icon_name: ft.IconData, then: str) -> ft.Container:
        return row(
            title,
            reason,
            lead=icon_disc(icon_name),
            call=lambda: screen.citizen(home.citizen, f"home/{then}"),
            identifier=f"home-{then}",
        )

    rows = [
        to(_("Where does {name} sleep?", name=home.name), _where(home, screen), ft.Icons.BEDTIME_OUTLINED, "where"),
        to(_("Homes until now"), _homes(home), ft.Icons.HISTORY, "history"),
        to(_("Neighbours and landlord"), _("Only with {name}'s yes", name=home.name), ft.Icons.DOOR_FRONT_DOOR_OUTLINED,
           "talks"),
        to(_("Administration agreement"), _("Rent and bills are paid first, by {name}'s own wish", name=home.name),
           ft.Icons.SAVINGS_OUTLINED, "money"),
        to(_("Referral decision"), decided(home.stands, home.undecided), ft.Icons.GAVEL_OUTLINED, "visitation"),
    ]  # fmt: skip
    return [section(_("More about the home")), group(rows)]


def _where(home: HomePage, screen: Screen) -> str:
    if not home.situation:
        return _("Not known yet")
    since = next((each for each in home.situations if each.situation == home.situation), None)
    if since is None:
        return word(Situation, home.situation)
    day = said_on(since.from_on, screen.desk.today())
    return _("{situation}, since {day}", situation=word(Situation, home.situation), day=day)


def _homes(home: HomePage) -> str | None:
    """Neither a count nor a verdict: what is known of them can be read."""
    return None if home.homes else _("None that we know of")


def decided(stands: str | None, undecided: int | None) -> str:
    """F2: the support does not wait, and the days are told calmly."""
    said = word(Visitation, stands) if stands else ""
    if undecided is None:
        return said or _("Not written here")
    waits = ngettext(
        "Support has begun. {count} day since the first contact, and no decision yet.",
        "Support has begun. {count} days since the first contact, and no decision yet.",
        undecided,
    )
    return f"{said}. {waits}" if said else waits
