"""One citizen's page: the head and the overview."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from fieldapp.actions import facts, home_rows, outbox, people, phases, respect, rows, same, situations
from fieldapp.actions.desk import Desk
from fieldapp.domain import cti, homes, intensity, names, reach, reasons, reviews, thread
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.facts import Facts, NextStep, Reason, Standing
from fieldapp.domain.next_step import next_step
from fieldapp.domain.standing import standing
from fieldapp.domain.values import AssignmentRole
from fieldapp.store.tables import AssignmentRow, CitizenRow, OwnWordsRow, StrengthRow


@dataclass(frozen=True)
class OwnWords:
    aspect: str
    text: str
    said_on: date


@dataclass(frozen=True)
class Strength:
    text: str
    noted_on: date
    dimension: str | None = None


@dataclass(frozen=True)
class CitizenPage:
    """The head of the page and its overview; goals and timeline have their own readers.

    `phone_ends` is at most the last two digits; the number itself goes only to the dialler.
    """

    id: str
    name: str
    responsible: str | None
    deputies: tuple[str, ...]
    standing: Standing
    method: str | None
    phase: str | None
    phase_from_on: date | None
    phase_ends_on: date | None
    intensity: int | None
    situation: str | None
    move_in_on: date | None
    lost_home_on: date | None  # and no home since, wherever they sleep now (000 §2.5)
    home_in_use: bool | None
    absence_place: str | None
    absence_home_on: date | None
    phone: str | None
    phone_ends: str | None
    phone_works: bool
    known_places: str | None
    has_cpr: bool
    wishes: tuple[str, ...]  # respect
    peace_until: date | None
    next_step: NextStep | None
    own_words: tuple[OwnWords, ...]
    strengths: tuple[Strength, ...]
    last_contact_at: datetime | None
    waiting: bool  # something about this citizen has not reached the server
    mine: bool = False
    last: Reason | None = None
    beads: tuple[str, ...] = ()  # "m" met or talked, "a" reached out; oldest first, at most 9
    name_asked: str | None = None
    known_as: str | None = None
    most_important: str | None = None
    needs_interpreter: bool = False
    language: str | None = None
    urgent: Reason | None = None
    asked: int = 0  # what colleagues have asked and nobody has done
    reviewed_on: date | None = None
    review_due_on: date | None = None
    still_right: bool = False  # three months after the move: does the support still fit?
    phase_planned_on: date | None = None  # the first phase begins on a day ahead


def read(desk: Desk, citizen: str) -> CitizenPage | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        known = facts.read_one(session, citizen, today)
        if row is None or known is None:
            return None
        citizen = row.id
        said = rows.of_citizen(session, OwnWordsRow, citizen)
        said.sort(key=lambda one: (one.said_on, one.added_at), reverse=True)
        strengths = rows.of_citizen(session, StrengthRow, citizen)
        strengths.sort(key=lambda one: (one.noted_on, one.added_at), reverse=True)
        acts, workers = thread.acts(known, today), people.workers(session, desk)
        return CitizenPage(
            id=citizen,
            name=names.shown(row.known_as, row.label),
            responsible=None if known.for_all else workers.get(known.responsible or ""),
            deputies=_deputies(session, citizen, desk.now()),
            standing=standing(known, today),
            method=known.method,
            phase=known.phase,
            phase_from_on=known.phase_from_on,
            phase_ends_on=cti.ends_on(known),
            intensity=known.intensity,
            situation=known.situation,
            move_in_on=known.move_in_on,
            lost_home_on=_lost_home_on(session, row, known, today),
            home_in_use=known.home_in_use,
            absence_place=known.absence.place if known.absence else None,
            absence_home_on=known.absence.home_on if known.absence else None,
            phone=row.phone,
            phone_ends=names.digits(row.phone)[-2:] or None,
            phone_works=known.phone_works,
            known_places=row.known_places,
            has_cpr=bool(row.cpr),
            wishes=respect.in_order(known.wishes),
            peace_until=known.peace_until,
            next_step=people.step_named(session, desk, next_step(known, today)),
            own_words=tuple(OwnWords(w.aspect, w.text, w.said_on) for w in said),
            strengths=tuple(Strength(s.text, s.noted_on, s.dimension) for s in strengths),
            last_contact_at=next((act.at for act in reversed(acts) if act.real), None),
            waiting=outbox.anything(session, citizen),
            mine=not known.for_all and known.responsible == desk.worker,
            last=reasons.since(known, today),
            beads=reach.beads(known),
            known_as=row.known_as,
            name_asked=row.name_asked,
            most_important=row.most_important,
            needs_interpreter=bool(row.needs_interpreter),
            language=row.language,
            urgent=people.named(reasons.urgent(known), workers) if known.urgent else None,
            asked=len(known.requests),
            reviewed_on=known.reviewed_on,
            review_due_on=reviews.due_on(known, today),
            still_right=intensity.asks_after_move(known, today),
            phase_planned_on=phases.planned_on(session, citizen, today),
        )


def _lost_home_on(session: Session, row: CitizenRow, known: Facts, today: date) -> date | None:
    if known.lost_home_on is None:
        return None
    has = homes.has_home(home_rows.homes(session, row.id), situations.history(session, row), today)
    return None if has else known.lost_home_on


def _deputies(session: Session, citizen: str, now: datetime) -> tuple[str, ...]:
    held = [
        row
        for row in rows.of_citizen(session, AssignmentRow, citizen)
        if row.scope == citizen_scope(citizen)
        and row.role == AssignmentRole.DEPUTY
        and row.from_at <= now
        and (row.to_at is None or now < row.to_at)
    ]
    return tuple(row.name for row in held)
