"""Words one may begin with, below a field while nothing is written in it: a tap puts them there, to be changed."""

from collections.abc import Callable

import flet as ft

from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.cards import card
from fieldapp.views.parts import C, button, column, space, text
from fieldapp.views.word_help import Typed


@ft.component
def Offered(
    form: object, attr: str, typed: Typed, words: str, put: Callable[[str], None], identifier: str | None
) -> ft.Control:
    """Drawn alone, so that no letter is lost above it; gone with the first letter, as it would write over it."""
    _times, draw = ft.use_state(0)
    empty = not getattr(form, attr).strip()

    def heard() -> None:
        if empty == bool(getattr(form, attr).strip()):
            draw(lambda times: times + 1)

    typed.heard["offered"] = heard
    if not empty:
        return ft.Container()
    take = button(
        _("Use these words"),
        lambda: put(words),
        ft.Icons.FORMAT_QUOTE,
        "quiet",
        small=True,
        identifier=f"{identifier}-use",
    )
    said = card(text(f"“{words}”", "body", C.ON_TERTIARY_CONTAINER), tone="heather")
    return column(space(theme.S), said, take)
