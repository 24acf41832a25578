"""Language help under a field: each word the manual would not use, with a tap that puts the better one in its place.

It stands below the field and is drawn alone, so that no letter is lost above it. It blocks nothing, counts nothing
and is sent nowhere.
"""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import word_choices
from fieldapp.domain.words_to_avoid import Avoided, find, replaced
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.parts import MUTED, C, column, icon, line, padding, tappable, text
from fieldapp.views.state import SCREEN, use_reading


class Typed:
    """Told at each key; what stands under the field listens, each under its name."""

    def __init__(self) -> None:
        self.heard: dict[str, Callable[[], None]] = {}

    def tell(self) -> None:
        for heard in tuple(self.heard.values()):
            heard()


@ft.component
def WordHelp(form: object, attr: str, typed: Typed, replace: Callable[[str], None]) -> ft.Control:
    """Before the vault is open there is no team and nothing to help with."""
    if ft.use_context(SCREEN) is None:
        return ft.Container()
    found: ft.Control = _Found(form, attr, typed, replace)
    return found


@ft.component
def _Found(form: object, attr: str, typed: Typed, replace: Callable[[str], None]) -> ft.Control:
    avoided = use_reading(word_choices.read)
    _times, draw = ft.use_state(0)
    found = _distinct(getattr(form, attr), avoided)

    def heard() -> None:
        """Drawn again only when there is another word to say something about."""
        if _distinct(getattr(form, attr), avoided) != found:
            draw(lambda times: times + 1)

    typed.heard["words"] = heard

    def put_in(which: Avoided) -> Callable[[], None]:
        return lambda: replace(replaced(getattr(form, attr), which))

    return column(*(_line(said, which, put_in(which)) for said, which in found), gap=0)


def _distinct(words: str, avoided: tuple[Avoided, ...]) -> list[tuple[str, Avoided]]:
    """Each once, as it was said first."""
    said: dict[Avoided, str] = {}
    for each in find(words, avoided):
        said.setdefault(each.avoided, each.said)
    return [(words, which) for which, words in said.items()]


def _line(said: str, which: Avoided, call: Callable[[], None]) -> ft.Control:
    mark = icon(ft.Icons.SPELLCHECK, 20)
    if not which.better:
        words = text(_("{word}: the team avoids it.", word=said), "meta", MUTED, expand=True)
        return ft.Container(line(mark, words, gap=theme.M), padding=padding(16, 12))
    words = text(_("{word}: rather write {better}", word=said, better=which.better), "meta", MUTED, expand=True)
    tap = text(_("Put it in"), "label", C.PRIMARY)
    inner = column(line(mark, words, gap=theme.M), tap) if theme.is_large() else line(mark, words, tap, gap=theme.M)
    return tappable(inner, call, identifier=f"word-{said}", radius=theme.CHIP, pad=padding(16, 18))
