"""On I dag, beside the list: thanks that are owed, and whether somebody without a case shall still stand here."""

import asyncio
from collections.abc import Sequence

import flet as ft

from fieldapp.actions import contacts, keeping
from fieldapp.actions.desk import Saved
from fieldapp.actions.keeping import Asked as Asking
from fieldapp.domain.values_day import KeepAnswer
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.new_thanks import discreet
from fieldapp.views.parts import act, column, initial, line, space, text
from fieldapp.views.reasons import sentence
from fieldapp.views.rows import chip, chips, group, row, section, surface
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.words import word

AT_MOST = 3
"""Of each: the rest is asked when these have got an answer."""


@ft.component
def Asked() -> ft.Control:
    screen = use_screen()
    found = use_long_reading(keeping.read)
    if not found:
        return ft.Container()
    owed = [each for each in found if each.thanks]
    kept = [each for each in found if not each.thanks]
    return column(*_owed(owed, screen), *_kept(kept, screen), gap=0)


def _owed(owed: Sequence[Asking], screen: Screen) -> list[ft.Control]:
    if not owed:
        return []
    rows = [_thanks(each, screen) for each in owed[:AT_MOST]]
    return [section(_("Say thanks"), len(owed)), group(rows), space(theme.S), discreet()]


def _thanks(each: Asking, screen: Screen) -> ft.Container:
    async def done() -> None:
        saved = await asyncio.to_thread(keeping.thanked, screen.desk, each.thanks or "")
        screen.saved(_("Thanked."), undo=lambda: contacts.undo(screen.desk, saved))

    return row(
        each.name,
        sentence(each.reason, screen.desk.today()),
        lead=initial(each.citizen, each.name),
        side=act(_("Done"), ft.Icons.CHECK, done, who=each.name, identifier=f"thanked-{each.citizen}"),
        call=lambda: screen.citizen(each.citizen),
        identifier=f"thanks-{each.citizen}",
    )


def _kept(kept: Sequence[Asking], screen: Screen) -> list[ft.Control]:
    if not kept:
        return []
    return [section(_("Without a case"), len(kept)), group([_keep(each, screen) for each in kept[:AT_MOST]])]


def _keep(each: Asking, screen: Screen) -> ft.Container:
    async def answer(said: KeepAnswer) -> None:
        saved: Saved = await asyncio.to_thread(keeping.answer, screen.desk, each.citizen, said)
        kept = said == KeepAnswer.KEEP
        words = _("Saved. You are asked again in three months.") if kept else _("Removed from your lists.")
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))

    def one(said: KeepAnswer) -> ft.Control:
        return chip(word(KeepAnswer, said), lambda: answer(said), identifier=f"{said}-{each.citizen}")

    lead = initial(each.citizen, each.name)
    name, asked = (
        text(each.name, "name", expand=theme.is_large()),
        text(sentence(each.reason, screen.desk.today()), "reason"),
    )
    if theme.is_large():
        head: ft.Control = column(line(lead, name, gap=theme.M), asked)
    else:
        head = line(lead, ft.Column([name, asked], spacing=3, tight=True, expand=True), gap=theme.M, top=True)
    both = chips(one(KeepAnswer.KEEP), one(KeepAnswer.REMOVE))
    return surface(column(head, both, gap=theme.M), None, identifier=f"keep-{each.citizen}")
