"""CTI's phases with one citizen: begun, shifted and looked at together, and never by themselves (C2, C3)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from fieldapp.actions import drafts, facts, people, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import cti
from fieldapp.domain.facts import Facts
from fieldapp.domain.methods import next_phase
from fieldapp.domain.values import Method, Phase
from fieldapp.errors import RecordError
from fieldapp.store.tables import PhaseRow
from fieldapp.store.tables_life import PhaseLookRow

REPLANNED = "replanned"


@dataclass
class PhaseForm:
    """`begins_on` is for the first phase, `look_again_on` for *Ikke endnu*."""

    own_view: str = ""
    begins_on: date | None = None
    look_again_on: date | None = None


@dataclass(frozen=True)
class Said:
    """One phase (`phase`) or one *Ikke endnu* (None), and what the citizen said then."""

    on: date
    phase: str | None
    own_view: str | None
    by: str | None


@dataclass(frozen=True)
class PhaseNow:
    """`next` is None after the last one; `said` newest first. `look_by`: no later day is agreed with *Ikke endnu*."""

    phase: str | None
    ends_on: date | None
    next: str | None
    is_time: bool
    look_by: date | None
    planned_on: date | None
    move_in_on: date | None
    said: tuple[Said, ...]


def draft_key(citizen: str) -> str:
    return f"phase:{citizen}"


def read(desk: Desk, citizen: str) -> PhaseNow | None:
    """None when the method is not CTI."""
    today = desk.today()
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, today)
        if known is None or known.method != Method.CTI:
            return None
        names = people.workers(session, desk)
        begun = rows.of_citizen(session, PhaseRow, citizen)
        looked = rows.of_citizen(session, PhaseLookRow, citizen)
        planned = planned_on(session, citizen, today)
    said = [
        *((each.added_at, Said(each.from_on, each.phase, each.own_view, names.get(each.author))) for each in begun),
        *((each.added_at, Said(each.on, None, each.own_view, names.get(each.author))) for each in looked),
    ]
    newest = sorted(said, key=lambda each: (each[1].on, each[0]), reverse=True)
    return PhaseNow(
        phase=known.phase,
        ends_on=cti.ends_on(known),
        next=_next(known),
        is_time=cti.is_time_to_talk(known, today),
        look_by=cti.look_by(known, today),
        planned_on=planned,
        move_in_on=known.move_in_on,
        said=tuple(each for _at, each in newest),
    )


def planned_on(session: Session, citizen: str, today: date) -> date | None:
    """The day ahead on which the first phase begins."""
    ahead = [row.from_on for row in rows.of_citizen(session, PhaseRow, citizen) if row.from_on > today]
    return min(ahead, default=None)


def begin(desk: Desk, citizen: str, form: PhaseForm) -> Saved:
    """The first phase, from the day agreed: the clock starts. Another day takes the place of one planned before."""
    with writing(desk) as work:
        if _next(_known(work, citizen)) != Phase.TRANSITION:
            raise RecordError("gone")
        for row in rows.of_citizen(work.session, PhaseRow, citizen):
            if row.from_on > work.today:
                work.void(row, REPLANNED)
        return _kept(work, citizen, Phase.TRANSITION, form.begins_on or work.today, form)


def shift(desk: Desk, citizen: str, form: PhaseForm) -> Saved:
    """*Skift fase sammen*, from today. Raises RecordError("gone") where no phase follows."""
    with writing(desk) as work:
        to = _next(_known(work, citizen))
        if to in (None, Phase.TRANSITION):
            raise RecordError("gone")
        return _kept(work, citizen, Phase(to), work.today, form)


def not_yet(desk: Desk, citizen: str, form: PhaseForm) -> Saved:
    """*Ikke endnu*: the phase stays. Raises RecordError("malformed", "look_again_on") without a day ahead.

    A day past the end of the course becomes that end: nobody finds out afterwards that the support had stopped.
    """
    with writing(desk) as work:
        again = form.look_again_on
        if again is None or again <= work.today:
            raise RecordError("malformed", "look_again_on")
        again = min(again, cti.look_by(_known(work, citizen), work.today) or again)
        row = PhaseLookRow(on=work.today, look_again_on=again, own_view=form.own_view.strip() or None)
        id = work.add(citizen, row)
        work.no_draft(draft_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def _known(work: Writing, citizen: str) -> Facts:
    known = facts.read_one(work.session, citizen, work.today)
    if known is None or known.method != Method.CTI:
        raise RecordError("gone")
    return known


def _next(known: Facts) -> str | None:
    return next_phase(known.phase or Phase.CONTACT_PERIOD)


def _kept(work: Writing, citizen: str, phase: Phase, from_on: date, form: PhaseForm) -> Saved:
    said = form.own_view.strip() or None
    id = work.add(citizen, PhaseRow(phase=phase.value, from_on=from_on, with_citizen=True, own_view=said))
    work.no_draft(draft_key(citizen), drafts.values_of(form))
    return work.saved(id, citizen)
