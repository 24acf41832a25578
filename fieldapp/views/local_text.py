"""A text the team has written for itself, to be read and changed."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import contacts, local_texts
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import LocalText
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@dataclass
class LocalForm:
    text: str = ""
    begun: bool = False


@ft.component
@shielded
def Local() -> ft.Control:
    screen = use_screen()
    which = ft.use_route_params()["which"]
    stands = use_reading(local_texts.read, which)
    filling = use_form(f"local:{which}", LocalForm)
    missing, miss = ft.use_state(False)
    if which not in set(LocalText):
        return gone(screen)
    form = filling.form
    if not form.begun:
        form.begun, form.text = True, form.text or stands

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. The team gets it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.text.strip())
        if form.text.strip():
            await filling.save(lambda: local_texts.keep(screen.desk, which, form.text), saved)

    field = Field(
        form,
        "text",
        _("What have you agreed?"),
        hint=_("Who to call, and when. Everybody in the team reads it. Nothing about a citizen."),
        icon_name=ft.Icons.MENU_BOOK_OUTLINED,
        lines=6,
        error=_("Write a few words first.") if missing else None,
        identifier="local-text",
        changed=filling.changed,
        left=filling.left,
    )
    body = [page_head(word(LocalText, which), _("Your team's own agreement")), space(theme.L), field]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="local-text")
