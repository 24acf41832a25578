"""The plan as it leaves the app: the citizen's own words, goals with their steps, plans, and what meetings agreed.

On paper and as a table it is the same lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.actions import entries, goals, plans
from fieldapp.actions.desk import Desk
from fieldapp.actions.entries import Entry
from fieldapp.actions.goals import Goal, Step
from fieldapp.actions.plans import MeetingForm, OtherPlanForm, PlanForm
from fieldapp.domain import sheet, spreadsheet
from fieldapp.domain.sheet import Part
from fieldapp.domain.values import Aspect, Dimension, StepBy
from fieldapp.domain.values_life import Meeting, OtherPlan, PlanType
from fieldapp.texts import _, pgettext
from fieldapp.views.days import clock, full_day
from fieldapp.views.export_words import foot, voice, with_year
from fieldapp.views.goal import decided
from fieldapp.words import word


@dataclass(frozen=True)
class Plan:
    """What is shown of it. `own`: (aspect, words); of goals, meetings and other plans what is not over."""

    name: str
    own: tuple[tuple[str, str], ...]
    goals: tuple[Goal, ...]
    plans: tuple[Entry[PlanForm], ...]
    meetings: tuple[Entry[MeetingForm], ...]
    others: tuple[Entry[OtherPlanForm], ...]


@dataclass(frozen=True)
class _Line:
    """`of` is the part it stands in; `title` may be empty."""

    of: str
    title: str
    words: str


def read(desk: Desk, citizen: str, name: str) -> Plan:
    """A meeting that was held is here with what it agreed."""
    return Plan(
        name=name,
        own=tuple((aspect, said) for aspect, said, _on in plans.own_words(desk, citizen)),
        goals=tuple(goal for goal in goals.read(desk, citizen) if goal.ended_on is None),
        plans=entries.read(desk, citizen, plans.PLAN),
        meetings=tuple(e for e in entries.read(desk, citizen, plans.MEETING) if not e.over or e.form.text),
        others=tuple(each for each in entries.read(desk, citizen, plans.OTHER_PLAN) if not each.over),
    )


def texts(plan: Plan) -> tuple[str, ...]:
    """All that is written in it: a letter that cannot be printed is told of."""
    return (plan.name, *(line.words for line in _lines(plan)))


def as_pdf(plan: Plan) -> bytes:
    """It begins with what the citizen wishes for (F7)."""
    parts: dict[str, list[str]] = {}
    for line in _lines(plan):
        parts.setdefault(line.of, []).extend(voice(line.title, line.words) if line.title else [line.words])
    return sheet.sheets(plan.name, [Part(of, told) for of, told in parts.items()], foot())


def as_csv(plan: Plan) -> bytes:
    heads = (_("Citizen"), pgettext("export", "Part"), _("What"), pgettext("export", "Text"))
    return spreadsheet.table(heads, [[plan.name, line.of, line.title, line.words] for line in _lines(plan)])


def _lines(plan: Plan) -> Iterator[_Line]:
    for aspect, said in plan.own:
        yield _Line(_("In {name}'s own words", name=plan.name), word(Aspect, aspect), said)
    for goal in plan.goals:
        yield from _goal(goal)
    for each in plan.plans:
        for title, words in _headings(each.form):
            yield _Line(word(PlanType, each.form.type or ""), title, words)
    for meeting in plan.meetings:
        yield _Line(_("Meetings"), word(Meeting, meeting.form.form or ""), _when(meeting))
        if meeting.form.text:
            yield _Line(_("Meetings"), _("About, and agreed"), meeting.form.text)
    for other in plan.others:
        form = other.form
        told = [form.what, form.contact]
        if form.review_on:
            told.append(_("Looked at again {day}.", day=with_year(form.review_on)))
        yield _Line(_("Other plans"), word(OtherPlan, form.type or ""), " · ".join(filter(None, told)))


def _goal(goal: Goal) -> Iterator[_Line]:
    """Its steps below it: what, who does it, by when, and whether it is done."""
    by = decided(goal.decided_by) if goal.decided_by else ""
    yield _Line(_("Goals"), word(Dimension, goal.dimension), " · ".join(filter(None, (goal.title, by))))
    for step in goal.steps:
        yield _Line(_("Goals"), pgettext("export", "Small step"), _step(step))


def _step(step: Step) -> str:
    by = word(StepBy, step.by) if step.by else ""
    if step.by == StepBy.WORKER:  # "I" on the screen, and nobody in a file
        by = pgettext("export", "The support person")
    due = with_year(step.due_on) if step.due_on and not step.done_on else ""
    done = _("Done {day}", day=with_year(step.done_on)) if step.done_on else ""
    return " · ".join(filter(None, (step.text, by, due, done)))


def _headings(form: PlanForm) -> Iterator[tuple[str, str]]:
    if form.made_on:
        yield pgettext("export", "Made"), with_year(form.made_on)
    told = (
        (_("What it is for"), form.purpose),
        (_("What is done"), form.effort),
        (_("How long"), form.how_long),
        (_("Other matters"), form.other),
        (_("Kept"), form.kept_at),
    )
    yield from ((title, words) for title, words in told if words)
    if form.review_on:
        yield pgettext("export", "Looked at again"), with_year(form.review_on)


def _when(meeting: Entry[MeetingForm]) -> str:
    form = meeting.form
    day = f"{full_day(form.on)} {form.on.year}" if form.on else ""
    at = f"{day} {clock(form.at)}" if form.at else day
    return " · ".join(filter(None, (at, form.with_whom, _("Held") if meeting.over else "")))
