"""One bridge: where to and with whom, the meeting together, and, now or later, the citizen's own verdict."""

import asyncio
from dataclasses import asdict

import flet as ft

from fieldapp.actions import bridges, citizens, contacts
from fieldapp.actions.bridges import Bridge
from fieldapp.actions.bridges import BridgeForm as Form
from fieldapp.actions.desk import Saved
from fieldapp.domain.values_day import Verdict
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.form_parts import coming_days, day, ticked, written
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space
from fieldapp.views.rows import chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word

NEW = "new"


@ft.component
@shielded
def BridgeForm() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen, wanted = at["citizen"], None if at["bridge"] == NEW else at["bridge"]
    shown, all_ = use_reading(citizens.read, citizen), use_reading(bridges.read, citizen)
    filling = use_form(bridges.draft_key(citizen, wanted), Form)
    stands = next((each for each in all_ if each.id == wanted), None)
    ft.use_memo(lambda: _begin(filling, stands), [filling.kept])
    missing, miss = ft.use_state(False)
    if shown is None or (wanted and stands is None):
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        miss(not form.to.strip())
        if form.to.strip():
            await filling.save(lambda: bridges.keep(screen.desk, citizen, form, wanted), saved)

    async def end() -> None:
        assert wanted is not None
        saved(await asyncio.to_thread(bridges.end, screen.desk, citizen, wanted))

    body = [
        person_head(shown.id, shown.name, _("New bridge") if stands is None else _("A bridge")),
        space(theme.L),
        written(filling, "to", _("Where to?"), hint=_("A doctor, an association, a café, a course …"), missing=missing),
        space(theme.S),
        written(filling, "contact", _("Contact person")),
        space(theme.S),
        written(filling, "phone", _("Phone")),
        section(_("When do you meet together?")),
        day(filling, "joint_meeting_on", today, coming_days(today)),
        space(theme.M),
        chips(ticked(filling, "went_along", _("You went along"), ft.Icons.DIRECTIONS_WALK)),
        section(_("What does {name} say of it?", name=shown.name)),
        choice(
            [(code.value, word(Verdict, code)) for code in Verdict],
            {form.verdict} if form.verdict else set(),
            lambda code: filling.put(verdict=None if code == form.verdict else code),
            name="verdict",
        ),
        space(theme.M),
        written(
            filling, "own_words", _("The citizen's words"), voice="citizen", lines=2,
            hint=_("As it was said, as far as you can."),
        ),
    ]  # fmt: skip
    acts = [button(_("Save"), save, ft.Icons.CHECK, expand=2, identifier="save")]
    if stands is not None and stands.ended_on is None:
        acts.insert(0, button(_("It stands"), end, look="tonal", expand=True, identifier="bridge-stands"))
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), above_bar=above, name="bridge")


def _begin(filling: Filling[Form], stands: Bridge | None) -> None:
    if stands is not None and filling.restored_at is None:
        vars(filling.form).update(asdict(stands.said))
