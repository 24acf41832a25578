"""Two people wrote about the same thing: both texts in full, and a person chooses what stands on top."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import conflicts
from fieldapp.actions.conflicts import Choice
from fieldapp.actions.conflicts import Conflict as Found
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import (
    INK,
    MUTED,
    C,
    border,
    button,
    column,
    heading,
    icon,
    initial,
    line,
    padding,
    space,
    tappable,
    text,
)
from fieldapp.views.state import use_reading, use_screen
from fieldapp.views.unsent_words import field_name, value


@dataclass(frozen=True)
class Version:
    """One of the two cards."""

    choice: Choice
    who: str
    of: str
    words: str


@ft.component
@shielded
def Conflict() -> ft.Control:
    screen = use_screen()
    wanted = ft.use_route_params()["conflict"]
    found = next((each for each in use_reading(conflicts.read) if each.id == wanted), None)
    nothing: Choice | None = None
    chosen, choose = ft.use_state(nothing)
    if found is None:
        settled = note(_("It is settled. Nothing more needs you here."), ft.Icons.CHECK, "pine")
        return page([space(theme.XL), settled], act_bar(back=screen.back, hide=screen.hide))
    top: Choice = chosen or found.stands

    def keep() -> None:
        conflicts.resolve(screen.desk, found.id, top)
        screen.saved(_("Kept. The other text is kept too."))
        screen.back()

    cards = [_card(each, top == each.choice, choose) for each in _versions(found, screen.desk.first_name)]
    save = button(_("Keep it like this"), keep, ft.Icons.CHECK, expand=True, identifier="keep")
    return page(
        [
            person_head(found.citizen, found.name, field_name(found.kind, found.field)),
            space(16),
            heading(_("Two people wrote about the same thing")),
            space(6),
            text(_("Both texts are kept. Choose what stands on top."), "body", MUTED),
            space(18),
            column(*cards, gap=10),
            *_too_long(found),
            space(14),
            note(_("The other text stays with its name. Nothing is deleted."), ft.Icons.LAYERS_OUTLINED),
        ],
        act_bar(save, back=screen.back, hide=screen.hide),
        name=found.id,
    )


def _versions(found: Found, me: str) -> list[Version]:
    def said(stored: object) -> str:
        return value(found.kind, found.field, stored)

    who, other = found.who or _("A colleague"), found.other or _("A colleague")
    mine = Version("mine", *((_("{name} (you)", name=me), me) if found.own else (other, other)), said(found.mine))
    theirs = Version("theirs", who, who, said(found.theirs))
    if found.both is None:
        return [mine, theirs]
    words = _("One under the other") if "\n" in found.both else found.both
    return [mine, theirs, Version("both", _("Both"), "", words)]


def _too_long(found: Found) -> list[ft.Control]:
    words = _("Together the two texts are too long to stand here both. Choose one; the other is kept too.")
    return [space(10), text(words, "meta", MUTED)] if found.too_long else []


def _card(version: Version, on: bool, choose: Callable[[Choice], object]) -> ft.Control:
    mark = ft.Icons.RADIO_BUTTON_CHECKED if on else ft.Icons.RADIO_BUTTON_UNCHECKED
    who = [initial(version.of, version.who, 36)] if version.of else [icon(ft.Icons.LAYERS_OUTLINED, 24, INK)]
    head = line(*who, text(version.who, "label", expand=True), icon(mark, 26, C.PRIMARY if on else C.OUTLINE), gap=12)
    return tappable(
        column(head, text(version.words, "body"), gap=12),
        lambda: choose(version.choice),
        identifier=f"version-{version.choice}",
        selected=on,
        color=C.SURFACE_CONTAINER_LOWEST,
        radius=theme.QUOTE,
        pad=padding(18, 16),
        edge=border(C.PRIMARY if on else C.TRANSPARENT, 2),
    )
