"""The reviews held together, newest first: the citizen's words, what was agreed, and when the next one is."""

from datetime import date

import flet as ft

from fieldapp.actions import reviews
from fieldapp.actions.reviews import Review
from fieldapp.domain.values_life import Enough, ManagesAlone
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import coming, past, said_on
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.moments import quoted
from fieldapp.views.parts import MUTED, button, column, space, text
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Reviews() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(reviews.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    due = [note(when(shown.due_on, today), ft.Icons.EVENT_OUTLINED)] if shown.due_on else []
    held = [each for one in shown.held for each in (_told(one, today), space(theme.S))]
    body = [
        person_head(citizen, shown.name, _("Review together")),
        space(theme.L),
        *due,
        *([space(theme.M)] if due else []),
        *(held or [empty(_("No review yet"), _("You look together at what is needed, and whether it is enough."))]),
    ]
    new = button(
        _("Review together"),
        lambda: screen.go(f"{screen.here}/new"),
        ft.Icons.ADD,
        expand=True,
        identifier="new-review",
    )
    return page(body, act_bar(new, back=screen.back, hide=screen.hide), name="reviews")


def when(due_on: date, today: date) -> str:
    """Calm, also when the day has gone by."""
    if due_on <= today:
        return _("It is time for a review together.")
    return _("The next review is {day}.", day=coming(due_on, today))


def last(reviewed_on: date | None, due_on: date | None, today: date) -> str | None:
    """For the line that leads here: what waits, else when you last did."""
    if due_on is not None:
        return when(due_on, today).removesuffix(".")
    return _("Last time {day}", day=past(reviewed_on, today)) if reviewed_on else None


def _told(one: Review, today: date) -> ft.Control:
    head = " · ".join(filter(None, (said_on(one.on, today), one.by)))
    quotes = [quoted(words) for words in (one.need, one.own_view) if words]
    lines = [
        (_("The support"), word(Enough, one.enough) if one.enough else None),
        (_("In the way"), one.in_the_way),
        (_("Would help"), one.would_help),
        (_("Manages alone"), word(ManagesAlone, one.manages_alone) if one.manages_alone else None),
        (_("The method still fits"), None if one.method_fits is None else _("Yes") if one.method_fits else _("No")),
        (_("Next time"), said_on(one.next_on, today) if one.next_on else None),
    ]
    said = [
        column(text(label, "small", MUTED), text(words, "body"), gap=0) for label, words in lines if words is not None
    ]
    return card(text(head, "meta", MUTED), *quotes, *said, gap=theme.S)
