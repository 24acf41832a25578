"""One offer: what it was, and, now or later, how it went in the citizen's own view."""

from dataclasses import asdict

import flet as ft

from fieldapp.actions import citizens, contacts, offers
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.offers import OfferForm as Form
from fieldapp.domain.values_day import Verdict
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

NEW = "new"


@ft.component
@shielded
def OfferForm() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, offer = at["citizen"], None if at["offer"] == NEW else at["offer"]
    shown = use_reading(citizens.read, citizen)
    filling = use_form(offers.draft_key(citizen, offer), Form)
    ft.use_memo(lambda: _begin(filling, offer, screen.desk), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.what.strip())
        if form.what.strip():
            await filling.save(lambda: offers.keep(screen.desk, citizen, form), saved)

    body = [
        person_head(shown.id, shown.name, _("New offer") if offer is None else _("An offer")),
        space(theme.L),
        _what(filling, missing),
        space(theme.M),
        chips(
            chip(
                _("You went along"),
                lambda: filling.put(went_along=not form.went_along),
                chosen=form.went_along,
                icon_name=ft.Icons.DIRECTIONS_WALK,
                identifier="went-along",
            )
        ),
        section(_("What does {name} say of it?", name=shown.name)),
        _verdict(filling),
        space(theme.M),
        _own_words(filling),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="offer")


def _begin(filling: Filling[Form], offer: str | None, desk: Desk) -> None:
    if offer and filling.restored_at is None:
        vars(filling.form).update(asdict(offers.form_of(desk, offer)))


def _what(filling: Filling[Form], missing: bool) -> ft.Control:
    return Field(
        filling.form,
        "what",
        _("What did you tell about?"),
        hint=_("A drop-in centre, a course, a doctor ..."),
        error=_("Write a few words first.") if missing else None,
        identifier="what",
        changed=filling.changed,
        left=filling.left,
        word_help=True,
    )


def _verdict(filling: Filling[Form]) -> ft.Control:
    chosen = filling.form.verdict
    options = [(code.value, word(Verdict, code)) for code in Verdict]
    return choice(
        options,
        {chosen} if chosen else set(),
        lambda code: filling.put(verdict=None if code == chosen else code),
        name="verdict",
    )


def _own_words(filling: Filling[Form]) -> ft.Control:
    return Field(
        filling.form,
        "own_words",
        _("The citizen's words"),
        voice="citizen",
        hint=_("As it was said, as far as you can."),
        lines=2,
        identifier="own-words",
        changed=filling.changed,
        left=filling.left,
    )
