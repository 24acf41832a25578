"""The plan the support stands in, other plans, meetings and the network around a citizen (F6, F8, K11, N4)."""

from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session

from fieldapp.actions import consents, entries, rows
from fieldapp.actions.desk import Desk
from fieldapp.actions.entries import Sort
from fieldapp.domain.consent import in_force
from fieldapp.domain.values_day import ConsentAbout
from fieldapp.domain.values_life import Circle, Closeness
from fieldapp.errors import RecordError
from fieldapp.store.tables import OwnWordsRow
from fieldapp.store.tables_life import CoordinationMeetingRow, OtherPlanRow, PlanReferenceRow, RelativeRow

NOBODY_KNOWS = date.max


@dataclass
class PlanForm:
    """The four headings of § 141, and where the plan itself is kept."""

    type: str | None = None
    made_on: date | None = None
    kept_at: str = ""
    purpose: str = ""
    effort: str = ""
    how_long: str = ""
    other: str = ""
    review_on: date | None = None


@dataclass
class OtherPlanForm:
    type: str | None = None
    what: str = ""
    contact: str = ""
    phone: str = ""
    review_on: date | None = None


@dataclass
class MeetingForm:
    form: str | None = None
    on: date | None = None
    at: time | None = None
    with_whom: str = ""
    text: str = ""


@dataclass
class RelativeForm:
    name: str = ""
    relation: str = ""
    circle: str | None = None
    closeness: str | None = None
    phone: str = ""
    note: str = ""


PLAN = Sort(PlanReferenceRow, PlanForm, lambda form: -(form.made_on or date.min).toordinal(), done="")
OTHER_PLAN = Sort(OtherPlanRow, OtherPlanForm, lambda form: form.type or "")
MEETING = Sort(CoordinationMeetingRow, MeetingForm, lambda form: (form.on or NOBODY_KNOWS, form.at or time()), "held")
RELATIVE = Sort(RelativeRow, RelativeForm, lambda form: (_place(form), form.name))


def own_words(desk: Desk, citizen: str) -> tuple[tuple[str, str, date], ...]:
    """(aspect, words, day): the latest wish, dream and hope. They come first in whatever is shown of a plan (F7)."""
    with desk.store.reading() as session:
        said = {row.aspect: row for row in rows.of_citizen(session, OwnWordsRow, citizen)}
        return tuple((row.aspect, row.text, row.said_on) for row in said.values())


def may_contact(desk: Desk, citizen: str) -> bool:
    """Whether the citizen has said yes to talking with the network, and it holds today."""
    with desk.store.reading() as session:
        return _yes(session, citizen, desk.today()) is not None


def number_of(desk: Desk, citizen: str, relative: str) -> str:
    """The number to call. Raises RecordError("no_consent") without a yes that holds, ("missing", "phone")."""
    with desk.store.reading() as session:
        if _yes(session, citizen, desk.today()) is None:
            raise RecordError("no_consent")
    of = next((each.form for each in entries.read(desk, citizen, RELATIVE) if each.id == relative), None)
    if of is None or not of.phone:
        raise RecordError("missing", "phone")
    return of.phone


def _yes(session: Session, citizen: str, today: date) -> str | None:
    found = in_force(consents.of_citizen(session, citizen), ConsentAbout.NETWORK, today)
    return found.id if found else None


def _place(form: RelativeForm) -> tuple[int, int]:
    """By circle, the nearest first."""
    circles, near = list(Circle), list(Closeness)
    return (
        circles.index(Circle(form.circle)) if form.circle in circles else len(circles),
        near.index(Closeness(form.closeness)) if form.closeness in near else len(near),
    )
