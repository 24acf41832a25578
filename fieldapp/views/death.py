"""Somebody has died: its own calm page, no steps and no grounds; everything that reminds is turned off."""

from dataclasses import dataclass
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import citizens, closings, contacts
from fieldapp.actions.desk import Saved
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.ended import ended_words, has_died
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import section
from fieldapp.views.state import use_reading, use_screen


@dataclass
class DeathForm:
    on: date | None = None


@ft.component
@shielded
def Death() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    filling = use_form(f"death:{citizen}", DeathForm)
    asking, ask = ft.use_state(False)
    if shown is None:
        return gone(screen)
    if has_died(shown.standing):
        return gone(screen, ended_words(shown.standing, shown.name))
    today = screen.desk.today()
    on = filling.form.on or today

    def saved(answer: Saved) -> None:
        told = _("We are sorry. All reminders are off, for your colleagues too.")
        screen.saved(told, undo=lambda: contacts.undo(screen.desk, answer))
        screen.citizen(citizen)

    days = [(_("Today"), today), (_("Yesterday"), today - timedelta(days=1))]
    body = [
        person_head(citizen, shown.name, _("The citizen has died")),
        space(theme.L),
        note(
            _(
                "Next step, reminders and suggested greetings are turned off on every phone. "
                "What is written stays, and a mistake can be taken back."
            ),
            ft.Icons.LOCAL_FLORIST_OUTLINED,
        ),
        section(_("When?")),
        day_chips(days, on, lambda day: filling.put(on=day), today, first=today - timedelta(days=730), last=today),
    ]
    if asking:
        sure = note(_("{name} has died.", name=shown.name), ft.Icons.LOCAL_FLORIST_OUTLINED, live=True,
                    identifier="sure")  # fmt: skip
        no = button(_("No"), lambda: ask(False), look="tonal", expand=True, identifier="no")
        yes = button(
            _("Yes, note it"),
            lambda: filling.save(lambda: closings.died(screen.desk, citizen, filling.form.on), saved),
            expand=2,
            identifier="yes-died",
        )
        return page(body, act_bar(no, yes, back=screen.back, hide=screen.hide), above_bar=sure, name="death")
    go = button(_("Note it …"), lambda: ask(True), expand=True, identifier="note-death")
    return page(body, act_bar(go, back=screen.back, hide=screen.hide), name="death")
