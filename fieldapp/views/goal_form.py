"""A new goal: the dimension the citizen chose, the goal in the citizen's words, and the smallest next step."""

from collections.abc import Callable
from datetime import date

import flet as ft

from fieldapp.actions import citizens, contacts, goals
from fieldapp.actions.desk import Saved
from fieldapp.actions.goals import GoalForm
from fieldapp.domain.values import DecidedBy, StepBy
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.choosing import day_chips, soon
from fieldapp.views.dimensions import ICONS, named
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import C, button, piece, space, text
from fieldapp.views.rows import chip, chips, choice, section
from fieldapp.views.state import use_reading, use_screen
from fieldapp.words import word


@ft.component
@shielded
def NewGoal() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    citizen = at["citizen"]
    shown = use_reading(citizens.read, citizen)
    filling = use_form(goals.draft_key(citizen), GoalForm)
    missing, miss = ft.use_state("")
    ft.use_memo(lambda: _begin(filling.form, at.get("dimension")), [filling.kept])
    if shown is None:
        return gone(screen)
    form = filling.form

    def saved(answer: Saved) -> None:
        screen.saved(_told(form.decided_by, shown.name), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        missed = "dimension" if not form.dimension else "title" if not form.title.strip() else ""
        miss(missed)
        if not missed:
            await filling.save(lambda: goals.add(screen.desk, citizen, form), saved)

    body = [
        person_head(shown.id, shown.name, _("New goal")),
        section(_("What would you like to work on?")),
        _dimensions(filling),
        piece(*([_said(_("Choose one of the eight."))] if missing == "dimension" else [])),
        *_in_words(filling, missing == "title"),
        section(_("Who decided?")),
        choice(_codes(DecidedBy), {form.decided_by}, lambda code: filling.put(decided_by=code), name="decided"),
        *_step(filling, screen.desk.today()),
    ]
    gem = button(_("Save"), save, ft.Icons.CHECK, expand=True, identifier="save")
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=draft_line(filling.restored_at, screen.desk.now()), name="new-goal")


def _begin(form: GoalForm, dimension: str | None) -> None:
    """From the page of one dimension the goal is about that one, until another is tapped."""
    form.dimension = form.dimension or dimension


def _told(decided_by: str, name: str) -> str:
    """Whose it is, as it was chosen: what was only suggested is not theirs yet (L5)."""
    if decided_by == DecidedBy.PROPOSED:
        return _("Saved as suggested. {name} decides whether it becomes a goal.", name=name)
    if decided_by == DecidedBy.TOGETHER:
        return _("Saved. You decided it together.")
    return _("Saved. The goal is {name}'s own.", name=name)


def _dimensions(filling: Filling[GoalForm]) -> ft.Control:
    def one(code: str, words: str) -> ft.Control:
        chosen = code == filling.form.dimension
        identifier = f"dimension-{code}"
        return chip(
            words,
            lambda: filling.put(dimension=code),
            chosen=chosen,
            icon_name=ICONS[code],
            identifier=identifier,
        )

    return chips(*(one(*each) for each in named()))


def _in_words(filling: Filling[GoalForm], missing: bool) -> list[ft.Control]:
    title = Field(
        filling.form,
        "title",
        _("The goal, in the citizen's own words"),
        voice="citizen",
        hint=_("What do you wish for?"),
        lines=2,
        error=_("Write the goal first, as the citizen says it.") if missing else None,
        identifier="goal-title",
        changed=filling.changed,
        left=filling.left,
    )
    return [space(theme.L), title]


def _step(filling: Filling[GoalForm], today: date) -> list[ft.Control]:
    step = Field(
        filling.form,
        "step",
        _("The smallest next step"),
        hint=_("What is the smallest next step?"),
        icon_name=ft.Icons.FLAG_OUTLINED,
        lines=2,
        identifier="goal-step",
        changed=filling.changed,
        left=filling.left,
    )
    form = filling.form
    return [space(theme.L), step, *step_choices(form.step_by, form.step_due_on, today, filling.put)]


def step_choices(by: str, due_on: date | None, today: date, put: Callable[..., None]) -> list[ft.Control]:
    """Who does the step, and when, if a day was said; for a form with `step_by` and `step_due_on`."""
    who = choice(_codes(StepBy), {by}, lambda code: put(step_by=code), name="by")
    when = day_chips(soon(today), due_on, lambda day: put(step_due_on=None if day == due_on else day), today)
    return [section(_("Who does it?")), who, section(_("When?")), when]


def _codes(of: type[DecidedBy] | type[StepBy]) -> list[tuple[str, str]]:
    return [(code.value, word(of, code)) for code in of]


def _said(words: str) -> ft.Control:
    said = text(words, "meta", C.ERROR)
    return ft.Semantics(content=ft.Container(said, padding=ft.Padding(4, 8, 4, 0)), live_region=True, container=True)
