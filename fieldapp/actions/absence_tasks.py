"""What there is to do while somebody is elsewhere: the home looked after, all ready for coming home (I3, I4, I8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import local_texts, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, citizen_of, writing
from fieldapp.domain import absence as rules
from fieldapp.domain.facts import Facts
from fieldapp.domain.values_day import TASKS, LocalText, TaskItem, TaskList
from fieldapp.errors import RecordError
from fieldapp.store.tables import AbsenceRow, AbsenceTaskRow

_WORDS = {TaskList.DISCHARGE: LocalText.DISCHARGE, TaskList.RELEASE: LocalText.RELEASE}


@dataclass(frozen=True)
class Task:
    item: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Tasks:
    """One list. `which` names the team's own text about it, `words` is what they wrote."""

    of: str
    tasks: tuple[Task, ...]
    which: str | None = None
    words: str | None = None


TheTasks = tuple[Tasks, ...]


def read(session: Session, absence: AbsenceRow, known: Facts) -> TheTasks:
    """A list stands there before anything on it is written; of two records of the same task the done one counts."""
    of = _by_task(session, citizen_of(absence), absence.id)
    return tuple(
        Tasks(
            of=each.value,
            tasks=tuple(_task(item, of.get((each, item), [])) for item in TASKS[each]),
            which=_WORDS[each].value if each in _WORDS else None,
            words=local_texts.of(session, _WORDS[each]) or None if each in _WORDS else None,
        )
        for each in _shown(absence, known)
    )


def plan(work: Writing, citizen: str, absence: AbsenceRow) -> None:
    """The tasks before the day the citizen comes home: written once, and moved when the day moves."""
    of = _by_task(work.session, citizen, absence.id)
    for each in rules.dated(absence.place):
        for item in TASKS[each]:
            due = rules.due_on(each, item, absence.home_on, work.today) if absence.home_on else None
            written = of.get((each, item), [])
            for row in written:
                if row.done_on is None:
                    work.change(row, due_on=due)
            if not written and due is not None:
                work.add(citizen, AbsenceTaskRow(absence=absence.id, list=each.value, item=item.value, due_on=due))


def tick(desk: Desk, absence: str, of: str, item: str, done: bool = True) -> Saved:
    """Done, or not done after all."""
    if of not in set(TaskList) or item not in TASKS[TaskList(of)]:
        raise RecordError("malformed", "item")
    with writing(desk) as work:
        row = work.get(AbsenceRow, absence)
        citizen, on = citizen_of(row), work.today if done else None
        written = _by_task(work.session, citizen, absence).get((TaskList(of), TaskItem(item)), [])
        for each in written:
            work.change(each, done_on=on)
        if not written and done:
            work.add(citizen, AbsenceTaskRow(absence=absence, list=of, item=item, done_on=on))
        return work.saved(absence, citizen)


def _shown(absence: AbsenceRow, known: Facts) -> Iterable[TaskList]:
    """What is nearest first: before coming home once the day is known, the way out of the place, the home meanwhile."""
    if absence.home_on is not None:
        yield TaskList.COMING_HOME
    if rules.has_home_to_keep(known):
        yield TaskList.KEEP_HOME
    if (way_out := rules.WAY_OUT.get(absence.place)) is not None:
        yield way_out


def _by_task(session: Session, citizen: str, absence: str) -> dict[tuple[str, str], list[AbsenceTaskRow]]:
    found: dict[tuple[str, str], list[AbsenceTaskRow]] = {}
    for row in rows.of_citizen(session, AbsenceTaskRow, citizen):
        if row.absence == absence:
            found.setdefault((row.list, row.item), []).append(row)
    return found


def _task(item: TaskItem, written: list[AbsenceTaskRow]) -> Task:
    done = min((row.done_on for row in written if row.done_on), default=None)
    due = min((row.due_on for row in written if row.due_on), default=None)
    return Task(item.value, due, done)
