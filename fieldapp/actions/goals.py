"""Recovery goals over the eight life dimensions, their small steps and the small progress."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldapp.actions import conflicts, drafts, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain.values import Dimension
from fieldapp.domain.values_life import HarmArea, HarmTag
from fieldapp.errors import RecordError
from fieldapp.store.tables import GoalRow, ProgressRow, StepRow


@dataclass(frozen=True)
class Step:
    id: str
    text: str
    by: str | None
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Progress:
    text: str
    noted_on: date
    dimension: str | None


@dataclass(frozen=True)
class Goal:
    """`steps`: open ones first. `two_versions`: two people wrote about the same thing.

    `harm_areas` and `harm`: where harm is reduced, and which (000 §2.8). `professional_view` is not the citizen's.
    """

    id: str
    dimension: str
    title: str
    decided_by: str | None
    outcome: str | None
    ended_on: date | None
    steps: tuple[Step, ...]
    progress: tuple[Progress, ...]
    two_versions: bool = False
    harm_areas: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    professional_view: str | None = None


@dataclass
class GoalForm:
    dimension: str | None = None
    title: str = ""
    decided_by: str = "citizen"
    step: str = ""
    step_by: str = "together"
    step_due_on: date | None = None


def draft_key(citizen: str) -> str:
    return f"goal:{citizen}"


def read(desk: Desk, citizen: str) -> tuple[Goal, ...]:
    """In the manual's order of the dimensions; ended goals last."""
    with desk.store.reading() as session:
        goals = rows.of_citizen(session, GoalRow, citizen)
        steps = rows.of_citizen(session, StepRow, citizen)
        progress = rows.of_citizen(session, ProgressRow, citizen)
        doubted = {id for scope in same.scopes(session, citizen) for id in conflicts.doubted(session, scope)}
    taken: dict[str, list[StepRow]] = defaultdict(list)
    forward: dict[str | None, list[ProgressRow]] = defaultdict(list)
    for step in steps:
        taken[step.goal].append(step)
    for line in progress:
        forward[line.goal].append(line)
    read = [_goal(row, taken[row.id], forward[row.id], doubted) for row in goals]
    return tuple(sorted(read, key=lambda goal: (goal.ended_on is not None, _order(goal.dimension), goal.id)))


def progress(desk: Desk, citizen: str) -> tuple[Progress, ...]:
    """Newest first."""
    with desk.store.reading() as session:
        return _newest_first(rows.of_citizen(session, ProgressRow, citizen))


def forward(desk: Desk, citizen: str, dimension: str) -> tuple[Progress, ...]:
    """What went forward in one of the eight, noted about it or about one of its goals; the newest first."""
    with desk.store.reading() as session:
        of_it = {row.id for row in rows.of_citizen(session, GoalRow, citizen) if row.dimension == dimension}
        lines = rows.of_citizen(session, ProgressRow, citizen)
    return _newest_first(line for line in lines if line.dimension == dimension or line.goal in of_it)


def add(desk: Desk, citizen: str, form: GoalForm) -> Saved:
    """Its id is the new goal's. Raises RecordError("missing", "dimension" | "title")."""
    if not form.dimension:
        raise RecordError("missing", "dimension")
    title = _said(form.title, "title")
    with writing(desk) as work:
        goal = work.add(citizen, GoalRow(dimension=form.dimension, title=title, decided_by=form.decided_by or None))
        if step := form.step.strip():
            work.add(citizen, StepRow(goal=goal, text=step, by=form.step_by or None, due_on=form.step_due_on))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(goal, citizen)


def add_step(desk: Desk, goal: str, text: str, by: str, due_on: date | None) -> Saved:
    with writing(desk) as work:
        citizen = citizen_of(work.get(GoalRow, goal))
        id = work.add(citizen, StepRow(goal=goal, text=_said(text, "text"), by=by or None, due_on=due_on))
        return work.saved(id, citizen)


def step_done(desk: Desk, step: str, done: bool = True) -> Saved:
    with writing(desk) as work:
        return _changed(work, work.get(StepRow, step), done_on=work.today if done else None)


def add_progress(desk: Desk, citizen: str, text: str, dimension: str | None = None, goal: str | None = None) -> Saved:
    with writing(desk) as work:
        row = ProgressRow(noted_on=work.today, text=_said(text, "text"), dimension=dimension, goal=goal)
        return work.saved(work.add(citizen, row), citizen)


def set_outcome(desk: Desk, goal: str, outcome: str) -> Saved:
    with writing(desk) as work:
        return _changed(work, work.get(GoalRow, goal), outcome=outcome)


def set_harm(desk: Desk, goal: str, area: str | None = None, tag: str | None = None) -> None:
    """One more, or one fewer when it stands already."""
    with writing(desk) as work:
        row = work.get(GoalRow, goal)
        work.change(row, harm_areas=_turned(row.harm_areas, area, HarmArea), harm=_turned(row.harm, tag, HarmTag))


def _turned(codes: Iterable[str], code: str | None, words: type[StrEnum]) -> list[str]:
    """In the words' own order, so that two who choose the same write the same; what is newer stays last."""
    turned, known = set(codes) ^ ({code} if code else set()), [each.value for each in words]
    return [each for each in known if each in turned] + sorted(turned - set(known))


def set_view(desk: Desk, goal: str, text: str) -> Saved:
    """The professional's column, beside the citizen's words (L2). Empty takes it away."""
    with writing(desk) as work:
        return _changed(work, work.get(GoalRow, goal), professional_view=text.strip() or None)


def change_title(desk: Desk, goal: str, title: str) -> Saved:
    with writing(desk) as work:
        return _changed(work, work.get(GoalRow, goal), title=_said(title, "title"))


def end(desk: Desk, goal: str) -> Saved:
    with writing(desk) as work:
        return _changed(work, work.get(GoalRow, goal), ended_on=work.today)


def reopen(desk: Desk, goal: str) -> Saved:
    """An ended goal is worked on again, whoever ended it and whenever."""
    with writing(desk) as work:
        return _changed(work, work.get(GoalRow, goal), ended_on=None)


def _changed(work: Writing, row: GoalRow | StepRow, **fields: object) -> Saved:
    work.change(row, **fields)
    return work.saved(row.id, citizen_of(row))


def _said(text: str, field: str) -> str:
    if not (said := text.strip()):
        raise RecordError("missing", field)
    return said


def _goal(row: GoalRow, steps: Iterable[StepRow], progress: Iterable[ProgressRow], doubted: set[str]) -> Goal:
    shown = sorted(steps, key=lambda step: (step.done_on is not None, step.due_on or date.max, step.id))
    return Goal(
        id=row.id,
        dimension=row.dimension,
        title=row.title,
        decided_by=row.decided_by,
        outcome=row.outcome,
        ended_on=row.ended_on,
        steps=tuple(Step(s.id, s.text, s.by, s.due_on, s.done_on) for s in shown),
        progress=_newest_first(progress),
        two_versions=bool(doubted & {row.id, *(step.id for step in shown)}),
        harm_areas=tuple(row.harm_areas),
        harm=tuple(row.harm),
        professional_view=row.professional_view,
    )


def _newest_first(lines: Iterable[ProgressRow]) -> tuple[Progress, ...]:
    ordered = sorted(lines, key=lambda line: (line.noted_on, line.added_at), reverse=True)
    return tuple(Progress(line.text, line.noted_on, line.dimension) for line in ordered)


def _order(dimension: str) -> int:
    known = list(Dimension)
    return known.index(Dimension(dimension)) if dimension in known else len(known)
