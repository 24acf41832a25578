"""Between colleagues about a citizen: asking one, a role or whoever has time; and what the next one must know."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.actions import drafts, people, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.errors import RecordError
from fieldapp.store.tables import ColleagueRequestRow, HandoverRow


@dataclass
class RequestForm:
    """`to`: a worker's id; else `role`; else whoever supports the citizen. Mutable, as every form."""

    text: str = ""
    to: str | None = None
    role: str | None = None


@dataclass
class HandoverForm:
    text: str = ""


@dataclass(frozen=True)
class Asked:
    """`to` and `by` are names. `done_on`: somebody has done or answered it."""

    id: str
    text: str
    by: str
    mine: bool
    to: str | None
    role: str | None
    at: datetime
    done_on: date | None
    answer: str | None


@dataclass(frozen=True)
class Handover:
    text: str
    by: str
    on: date


def ask_key(citizen: str) -> str:
    return f"ask:{citizen}"


def handover_key(citizen: str) -> str:
    return f"handover:{citizen}"


def read(desk: Desk, citizen: str) -> tuple[Asked, ...]:
    """The newest first."""
    with desk.store.reading() as session:
        found, names = rows.of_citizen(session, ColleagueRequestRow, citizen), people.workers(session, desk)
    return tuple(
        Asked(
            id=row.id,
            text=row.text,
            by=names.get(row.author, ""),
            mine=row.author == desk.worker,
            to=names.get(row.worker or ""),
            role=row.role,
            at=rows.local(row),
            done_on=row.done_on,
            answer=row.answer,
        )
        for row in reversed(found)
    )


def ask(desk: Desk, citizen: str, form: RequestForm) -> Saved:
    """Raises RecordError("missing", "text") when nothing is asked."""
    text = _said(form.text)
    with writing(desk) as work:
        role = None if form.to else form.role
        id = work.add(citizen, ColleagueRequestRow(on=work.today, text=text, worker=form.to, role=role))
        work.no_draft(ask_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def answer(desk: Desk, request: str, words: str = "") -> Saved:
    """It is done, or answered in a few words: it leaves every list."""
    with writing(desk) as work:
        row = work.get(ColleagueRequestRow, request)
        work.change(row, done_on=work.today, answer=words.strip() or row.answer)
        return work.saved(request, citizen_of(row))


def handovers(desk: Desk, citizen: str) -> tuple[Handover, ...]:
    """What somebody taking over must know; the newest first, and it says all: an older one is history."""
    with desk.store.reading() as session:
        found, names = rows.of_citizen(session, HandoverRow, citizen), people.workers(session, desk)
    return tuple(Handover(row.text, names.get(row.author, ""), row.noted_on) for row in reversed(found))


def note_handover(desk: Desk, citizen: str, form: HandoverForm) -> Saved:
    text = _said(form.text)
    with writing(desk) as work:
        id = work.add(citizen, HandoverRow(noted_on=work.today, text=text))
        work.no_draft(handover_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def _said(text: str) -> str:
    if not (said := text.strip()):
        raise RecordError("missing", "text")
    return said
