"""Two questions to the team after a home was lost: what we could have done, never what the citizen did (G11)."""

import flet as ft

from fieldapp.actions import citizens, contacts, home_losses
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_losses import Reflection, ReflectionForm
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def HomeLoss() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, home = at["citizen"], at["home"]
    shown = use_reading(citizens.read, citizen)
    before = use_reading(home_losses.read, citizen, home)
    filling = use_form(home_losses.draft_key(citizen, home), ReflectionForm)
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form = filling.form

    def back() -> None:
        screen.citizen(citizen, "home")

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        back()

    async def save() -> None:
        empty = not (form.support_fit.strip() or form.home_fit.strip())
        miss(empty)
        if not empty:
            await filling.save(lambda: home_losses.keep(screen.desk, home, form), saved)

    body = [
        person_head(citizen, shown.name, _("Two questions to the team")),
        space(theme.L),
        note(
            _("A home may have to be offered several times. Look at what we can do better, not at the citizen."),
            ft.Icons.GROUPS_OUTLINED,
        ),
        space(theme.L),
        _field(filling, "support_fit", _("To the team: did the support meet the need?"), missing),
        space(theme.S),
        _field(filling, "home_fit", _("To the team: was it the right home for {name}?", name=shown.name), False),
        *_before(before, shown.name, screen),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=back, hide=screen.hide), above_bar=above, name="home-loss")


def _field(filling: Filling[ReflectionForm], attr: str, label: str, missing: bool) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        voice="worker",
        lines=3,
        error=_("Write a few words first.") if missing else None,
        identifier=attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )


def _before(found: tuple[Reflection, ...], name: str, screen: Screen) -> list[ft.Control]:
    if not found:
        return []
    cards: list[ft.Control] = [section(_("Written before"))]
    for each in found:
        told = [
            (_("To the team: did the support meet the need?"), each.support_fit),
            (_("To the team: was it the right home for {name}?", name=name), each.home_fit),
        ]
        lines = [part for title, said in told if said for part in (text(title, "small", MUTED), text(said, "body"))]
        cards += [card(text(said_on(each.on, screen.desk.today()), "meta", MUTED), *lines, gap=4), space(theme.S)]
    return cards
