"""One goal: in the citizen's words, its small steps to tick, how it goes, and what went forward."""

import asyncio
from collections.abc import Callable

import flet as ft

from fieldapp.actions import citizens, conflicts, contacts
from fieldapp.actions import goals as actions
from fieldapp.actions.desk import Saved
from fieldapp.actions.goals import Goal as TheGoal
from fieldapp.actions.goals import Step
from fieldapp.domain.values import DecidedBy, Dimension, GoalOutcome, StepBy
from fieldapp.texts import _, pgettext
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, person_head
from fieldapp.views.days import capital, coming, long_date, past
from fieldapp.views.ended import has_ended
from fieldapp.views.goals import step_forward
from fieldapp.views.gone import gone
from fieldapp.views.guard import Call, shielded
from fieldapp.views.harm import Harm
from fieldapp.views.parts import MUTED, C, button, icon, icon_disc, line, link, space, text
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import word

Change = Callable[..., object]
Writes = Callable[..., Saved]


@ft.component
@shielded
def Goal() -> ft.Control:
    screen = use_screen()
    at = ft.use_route_params()
    shown = use_reading(citizens.read, at["citizen"])
    goal = next((each for each in use_reading(actions.read, at["citizen"]) if each.id == at["goal"]), None)
    disputed = [each.id for each in use_reading(conflicts.read) if each.about == at["goal"]]
    if shown is None or goal is None:
        return gone(screen)

    def to(what: str) -> None:
        screen.citizen(shown.id, f"goals/{goal.id}/say/{what}")

    async def change(how: Writes, *of: object, words: str) -> None:
        answer = await asyncio.to_thread(how, screen.desk, *of)
        screen.saved(words, undo=(lambda: contacts.undo(screen.desk, answer)) if answer.wrote else None)

    body = [
        person_head(shown.id, shown.name, word(Dimension, goal.dimension)),
        space(theme.L),
        _quote(goal, lambda: to("title")),
        *_doubt(disputed, screen),
        *_steps(goal, screen, to, change),
        *_outcome(goal, change),
        Harm(goal),
        *_progress(goal, screen, to),
        *_view(goal, lambda: to("view")),
        *([] if has_ended(shown) else _ending(goal, change)),
    ]
    acts = [
        button(_("Progress"), lambda: to("progress"), look="tonal", expand=True, identifier="more"),
        button(_("New step"), lambda: to("step"), expand=True, identifier="new-step"),
    ]
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name=goal.id)


def _quote(goal: TheGoal, change: Call) -> ft.Control:
    ink = C.ON_TERTIARY_CONTAINER
    by = [decided(goal.decided_by)] if goal.decided_by else []
    ended = [_("Ended {date}", date=long_date(goal.ended_on))] if goal.ended_on else []
    below = " · ".join([*by, *ended])
    edit = [] if goal.ended_on else [link(_("Change"), change, identifier="change-title")]
    label = text(_("The goal"), "label", C.TERTIARY, expand=True)
    head = line(icon(ft.Icons.FORMAT_QUOTE, 22, C.TERTIARY), label, *edit)
    return card(head, text(f"“{goal.title}”", "title", ink), text(below, "small", ink, weight=400), tone="heather")


def decided(by: str) -> str:
    """What a professional suggested is said to be that (L5)."""
    who = word(DecidedBy, by)
    return who if by == DecidedBy.PROPOSED else _("Decided by: {who}", who=who)


def _doubt(disputed: list[str], screen: Screen) -> list[ft.Control]:
    if not disputed:
        return []
    words = _("Two people wrote about the same thing. Both texts are saved.")
    both = f"{paths.SYNC}/conflict/{disputed[0]}"
    see = button(_("See both"), lambda: screen.open(both), look="quiet", small=True, identifier="see-both")
    return [space(theme.S), note(words, ft.Icons.CALL_SPLIT, "clay"), space(theme.S), see]


def _steps(goal: TheGoal, screen: Screen, to: Change, change: Change) -> list[ft.Control]:
    head = section(_("Small steps"))
    if not goal.steps:
        return [head, note(_("What is the smallest next step?"), ft.Icons.FLAG_OUTLINED)]
    return [head, group([_step(each, screen, change) for each in goal.steps])]


def _step(step: Step, screen: Screen, change: Change) -> ft.Container:
    """Ticked by a tap anywhere on it, and unticked the same way."""
    today = screen.desk.today()
    done = step.done_on
    who = word(StepBy, step.by) if step.by else ""
    if done:
        when = _("Done {day}", day=past(done, today))
    else:
        when = capital(coming(step.due_on, today)) if step.due_on else ""
    mark = ft.Icons.CHECK_BOX if done else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    words = _("Not done after all.") if done else _("Done. Well seen.")
    return row(
        step.text,
        " · ".join(filter(None, (when, who))),
        lead=icon_disc(mark, "honey" if done else "sand"),
        call=lambda: change(actions.step_done, step.id, done is None, words=words),
        identifier=f"step-{step.id}",
    )


def _outcome(goal: TheGoal, change: Change) -> list[ft.Control]:
    if goal.ended_on:
        return []
    options = [(code.value, word(GoalOutcome, code)) for code in GoalOutcome]
    chosen = {goal.outcome} if goal.outcome else set()
    chips = choice(
        options, chosen, lambda code: change(actions.set_outcome, goal.id, code, words=_("Saved.")), name="outcome"
    )
    return [section(_("How is it going?")), chips]


def _view(goal: TheGoal, change: Call) -> list[ft.Control]:
    """The other column (L2): never on the citizen's own page."""
    if goal.ended_on and not goal.professional_view:
        return []
    edit = link(_("Change") if goal.professional_view else pgettext("goals", "Write"), change, identifier="change-view")
    head = line(text(_("Professional perspective"), "label", MUTED, expand=True), *([] if goal.ended_on else [edit]))
    said = [text(goal.professional_view, "reason")] if goal.professional_view else []
    return [space(theme.L), card(head, *said)]


def _progress(goal: TheGoal, screen: Screen, to: Change) -> list[ft.Control]:
    head = section(_("Small steps forward"))
    if not goal.progress:
        words = _("Small steps count too. Write the first one when you see it.")
        return [head, note(words, ft.Icons.SPA_OUTLINED, "honey")]
    today = screen.desk.today()
    return [head, group([step_forward(each, today) for each in goal.progress])]


def _ending(goal: TheGoal, change: Change) -> list[ft.Control]:
    """One tap ends it, so one tap takes it up again, also long after *Fortryd* is gone."""
    if goal.ended_on:
        again = _("The goal is worked on again.")
        up = link(
            _("Take the goal up again"),
            lambda: change(actions.reopen, goal.id, words=again),
            identifier="reopen-goal",
        )
        return [space(theme.L), up]
    said = _("The goal has ended. It stays readable.")
    end = link(_("End this goal"), lambda: change(actions.end, goal.id, words=said), identifier="end-goal")
    return [space(theme.L), end]
