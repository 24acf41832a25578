"""The plan until there is a home: how, when, and where meanwhile; what nobody knows yet gets a day (F4, T7)."""

from datetime import date, timedelta

import flet as ft

from fieldapp.actions import contacts, home_page, home_wishes
from fieldapp.actions.desk import Saved
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_wishes import PlanForm
from fieldapp.domain.values_day import WaitingReason
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import day_chips
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, space, text
from fieldapp.views.rows import choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def HomePlan() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(home_page.read, citizen)
    filling = use_form(home_wishes.plan_key(citizen), PlanForm)
    ft.use_memo(lambda: _begin(filling, shown, screen.desk.today()), [filling.kept])
    if shown is None:
        return gone(screen)
    form, today = filling.form, screen.desk.today()

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    waits = [(each.value, word(WaitingReason, each)) for each in WaitingReason]
    chosen = form.waits_for

    def wait(code: str) -> None:
        filling.put(waits_for=None if code == chosen else code)

    body = [
        person_head(citizen, shown.name, _("The plan")),
        space(theme.L),
        note(_("Support goes on while you wait for the home."), ft.Icons.HANDSHAKE_OUTLINED, "pine"),
        space(theme.L),
        _field(filling, "how", _("How will you find a home?"), ft.Icons.SEARCH),
        space(theme.S),
        _field(filling, "when_text", _("When?"), ft.Icons.EVENT_OUTLINED),
        space(theme.S),
        _field(filling, "meanwhile", _("Where can {name} stay meanwhile?", name=shown.name), ft.Icons.BEDTIME_OUTLINED),
        section(_("What is not known yet: when do you look at it again?")),
        _again(filling, today),
        section(_("Waiting for a home: why?")),
        text(_("It is never about the citizen. Support needs no home."), "meta", MUTED),
        space(theme.S),
        choice(waits, {chosen} if chosen else (), wait, name="waits"),
    ]
    gem = button(
        _("Save"),
        lambda: filling.save(lambda: home_wishes.keep_plan(screen.desk, citizen, form), saved),
        ft.Icons.CHECK,
        expand=True,
        identifier="save",
    )
    above = draft_line(filling.restored_at, screen.desk.now())
    return page(body, act_bar(gem, back=screen.back, hide=screen.hide), above_bar=above, name="home-plan")


def _begin(filling: Filling[PlanForm], shown: HomePage | None, today: date) -> None:
    """As it stands: one changes what has become clearer."""
    form = filling.form
    if filling.restored_at is not None or form.begun or shown is None:
        return
    form.begun, form.waits_for = True, shown.waits_for
    plan = shown.plan
    if plan:
        form.how, form.when_text, form.meanwhile = plan.how or "", plan.when_text or "", plan.meanwhile or ""
        form.follow_up_on = plan.follow_up_on if plan.follow_up_on and plan.follow_up_on >= today else None


def _field(filling: Filling[PlanForm], attr: str, label: str, icon_name: ft.IconData) -> ft.Control:
    return Field(
        filling.form,
        attr,
        label,
        hint=_("Not known yet"),
        icon_name=icon_name,
        lines=2,
        identifier=attr.replace("_", "-"),
        changed=filling.changed,
        left=filling.left,
    )


def _again(filling: Filling[PlanForm], today: date) -> ft.Control:
    """Two weeks are suggested; once all three are answered none is needed."""
    form = filling.form
    suggested = home_wishes.suggested_look(today)
    offered = [(_("In a week"), today + timedelta(days=7)), (_("In two weeks"), suggested)]
    all_said = all(each.strip() for each in (form.how, form.when_text, form.meanwhile))
    chosen = form.follow_up_on or (None if all_said else suggested)
    return day_chips(
        offered, chosen, lambda day: filling.put(follow_up_on=day), today, first=today + timedelta(days=1), name="again"
    )
