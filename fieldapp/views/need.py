"""The citizen's own experience of the need, asked at the start and along the way (000 §2.6; J7)."""

from datetime import date, timedelta

import flet as ft

from fieldapp.actions.citizens import CitizenPage
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.views.parts import space, tappable
from fieldapp.views.state import Screen

AGAIN = timedelta(days=90)
"""As often as there is a review."""


def need(shown: CitizenPage, screen: Screen) -> list[ft.Control]:
    """Until it has been asked, and again when the last of the citizen's own words are three months old."""
    if not is_time(shown, screen.desk.today()):
        return []
    words = _("Ask {name}, at the start and along the way. Write it in their own words.", name=shown.name)
    ask = note(words, ft.Icons.RECORD_VOICE_OVER_OUTLINED, "heather", _("“What do you need now?”"))
    to = tappable(ask, lambda: screen.citizen(shown.id, "say/words"), identifier="ask-need", radius=theme.CHIP)
    return [space(theme.L), to]


def is_time(shown: CitizenPage, today: date) -> bool:
    latest = max((each.said_on for each in shown.own_words), default=None)
    return latest is None or today - latest >= AGAIN
