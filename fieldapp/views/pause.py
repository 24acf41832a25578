"""Pause (I5): separate and slower, with a reason and a day to look at it again; it asks. *Genoptag* is one tap."""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import citizens, pauses
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.desk import Saved
from fieldapp.actions.pauses import PauseForm
from fieldapp.domain.values import Support
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import long_date
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import section
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def Pause() -> ft.Control:
    screen = use_screen()
    shown = use_reading(citizens.read, ft.use_route_params()["citizen"])
    if shown is None or shown.standing.support == Support.CLOSED:
        return gone(screen)
    inner: ft.Control = _Paused(shown) if shown.standing.support == Support.PAUSED else _SetOnPause(shown)
    return inner


@ft.component
def _SetOnPause(shown: CitizenPage) -> ft.Control:
    screen = use_screen()
    today = screen.desk.today()
    filling = use_form(pauses.draft_key(shown.id), PauseForm)
    missing, miss = ft.use_state(False)
    asking, ask = ft.use_state(False)
    form = filling.form
    whole = bool(form.reason.strip()) and form.review_on is not None

    def first() -> None:
        filled = bool(form.reason.strip()) and form.review_on is not None
        miss(not filled)
        ask(filled)

    def review(day: date) -> None:
        ask(False)
        filling.put(review_on=day)

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.citizen(shown.id)

    body = [
        person_head(shown.id, shown.name, _("On pause")),
        space(theme.L),
        note(
            _(
                "A pause is for a longer interruption such as a long prison stay. "
                "With a shorter absence support simply goes on."
            ),
            ft.Icons.PAUSE_CIRCLE_OUTLINE,
        ),
        space(theme.L),
        _why(filling, missing and not form.reason.strip()),
        section(_("When will you look at it again?")),
        _review(filling, today, review),
        piece(*(_missing() if missing and form.review_on is None else [])),
        space(theme.L),
        note(_("On the list there is a sign of life at least every 30 days: a letter or a call."),
             ft.Icons.FAVORITE_BORDER),
    ]  # fmt: skip
    if asking and whole and form.review_on is not None:
        day = long_date(form.review_on)
        sure = note(
            _("{name} is put on pause. Review {date}.", name=shown.name, date=day),
            ft.Icons.PAUSE_CIRCLE_OUTLINE,
            live=True,
            identifier="sure",
        )
        yes = button(
            _("Yes, pause"),
            lambda: filling.save(lambda: pauses.pause(screen.desk, shown.id, form), saved),
            expand=2,
            identifier="yes-pause",
        )
        no = button(_("No"), lambda: ask(False), look="tonal", expand=True, identifier="no-pause")
        return page(body, act_bar(no, yes, back=screen.back, hide=screen.hide), above_bar=sure, name="pause")
    go = button(_("Put on pause …"), first, ft.Icons.PAUSE_CIRCLE_OUTLINE, expand=True, identifier="set-on-pause")
    bar = act_bar(go, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="pause")


def _why(filling: Filling[PauseForm], missing: bool) -> ft.Control:
    return Field(
        filling.form,
        "reason",
        _("Why?"),
        hint=_("What you have agreed with the citizen and the leader"),
        lines=2,
        error=_("Write a few words first.") if missing else None,
        identifier="pause-reason",
        changed=filling.changed,
        left=filling.left,
    )


def _review(filling: Filling[PauseForm], today: date, choose: Callable[[date], object]) -> ft.Control:
    offered = [(_("In a month"), 30), (_("In two months"), 60), (_("In three months"), 90)]
    days = [(words, today + timedelta(days=ahead)) for words, ahead in offered]
    last = pauses.last_review(today)
    first = today + timedelta(days=1)
    return day_chips(days, filling.form.review_on, choose, today, first=first, last=last, name="review")


def _missing() -> list[ft.Control]:
    words = _("A pause needs a day to look at it again, within three months.")
    return [space(theme.S), note(words, ft.Icons.EVENT_OUTLINED, "clay", live=True, identifier="missing")]


@ft.component
def _Paused(shown: CitizenPage) -> ft.Control:
    screen = use_screen()

    def resume() -> None:
        saved = pauses.resume(screen.desk, shown.id)
        say_saved(screen, saved)
        screen.citizen(shown.id)

    review = shown.standing.review_on
    words = _("On pause – not ended. Next review {date}.", date=long_date(review)) if review else _("On pause")
    body = [
        person_head(shown.id, shown.name, _("On pause")),
        space(theme.L),
        note(words, ft.Icons.PAUSE_CIRCLE_OUTLINE, identifier="paused"),
    ]
    again = button(_("Resume"), resume, ft.Icons.PLAY_ARROW, expand=True, identifier="resume")
    return page(body, act_bar(again, back=screen.back, hide=screen.hide), name="paused")
