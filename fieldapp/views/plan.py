"""Changing the next step: what, which day, at what time. It can be changed, never emptied (I-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

import flet as ft

from fieldapp.actions import away, citizens, next_steps
from fieldapp.actions.away import Colleague
from fieldapp.actions.desk import Saved
from fieldapp.domain.facts import NextStep
from fieldapp.domain.values_day import NextBy
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.choosing import ask_time, day_chips, soon
from fieldapp.views.days import clock
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import button, space
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@dataclass
class PlanForm:
    on: date | None = None
    at: time | None = None
    text: str = ""
    agreed: bool = False
    by: str = NextBy.WORKER
    colleague: str | None = None
    begun: bool = False  # filled in once from the step that stands


@ft.component
@shielded
def Plan() -> ft.Control:
    screen = use_screen()
    citizen = ft.use_route_params()["citizen"]
    shown = use_reading(citizens.read, citizen)
    filling = use_form(f"plan:{citizen}", PlanForm)
    team = use_reading(away.supporting, citizen)
    if shown is None or shown.next_step is None:
        return gone(screen)
    step, form, today = shown.next_step, filling.form, screen.desk.today()
    _begin(form, step, today)

    def saved(answer: Saved) -> None:
        say_saved(screen, answer)
        screen.back()

    async def save() -> None:
        on = form.on or step.on
        await filling.save(
            lambda: next_steps.plan(
                screen.desk,
                citizen,
                on,
                at=form.at,
                text=form.text,
                agreed=form.agreed,
                by=form.by,
                colleague=form.colleague,
            ),
            saved,
        )

    what = Field(
        form,
        "text",
        _("What?"),
        hint=_("Reach out"),
        icon_name=ft.Icons.FLAG_OUTLINED,
        lines=2,
        identifier="plan-text",
        changed=filling.changed,
        left=filling.left,
    )
    days = [(_("Today"), today), *soon(today)]
    body = [
        person_head(shown.id, shown.name, _("Next step")),
        space(theme.L),
        what,
        section(_("When will you reach out again?")),
        day_chips(days, form.on, lambda day: filling.put(on=day), today, first=today),
        section(_("At what time?")),
        _hours(filling),
        section(_("Who does it?")),
        *_who(filling, team),
        space(theme.L),
        note(_("Nobody should drop off the list."), ft.Icons.FAVORITE_BORDER),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="plan")


def _begin(form: PlanForm, step: NextStep, today: date) -> None:
    if form.begun:
        return
    form.on, form.at, form.text, form.agreed = max(step.on, today), step.at, step.text or "", step.agreed
    form.by, form.colleague = step.by or NextBy.WORKER, step.worker if step.by == NextBy.COLLEAGUE else None
    form.begun = True


def _who(filling: Filling[PlanForm], team: Sequence[Colleague]) -> list[ft.Control]:
    """Whoever has the citizen has the step on their list as well; the citizen's own is looked after on its day."""
    form = filling.form
    known = {NextBy.WORKER, NextBy.CITIZEN, *([NextBy.COLLEAGUE] if team else []), form.by}
    options = [(code.value, word(NextBy, code)) for code in NextBy if code in known]
    chosen = choice(options, {form.by}, lambda code: filling.put(by=code, colleague=None), name="by")
    if form.by != NextBy.COLLEAGUE:
        return [chosen]
    if form.colleague not in {each.id for each in team}:  # who has the citizen no more sees no step of it
        form.colleague = None
    names = [(each.id, each.name) for each in team]
    who = choice(names, {form.colleague} if form.colleague else set(), lambda id: filling.put(colleague=id), name="who")
    return [chosen, space(theme.M), who]


def _hours(filling: Filling[PlanForm]) -> ft.Control:
    at, agreed = filling.form.at, filling.form.agreed
    pick = chip(
        clock(at) if at else _("Pick a time"),
        lambda: ask_time(at or time(10), lambda chosen: filling.put(at=chosen)),
        chosen=at is not None,
        icon_name=ft.Icons.SCHEDULE,
        identifier="pick-time",
    )
    none = [chip(_("No time"), lambda: filling.put(at=None), identifier="no-time")] if at else []
    with_citizen = chip(
        _("Agreed with the citizen"), lambda: filling.put(agreed=not agreed), chosen=agreed, identifier="agreed"
    )
    return chips(pick, *none, with_citizen)
