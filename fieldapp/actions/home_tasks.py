"""The lists on the way to a home and in it: a tap ticks; a thing may have a day, a number, some words (F8; G6-G9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from fieldapp.actions import drafts, home_rows, homes
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import homes as rules
from fieldapp.domain.homes import Home
from fieldapp.domain.values_life import HOUSING, HousingItem, HousingList
from fieldapp.errors import RecordError
from fieldapp.store.tables import HousingPeriodRow
from fieldapp.store.tables_life import HousingTaskRow

#: Of these what is not done yet is still to be done wherever the citizen lives.
_GO_ALONG = frozenset({HousingList.FINDING, HousingList.KEEPING, HousingList.NEW_HOME})


@dataclass(frozen=True)
class Task:
    """`id` None: nobody has written of it yet. `number`: the place on somebody's waiting list."""

    item: str
    id: str | None = None
    text: str | None = None
    number: str | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class Tasks:
    of: str
    tasks: tuple[Task, ...]


@dataclass
class TaskForm:
    text: str = ""
    number: str = ""
    due_on: date | None = None


def draft_key(citizen: str, of: str, item: str, task: str | None = None) -> str:
    return f"home_task:{citizen}:{'-'.join(filter(None, (of, item, task)))}"


def read(
    session: Session, citizen: str, theirs: Sequence[Home], has: bool, lost: bool, today: date
) -> tuple[Tasks, ...]:
    """What is nearest first: a new home, finding one, moving in, making it a home, keeping it."""
    written = _grouped(_at_hand(session, citizen, theirs, today))
    shown = _shown({of for of, _item in written}, theirs, has, lost, today)
    return tuple(Tasks(of.value, tuple(_tasks(of, written))) for of in shown)


def tick(desk: Desk, citizen: str, of: str, item: str, task: str | None = None, done: bool = True) -> Saved:
    """Done, or not done after all. `task` None: nobody has written of it yet. Having moved in is more than a tick."""
    _check(of, item)
    if item == HousingItem.MOVE_IN and done:
        return homes.moved_in(desk, citizen)
    with writing(desk) as work:
        on = work.today if done else None
        same = _same(work, citizen, of, item, task)
        for row in same:
            work.change(row, done_on=on)
        if not same and done:
            about = _belongs_to(work, citizen, of)
            work.add(citizen, HousingTaskRow(list=of, item=item, done_on=on, housing_period=about))
        return work.saved(task or "", citizen)


def form_of(desk: Desk, task: str) -> TaskForm:
    with desk.store.reading() as session:
        row = session.get(HousingTaskRow, task)
        if row is None or row.void_reason is not None:
            raise RecordError("gone")
        return TaskForm(row.text or "", row.number or "", row.due_on)


def keep(desk: Desk, citizen: str, of: str, item: str, form: TaskForm, task: str | None = None) -> Saved:
    """A few words, a number, a day: of a task that stands, or a new one. None of it is needed."""
    _check(of, item)
    fields: dict[str, Any] = {
        "text": form.text.strip() or None,
        "number": form.number.strip() or None,
        "due_on": form.due_on,
    }
    with writing(desk) as work:
        work.no_draft(draft_key(citizen, of, item, task), drafts.values_of(form))
        same = _same(work, citizen, of, item, task) if task else []
        for row in same:
            work.change(row, **fields)
        if same:
            return work.saved(same[0].id, citizen)
        new = HousingTaskRow(list=of, item=item, housing_period=_belongs_to(work, citizen, of), **fields)
        return work.saved(work.add(citizen, new), citizen)


def _shown(written: set[str], theirs: Sequence[Home], has: bool, lost: bool, today: date) -> Iterable[HousingList]:
    now, next_ = rules.current(theirs, today), rules.ahead(theirs, today)
    looking = [HousingList.FINDING, HousingList.MOVING_IN]
    if lost:
        yield HousingList.NEW_HOME
    if not has or next_ is not None:
        yield from reversed(looking) if next_ and next_.move_in_on else looking
    elif HousingList.MOVING_IN in written or _is_new(now, today):
        yield HousingList.MOVING_IN
    if has:
        yield HousingList.HOME
    if HousingList.KEEPING in written:
        yield HousingList.KEEPING


def _is_new(now: Home | None, today: date) -> bool:
    return now is not None and now.move_in_on is not None and today - now.move_in_on <= rules.NEWLY_MOVED_IN


def _tasks(of: HousingList, written: dict[tuple[str, str], list[list[HousingTaskRow]]]) -> Iterable[Task]:
    """A list stands there before anything on it is written, but for the one of what has come up (G15)."""
    for item in HOUSING[of]:
        groups = written.get((of, item), [])
        yield from (_task(item, group) for group in groups)
        if not groups and of != HousingList.KEEPING:
            yield Task(item.value)


def _task(item: str, same: Sequence[HousingTaskRow]) -> Task:
    """Two phones may have written of the same thing: the done one counts, and no day or number is lost."""
    first = same[0]
    return Task(
        item=str(item),
        id=first.id,
        text=first.text,
        number=next((row.number for row in same if row.number), None),
        due_on=min((row.due_on for row in same if row.due_on), default=None),
        done_on=min((row.done_on for row in same if row.done_on), default=None),
    )


def _at_hand(session: Session, citizen: str, theirs: Sequence[Home], today: date) -> list[HousingTaskRow]:
    here = {home.id for home in theirs if not rules.is_left(home, today)} | {None}
    return [
        row
        for row in home_rows.tasks(session, citizen)
        if row.housing_period in here or (row.done_on is None and row.list in _GO_ALONG)
    ]


def _grouped(found: Iterable[HousingTaskRow]) -> dict[tuple[str, str], list[list[HousingTaskRow]]]:
    """By list and item; of one item each text is a thing of its own: two landlords, two lists."""
    groups: dict[tuple[str, str], dict[str, list[HousingTaskRow]]] = {}
    for row in found:
        groups.setdefault((row.list, row.item), {}).setdefault(_said(row), []).append(row)
    return {key: list(by_text.values()) for key, by_text in groups.items()}


def _same(work: Writing, citizen: str, of: str, item: str, task: str | None) -> list[HousingTaskRow]:
    """All that stand for this one on screen."""
    if task is None:
        return []
    asked = work.get(HousingTaskRow, task)
    theirs = home_rows.homes(work.session, citizen)
    return [
        row
        for row in _at_hand(work.session, citizen, theirs, work.today)
        if (row.list, row.item) == (of, item) and _said(row) == _said(asked)
    ] or [asked]


def _said(row: HousingTaskRow) -> str:
    return (row.text or "").casefold().strip()


def _belongs_to(work: Writing, citizen: str, of: str) -> str | None:
    """The home a new task is about: the next one on the way there, else the one now; one is begun where none is."""
    theirs = home_rows.homes(work.session, citizen)
    now, next_ = rules.current(theirs, work.today), rules.ahead(theirs, work.today)
    if of in (HousingList.HOME, HousingList.KEEPING):
        about = now or next_
        return about.id if about else None
    about = next_ or now
    return about.id if about else work.add(citizen, HousingPeriodRow())


def _check(of: str, item: str) -> None:
    if of not in set(HousingList) or item not in HOUSING[HousingList(of)]:
        raise RecordError("malformed", "item")
