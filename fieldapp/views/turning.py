"""How close the support is: turned up or down with a reason, or said to be right as it is; and how it has been (H1)."""

import flet as ft

from fieldapp.actions import citizens, contacts, intensity
from fieldapp.actions.desk import Saved
from fieldapp.actions.intensity import Turned, TurnForm
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.note_support import support_now
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import intensity as level_word


@ft.component
@shielded
def Turning() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    now = use_reading(intensity.read, citizen)
    history = use_reading(intensity.history, citizen)
    filling = use_form(intensity.draft_key(citizen), TurnForm)
    if shown is None or now is None:
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    asks = _("Three months ago {name} moved in. It may be less that is needed now, or just as much.", name=shown.name)
    body = [
        person_head(citizen, shown.name, _("How close the support is")),
        *([space(theme.L), note(asks, ft.Icons.HOME_OUTLINED, "slate")] if shown.still_right else []),
        *support_now(filling, now, screen.desk.today()),
        space(theme.M),
        text(_("No hours are counted. Time alone never turns it down."), "meta", MUTED),
        *_before(history, screen),
    ]
    words = _("Save") if filling.form.intensity else _("It is right as it is")
    gem = button(
        words,
        lambda: filling.save(lambda: intensity.keep(screen.desk, citizen, filling.form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="intensity")


def _before(history: tuple[Turned, ...], screen: Screen) -> list[ft.Control]:
    today = screen.desk.today()
    cards: list[ft.Control] = []
    for each in history:
        when = " · ".join(filter(None, (said_on(each.on, today), each.by)))
        why = [text(each.reason, "body")] if each.reason else []
        cards += [
            card(text(level_word(each.level), "name"), *why, text(when, "meta", MUTED), gap=theme.XS),
            space(theme.S),
        ]
    return [section(_("How it has been")), *cards] if cards else []
