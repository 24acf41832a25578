"""What stands in a citizen's place when the citizen is not on this device (any more)."""

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note
from fieldapp.views.parts import space
from fieldapp.views.state import Screen


def gone(screen: Screen) -> ft.Control:
    words = _("This is not on your phone any more. If a colleague gives the support now, it is with them.")
    return page([space(theme.XXL), note(words, ft.Icons.INFO_OUTLINE)], act_bar(back=screen.back, hide=screen.hide))
