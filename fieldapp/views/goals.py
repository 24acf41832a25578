"""The goals of one citizen: the wheel of what was chosen, and each goal as a quote with its next small step."""

import asyncio
from datetime import date

import flet as ft

from fieldapp.actions import focus, own_page
from fieldapp.actions import goals as actions
from fieldapp.actions.goals import Goal, Progress
from fieldapp.domain.values import DecidedBy, Dimension, GoalOutcome
from fieldapp.domain.wheel import Period
from fieldapp.texts import _, ngettext, pgettext
from fieldapp.views import theme
from fieldapp.views.bars import tabs
from fieldapp.views.cards import note, pill
from fieldapp.views.days import said_on
from fieldapp.views.dimensions import dimension_chips, icon_of, worked_list, worked_wheel
from fieldapp.views.parts import MUTED, C, column, icon, icon_disc, line, link, padding, piece, text
from fieldapp.views.rows import group, row, section, surface
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

MOST = 20
"""Small steps forward shown at once."""
FOLD = 5
"""Ended goals, before the rest is a tap away."""


@ft.component
def Goals(citizen: str, name: str, died: bool) -> ft.Control:
    """Of one who has died what was worked for can be read, and nothing is chosen any more."""
    screen = use_screen()
    goals = use_reading(actions.read, citizen)
    progress = use_reading(actions.progress, citizen)
    open_now = [goal for goal in goals if goal.ended_on is None]
    ended = [goal for goal in goals if goal.ended_on is not None]
    return column(
        *([] if died else [Worked(citizen, name)]),
        *([] if died and not open_now else _listed(open_now, citizen, screen)),
        *_progress(progress, screen),
        EndedGoals(ended, citizen),
        gap=0,
    )


@ft.component
def EndedGoals(ended: list[Goal], citizen: str) -> ft.Control:
    screen = use_screen()
    unfolded, unfold = ft.use_state(False)
    if not ended:
        return ft.Container()
    folded = len(ended) > FOLD and not unfolded
    return column(
        section(_("Ended"), len(ended)),
        group([goal_row(goal, citizen, screen) for goal in (ended[:FOLD] if folded else ended)]),
        *([link(pgettext("goals", "Show all"), lambda: unfold(True), identifier="all-ended")] if folded else []),
        gap=0,
    )


@ft.component
def Worked(citizen: str, name: str) -> ft.Control:
    """The wheel over time: what is worked with now, what was the last year, and what the citizen chose."""
    screen = use_screen()
    period, choose = ft.use_state(Period.NOW.value)
    choosing, choose_focus = ft.use_state(False)
    sectors = use_reading(own_page.worked_with, citizen, period)
    chosen = use_reading(focus.read, citizen)

    def open_one(code: str) -> None:
        screen.citizen(citizen, f"dimension/{code}")

    async def turn(code: str) -> None:
        await asyncio.to_thread(focus.choose, screen.desk, citizen, code)
        screen.changed()

    named = [(Period.NOW.value, pgettext("wheel", "Now")), (Period.LAST_YEAR.value, pgettext("wheel", "The last year"))]
    decides = text(_("{name} chooses what you work on.", name=name), "meta", MUTED, align=ft.TextAlign.CENTER)
    more = text(_("One to three is often enough. More is fine."), "meta", MUTED)
    picking = [dimension_chips(chosen, turn), *([more] if len(chosen) > focus.SUGGESTED else [])]
    return column(
        tabs(named, period, choose),
        ft.Row([worked_wheel(sectors, period, open_one)], alignment=ft.MainAxisAlignment.CENTER),
        ft.Container(decides, padding=padding(0, 4, bottom=4)),
        link(_("Choose what to work on"), lambda: choose_focus(not choosing), identifier="choose-focus"),
        piece(*(picking if choosing else [])),
        *worked_list(sectors, open_one),
        section(_("Goals")),
        gap=theme.S,
    )


def _listed(goals: list[Goal], citizen: str, screen: Screen) -> list[ft.Control]:
    if not goals:
        words = _("No goals yet, and that is fine. Ask when the moment is right: what would you like?")
        return [note(words, ft.Icons.FORMAT_QUOTE, "heather")]
    return [group([goal_row(goal, citizen, screen) for goal in goals])]


def goal_row(goal: Goal, citizen: str, screen: Screen) -> ft.Container:
    step = next((step for step in goal.steps if step.done_on is None), None)
    lines: list[ft.Control] = [
        text(word(Dimension, goal.dimension), "small", MUTED),
        text(f"“{goal.title}”", "name"),
    ]
    if step:
        lines.append(_small_line(ft.Icons.FLAG_OUTLINED, text(step.text, "reason", MUTED, expand=True)))
    if goal.progress:
        small = ngettext("{count} small step forward", "{count} small steps forward", len(goal.progress))
        said = text(small, "small", C.SECONDARY_FIXED_DIM, weight=600, expand=True)
        lines.append(_small_line(ft.Icons.SPA_OUTLINED, said, C.SECONDARY_FIXED_DIM))
    suggested = word(DecidedBy, goal.decided_by) if goal.decided_by == DecidedBy.PROPOSED else ""
    if below := " · ".join(filter(None, (suggested, word(GoalOutcome, goal.outcome) if goal.outcome else ""))):
        lines.append(text(below, "small", MUTED))
    if goal.two_versions:
        lines.append(pill(_("Two people wrote about the same thing."), ft.Icons.CALL_SPLIT, "clay"))
    words = ft.Column(lines, spacing=4, tight=True, expand=True)
    mark = icon_disc(icon_of(goal.dimension), "pine")
    inner = line(mark, words, icon(ft.Icons.CHEVRON_RIGHT, 24), gap=theme.M, top=True)
    return surface(inner, lambda: screen.citizen(citizen, f"goals/{goal.id}"), identifier=f"goal-{goal.id}")


def _small_line(icon_name: ft.IconData, words: ft.Control, color: ft.Colors = MUTED) -> ft.Control:
    return line(icon(icon_name, 16, color), words, gap=6, top=True)


def _progress(lines: tuple[Progress, ...], screen: Screen) -> list[ft.Control]:
    """What went forward, whatever it belongs to; the newest first."""
    if not lines:
        return []
    today = screen.desk.today()
    return [section(_("Small steps forward")), group([step_forward(each, today) for each in lines[:MOST]])]


def step_forward(each: Progress, today: date) -> ft.Container:
    mark = icon_disc(ft.Icons.SPA_OUTLINED, "honey")
    return row(each.text, None, said_on(each.noted_on, today), lead=mark, meta_icon=ft.Icons.EVENT_OUTLINED)
