"""Citizens: the list, one citizen's page, and a new one met on the street."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, union_all
from sqlmodel import Session, col
from sqlmodel import select as select_rows
from uuid6 import uuid7

from fieldapp.actions import drafts, facts, people, same
from fieldapp.actions.citizen_page import CitizenPage as CitizenPage
from fieldapp.actions.citizen_page import OwnWords as OwnWords
from fieldapp.actions.citizen_page import Strength as Strength
from fieldapp.actions.citizen_page import read as read
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import names, reasons, workdays
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.facts import Facts, Reason, Standing
from fieldapp.domain.search import words
from fieldapp.domain.standing import standing
from fieldapp.domain.values import ContactMode, MadeAwareBy, NameAsked, Support
from fieldapp.errors import RecordError
from fieldapp.settings import DEFAULTS
from fieldapp.store import search
from fieldapp.store.tables import (
    AccessRow,
    AttemptRow,
    CitizenRow,
    ContactRow,
    GoalRow,
    OwnWordsRow,
    ProgressRow,
    StrengthRow,
    ThanksOwedRow,
)

OPENED_EVERY = timedelta(minutes=15)  # architecture 16
DRAFT_KEY = "citizen:new"
_WRITTEN = (CitizenRow, ContactRow, AttemptRow, GoalRow, ProgressRow, OwnWordsRow, StrengthRow)


@dataclass(frozen=True)
class CitizenLine:
    """`name` is what the citizen is called, else the label of place and date."""

    id: str
    name: str
    last: Reason | None
    responsible: str | None  # a name
    mine: bool
    ended: Standing | None = None  # the support has ended


@dataclass
class NewCitizen:
    """Everything is optional: I-7. Without a name the label is `{place}, {date}`.

    `met`: they are standing here, so the first contact is noted too; not so for a tip.
    """

    known_as: str = ""
    name_asked: str = "not_yet"
    place: str = ""
    situation: str | None = None
    made_aware_by: str | None = None
    phone: str = ""
    most_important: str = ""
    met: bool = True
    thank: bool = True
    """Somebody else made us aware: a thanks is owed to `thanks_to`, which says nothing of the person."""
    thanks_to: str = ""


def read_all(desk: Desk, query: str = "") -> tuple[CitizenLine, ...]:
    """At most 200, those last written about first; `query` finds name, label, places and any digits of the number."""
    with desk.store.reading() as session:
        found = _found(session, query) if words(query) else same.everybody(session)
        if not found:
            return ()
        written = _last_written(session, found)
        found.sort(key=lambda row: (written[row.scope], row.id), reverse=True)
        return _lines(session, desk, found[: DEFAULTS.rows_in_a_list])


def similar(desk: Desk, known_as: str, phone: str = "", place: str = "") -> tuple[CitizenLine, ...]:
    """Those it could already be, so that nobody is registered twice: by name, by the number's last digits, or, while
    nobody knows a name, by the place."""
    with desk.store.reading() as session:
        found = [row for row in same.everybody(session) if _could_be(row, known_as, phone, place)]
        return _lines(session, desk, found)


def _could_be(row: CitizenRow, known_as: str, phone: str, place: str) -> bool:
    called = any(name and names.alike(known_as, name) for name in (row.known_as, row.full_name))
    nameless = not row.known_as and names.same_place(place, (row.label, row.known_places))
    return called or names.same_number(phone, row.phone) or nameless


def opened(desk: Desk, citizen: str) -> None:
    """Write the access record: one per citizen and 15 minutes (architecture 16); none of a page with nobody on it.

    Of two that are one person, whoever opened the page has seen both.
    """
    with writing(desk) as work:
        for row in same.of_person(work.session, citizen):
            lately = select_rows(AccessRow).where(
                AccessRow.scope == row.scope,
                AccessRow.author == desk.worker,
                col(AccessRow.opened_at) > work.now - OPENED_EVERY,
                col(AccessRow.opened_at) < work.now + OPENED_EVERY,  # a clock that was set back
            )
            if work.session.exec(lately).first() is None:
                work.add_to(row.scope, AccessRow(opened_at=work.now))


def label(desk: Desk, place: str) -> str:
    """What a citizen without a name is called: shown while the form is filled in."""
    return names.label(place, desk.today())


def add(desk: Desk, new: NewCitizen) -> Saved:
    """A new citizen, with the first contact if you have met: from then on there is a next step."""
    known_as, place = new.known_as.strip(), new.place.strip()
    asked = NameAsked.TOLD.value if known_as and new.name_asked == NameAsked.NOT_YET else new.name_asked
    citizen = str(uuid7())
    with writing(desk) as work:
        work.add(
            citizen,
            CitizenRow(
                id=citizen,
                known_as=known_as or None,
                label=None if known_as else label(desk, place),
                name_asked=asked or None,
                phone=new.phone.strip() or None,
                situation=new.situation,
                made_aware_by=new.made_aware_by,
                known_places=place or None,
                most_important=new.most_important.strip() or None,
            ),
        )
        if is_owed(new):
            on = workdays.next_workday(work.today)
            work.add(citizen, ThanksOwedRow(on=on, to=new.thanks_to.strip() or None))
        if new.met:
            met = ContactRow(occurred_at=work.now, mode=ContactMode.MET.value, place_text=place or None)
            work.add(citizen, met)
        work.no_draft(DRAFT_KEY, drafts.values_of(new))
        return work.saved(citizen, citizen)


def is_owed(new: NewCitizen) -> bool:
    """Whether somebody but the person made us aware, and shall be thanked."""
    return new.thank and new.made_aware_by not in (None, MadeAwareBy.SELF)


def say(desk: Desk, citizen: str, aspect: str, text: str) -> Saved:
    """Keep the citizen's own words: a wish, a dream or a hope, dated today."""
    with writing(desk) as work:
        row = OwnWordsRow(aspect=aspect, text=_said(text), said_on=work.today)
        return work.saved(work.add(citizen, row), citizen)


