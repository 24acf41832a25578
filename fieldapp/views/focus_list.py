"""ICM's focus areas as the team has them (C7): empty until the team fills it from its manual, and never a sequence."""

from dataclasses import replace

import flet as ft

from fieldapp.actions import contacts, team_lists, team_pages
from fieldapp.actions.desk import Saved
from fieldapp.actions.team_lists import ItemForm
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import group, row
from fieldapp.views.state import Screen, use_reading, use_screen

NEW = "new"


@ft.component
@shielded
def FocusList() -> ft.Control:
    screen = use_screen()
    items = use_reading(team_lists.focus_items)
    rows = [_row(*each, screen) for each in items]
    words = _("They stand in figure 1 of the manual for ICM. Write them here, and they can be marked with a citizen.")
    body = [
        page_head(_("ICM's focus areas"), _("Your team's own list")),
        space(theme.M),
        group(rows) if rows else empty(_("The list is empty"), words),
    ]
    add = button(_("Add"), lambda: screen.open(f"{paths.FOCUS}/{NEW}"), ft.Icons.ADD, "tonal", expand=True,
                 identifier="add-focus")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="focus")


def _row(id: str, words: str, screen: Screen) -> ft.Container:
    lead = icon_disc(ft.Icons.CENTER_FOCUS_STRONG)
    return row(words, lead=lead, call=lambda: screen.open(f"{paths.FOCUS}/{id}"), identifier=f"focus-{id}")


@ft.component
@shielded
def FocusEntry() -> ft.Control:
    screen = use_screen()
    id = ft.use_route_params()["entry"]
    standing = dict(use_reading(team_lists.focus_items)).get(id)
    alone = not use_reading(team_pages.has_team)
    key = team_pages.draft_key(team_lists.FOCUS_DRAFT, id)
    filling = use_form(key, ItemForm)
    missing, miss = ft.use_state(False)
    form = filling.form
    if standing is None and id != NEW:
        return gone(screen)
    if standing is not None and not form.begun:
        form.text, form.begun = standing, True

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. Your team sees it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.text.strip())
        if form.text.strip():
            about = id if standing is not None else None
            await filling.save(lambda: team_lists.keep_item(screen.desk, about, replace(form), key), saved)

    def ended() -> None:
        saved(team_lists.end_item(screen.desk, id))

    alone_words = _("You are in no team yet, so there is nobody to share it with. Ask your leader.")
    end = button(_("Not so any more"), ended, None, "quiet", small=True, identifier="end-entry")
    body = [
        page_head(_("A focus area")),
        *([space(theme.M), note(alone_words, ft.Icons.GROUPS)] if alone else []),
        space(theme.L),
        Field(
            form,
            "text",
            _("Focus area"),
            lines=2,
            error=_("Write a few words first.") if missing else None,
            identifier="focus-text",
            changed=filling.changed,
            left=filling.left,
        ),
        *([space(theme.XL), end] if standing is not None else []),
    ]
    gem = button(_("Save"), None if alone else save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="focus-entry")
