"""What matters most for whoever takes over: the citizen should not have to tell it all again."""

import flet as ft

from fieldapp.actions import asking, citizens, contacts
from fieldapp.actions.asking import Handover, HandoverForm
from fieldapp.actions.desk import Saved
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import long_date
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, piece, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def HandoverNote() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, before = use_reading(citizens.read, citizen), use_reading(asking.handovers, citizen)
    filling = use_form(asking.handover_key(citizen), HandoverForm)
    if shown is None:
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    field = Field(
        filling.form,
        "text",
        _("What matters most for the one taking over"),
        hint=_("How to be in touch, what has been agreed, what helps."),
        voice="worker",
        lines=4,
        identifier="handover-text",
        changed=filling.changed,
        left=filling.left,
    )
    body = [
        person_head(citizen, shown.name, _("Handover note")),
        space(theme.M),
        note(_("The citizen can ask to read this."), ft.Icons.MENU_BOOK_OUTLINED),
        space(theme.M),
        field,
        piece(*(_before(before[0]) if before else [])),
    ]
    save = button(
        _("Save"),
        lambda: filling.save(lambda: asking.note_handover(screen.desk, citizen, filling.form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(save, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="handover")


def _before(last: Handover) -> list[ft.Control]:
    said = _("{who}, {date}", who=last.by, date=long_date(last.on))
    return [section(_("The latest note")), card(text(last.text, "body"), text(said, "meta", MUTED))]
