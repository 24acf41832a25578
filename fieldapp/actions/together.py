"""*Sammen* (F6): what citizen and worker said at the same table, saved in one go."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import drafts, focus, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import Aspect, DecidedBy, StepBy
from fieldapp.errors import RecordError
from fieldapp.store.tables import GoalRow, OwnWordsRow, StepRow, StrengthRow
from fieldapp.store.tables_life import OwnScaleRow


@dataclass
class TogetherForm:
    """Everything is optional. `shown`: the focus areas that stood when it began; `dimensions`: as they are tapped."""

    dimensions: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    begun: bool = False
    about: str | None = None
    wish: str = ""
    dream: str = ""
    hope: str = ""
    well: str = ""
    step: str = ""
    step_by: str = StepBy.CITIZEN.value
    step_due_on: date | None = None
    near: int | None = None

    def begin(self, standing: tuple[str, ...]) -> None:
        if not self.begun:
            self.begun, self.dimensions, self.shown = True, standing, standing

    @property
    def of(self) -> str | None:
        """What the step is about: the one said, else the one tapped last."""
        return self.about if self.about in self.dimensions else next(reversed(self.dimensions), None)

    @property
    def is_empty(self) -> bool:
        said = (self.wish, self.dream, self.hope, self.well, self.step)
        return self.near is None and set(self.dimensions) == set(self.shown) and not any(s.strip() for s in said)


def draft_key(citizen: str) -> str:
    return f"together:{citizen}"


def save(desk: Desk, citizen: str, form: TogetherForm) -> Saved:
    """Words, strength, focus areas, a goal with its smallest step, the own scale.

    Raises RecordError("missing", "text") when there is nothing, ("missing", "dimension") for a step that belongs to
    none of the eight.
    """
    if form.is_empty:
        raise RecordError("missing", "text")
    if form.step.strip() and form.of is None:
        raise RecordError("missing", "dimension")
    with writing(desk) as work:
        for aspect, text in ((Aspect.WISH, form.wish), (Aspect.DREAM, form.dream), (Aspect.HOPE, form.hope)):
            if said := text.strip():
                work.add(citizen, OwnWordsRow(aspect=aspect, text=said, said_on=work.today))
        if well := form.well.strip():
            work.add(citizen, StrengthRow(text=well, noted_on=work.today))
        focus.put(work, citizen, form.dimensions, among=sorted(set(form.dimensions) ^ set(form.shown)))
        _goal(work, citizen, form)
        if form.near is not None:
            work.add(citizen, OwnScaleRow(on=work.today, value=form.near))
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(citizen, citizen)


def _goal(work: Writing, citizen: str, form: TogetherForm) -> None:
    """A wish about one of the eight is a goal; a step belongs to it, or to the one that stands there already."""
    step, wish = form.step.strip(), form.wish.strip()
    if form.of is None or not (step or wish):
        return
    goal = None if wish else _standing(work, citizen, form.of)
    if goal is None:
        title = _fitting(wish, form.hope.strip(), form.dream.strip(), step) or wish[:_LONGEST]
        row = GoalRow(dimension=form.of, title=title, decided_by=DecidedBy.CITIZEN)
        goal = work.add(citizen, row)
    if step:
        work.add(citizen, StepRow(goal=goal, text=step, by=form.step_by or None, due_on=form.step_due_on))


_LONGEST = KINDS["goal"].by_name["title"].limit


def _fitting(*said: str) -> str | None:
    """The first that is short enough for a goal; it stands whole among the words all the same."""
    return next((each for each in said if each and len(each) <= _LONGEST), None)


def _standing(work: Writing, citizen: str, dimension: str) -> str | None:
    open_now = [r for r in rows.of_citizen(work.session, GoalRow, citizen) if r.ended_on is None]
    of_it = [row.id for row in open_now if row.dimension == dimension]
    return of_it[-1] if of_it else None
