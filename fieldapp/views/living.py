"""The home, in two answers: whether it is used (I7), and what a home is waited for (T7); support waits for neither."""

import asyncio
from collections.abc import Callable

import flet as ft

from fieldapp.actions import citizens, contacts, homes
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import WaitingReason
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Living() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    living = use_reading(homes.read, citizen)
    if shown is None:
        return gone(screen)

    async def keep(how: Callable[..., Saved], said: object) -> None:
        saved = await asyncio.to_thread(how, screen.desk, citizen, said)
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, saved))

    uses = [("yes", _("Uses the home")), ("no", _("Doesn't use the home right now"))]
    in_use = set() if living.in_use is None else {"yes" if living.in_use else "no"}
    waits = [(each.value, word(WaitingReason, each)) for each in WaitingReason]

    def wait(code: str) -> object:
        return keep(homes.wait_for, None if code == living.waits_for else code)

    body = [
        person_head(citizen, shown.name, _("The home")),
        space(theme.L),
        note(_("Support goes on while you wait for the home."), ft.Icons.HANDSHAKE_OUTLINED, "pine"),
        section(_("If there is a home")),
        choice(uses, in_use, lambda said: keep(homes.use, said == "yes"), name="in-use"),
        section(_("Waiting for a home: why?")),
        text(_("It is never about the citizen. Support needs no home."), "meta", MUTED),
        space(theme.S),
        choice(waits, {living.waits_for} if living.waits_for else (), wait, name="waits"),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="living")
