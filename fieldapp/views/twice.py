"""Registered twice, or by a mistake: a person says so, and can say otherwise; nothing is copied or erased here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import contacts, registered
from fieldapp.actions.citizens import CitizenLine
from fieldapp.actions.registered import Also
from fieldapp.actions.registered import Twice as Known
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.field import Field
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import act, button, column, initial, space
from fieldapp.views.reasons import since
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_reading, use_screen

AT_MOST = 10


@dataclass
class Search:
    text: str = ""


@ft.component
@shielded
def Twice() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    known = use_reading(registered.read, citizen)
    if known is None:
        return gone(screen)

    async def mistaken() -> None:
        saved = await asyncio.to_thread(registered.by_mistake, screen.desk, citizen)
        screen.saved(_("Removed from your lists."), undo=lambda: contacts.undo(screen.desk, saved))
        screen.home()

    said = _("Both are then read as one person. Nothing is erased, and you can take it back.")
    mistake = button(_("Added by mistake"), mistaken, None, "quiet", small=True, identifier="mistake")
    body = [
        person_head(known.id, known.name, _("Is it the same person?")),
        space(theme.L),
        note(said, ft.Icons.PEOPLE_OUTLINE),
        *_also(known.also, screen),
        *_likely(known, screen),
        section(_("Find another")),
        Searched(known.id),
        space(theme.XL),
        mistake,
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="twice")


def _also(also: Sequence[Also], screen: Screen) -> list[ft.Control]:
    if not also:
        return []

    def one(each: Also) -> ft.Container:
        async def two() -> None:
            saved = await asyncio.to_thread(registered.apart, screen.desk, each.id)
            screen.saved(_("They are two again."), undo=lambda: contacts.undo(screen.desk, saved))

        number = _("ends in {digits}", digits=each.phone_ends) if each.phone_ends else None
        side = act(_("Two different people"), ft.Icons.CALL_SPLIT, two, who=each.name, width=84,
                   identifier=f"apart-{each.id}")  # fmt: skip
        told = " · ".join(filter(None, (number, each.known_places))) or None
        return row(each.name, told, lead=initial(each.id, each.name), side=side, identifier=f"also-{each.id}")

    return [section(_("Also registered as")), group([one(each) for each in also])]


def _likely(known: Known, screen: Screen) -> list[ft.Control]:
    if not known.likely:
        return []
    return [section(_("Could be the same")), group([_one(known.id, each, screen) for each in known.likely])]


@ft.component
def Searched(citizen: str) -> ft.Control:
    form = ft.use_memo(Search, [])
    query, ask = ft.use_state("")
    field = Field(
        form,
        "text",
        _("Search"),
        hint=_("Name, place or number"),
        icon_name=ft.Icons.SEARCH,
        identifier="search",
        changed=lambda: ask(form.text.strip()),
    )
    return column(field, space(theme.M), Found(citizen, query), gap=0)


@ft.component
@shielded
def Found(citizen: str, query: str) -> ft.Control:
    screen = use_screen()
    known = use_long_reading(registered.read, citizen, query)
    if known is None or not query:
        return ft.Container()
    return group([_one(citizen, each, screen) for each in known.others[:AT_MOST]])


def _one(citizen: str, each: CitizenLine, screen: Screen) -> ft.Container:
    async def same() -> None:
        saved = await asyncio.to_thread(registered.merge, screen.desk, citizen, each.id)
        screen.saved(_("Everything is in one place now."), undo=lambda: contacts.undo(screen.desk, saved))
        screen.citizen(saved.citizen)

    side = act(_("It is the same person"), ft.Icons.MERGE, same, who=each.name, width=84, identifier=f"same-{each.id}")
    return row(
        each.name,
        None,
        since(each.last, screen.desk.today()),
        lead=initial(each.id, each.name),
        side=side,
        call=lambda: screen.citizen(each.id),
        identifier=f"could-be-{each.id}",
    )
