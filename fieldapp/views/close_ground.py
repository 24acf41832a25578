"""What each ground needs, shown below the chosen one: the words, the tick, or the way to the page where it is noted."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions.closings import ClosingForm, Ending
from fieldapp.domain.values import ClosingGround
from fieldapp.domain.values_life import Replacement
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.days import coming, past
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling
from fieldapp.views.form_parts import ticked
from fieldapp.views.parts import MUTED, button, icon_disc, space, text
from fieldapp.views.rows import chips, group, row
from fieldapp.views.state import Screen
from fieldapp.words import word


def about_ground(
    found: Ending, filling: Filling[ClosingForm], changed: Callable[[], None], screen: Screen
) -> list[ft.Control]:
    match filling.form.ground:
        case ClosingGround.REPLACEMENT:
            return [group([_takes_over(found, screen)]), *_source()]
        case ClosingGround.MANAGES_ALONE:
            hint = _("As it was said, as far as you can.")
            asked = _("What does {name} say about managing alone?", name=found.name)
            return [_own_words(filling, asked, hint, changed)]
        case ClosingGround.OWN_WISH:
            said = _("What {name} says to the support", name=found.name)
            return [_to(found, screen, said, ft.Icons.RECORD_VOICE_OVER_OUTLINED, "support"), space(theme.M),
                    _leader(filling)]  # fmt: skip
        case ClosingGround.LONG_IMPRISONMENT:
            return [_to(found, screen, _("Is elsewhere"), ft.Icons.MOVE_DOWN, "away"), *_pause_first()]
        case ClosingGround.MOVED_MUNICIPALITY:
            moves = _("Moves to another municipality")
            return [_to(found, screen, moves, ft.Icons.MOVE_DOWN, "ending/move")]
        case ClosingGround.AUTHORITY_DECISION:
            return [_leader(filling), space(theme.M), group([_takes_over(found, screen)])]
    return []


def _takes_over(found: Ending, screen: Screen) -> ft.Container:
    """Asked for by every ground that ends in other support; demanded where it is the ground."""
    named, today = found.replacement, screen.desk.today()
    told = _("What, who and from when")
    if named is not None and named.said.starts_on is not None:
        starts = named.said.starts_on
        when = coming(starts, today) if starts > today else past(starts, today)
        begun = _("It has begun") if named.said.begun else _("Starts {day}", day=when)
        told = " · ".join(filter(None, (word(Replacement, named.said.what or ""), named.said.who, begun)))
    return row(
        _("What takes over?"),
        told,
        lead=icon_disc(ft.Icons.HANDSHAKE_OUTLINED, "pine" if named and named.said.begun else "sand"),
        call=lambda: screen.citizen(found.citizen, "ending/close/replacement"),
        identifier="takes-over",
    )


def _source() -> list[ft.Control]:
    words = _("From the Housing First manual, section 2.3. That the app waits for it is our own choice.")
    return [space(theme.S), ft.Container(text(words, "meta", MUTED), padding=ft.Padding(6, 0, 6, 0))]


def _pause_first() -> list[ft.Control]:
    words = _("With a shorter stay the support goes on, or is put on pause.")
    return [space(theme.S), ft.Container(text(words, "meta", MUTED), padding=ft.Padding(6, 0, 6, 0))]


def _own_words(filling: Filling[ClosingForm], label: str, hint: str, changed: Callable[[], None]) -> ft.Control:
    return Field(
        filling.form,
        "own_words",
        label,
        voice="citizen",
        hint=hint,
        lines=2,
        identifier="own-words",
        changed=changed,
        left=filling.left,
    )


def _leader(filling: Filling[ClosingForm]) -> ft.Control:
    return chips(ticked(filling, "leader_told", _("I have told my leader")))


def _to(found: Ending, screen: Screen, words: str, mark: ft.IconData, then: str) -> ft.Control:
    return button(words, lambda: screen.citizen(found.citizen, then), mark, "quiet", small=True, identifier="to-ground")
