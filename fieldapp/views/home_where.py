"""Where somebody sleeps now, and from when; and all that was before, dated and without a verdict (G1, G10)."""

from datetime import date

import flet as ft

from fieldapp.actions import contacts, home_page, situations
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.situations import SituationForm
from fieldapp.domain.homes import Home, Situated
from fieldapp.domain.values import Situation
from fieldapp.domain.values_life import HomeType
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_form import since
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def HomeWhere() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(home_page.read, citizen)
    filling = use_form(situations.draft_key(citizen), SituationForm)
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.situation)
        if form.situation:
            await filling.save(lambda: situations.keep(screen.desk, citizen, form), saved)

    options = [(each.value, word(Situation, each)) for each in Situation]
    chosen = form.situation or shown.situation
    body = [
        person_head(citizen, shown.name, _("Where does {name} sleep?", name=shown.name)),
        space(theme.L),
        choice(options, {chosen} if chosen else set(), lambda code: filling.put(situation=code), name="situation"),
        section(_("Since when?")),
        since(form.from_on or today, today, lambda day: filling.put(from_on=day)),
        space(theme.L),
        _note(filling),
        *_before(shown, screen, today),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above: ft.Control = draft_line(filling.restored_at, screen.desk.now())
    if missing and not form.situation:
        words = _("Choose where first. “Don't know” is an answer too.")
        above = note(words, ft.Icons.PLACE_OUTLINED, "clay", live=True, identifier="missing")
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="home-where")


def _note(filling: Filling[SituationForm]) -> ft.Control:
    return Field(
        filling.form,
        "note",
        _("A few words more"),
        icon_name=ft.Icons.EDIT_NOTE,
        identifier="situation-note",
        word_help=True,
        changed=filling.changed,
        left=filling.left,
    )


def _before(shown: HomePage, screen: Screen, today: date) -> list[ft.Control]:
    if not shown.situations:
        return []
    return [section(_("Until now")), group([slept(each, today) for each in shown.situations])]


def slept(each: Situated, today: date) -> ft.Container:
    day = _("From {day}", day=said_on(each.from_on, today))
    lead = icon_disc(ft.Icons.BEDTIME_OUTLINED)
    return row(word(Situation, each.situation), " · ".join(filter(None, (day, each.note))), lead=lead)


@ft.component
@shielded
def HomeHistory() -> ft.Control:
    """Home 1, 2 ... in order of time, each as good as the other; a tap puts a day right."""
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(home_page.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    help_ = _("A home may be offered several times. What was says nothing of what can be.")
    homes = [_home(each, number, shown, screen, today) for number, each in enumerate(shown.homes, 1)]
    nights = [slept(each, today) for each in shown.situations]
    body = [
        person_head(citizen, shown.name, _("Homes until now")),
        space(theme.L),
        note(help_, ft.Icons.HOME_OUTLINED),
        *([section(_("Homes")), group(homes)] if homes else []),
        *([section(_("Where {name} has slept", name=shown.name)), group(nights)] if nights else []),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="home-history")


def _home(each: Home, number: int, shown: HomePage, screen: Screen, today: date) -> ft.Container:
    kind = word(HomeType, each.home_type) if each.home_type else ""
    return row(
        _("Home {number}", number=number),
        " · ".join(filter(None, (lived(each, today), kind, each.note or ""))),
        lead=icon_disc(ft.Icons.HOME_OUTLINED, "slate"),
        call=lambda: screen.citizen(shown.citizen, f"home/period/{each.id}"),
        identifier=f"home-{number}",
    )


def lived(each: Home, today: date) -> str:
    """From and to, and in the same ink whichever way it ended."""
    from_ = said_on(each.move_in_on, today) if each.move_in_on else ""
    if each.left_on is None or each.left_on > today:
        return _("From {day}", day=from_) if from_ else _("The home now")
    to = said_on(each.left_on, today)
    return _("{from_} to {to}", from_=from_, to=to) if from_ else _("Until {day}", day=to)
