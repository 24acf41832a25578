"""*Hvem kan hjælpe med ...* (T11): the team's own directory, searched without a network; a tap calls."""

from dataclasses import dataclass, replace

import flet as ft

from fieldapp.actions import contacts, team_pages
from fieldapp.actions.desk import Saved
from fieldapp.actions.team_pages import Helper, HelperForm
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, act, button, column, icon_disc, padding, space, text
from fieldapp.views.rows import group, row
from fieldapp.views.state import Screen, use_reading, use_screen

NEW = "new"


@dataclass
class Search:
    text: str = ""


@ft.component
@shielded
def Helpers() -> ft.Control:
    screen = use_screen()
    body = [page_head(_("Who can help with …"), _("Your team's own list")), space(theme.M), Searched()]
    add = button(_("Add"), lambda: screen.open(f"{paths.HELPERS}/{NEW}"), ft.Icons.ADD, "tonal", expand=True,
                 identifier="add-helper")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="helpers")


@ft.component
def Searched() -> ft.Control:
    form = ft.use_memo(Search, [])
    query, ask = ft.use_state("")
    field = Field(
        form,
        "text",
        _("Search"),
        hint=_("Debt, dentist, a name"),
        icon_name=ft.Icons.SEARCH,
        identifier="search",
        changed=lambda: ask(form.text.strip()),
    )
    return column(field, space(theme.M), Found(query), gap=0)


@ft.component
@shielded
def Found(query: str) -> ft.Control:
    screen = use_screen()
    found = use_reading(team_pages.helpers, query)
    if found:
        return group([_row(each, screen) for each in found])
    if query:
        return ft.Container(text(_("Nobody with “{query}”.", query=query), "body", MUTED), padding=padding(4, 12))
    return empty(_("Nobody here yet"), _("Add those you usually call. Your team sees them too, also offline."))


def _row(each: Helper, screen: Screen) -> ft.Container:
    async def call() -> None:
        screen.leave()
        await screen.gate.platform.open_call(each.phone or "")

    side = act(_("Call"), ft.Icons.CALL_OUTLINED, call, who=each.name, identifier=f"call-{each.id}")
    return row(
        each.helps_with,
        each.name,
        each.note,
        lead=icon_disc(ft.Icons.SUPPORT_OUTLINED),
        side=side if each.phone else None,
        call=lambda: screen.open(f"{paths.HELPERS}/{each.id}"),
        identifier=f"helper-{each.id}",
        meta_icon=ft.Icons.INFO_OUTLINE,
    )


@ft.component
@shielded
def HelperEntry() -> ft.Control:
    screen = use_screen()
    id = ft.use_route_params()["entry"]
    key = team_pages.draft_key(team_pages.HELP_DRAFT, id)
    standing = next((each for each in use_reading(team_pages.helpers, "") if each.id == id), None)
    alone = not use_reading(team_pages.has_team)
    filling = use_form(key, HelperForm)
    missing, miss = ft.use_state("")
    form = filling.form
    if standing is not None and not form.begun:
        form.helps_with, form.name, form.begun = standing.helps_with, standing.name, True
        form.phone, form.note = standing.phone or "", standing.note or ""
    if standing is None and id != NEW:
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. Your team sees it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        missed = next((name for name in ("helps_with", "name") if not getattr(form, name).strip()), "")
        miss(missed)
        if not missed:
            about = standing.id if standing else None
            await filling.save(lambda: team_pages.keep_helper(screen.desk, about, replace(form), key), saved)

    def ended() -> None:
        saved(team_pages.end_helper(screen.desk, id))

    alone_words = _("You are in no team yet, so there is nobody to share it with. Ask your leader.")
    end = button(_("Not so any more"), ended, None, "quiet", small=True, identifier="end-entry")
    body = [
        page_head(_("Who can help with …")),
        *([space(theme.M), note(alone_words, ft.Icons.GROUPS)] if alone else []),
        space(theme.L),
        _field(filling, "helps_with", _("Helps with"), ft.Icons.SUPPORT_OUTLINED, missing),
        space(theme.S),
        _field(filling, "name", _("Who or where"), ft.Icons.BADGE_OUTLINED, missing),
        space(theme.S),
        _field(filling, "phone", _("Phone"), ft.Icons.CALL_OUTLINED, missing, ft.KeyboardType.PHONE),
        space(theme.S),
        _field(filling, "note", _("Good to know"), ft.Icons.INFO_OUTLINE, missing),
        *([space(theme.XL), end] if standing else []),
    ]
    gem = button(_("Save"), None if alone else save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="helper-entry")


def _field(
    filling: Filling[HelperForm],
    attr: str,
    label: str,
    icon_name: ft.IconData,
    missing: str,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        icon_name=icon_name,
        keyboard=keyboard,
        error=_("Write a few words first.") if missing == attr else None,
        identifier=attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )
