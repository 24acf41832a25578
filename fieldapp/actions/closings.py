"""The end of a course (F9): what the page needs, ending it on a ground, a death, and what was a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldapp.actions import (
    bridges,
    courses,
    drafts,
    facts,
    goals,
    moves,
    replacements,
    rows,
    same,
    takeovers,
    worker_changes,
)
from fieldapp.actions.citizen_page import OwnWords
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.goals import Goal
from fieldapp.actions.replacements import Replacement, closing_rows
from fieldapp.actions.worker_changes import WorkerChange
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import closing, course, names, thread
from fieldapp.domain.closing import Blocked
from fieldapp.domain.facts import Record, Standing
from fieldapp.domain.standing import standing
from fieldapp.domain.values import ClosingGround, Support
from fieldapp.domain.values_day import Answer
from fieldapp.errors import RecordError
from fieldapp.store.tables import ClosingRow, OwnWordsRow, SupportAnswerRow
from fieldapp.store.tables_life import VisitationRow

MISTAKE = "mistake"
_NONE = ""
"""No move of this course: one of an earlier course must not be taken for it."""


@dataclass
class ClosingForm:
    """Mutable, as every form. `own_words`: the citizen's own judgement, or words at the end; `open_door`: for them."""

    ground: str | None = None
    own_words: str = ""
    leader_told: bool = False
    last_meeting_on: date | None = None
    open_door: str = ""


@dataclass(frozen=True)
class Ending:
    """What a citizen's ending is decided by. `told`: what stands that a ground is asked of.

    `silent_days`: since somebody last really talked with them; `resumed_on`: the course began again that day.
    """

    citizen: str
    name: str
    standing: Standing
    method: str | None
    own_words: tuple[OwnWords, ...]  # newest first
    goals: tuple[Goal, ...]
    course: tuple[tuple[course.Step, course.State], ...]
    replacement: Replacement | None
    move: str | None
    change: WorkerChange | None
    handed_over: int
    bridges: int
    silent_days: int
    resumed_on: date | None
    told: tuple[Record, ...]

    def blocked(self, form: ClosingForm, today: date) -> Blocked | None:
        """Why it cannot end today on what the form says."""
        return closing.blocked(_fields(form, self.replacement, self.move, today), self.told, today)


@dataclass(frozen=True)
class Goodbye:
    """What was said at the end: by the citizen, and to them; the last meeting, and what took over from when."""

    own_words: str | None
    open_door: str | None
    last_meeting_on: date | None
    replacement: str | None
    replacement_starts_on: date | None
    begun: bool


def draft_key(citizen: str) -> str:
    return f"closing:{citizen}"


def read(desk: Desk, citizen: str) -> Ending | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        row, known = same.head(session, citizen), facts.read_one(session, citizen, today)
        if row is None or known is None:
            return None
        said = sorted(rows.of_citizen(session, OwnWordsRow, citizen), key=lambda each: (each.said_on, each.id))
        visited = rows.of_citizen(session, VisitationRow, citizen)
        move = moves.read_in(session, citizen)
        records = courses.told(session, citizen)
    stands, taken = standing(known, today), takeovers.read(desk, citizen)
    built = [each for each in bridges.read(desk, citizen) if not each.earlier]
    replacement = replacements.read(desk, citizen)
    told = course.Told(
        visitation=visited[-1].stands if visited else None,
        bridges=len(built),
        open_bridges=sum(each.ended_on is None for each in built),
        takeovers=len(taken),
        replacement=replacement is not None,
    )
    return Ending(
        citizen=citizen,
        name=names.shown(row.known_as, row.label),
        standing=stands,
        method=known.method,
        own_words=tuple(OwnWords(each.aspect, each.text, each.said_on) for each in reversed(said)),
        goals=goals.read(desk, citizen),
        course=course.course(known, told, today),
        replacement=replacement,
        move=move.id if move else None,
        change=worker_changes.read(desk, citizen),
        handed_over=len(taken),
        bridges=len(built),
        silent_days=thread.days_since(known, today),
        resumed_on=max((each.on for each in known.reopenings), default=None),
        told=records,
    )


def close(desk: Desk, citizen: str, form: ClosingForm) -> Saved:
    """End the course today. Raises RecordError("no_ground", lack) while its ground is not open, whatever was tapped,
    and ("resumed") on the day it began again: open wins."""
    with writing(desk) as work:
        replacement = replacements.read_in(work.session, citizen)
        move = moves.read_in(work.session, citizen)
        fields = _fields(form, replacement, move.id if move else None, work.today)
        lack = closing.blocked(fields, courses.told(work.session, citizen), work.today)
        if lack is not None:
            raise RecordError("no_ground", lack.lack)
        row = ClosingRow(**fields, **_besides(work, citizen, form, replacement))
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        _must_have_ended(work, citizen)
        return work.saved(id, citizen)


def died(desk: Desk, citizen: str, on: date | None = None) -> Saved:
    """The citizen has died: every suggestion, greeting and next step is off, here and at the colleagues'."""
    with writing(desk) as work:
        row = ClosingRow(on=min(on or work.today, work.today), ground=ClosingGround.DEATH.value)
        return work.saved(work.add(citizen, row), citizen)


def not_dead(desk: Desk, citizen: str) -> Saved:
    """It was a mistake: the support is as it was. Of every record of it, should two have noted it."""
    with writing(desk) as work:
        for row in rows.of_citizen(work.session, ClosingRow, citizen):
            if row.ground == ClosingGround.DEATH:
                work.void(row, MISTAKE)
        return work.saved(citizen, citizen)


def last(desk: Desk, citizen: str) -> Goodbye | None:
    """Of the latest that stands."""
    with desk.store.reading() as session:
        row = max(closing_rows(session, citizen), key=lambda row: (row.on, row.id), default=None)
        if row is None:
            return None
        takes_over = (row.replacement, row.replacement_starts_on, bool(row.begun))
        return Goodbye(row.own_words, row.open_door, row.last_meeting_on, *takes_over)


def _fields(form: ClosingForm, replacement: Replacement | None, move: str | None, today: date) -> dict[str, Any]:
    """As the closing would say it."""
    fields: dict[str, Any] = {"on": today, "ground": form.ground, "leader_told": form.leader_told or None}
    fields["own_words"] = form.own_words.strip() or None
    if form.ground == ClosingGround.REPLACEMENT and replacement is not None:
        fields["replacement"] = replacement.id
        fields["replacement_starts_on"] = replacement.said.starts_on
        fields["begun"] = replacement.said.begun
    if form.ground == ClosingGround.MOVED_MUNICIPALITY:
        fields["municipality_move"] = move or _NONE
    return fields


def _besides(work: Writing, citizen: str, form: ClosingForm, replacement: Replacement | None) -> Mapping[str, Any]:
    """What goes along with the ground: which no; the last meeting, and words for the citizen."""
    found: dict[str, Any] = {"last_meeting_on": form.last_meeting_on, "open_door": form.open_door.strip() or None}
    if form.ground == ClosingGround.OWN_WISH:
        said = [r for r in rows.of_citizen(work.session, SupportAnswerRow, citizen) if r.answer == Answer.NO_THANKS]
        found["support_answer"] = said[-1].id
    if form.ground == ClosingGround.AUTHORITY_DECISION and replacement is not None:
        found["replacement"] = replacement.id
    return found


def _must_have_ended(work: Writing, citizen: str) -> None:
    work.session.flush()
    known = facts.read_one(work.session, citizen, work.today)
    if known is not None and standing(known, work.today).support is not Support.CLOSED:
        raise RecordError("resumed")
