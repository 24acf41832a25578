"""Where and since when, put right: another place, another day."""

from dataclasses import dataclass
from datetime import date

import flet as ft

from fieldapp.actions import absences
from fieldapp.actions.absences import Away
from fieldapp.actions.desk import Saved
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_form import place_field, since, where
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, space
from fieldapp.views.rows import section
from fieldapp.views.state import use_reading, use_screen


@dataclass
class ChangeForm:
    place: str | None = None
    place_text: str = ""
    since_on: date | None = None


@ft.component
@shielded
def AwayChange() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(absences.read, citizen)
    away = shown.away if shown else None
    # Of this stay: what was begun about another one is not to be read into it.
    filling = use_form(f"away-change:{away.id if away else citizen}", ChangeForm)
    ft.use_memo(lambda: _begin(filling.form, away), [filling.kept])
    if shown is None or away is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.back()

    def save() -> Saved:
        day = form.since_on or away.since_on
        place = form.place or away.place
        return absences.change(screen.desk, away.id, place=place, place_text=form.place_text, since_on=day)

    body = [
        person_head(citizen, shown.name, _("Elsewhere right now")),
        section(_("Where?")),
        where(form.place, lambda place: filling.put(place=place)),
        space(theme.L),
        place_field(filling),
        section(_("Since when?")),
        since(form.since_on or today, today, lambda day: filling.put(since_on=day)),
    ]
    gem = button(_("Save"), lambda: filling.save(save, saved), ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="away-change")


def _begin(form: ChangeForm, away: Away | None) -> None:
    if away is not None and form.place is None:
        form.place, form.place_text, form.since_on = away.place, away.place_text or "", away.since_on