def note_strength(desk: Desk, citizen: str, text: str, dimension: str | None = None) -> Saved:
    with writing(desk) as work:
        row = StrengthRow(text=_said(text), noted_on=work.today, dimension=dimension)
        return work.saved(work.add(citizen, row), citizen)


def set_phone(desk: Desk, citizen: str, phone: str) -> Saved:
    """A new number works until somebody finds out that it does not."""
    with writing(desk) as work:
        return _registered(work, citizen, phone=phone.strip() or None, phone_works=True)


def set_name(desk: Desk, citizen: str, known_as: str) -> Saved:
    """What the citizen wants to be called, asked later than the first meeting."""
    with writing(desk) as work:
        return _registered(work, citizen, known_as=_said(known_as), name_asked=NameAsked.TOLD.value)


def set_known_places(desk: Desk, citizen: str, places: str) -> Saved:
    with writing(desk) as work:
        return _registered(work, citizen, known_places=places.strip() or None)


def _registered(work: Writing, citizen: str, **fields: object) -> Saved:
    """Written on the one who is kept. Raises RecordError("gone")."""
    row = work.get(CitizenRow, same.read(work.session).kept(citizen))
    work.change(row, **fields)
    return work.saved(row.id, row.id)


def _said(text: str) -> str:
    if not (said := text.strip()):
        raise RecordError("missing", "text")
    return said


def _found(session: Session, query: str) -> list[CitizenRow]:
    return same.everybody(session, [hit.id for hit in search.find(session, query, "who")])


def _last_written(session: Session, about: Iterable[CitizenRow]) -> dict[str, datetime]:
    of = same.read(session)
    scopes = [citizen_scope(id) for row in about for id in of.all_of(row.id)]
    latest = [
        select(col(table.scope), func.max(col(table.added_at)))
        .where(col(table.void_reason).is_(None), col(table.scope).in_(scopes))
        .group_by(col(table.scope))
        for table in _WRITTEN
    ]
    found: dict[str, datetime] = {}
    for lies_in, at in session.connection().execute(union_all(*latest)):
        scope = citizen_scope(of.kept(scope_id(lies_in)))
        found[scope] = max(at, found.get(scope, at))
    return found


def _lines(session: Session, desk: Desk, found: list[CitizenRow]) -> tuple[CitizenLine, ...]:
    if not found:
        return ()
    heads, workers = facts.heads(session, desk.today(), [row.id for row in found]), people.workers(session, desk)
    return tuple(_line(row, heads[row.id], workers, desk) for row in found)


def _line(row: CitizenRow, known: Facts, workers: dict[str, str], desk: Desk) -> CitizenLine:
    stands = standing(known, desk.today())
    return CitizenLine(
        id=row.id,
        name=names.shown(row.known_as, row.label),
        last=reasons.since(known, desk.today()),
        responsible=None if known.for_all else workers.get(known.responsible or ""),
        mine=not known.for_all and known.responsible == desk.worker,
        ended=stands if stands.support is Support.CLOSED else None,
    )
