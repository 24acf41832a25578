"""Recovery goals over the eight life dimensions, their small steps and the small progress."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions.desk import Desk


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
    """`steps`: open ones first. `two_versions`: two people wrote about the same thing."""

    id: str
    dimension: str
    title: str
    decided_by: str | None
    outcome: str | None
    ended_on: date | None
    steps: tuple[Step, ...]
    progress: tuple[Progress, ...]
    two_versions: bool = False


@dataclass
class GoalForm:
    dimension: str | None = None
    title: str = ""
    decided_by: str = "citizen"
    step: str = ""
    step_by: str = "together"
    step_due_on: date | None = None


def read(desk: Desk, citizen: str) -> tuple[Goal, ...]:
    """In the manual's order of the dimensions; ended goals last."""
    raise NotImplementedError


def progress(desk: Desk, citizen: str) -> tuple[Progress, ...]:
    """Newest first."""
    raise NotImplementedError


def add(desk: Desk, citizen: str, form: GoalForm) -> str:
    """The new goal's id. Raises RecordError("missing", "dimension" | "title")."""
    raise NotImplementedError


def add_step(desk: Desk, goal: str, text: str, by: str, due_on: date | None) -> None:
    raise NotImplementedError


def step_done(desk: Desk, step: str, done: bool = True) -> None:
    raise NotImplementedError


def add_progress(desk: Desk, citizen: str, text: str, dimension: str | None = None, goal: str | None = None) -> None:
    raise NotImplementedError


def set_outcome(desk: Desk, goal: str, outcome: str) -> None:
    raise NotImplementedError


def change_title(desk: Desk, goal: str, title: str) -> None:
    raise NotImplementedError


def end(desk: Desk, goal: str) -> None:
    raise NotImplementedError
