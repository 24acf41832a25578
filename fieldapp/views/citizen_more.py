"""What lies behind a citizen's overview and is not needed every day: a row each, leading to its page."""

import flet as ft

from fieldapp.actions.citizens import CitizenPage
from fieldapp.texts import _
from fieldapp.views.parts import icon_disc
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen


def more(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    lines = _lines(shown, screen)
    return [section(_("More about {name}", name=shown.name)), group(lines)] if lines else []


def _lines(shown: CitizenPage, screen: Screen) -> list[ft.Container]:
    """In the order of the day's need."""
    return [
        line(shown, screen, _("Details"), _("Name, number, address, language"), ft.Icons.BADGE_OUTLINED, "details"),
        line(shown, screen, _("Is it the same person?"), _("If somebody is here twice"), ft.Icons.MERGE, "same"),
    ]


def line(
    shown: CitizenPage, screen: Screen, title: str, reason: str | None, icon_name: ft.IconData, then: str
) -> ft.Container:
    """A row that leads to the page `then` inside the citizen's."""
    return row(
        title, reason, lead=icon_disc(icon_name), call=lambda: screen.citizen(shown.id, then), identifier=f"more-{then}"
    )
