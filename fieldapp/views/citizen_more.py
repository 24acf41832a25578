"""What lies behind a citizen's overview and is not needed every day: a row each, leading to its page."""

import flet as ft

from fieldapp.actions import contacts, urgent
from fieldapp.actions.citizens import CitizenPage
from fieldapp.texts import _, ngettext
from fieldapp.views.parts import act, icon_disc
from fieldapp.views.reasons import sentence
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen


def more(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    lines = _lines(shown, screen)
    return [section(_("More about {name}", name=shown.name)), group(lines)] if lines else []


def _lines(shown: CitizenPage, screen: Screen) -> list[ft.Container]:
    """In the order of the day's need."""
    asked = ngettext("{count} question waits", "{count} questions wait", shown.asked) if shown.asked else None
    return [
        _urgent(shown, screen),
        line(shown, screen, _("Ask a colleague for help"), asked, ft.Icons.FORUM_OUTLINED, "ask"),
        line(
            shown,
            screen,
            _("Handover note"),
            _("What matters most for the one taking over"),
            ft.Icons.SWAP_HORIZ,
            "handover",
        ),
    ]


def _urgent(shown: CitizenPage, screen: Screen) -> ft.Container:
    """One tap puts the citizen at the top of I dag for everybody who supports them; one more takes it off."""
    today = screen.desk.today()

    def turn() -> None:
        if shown.urgent:
            saved, words = urgent.take_off(screen.desk, shown.id), _("Not urgent any more.")
        else:
            saved, words = urgent.mark(screen.desk, shown.id), _("Stands at the top of Today.")
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))

    title = _("Urgent today") if shown.urgent else _("Mark as urgent today")
    reason = sentence(shown.urgent, today) if shown.urgent else _("Puts {name} at the top of Today.", name=shown.name)
    side = act(_("Take off"), ft.Icons.CHECK, turn, who=shown.name, look="plain", identifier="urgent-off")
    return row(
        title,
        reason,
        lead=icon_disc(ft.Icons.PRIORITY_HIGH),
        side=side if shown.urgent else None,
        call=None if shown.urgent else turn,
        identifier="urgent",
    )


def line(
    shown: CitizenPage, screen: Screen, title: str, reason: str | None, icon_name: ft.IconData, then: str
) -> ft.Container:
    """A row that leads to the page `then` inside the citizen's."""
    return row(
        title, reason, lead=icon_disc(icon_name), call=lambda: screen.citizen(shown.id, then), identifier=f"more-{then}"
    )
