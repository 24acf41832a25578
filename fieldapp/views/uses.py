"""How far the citizen can use what there is already: the methods' three steps, dated, the earlier readable (B4)."""

import flet as ft

from fieldapp.actions import assessments as actions
from fieldapp.actions import citizens, contacts
from fieldapp.actions.assessments import NoteForm, UsesForm
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_life import UsesOffers
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

MOST = 10
"""Earlier answers at once."""


@ft.component
@shielded
def Uses() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    before = use_reading(actions.read, citizen).uses
    filling = use_form(actions.uses_key(citizen), UsesForm)
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(form.level is None)
        if form.level is not None:
            await filling.save(lambda: actions.set_uses(screen.desk, citizen, form), saved)

    options = [(each.value, word(UsesOffers, each)) for each in UsesOffers]
    first = note(_("Choose one of the three."), ft.Icons.INFO_OUTLINE, "clay", live=True)
    earlier = [row(word(UsesOffers, each.level), each.note, said_on(each.on, today)) for each in before[:MOST]]
    body = [
        person_head(citizen, shown.name, _("Can use what there is already")),
        space(theme.L),
        choice(options, {form.level or ""}, lambda code: filling.put(level=code), name="uses"),
        piece(*([space(theme.M), first] if missing else [])),
        space(theme.L),
        filling_field(filling, "note", _("What makes it possible, or hard?"), ft.Icons.EDIT_NOTE),
        *([section(_("Said before")), group(earlier)] if earlier else []),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="uses")


def filling_field(
    filling: Filling[NoteForm] | Filling[UsesForm],
    attr: str,
    label: str,
    icon_name: ft.IconData,
    hint: str | None = None,
    error: str | None = None,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        icon_name=icon_name,
        hint=hint,
        lines=2,
        error=error,
        identifier=attr,
        changed=filling.changed,
        left=filling.left,
    )
