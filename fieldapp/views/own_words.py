"""The citizen's own page in words, seen from the citizen's chair: on the screen and on the paper the same."""

from datetime import date

from fieldapp.domain.own_page import OwnGoal, OwnStep
from fieldapp.domain.values import DecidedBy, GoalOutcome, StepBy
from fieldapp.texts import _
from fieldapp.views.days import capital, coming, past, said_on
from fieldapp.words import word


def who(code: str | None, worker: str) -> str:
    """Jeg selv · Vi sammen · Freja"""
    if code == StepBy.CITIZEN:
        return _("I do it myself")
    return worker if code == StepBy.WORKER else word(StepBy, code) if code else ""


def about_step(step: OwnStep, worker: str, today: date) -> str:
    """Jeg selv · I morgen"""
    if step.done_on:
        when = _("Done {day}", day=past(step.done_on, today))
    else:
        when = capital(coming(step.due_on, today)) if step.due_on else ""
    return " · ".join(filter(None, (who(step.by, worker), when)))


def about_goal(goal: OwnGoal, today: date) -> str:
    """Foreslået · Som før, også godt · Afsluttet 3. marts"""
    suggested = word(DecidedBy, goal.decided_by) if goal.decided_by == DecidedBy.PROPOSED else ""
    how = word(GoalOutcome, goal.outcome) if goal.outcome else ""
    ended = _("Ended {date}", date=said_on(goal.ended_on, today)) if goal.ended_on else ""
    return " · ".join(filter(None, (suggested, how, ended)))
