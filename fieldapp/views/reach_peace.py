"""The citizen wants some space, and that is saved: until when, in whose words; the support goes on."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date, timedelta

import flet as ft

from fieldapp.actions import attempts, contacts
from fieldapp.actions.attempts import ReachOut
from fieldapp.actions.desk import Saved
from fieldapp.domain.gather import PEACE_WITHOUT_A_DATE
from fieldapp.domain.values import Outcome, Way
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.days import bare
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.guard import Call
from fieldapp.views.next_words import say_saved, when
from fieldapp.views.parts import button, heading, space
from fieldapp.views.state import use_screen
from fieldapp.words import word


@dataclass
class PeaceForm:
    until: date | None = None
    own_words: str = ""


@ft.component
def Peace(out: ReachOut, way: Way, first: Saved, back: Call) -> ft.Control:
    """`first` is what the tap saved, with two weeks; another day and the citizen's words take its place."""
    screen = use_screen()
    filling = use_form(f"peace:{out.citizen}", PeaceForm)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        say_saved(screen, answer, _kept(out.name, until, answer, today))
        screen.home()

    day = form.until if form.until and form.until >= today else None  # a draft of another day keeps its words alone
    until = day or today + PEACE_WITHOUT_A_DATE

    def save() -> Saved:
        wants, words = Outcome.WANTS_PEACE, form.own_words
        if day is None and not words.strip():
            return first
        return attempts.save(screen.desk, out.citizen, way, wants, peace_until=day, own_words=words, instead=first)

    def undo() -> None:
        contacts.undo(screen.desk, first)
        filling.kept.done()
        screen.changed()
        back()

    def leave() -> Awaitable[None]:
        """What was written here is not left in a draft that nobody looks for: the page says that it is saved."""
        return filling.save(save, saved)

    quick = [(_("A week"), 7), (_("Two weeks"), 14), (_("A month"), 30)]
    days = [(words, today + timedelta(days=ahead)) for words, ahead in quick]
    top: list[ft.Control] = [
        person_head(out.citizen, out.name, word(Outcome, Outcome.WANTS_PEACE)),
        space(theme.L),
        note(
            _kept(out.name, today + PEACE_WITHOUT_A_DATE, first, today),
            ft.Icons.NIGHTS_STAY_OUTLINED,
            title=_("Support goes on. You only wait with writing."),
            identifier="peace-saved",
        ),
        space(theme.L),
        Field(
            form,
            "own_words",
            _("The citizen's words"),
            voice="citizen",
            lines=2,
            identifier="own-words",
            hint=_("As it was said, as far as you can."),
            changed=filling.changed,
            left=filling.left,
        ),
        space(theme.L),
    ]
    body = [
        heading(_("Space until"), "title"),
        space(theme.M),
        day_chips(days, until, lambda day: filling.put(until=day), today, first=today, name="peace"),
    ]
    gem = button(_("Save"), leave, ft.Icons.CHECK, expand=True, identifier="save")
    undone = button(_("Undo"), undo, look="plain", expand=True, identifier="undo")
    if filling.restored_at is not None:
        top.append(draft_line(filling.restored_at, screen.desk.now()))
    return page(body, act_bar(undone, gem, back=leave, hide=screen.hide), low=True, top=top, name="peace")


def _kept(name: str, until: date, saved: Saved, today: date) -> str:
    told = _("{name} gets space until {day}.", name=name, day=bare(until, today))
    if saved.next_step is None:
        return told
    return _("{told} You reach out again {when}. Support goes on.", told=told, when=when(saved.next_step, today))
