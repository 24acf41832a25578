"""Telling the hospital or the prison, on the phone: the words to say, whom one talked with, and when (I2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import absences
from fieldapp.actions.absences import Away, AwayPage, InformForm
from fieldapp.actions.desk import Saved
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.away_inform import reason
from fieldapp.views.away_words import danger
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare, capital
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import chip, chips, section
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def Inform() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(absences.read, citizen)
    away = shown.away if shown else None
    filling = use_form(absences.inform_key(away.id if away else citizen), InformForm)
    nobody: str | None = None
    chosen, choose = ft.use_state(nobody)
    if shown is None or away is None:
        return gone(screen)
    today = screen.desk.today()
    head = person_head(citizen, shown.name, _("Let them know"))
    if away.may_tell is None:
        closed = button(_("They have been told"), None, expand=True, identifier="save")
        locked = note(reason(shown, away), ft.Icons.LOCK_OUTLINE, identifier="no-yes")
        bar = act_bar(closed, back=screen.back, hide=screen.hide)
        return page([head, space(theme.L), locked, space(theme.S), danger()], bar, name="inform")
    form = _as_told(filling.form, away, chosen)

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.back()

    async def call() -> None:
        screen.leave()
        await screen.gate.platform.open_call(form.phone.strip())

    body = [
        head,
        space(theme.L),
        _words(shown),
        piece(*_people(away, chosen, choose)),
        piece(*([] if chosen else _fields(filling))),
        section(_("When?")),
        _day(filling, away.may_tell.given_on, today),
    ]
    ring = button(_("Call"), call, ft.Icons.CALL_OUTLINED, "tonal", expand=True, identifier="call")
    gem = button(
        _("They have been told"),
        lambda: filling.save(lambda: absences.inform(screen.desk, away.id, form), saved),
        None,
        expand=2,
        identifier="save",
    )
    bar = act_bar(*([ring] if form.phone.strip() else []), gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="inform")


def _as_told(form: InformForm, away: Away, chosen: str | None) -> InformForm:
    """With the name and the number of the one chosen among those we know there."""
    person = next((each for each in away.there if each.id == chosen), None)
    return replace(form, to=person.name, phone=person.phone or "") if person else form


def _words(shown: AwayPage) -> ft.Control:
    words = _(
        "“I am {name}'s support person. {name} has agreed that I call. "
        "Who can I talk to about working together and coming home?”",
        name=shown.name,
    )
    return note(words, ft.Icons.CALL_OUTLINED, "pine", _("Say it on the phone, not in a text"), identifier="words")


def _people(away: Away, chosen: str | None, choose: Callable[[str | None], object]) -> list[ft.Control]:
    if not away.there:
        return []

    def one(id: str | None, name: str) -> ft.Control:
        return chip(name, lambda: choose(id), chosen=chosen == id, identifier=f"known-{id or 'other'}")

    known = [one(each.id, each.name) for each in away.there]
    return [section(_("Whom did you talk with?")), chips(*known, one(None, _("Somebody else")))]


def _fields(filling: Filling[InformForm]) -> list[ft.Control]:
    return [
        space(theme.L),
        Field(
            filling.form,
            "to",
            _("Whom did you talk with?"),
            icon_name=ft.Icons.PERSON_OUTLINE,
            identifier="to",
            changed=filling.changed,
            left=filling.left,
        ),
        space(theme.S),
        Field(
            filling.form,
            "phone",
            _("Their number"),
            icon_name=ft.Icons.CALL_OUTLINED,
            keyboard=ft.KeyboardType.PHONE,
            identifier="phone",
            changed=filling.changed,
            left=filling.put,  # from now on it can be called
        ),
    ]


def _day(filling: Filling[InformForm], first: date, today: date) -> ft.Control:
    days = [(capital(bare(day, today)), day) for day in (today, today - timedelta(days=1)) if day >= first]
    chosen = filling.form.on or today
    return day_chips(
        days, chosen, lambda day: filling.put(on=day), today, first=min(first, today), last=today, name="told"
    )
