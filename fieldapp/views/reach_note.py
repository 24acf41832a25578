"""A note at the door (F4): words to copy by hand or to print as a card, and one tap when it lies there."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import attempts
from fieldapp.actions.attempts import ReachOut, TextChoice
from fieldapp.actions.desk import Saved
from fieldapp.domain import card
from fieldapp.domain.values import Outcome, Way
from fieldapp.texts import _
from fieldapp.views import notices, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.filling import use_form
from fieldapp.views.greetings import TextForm
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import C, border, button, icon, line, padding, space, tappable, text
from fieldapp.views.state import Screen, use_screen
from fieldapp.words import word


@ft.component
def DoorNote(out: ReachOut) -> ft.Control:
    screen = use_screen()
    filling = use_form(f"door:{out.citizen}", TextForm)
    chosen = filling.form.template or (out.notes[0].template if out.notes else "")
    words = next((each.text for each in out.notes if each.template == chosen), "")

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.home()

    def save() -> Saved:
        return attempts.save(screen.desk, out.citizen, Way.NOTE, Outcome.LEFT, text=words, template=chosen or None)

    cards: list[ft.Control] = []
    for each in reversed(out.notes):
        cards += [_card(each, each.template == chosen, filling.put), space(10)]
    body = [
        person_head(out.citizen, out.name, word(Way, Way.NOTE)),
        space(theme.L),
        *cards,
        note(_("Fold it. Only the first name outside."), ft.Icons.STICKY_NOTE_2_OUTLINED),
        space(theme.L),
        *_printed(out, words, screen),
    ]
    left = button(
        _("The note is there"),
        lambda: filling.save(save, saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="note-left",
    )
    return page(body, act_bar(left, back=screen.back, hide=screen.hide), name="door-note")


def _printed(out: ReachOut, words: str, screen: Screen) -> list[ft.Control]:
    """For the next visit: a sheet to fold twice, the name outside and the words inside."""
    if not card.can_print(out.first_name, words):
        return [note(_("A letter in this text cannot be printed. Copy it by hand."), ft.Icons.INFO_OUTLINE)]

    async def make() -> None:
        screen.leave()
        if await screen.gate.platform.save_file(card.FILE, card.card(out.first_name, words)) is False:
            notices.show(_("This machine cannot keep the file. Copy the words by hand."))

    leaves = _("The file is not encrypted once it leaves the app. Store it only where the municipality says.")
    return [
        button(_("Make a card to print"), make, ft.Icons.PRINT_OUTLINED, "quiet", identifier="print-card"),
        space(theme.S),
        note(_("Print it on one side of a sheet, and fold it twice. {leaves}", leaves=leaves), ft.Icons.INFO_OUTLINE),
    ]


def _card(each: TextChoice, chosen: bool, put: Callable[..., object]) -> ft.Control:
    mark = ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED
    color = C.PRIMARY if chosen else C.OUTLINE
    return tappable(
        line(icon(mark, 24, color), text(each.text, "body", expand=True), gap=theme.M, top=True),
        lambda: put(template=each.template),
        identifier=f"note-{each.template}",
        selected=chosen,
        color=C.SURFACE_CONTAINER_LOWEST,
        radius=theme.QUOTE,
        edge=border(C.PRIMARY if chosen else C.TRANSPARENT, 2),
        pad=padding(16, 14),
    )
