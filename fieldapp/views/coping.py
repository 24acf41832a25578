"""*Når det bliver svært*: signs, what helps, what doesn't, whom to call; made together, read without a network (N6)."""

import flet as ft

from fieldapp.actions import citizens, contacts, coping
from fieldapp.actions.coping import CopingForm, CopingPlan
from fieldapp.actions.desk import Saved
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import long_date, said_on
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import P_, named

_ASKED = {
    "signs": P_("coping", "How do we notice that it gets hard?"),
    "helps": P_("coping", "What helps?"),
    "helps_not": P_("coping", "What doesn't help?"),
    "whom_to_call": P_("coping", "Whom can one call?"),
    "for_others": P_("coping", "What shall those who help do?"),
}


@ft.component
@shielded
def Coping() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    found = use_reading(coping.read, citizen)
    if shown is None:
        return gone(screen)
    today = screen.desk.today()
    body: list[ft.Control] = [person_head(citizen, shown.name, _("When it gets hard")), space(theme.L)]
    if found:
        body += [*_told(found[0]), text(_("Made {day}.", day=said_on(found[0].on, today)), "meta", MUTED)]
    else:
        words = _("Nothing yet. Make it together on a calm day, so that everybody knows it on a hard one.")
        body.append(note(words, ft.Icons.HANDSHAKE_OUTLINED))
    if len(found) > 1:
        body.append(section(_("Earlier")))
        body += [
            card(text(long_date(each.on), "meta", MUTED), *_lines(each), tone="sand", gap=4) for each in found[1:4]
        ]
    change = button(
        _("Write together"),
        lambda: screen.citizen(citizen, "coping/new"),
        ft.Icons.EDIT_OUTLINED,
        expand=True,
        identifier="write",
    )
    return page(body, act_bar(change, back=screen.back, hide=screen.hide), name="coping")


def _told(plan: CopingPlan) -> list[ft.Control]:
    cards = [card(text(named(_ASKED[name]), "name"), text(words, "body"), gap=4) for name, words in plan.said.items()]
    return [each for one in cards for each in (one, space(theme.S))]


def _lines(plan: CopingPlan) -> list[ft.Control]:
    return [text(f"{named(_ASKED[name])} {words}", "reason") for name, words in plan.said.items()]


@ft.component
@shielded
def WriteCoping() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    found = use_reading(coping.read, citizen)
    filling = use_form(coping.draft_key(citizen), CopingForm)
    tried, now_tried = ft.use_state(False)
    form = filling.form
    ft.use_memo(lambda: _begin(form, found[0] if found else None), [filling.kept])
    if shown is None:
        return gone(screen)

    def empty() -> bool:
        return not any(getattr(form, name).strip() for name in coping.WORDS)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        now_tried(empty())
        if not empty():
            await filling.save(lambda: coping.keep(screen.desk, citizen, form), saved)

    lacks = note(_("Write a line first."), ft.Icons.EDIT_NOTE, "clay", live=True, identifier="missing")
    body: list[ft.Control] = [person_head(citizen, shown.name, _("When it gets hard"))]
    for name in coping.WORDS:
        body += [space(theme.M), _field(filling, name)]
    body += [space(theme.S), lacks] if tried and empty() else []
    gem = button(_("Save together"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="coping-new")


def _begin(form: CopingForm, before: CopingPlan | None) -> None:
    """Once, from what stands; then it is theirs."""
    if form.begun or before is None:
        return
    for name in coping.WORDS:
        setattr(form, name, getattr(before, name))
    form.begun = True


def _field(filling: Filling[CopingForm], name: str) -> ft.Control:
    return Field(
        filling.form,
        name,
        named(_ASKED[name]),
        voice="worker" if name == "for_others" else "citizen",
        lines=2,
        identifier=name.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )
