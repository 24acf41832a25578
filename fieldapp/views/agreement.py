"""The team's own text, for all its phones: how it works together with hospitals and prisons nearby (I8)."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import agreements
from fieldapp.domain.values_day import LocalText
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@dataclass
class AgreementForm:
    text: str = ""


@ft.component
@shielded
def Agreement() -> ft.Control:
    screen = use_screen()
    which = ft.use_route_params()["which"]
    before = use_reading(agreements.read, which)
    filling = use_form(f"agreement:{which}", AgreementForm)
    missing, miss = ft.use_state(False)
    form = filling.form
    ft.use_memo(lambda: _begin(form, before), [filling.kept])

    def saved(_answer: object) -> None:
        screen.saved(_("Saved for the whole team."))
        screen.back()

    async def save() -> None:
        miss(not form.text.strip())
        if form.text.strip():
            await filling.save(lambda: agreements.write(screen.desk, which, form.text), saved)

    field = Field(
        form,
        "text",
        _("What have you agreed?"),
        hint=_("Whom you call, and what you do first"),
        lines=5,
        error=_("Write a few words first.") if missing else None,
        identifier="agreement-text",
        changed=filling.changed,
        left=filling.left,
    )
    body = [
        page_head(word(LocalText, which), _("Your team's own words")),
        space(theme.L),
        note(_("Everybody in the team sees it. Write nothing about citizens here."), ft.Icons.GROUPS_OUTLINED),
        space(theme.L),
        field,
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=f"agreement-{which}")


def _begin(form: AgreementForm, before: str | None) -> None:
    form.text = form.text or before or ""
