"""What stands in a citizen's place when the citizen is not on this device (any more), or the page is closed."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note
from fieldapp.views.parts import space
from fieldapp.views.state import Screen


def gone(screen: Screen, why: str | None = None) -> ft.Control:
    """`why`: they are here, and this is what keeps the page shut."""
    words = why or _("This is not on your phone any more. If a colleague gives the support now, it is with them.")
    return page([space(theme.XXL), note(words, ft.Icons.INFO_OUTLINE)], act_bar(back=screen.back, hide=screen.hide))
