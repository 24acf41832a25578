"""The next step: always there, can be changed, never emptied (I-2)."""

from collections.abc import Callable
from datetime import date, datetime, time

from sqlmodel import Session

from fieldapp.actions import facts, people, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import next_step as rules
from fieldapp.domain.facts import NextStep
from fieldapp.domain.values_day import NextBy
from fieldapp.errors import RecordError
from fieldapp.store.tables import NextStepRow


def read(desk: Desk, citizen: str) -> NextStep | None:
    """None only when the support has ended."""
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
        step = rules.next_step(known, desk.today()) if known else None
        return people.step_named(session, desk, step)


def suggestion(desk: Desk, citizen: str) -> NextStep | None:
    """What the rhythm would choose, were the worker to talk with the citizen now: shown before *Gem*."""
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, desk.today())
    return rules.suggestion(known, desk.today()) if known else None


def plan(
    desk: Desk,
    citizen: str,
    on: date,
    *,
    at: time | None = None,
    text: str = "",
    agreed: bool = False,
    by: str = NextBy.WORKER,
    colleague: str | None = None,
) -> Saved:
    """Set the next step; the one that stood is moved. `colleague`: who makes it, when `by` says that one does.

    Raises RecordError("gone") when nothing can be planned.
    """
    with writing(desk) as work:
        standing = _shown(work, citizen)
        who = colleague if by == NextBy.COLLEAGUE else None
        _set(work, citizen, standing, on, at, text, agreed, by if who or by == NextBy.CITIZEN else None, who)
        saved = work.saved("", citizen)
        if saved.next_step is None:
            raise RecordError("gone")
        return saved


def done(desk: Desk, citizen: str) -> NextStep | None:
    """The step is done; the answer is the next one."""
    with writing(desk) as work:
        if (step := _shown(work, citizen)) is not None:
            work.change(step, done_on=work.today)
        return work.saved("", citizen).next_step


def finish(work: Writing, citizen: str, happened: datetime, fulfils: Callable[[NextStepRow], bool]) -> None:
    """Mark as done the open steps whose day had come when it happened, if what happened fulfils them."""
    for step in open_steps(work.session, citizen):
        if step.on <= happened.date() and fulfils(step):
            work.change(step, done_on=work.today)


def still_to_come(step: NextStepRow, happened: datetime) -> bool:
    """An appointment for later the same day: a word on the phone in the morning is not yet the meeting."""
    clock = time.fromisoformat(step.at) if step.agreed and step.at else None
    return clock is not None and step.on == happened.date() and clock > happened.time()


def move(work: Writing, citizen: str, to: date) -> None:
    """What was planned moves to the day the worker chose, or begins there; what was agreed stands beside it."""
    to = max(to, work.today)
    planned = next((step for step in open_steps(work.session, citizen) if not step.agreed), None)
    if planned is None:
        _set(work, citizen, None, to, None, "", False)
    else:
        work.change(planned, on=to, worker=work.desk.worker)


def open_steps(session: Session, citizen: str) -> list[NextStepRow]:
    """The earliest first."""
    found = [step for step in rows.of_citizen(session, NextStepRow, citizen) if step.done_on is None]
    return sorted(found, key=lambda step: (step.on, step.at or "24:00", step.id))


def _shown(work: Writing, citizen: str) -> NextStepRow | None:
    """The step that stands on screen, when somebody wrote it: what is past or farther ahead is not what they mean."""
    known = facts.read_one(work.session, citizen, work.today)
    step = rules.next_step(known, work.today) if known else None
    return work.session.get(NextStepRow, step.id) if step and step.id else None


def _set(
    work: Writing,
    citizen: str,
    step: NextStepRow | None,
    on: date,
    at: time | None,
    text: str,
    agreed: bool,
    by: str | None = None,
    worker: str | None = None,
) -> None:
    clock = at.strftime("%H:%M") if at else None
    worker = worker or work.desk.worker
    wanted = NextStepRow(on=on, at=clock, text=text.strip() or None, agreed=agreed, worker=worker, by=by)
    if step is None:
        work.add(citizen, wanted)
    else:
        work.change(step, on=on, at=clock, text=wanted.text, agreed=agreed, worker=worker, by=by)
