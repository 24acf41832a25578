"""*Er et andet sted*: where, whether we may tell them, and nothing else that has to be answered (F7: five taps)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import flet as ft

from fieldapp.actions import absences
from fieldapp.actions.absences import AwayForm, AwayPage
from fieldapp.actions.desk import Saved
from fieldapp.domain.values import AbsencePlace
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_words import answers, goes_on, home_days, levels
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare, capital
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, button, piece, space, text
from fieldapp.views.rows import chip, choice, section
from fieldapp.views.state import use_screen
from fieldapp.words import word


@ft.component
def GoAway(shown: AwayPage) -> ft.Control:
    screen = use_screen()
    citizen, today = shown.citizen, screen.desk.today()
    filling = use_form(absences.draft_key(citizen), AwayForm)
    missing, miss = ft.use_state(False)
    form = filling.form

    def saved(answer: Saved) -> None:
        """The page stays, and shows where it stands now: telling them and the home are next."""
        say_saved(screen, answer)

    async def save() -> None:
        miss(form.place is None)
        if form.place is not None:
            await filling.save(lambda: absences.go(screen.desk, citizen, form), saved)

    body = [
        person_head(citizen, shown.name, _("Is elsewhere")),
        space(theme.L),
        goes_on(),
        section(_("Where?")),
        where(form.place, lambda place: filling.put(place=place)),
        piece(*(_missing() if missing and form.place is None else [])),
        piece(*(_may_we_tell(filling, shown.name) if form.place != AbsencePlace.UNKNOWN else [])),
        section(_("When does {name} come home?", name=shown.name)),
        _home(filling, today),
        section(_("Support right now")),
        text(_("It may be turned up or down meanwhile. You need not choose."), "meta", MUTED),
        space(theme.S),
        choice(levels(), {str(form.level)}, lambda level: filling.put(level=int(level)), name="level"),
        section(_("Since when?")),
        since(form.since_on or today, today, lambda day: filling.put(since_on=day)),
        space(theme.L),
        place_field(filling),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=f"away-{citizen}")


def where(chosen: str | None, choose: Callable[[str], object]) -> ft.Control:
    options = [(each.value, word(AbsencePlace, each)) for each in AbsencePlace]
    return choice(options, {chosen} if chosen else (), choose, name="place")


def place_field(filling: Filling[Any]) -> ft.Control:
    return Field(
        filling.form,
        "place_text",
        _("Which place?"),
        hint=_("Ward, prison or house"),
        icon_name=ft.Icons.PLACE_OUTLINED,
        identifier="place-text",
        changed=filling.changed,
        left=filling.left,
    )


def since(chosen: date, today: date, choose: Callable[[date], object]) -> ft.Control:
    days = [(capital(bare(day, today)), day) for day in (today, today - timedelta(days=1))]
    first = today - timedelta(days=730)
    return day_chips(days, chosen, choose, today, first=first, last=today, name="since")


def _missing() -> list[ft.Control]:
    words = _("Choose where first. “Don't know” is an answer too.")
    return [space(theme.S), note(words, ft.Icons.PLACE_OUTLINED, "clay", live=True, identifier="missing")]


def _may_we_tell(filling: Filling[AwayForm], name: str) -> list[ft.Control]:
    said = filling.form.answer
    chosen = {said} if said else set()
    return [
        section(_("Has {name} said yes to you letting them know?", name=name)),
        choice(answers(), chosen, lambda answer: filling.put(answer=answer), name="answer"),
    ]


def _home(filling: Filling[AwayForm], today: date) -> ft.Control:
    form = filling.form
    unknown = chip(
        _("Not known yet"), lambda: filling.put(home_on=None), chosen=form.home_on is None, identifier="home-unknown"
    )
    days = day_chips(
        home_days(today), form.home_on, lambda day: filling.put(home_on=day), today, first=today, name="home"
    )
    return piece(days, space(theme.M), ft.Row([unknown]))
