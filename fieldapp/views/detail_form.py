"""One of the *Oplysninger*, written or changed."""

import flet as ft

from fieldapp.actions import contacts, details
from fieldapp.actions.desk import Saved
from fieldapp.actions.details import DetailForm as Form
from fieldapp.actions.details import Details
from fieldapp.domain import cpr
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import chip, chips
from fieldapp.views.state import use_reading, use_screen


@ft.component
@shielded
def DetailForm() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, field = at["citizen"], at["field"]
    known = use_reading(details.read, citizen)
    filling = use_form(details.draft_key(citizen, field), Form)
    wrong, say_wrong = ft.use_state(False)
    if known is None or field not in details.FIELDS:
        return gone(screen)
    form = filling.form
    _begin(form, field, known)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        unlike = field == "cpr" and bool(form.text.strip()) and cpr.written(form.text) is None
        say_wrong(unlike)
        if not unlike:
            await filling.save(lambda: details.keep(screen.desk, citizen, field, form), saved)

    title, hint, icon_name = _words(field)
    asked = Field(
        form,
        "text",
        title,
        hint=hint,
        icon_name=icon_name,
        keyboard=ft.KeyboardType.NUMBER if field == "cpr" else ft.KeyboardType.TEXT,
        error=_("A CPR number is a date and four digits, such as 010203-0000. Look once more.") if wrong else None,
        autofocus=True,
        identifier="detail",
        changed=filling.changed,
        left=filling.left,
    )
    body = [person_head(known.id, known.name, title), space(theme.L), asked, piece(*_more(filling, field))]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name=f"detail-{field}")


def _begin(form: Form, field: str, known: Details) -> None:
    """What stands already, but for the number: nobody sees that without being written down."""
    if form.begun:
        return
    stands = {"full_name": known.full_name, "address": known.address, "language": known.language}
    form.text = form.text or stands.get(field) or ""
    form.protected_address, form.needs_interpreter, form.begun = known.protected_address, known.needs_interpreter, True


def _words(field: str) -> tuple[str, str | None, ft.IconData]:
    match field:
        case "full_name":
            return _("Full name"), None, ft.Icons.PERSON_OUTLINE
        case "cpr":
            return _("CPR number"), _("Only if your workplace may have it"), ft.Icons.FINGERPRINT
        case "address":
            return _("Address"), None, ft.Icons.HOME_OUTLINED
    return _("Language"), None, ft.Icons.TRANSLATE


def _more(filling: Filling[Form], field: str) -> list[ft.Control]:
    form = filling.form
    match field:
        case "cpr":
            words = _("It stands in no list, no search and no print. An empty field takes it off.")
            return [space(theme.M), note(words, ft.Icons.SHIELD_OUTLINED)]
        case "address":
            on = form.protected_address
            protected = chip(_("Protected address"), lambda: filling.put(protected_address=not on), chosen=on,
                             identifier="protected")  # fmt: skip
            return [space(theme.M), chips(protected)]
        case "language":
            on = form.needs_interpreter
            spoken = chip(_("Needs an interpreter"), lambda: filling.put(needs_interpreter=not on), chosen=on,
                          identifier="interpreter")  # fmt: skip
            return [space(theme.M), chips(spoken)]
    return []
