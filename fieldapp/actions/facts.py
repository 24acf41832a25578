"""Rows into the plain records that the rules read: for all citizens at once, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlmodel import Session, col

from fieldapp.actions import rows, same
from fieldapp.domain import closing, dated, merging
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.facts import Facts, Record
from fieldapp.domain.gather import gather
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.merging import Same
from fieldapp.domain.values import REAL_CONTACTS, REAL_OUTCOMES, Outcome
from fieldapp.store import outbox
from fieldapp.store.tables import TABLES, AttemptRow, ContactRow, MethodRow, PhaseRow, Synced

#: The rules look at what has happened since; of what lies before, only the last real contact counts.
LOOK_BACK = timedelta(days=730)

#: Of so many citizens the kinds are first asked for: with more there is something of each.
FEW = 4

#: What the rules need of a kind, where that is not all of it.
_FIELDS = {
    "citizen": ("phone", "phone_works", "cpr", "protected_address", "known_places", "situation"),
    "contact": ("occurred_at", "mode", "place", "place_text", "corrects"),
    "goal": ("outcome", "ended_on"),
    "pause": ("from_on", "review_on", "reason"),
    "phase": ("phase", "from_on"),
    "phase_look": ("on", "look_again_on"),
    "review": ("on", "next_on"),
    "consent": ("given_on", "answer", "to", "about", "until"),
    "consent_withdrawal": ("on", "consent"),
}
_STATES = (
    *("citizen", "next_step", "respect", "method", "phase", "intensity", "housing_period", *closing.COURSE),
    *("assignment", "goal", "consent", "consent_withdrawal"),
    *("urgent_mark", "colleague_request", "thanks_owed", "keep_answer", "housing_situation", *dated.KINDS),
)
#: Of these, what the server refused is no fact: it stands with the worker, and the support goes on (I-4, I-5).
_DECIDED = frozenset({"closing", "pause"})
#: Of these only what is not done yet is a fact.
_TO_DO = frozenset({"next_step", "urgent_mark", "colleague_request", "thanks_owed", "housing_task"})
_HEAD = ("citizen", "assignment", *closing.COURSE)
_COURSE = (*_HEAD, "method", "housing_period")
_ACTS: tuple[type[ContactRow] | type[AttemptRow], ...] = (ContactRow, AttemptRow)
_SYSTEM = ("id", "scope", "author", "added_at", "added_offset")


def read(session: Session, today: date) -> dict[str, Facts]:
    """The facts of every citizen on this device; of one who was registered twice, once."""
    of = same.read(session)
    gone = same.let_go(session, of)
    told = (*_states(session, _STATES), *_since_the_last(session, today))
    found = _gathered(told, today, of)
    return {citizen: known for citizen, known in found.items() if citizen not in gone}


def read_one(session: Session, citizen: str, today: date) -> Facts | None:
    """None when the citizen is not (any more) on this device, or shall not stand here any more."""
    return read_some(session, [citizen], today).get(same.read(session).kept(citizen))


def read_some(session: Session, citizens: Iterable[str], today: date) -> dict[str, Facts]:
    """As `read`, of these alone."""
    of = same.read(session)
    ids = {id for citizen in citizens for id in of.all_of(citizen)}
    gone = same.let_go(session, of)
    found = _gathered(_of_all(session, _STATES, _long_ago(today), ids), today, of)
    return {citizen: known for citizen, known in found.items() if citizen not in gone}


def heads(session: Session, today: date, citizens: Iterable[str]) -> dict[str, Facts]:
    """Of these citizens only who is responsible, where the support stands and when somebody last talked with them."""
    of = same.read(session)
    ids = {id for citizen in citizens for id in of.all_of(citizen)}
    return _gathered(_of_all(session, _HEAD, None, ids), today, of)


def courses(session: Session, today: date) -> dict[str, Facts]:
    """Of everybody what the course of the support says, without a word of contacts: for counting."""
    of = same.read(session)
    gone = same.let_go(session, of)
    found = _gathered(_states(session, _COURSE), today, of)
    return {citizen: known for citizen, known in found.items() if citizen not in gone}


def _long_ago(today: date) -> datetime:
    return datetime.combine(today - LOOK_BACK, time(), UTC)


def _gathered(records: Iterable[tuple[str, Record]], today: date, of: Same) -> dict[str, Facts]:
    """Who supports the one who is kept supports all that are the same person."""
    told: dict[str, list[Record]] = defaultdict(list)
    who: dict[str, dict[str, Record]] = defaultdict(dict)
    for scope, record in records:
        citizen = scope_id(scope)
        if record.kind == "citizen":
            who[of.kept(citizen)][citizen] = record
        elif record.kind != "assignment" or not of.hidden(citizen):
            told[of.kept(citizen)].append(record)
    return {
        kept: gather(kept, [_head(kept, registered), *told[kept]], today)
        for kept, registered in who.items()
        if kept in registered
    }


def _head(kept: str, registered: dict[str, Record]) -> Record:
    """One record for the person, known since the first of them was written."""
    first, others = registered[kept], [registered[id] for id in sorted(registered) if id != kept]
    if not others:
        return first
    fields = merging.head(first.fields, [each.fields for each in others])
    return replace(first, fields=fields, at=min(each.at for each in registered.values()))


def _of_all(
    session: Session, kinds: Sequence[str], since: datetime | None, citizens: Iterable[str]
) -> Iterator[tuple[str, Record]]:
    """What happened `since`, and the last real contact before it: that alone when it is None."""
    among = {"scopes": [citizen_scope(citizen) for citizen in citizens]}
    if len(among["scopes"]) <= FEW:  # most kinds have nothing of one citizen: asked once, not each
        kinds = [kind for (kind,) in session.connection().execute(_present(tuple(kinds)), among)]
    for kind in kinds:
        yield from _records(session, kind, _state(kind, scoped=True), among)
    for table in _ACTS:
        if since is not None:
            yield from _records(session, table.kind, _lately(table), among | {"since": since})
        # SQLite takes the other columns of a group from the row that holds the largest value
        lies_before = {} if since is None else {"since": since}
        yield from _records(session, table.kind, _last(table, ever=since is None), among | lies_before)


def _states(session: Session, kinds: Iterable[str]) -> Iterator[tuple[str, Record]]:
    for kind in kinds:
        yield from _records(session, kind, _state(kind, scoped=False))


# ---- the statements: made once, for making one takes longer than asking it


@cache
def _present(kinds: tuple[str, ...]) -> CompoundSelect[Any]:
    """Those of which there is a record among the scopes, in their order."""
    return union_all(
        *(
            select(literal(kind)).where(
                select(col(TABLES[kind].id)).where(*_among(TABLES[kind], scoped=True)).correlate(None).exists()
            )
            for kind in kinds
        )
    )


@cache
def _state(kind: str, *, scoped: bool) -> Select[Any]:
    table = TABLES[kind]
    still = [_column(table, "done_on").is_(None)] if kind in _TO_DO else []
    if kind in _DECIDED:
        still.append(_column(table, "id").not_in(outbox.not_taken_in(kind)))
    return _select(kind, scoped=scoped).where(*still)


@cache
def _lately(table: type[ContactRow] | type[AttemptRow]) -> Select[Any]:
    return _select(table.kind, scoped=True).where(col(table.occurred_at) >= bindparam("since"))


@cache
def _last(table: type[ContactRow] | type[AttemptRow], *, ever: bool) -> Select[Any]:
    at = col(table.occurred_at)
    last = _select(table.kind, scoped=True).add_columns(func.max(at)).group_by(col(table.scope))
    before = [] if ever else [at < bindparam("since")]
    return last.where(*before, *_really(table, scoped=True))


def _since_the_last(session: Session, today: date) -> Iterator[tuple[str, Record]]:
    """What has happened since somebody last really talked with each citizen: no rule of the list looks farther back.

    But for those without a course: whether they were met once or more often decides how soon to come again. What was
    dated today or later is not taken for the last: a clock may have been wrong.
    """
    before = datetime.combine(today, time(), UTC) - timedelta(days=1)
    real = union_all(
        *(
            select(col(table.scope).label("scope"), col(table.occurred_at).label("at")).where(
                col(table.occurred_at) < before, col(table.void_reason).is_(None), *_really(table, scoped=False)
            )
            for table in _ACTS
        )
    ).subquery()
    last = select(real.c.scope, func.max(real.c.at).label("at")).group_by(real.c.scope).cte("last")
    course = union(
        *(select(col(table.scope)).where(col(table.void_reason).is_(None)) for table in (MethodRow, PhaseRow))
    )
    for table in _ACTS:
        at, scope = col(table.occurred_at), col(table.scope)
        wanted = _select(table.kind, scoped=False).outerjoin_from(table, last, last.c.scope == scope)
        recent = [last.c.at.is_(None), at >= last.c.at, scope.not_in(course)]
        if table is AttemptRow:  # whoever was texted is asked about it, however long it was ago
            recent.append(col(AttemptRow.outcome) == Outcome.UNCONFIRMED)
        yield from _records(session, table.kind, wanted.where(or_(*recent), _uncorrected(table, scoped=False)))


def _really(table: type[ContactRow] | type[AttemptRow], *, scoped: bool) -> list[ColumnElement[bool]]:
    """Real contact that no later record corrects."""
    real = (
        col(ContactRow.mode).in_(REAL_CONTACTS) if table is ContactRow else col(AttemptRow.outcome).in_(REAL_OUTCOMES)
    )
    return [real, _uncorrected(table, scoped=scoped)]


def _uncorrected(table: type[ContactRow] | type[AttemptRow], *, scoped: bool) -> ColumnElement[bool]:
    corrected = select(col(table.corrects)).where(col(table.corrects).is_not(None), *_among(table, scoped=scoped))
    return col(table.id).not_in(corrected)


def _select(kind: str, *, scoped: bool) -> Select[Any]:
    table = TABLES[kind]
    wanted = select(*(_column(table, name) for name in (*_SYSTEM, *_names(kind))))
    return wanted.where(*_among(table, scoped=scoped))


def _among(table: type[Synced], *, scoped: bool) -> tuple[ColumnElement[bool], ...]:
    """What nobody has taken back; `scoped`: of the citizens named when it is asked."""
    living = col(table.void_reason).is_(None)
    return (col(table.scope).in_(bindparam("scopes", expanding=True)), living) if scoped else (living,)


def _column(table: type[Synced], name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(table, name)
    return column


def _names(kind: str) -> tuple[str, ...]:
    return _FIELDS.get(kind) or tuple(KINDS[kind].by_name)


def _records(
    session: Session, kind: str, wanted: Select[Any], given: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, Record]]:
    names = _names(kind)
    for id, scope, author, at, offset, *values in session.connection().execute(wanted, given).all():
        fields = dict(zip(names, values, strict=False))
        yield scope, Record(kind, id, fields, author, at.astimezone(rows.zone(offset)))
