"""One professional: name, job, sector, number, a note; changed, or not with the citizen any more."""

import flet as ft

from fieldapp.actions import citizens, contacts, professionals
from fieldapp.actions.desk import Saved
from fieldapp.actions.professionals import Professional, ProfessionalForm
from fieldapp.domain.values_day import Sector
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

NEW = "new"


@ft.component
@shielded
def OneProfessional() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, one = at["citizen"], at.get("professional", NEW)
    shown = use_reading(citizens.read, citizen)
    people = use_reading(professionals.read, citizen)
    before = next((each for each in people if each.id == one), None)
    filling = use_form(professionals.draft_key(citizen, None if one == NEW else one), ProfessionalForm)
    missing, miss = ft.use_state(False)
    form = filling.form
    ft.use_memo(lambda: _begin(form, before), [filling.kept])
    if shown is None or (before is None and one != NEW):
        return gone(screen)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    def keep() -> Saved:
        if before is None:
            return professionals.add(screen.desk, citizen, form)
        return professionals.change(screen.desk, before.id, form)

    async def save() -> None:
        miss(not form.name.strip())
        if form.name.strip():
            await filling.save(keep, saved)

    def end() -> None:
        saved(professionals.end(screen.desk, one))

    sectors = [(each.value, word(Sector, each)) for each in Sector]
    body = [
        person_head(citizen, shown.name, _("Professionals")),
        space(theme.L),
        _field(filling, "name", _("Who is it?"), ft.Icons.PERSON_OUTLINE, missing=missing and not form.name.strip()),
        space(theme.S),
        _field(filling, "job", _("Job"), ft.Icons.WORK_OUTLINE, hint=_("Contact person, nurse, caseworker …")),
        section(_("Where?")),
        choice(sectors, {form.sector} if form.sector else (), lambda code: filling.put(sector=code), name="sector"),
        space(theme.L),
        _field(filling, "phone", _("The number"), ft.Icons.CALL_OUTLINED, keyboard=ft.KeyboardType.PHONE),
        space(theme.S),
        _field(filling, "note", _("Good to know"), None, lines=2, hint=_("When to call, what you have agreed")),
        *(_ending(end) if before and before.ended_on is None else []),
    ]

    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="professional")


def _begin(form: ProfessionalForm, before: Professional | None) -> None:
    """Once, from what stands; then it is the worker's."""
    if form.begun or before is None:
        return
    form.name, form.job, form.sector = before.name, before.job or "", before.sector
    form.phone, form.note, form.begun = before.phone or "", before.note or "", True


def _field(
    filling: Filling[ProfessionalForm],
    attr: str,
    label: str,
    icon_name: ft.IconData | None,
    *,
    hint: str | None = None,
    lines: int = 1,
    missing: bool = False,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        hint=hint,
        icon_name=icon_name,
        lines=lines,
        keyboard=keyboard,
        error=_("Write a name first.") if missing else None,
        identifier=attr,
        changed=filling.changed,
        left=filling.left,
    )


def _ending(end: Call) -> list[ft.Control]:
    words = _("Not with the citizen any more")
    return [
        space(theme.XL),
        button(words, end, ft.Icons.EVENT_BUSY_OUTLINED, "quiet", small=True, identifier="end-entry"),
    ]
