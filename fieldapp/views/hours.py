"""Træffetider (E3): where somebody can be met without an appointment, and when; today's first, without a network."""

from dataclasses import replace
from datetime import date, time

import flet as ft

from fieldapp.actions import contacts, team_pages
from fieldapp.actions.desk import Saved
from fieldapp.actions.team_pages import Hours as OpenHours
from fieldapp.actions.team_pages import HoursForm
from fieldapp.texts import _
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.choosing import ask_time
from fieldapp.views.days import capital, clock, weekday
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, piece, space
from fieldapp.views.rows import chip, chips, choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen

NEW = "new"
_A_MONDAY = date(2026, 1, 5)
_USUAL = time(10)


@ft.component
@shielded
def Hours() -> ft.Control:
    screen = use_screen()
    found = use_reading(team_pages.hours)
    body: list[ft.Control] = [page_head(_("Walk-in hours"), _("Where somebody can be met without an appointment"))]
    if not found:
        body.append(empty(_("No walk-in hours yet"), _("Add the first one. Your team sees it too, also offline.")))
    for day in dict.fromkeys(each.weekday for each in found):
        of_day = [each for each in found if each.weekday == day]
        title = _("Today · {day}", day=day_name(day)) if of_day[0].today else capital(day_name(day))
        body += [section(title), group([_row(each, screen) for each in of_day])]
    add = button(_("Add"), lambda: screen.open(f"{paths.HOURS}/{NEW}"), ft.Icons.ADD, "tonal", expand=True,
                 identifier="add-hours")  # fmt: skip
    return page(body, act_bar(add, back=screen.back, hide=screen.hide), name="hours")


def day_name(day: int) -> str:
    return weekday(a_day(day))


def a_day(day: int) -> date:
    """A day of that weekday."""
    return date.fromordinal(_A_MONDAY.toordinal() + day % 7)


def _row(each: OpenHours, screen: Screen) -> ft.Container:
    when = " – ".join(clock(at) for at in (each.hours_from, each.hours_to) if at)
    said = " · ".join(filter(None, (when, each.who)))
    return row(
        each.place,
        said or None,
        lead=icon_disc(ft.Icons.SCHEDULE),
        call=lambda: screen.open(f"{paths.HOURS}/{each.id}"),
        identifier=f"hours-{each.id}",
    )


@ft.component
@shielded
def HoursEntry() -> ft.Control:
    screen = use_screen()
    id = ft.use_route_params()["entry"]
    key = team_pages.draft_key(team_pages.HOURS_DRAFT, id)
    standing = next((each for each in use_reading(team_pages.hours) if each.id == id), None)
    alone = not use_reading(team_pages.has_team)
    filling = use_form(key, HoursForm)
    missing, miss = ft.use_state("")
    form = filling.form
    if standing is not None and not form.begun:
        _begin(form, standing)
    if standing is None and id != NEW:
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. Your team sees it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        missed = "place" if not form.place.strip() else "weekday" if form.weekday is None else ""
        miss(missed)
        if not missed:
            about = standing.id if standing else None
            await filling.save(lambda: team_pages.keep_hours(screen.desk, about, replace(form), key), saved)

    def ended() -> None:
        saved(team_pages.end_hours(screen.desk, id))

    days = [(str(day), capital(day_name(day))) for day in range(7)]
    chosen = set() if form.weekday is None else {str(form.weekday)}
    body = [
        page_head(_("Walk-in hours")),
        *([space(theme.M), _alone()] if alone else []),
        space(theme.L),
        _field(filling, "place", _("Place"), ft.Icons.PLACE_OUTLINED,
               _("Write a few words first.") if missing == "place" else None),
        section(_("Which day?")),
        choice(days, chosen, lambda day: filling.put(weekday=int(day)), name="weekday"),
        piece(*([note(_("Pick a day"), ft.Icons.EVENT_OUTLINED, "clay", live=True)] if missing == "weekday" else [])),
        section(_("When?")),
        chips(_time(filling, "hours_from", _("From")), _time(filling, "hours_to", _("To"))),
        space(theme.L),
        _field(filling, "who", _("Who is there?"), ft.Icons.BADGE_OUTLINED),
        *([space(theme.XL), button(_("Not so any more"), ended, None, "quiet", small=True, identifier="end-entry")]
          if standing else []),
    ]  # fmt: skip
    gem = button(_("Save"), None if alone else save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="hours-entry")


def _begin(form: HoursForm, standing: OpenHours) -> None:
    form.place, form.weekday, form.who = standing.place, standing.weekday, standing.who or ""
    form.hours_from, form.hours_to, form.begun = standing.hours_from, standing.hours_to, True


def _alone() -> ft.Control:
    return note(_("You are in no team yet, so there is nobody to share it with. Ask your leader."), ft.Icons.GROUPS)


def _field(
    filling: Filling[HoursForm], attr: str, label: str, icon_name: ft.IconData, error: str | None = None
) -> ft.Control:
    return Field(
        filling.form, attr, label, icon_name=icon_name, error=error, identifier=attr, changed=filling.changed,
        left=filling.left,
    )  # fmt: skip


def _time(filling: Filling[HoursForm], attr: str, words: str) -> ft.Control:
    at: time | None = getattr(filling.form, attr)
    shown = f"{words} {clock(at)}" if at else words
    return chip(
        shown,
        lambda: ask_time(at or _USUAL, lambda chosen: filling.put(**{attr: chosen})),
        chosen=at is not None,
        icon_name=ft.Icons.SCHEDULE,
        identifier=attr.replace("_", "-"),
    )
