"""What takes over (K3, K4): which support, who, from when; and, once it is so, that it has begun."""

from dataclasses import asdict

import flet as ft

from fieldapp.actions import citizens, contacts, replacements
from fieldapp.actions.desk import Saved
from fieldapp.actions.replacements import Replacement as Stands
from fieldapp.actions.replacements import ReplacementForm
from fieldapp.domain.values_life import Replacement as What
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import coming
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.form_parts import coming_days, day, ticked, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, piece, space
from fieldapp.views.rows import chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def Replacement() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown, stands = use_reading(citizens.read, citizen), use_reading(replacements.read, citizen)
    filling = use_form(replacements.draft_key(citizen), ReplacementForm)
    ft.use_memo(lambda: _begin(filling, stands), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()
    ahead = form.starts_on is not None and form.starts_on > today
    whole = form.what is not None and form.starts_on is not None

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not whole)
        if whole:
            form.begun = form.begun and not ahead
            await filling.save(lambda: replacements.keep(screen.desk, citizen, form), saved)

    body = [
        person_head(citizen, shown.name, _("What takes over?")),
        space(theme.L),
        choice(
            [(each.value, word(What, each)) for each in What],
            {form.what} if form.what else set(),
            lambda code: filling.put(what=code),
            name="what",
        ),
        section(_("Who is the new support person?")),
        written(filling, "who", _("Name and where from")),
        space(theme.S),
        written(filling, "phone", _("Phone")),
        section(_("When does it start?")),
        day(filling, "starts_on", today, coming_days(today)),
        space(theme.L),
        piece(
            note(_("It starts {day}. Tick here when it has begun.", day=coming(form.starts_on, today)),
                 ft.Icons.EVENT_OUTLINED, identifier="starts")
            if ahead and form.starts_on
            else chips(ticked(filling, "begun", _("It has begun"), ft.Icons.HANDSHAKE_OUTLINED))
        ),
        piece(*(_missing() if missing and not whole else [])),
    ]  # fmt: skip
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="replacement")


def _begin(filling: Filling[ReplacementForm], stands: Stands | None) -> None:
    if stands is not None and filling.restored_at is None:
        vars(filling.form).update(asdict(stands.said))


def _missing() -> list[ft.Control]:
    words = _("Choose what takes over, and the day it starts.")
    return [space(theme.S), note(words, ft.Icons.INFO_OUTLINE, "clay", live=True, identifier="missing")]
