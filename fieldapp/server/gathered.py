"""What the rules need to know of citizens, read from their records: as a phone does, for everybody at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from fieldapp.domain import facts, keeping, merging
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.facts import Facts
from fieldapp.domain.gather import gather
from fieldapp.domain.merging import Same
from fieldapp.server import same
from fieldapp.server.tables import Record

#: The rules look at what was written since; a citizen nobody has written about for so long is waiting anyway.
LOOK_BACK = timedelta(days=730)
_ACTS = ("contact", "attempt")
_STATES = (
    *("citizen", "next_step", "respect", "method", "phase", "intensity", "absence", "housing_period"),
    *("pause", "closing", "reopening", "assignment", "goal", "keep_answer"),
)


@dataclass(frozen=True)
class Known:
    """`says` is what is written of the person themselves: fields of the kind `citizen`."""

    facts: Facts
    says: Mapping[str, Any]


def everybody(session: Session, now: datetime) -> dict[str, Known]:
    """Each person once, by the id that is kept; without those somebody said shall not stand here any more."""
    of = same.read(session)
    told: dict[str, list[facts.Record]] = defaultdict(list)
    who: dict[str, dict[str, facts.Record]] = defaultdict(dict)
    gone = _let_go(session, of)
    for scope, record in _records(session, now):
        citizen = scope_id(scope)
        if record.kind == "citizen":
            who[of.kept(citizen)][citizen] = record
        elif record.kind != "assignment" or not of.hidden(citizen):
            told[of.kept(citizen)].append(record)
    found = {}
    for kept, registered in who.items():
        if kept in registered and kept not in gone:
            head = _head(kept, registered)
            found[kept] = Known(gather(kept, [head, *told[kept]], now.date()), head.fields)
    return found


def records_of(session: Session, citizen: str) -> list[facts.Record]:
    """All there is about one registration, the voided too."""
    found = session.exec(select(Record).where(Record.scope == citizen_scope(citizen), ~col(Record.deleted)))
    return [facts.Record(r.kind, r.id, r.fields, r.author, r.at, r.void is not None) for r in found]


def _records(session: Session, now: datetime) -> list[tuple[str, facts.Record]]:
    columns = (Record.scope, Record.kind, Record.id, Record.fields, Record.author, Record.at)
    wanted = sql_select(*(col(column) for column in columns)).where(
        ~col(Record.deleted),
        col(Record.void).is_(None),
        col(Record.scope).startswith("citizen:"),
        or_(
            col(Record.kind).in_(_STATES),
            col(Record.kind).in_(_ACTS) & (col(Record.at) >= now - LOOK_BACK),
        ),
    )
    return [(scope, facts.Record(*record)) for scope, *record in session.execute(wanted)]


def _head(kept: str, registered: Mapping[str, facts.Record]) -> facts.Record:
    first, others = registered[kept], [registered[id] for id in sorted(registered) if id != kept]
    if not others:
        return first
    fields = merging.head(first.fields, [each.fields for each in others])
    return replace(first, fields=fields, at=min(each.at for each in registered.values()))


def _let_go(session: Session, of: Same) -> set[str]:
    """By the same rule as on the phone: each of a person's registrations is."""
    no = select(Record.scope).where(
        Record.kind == "keep_answer",
        ~col(Record.deleted),
        col(Record.void).is_(None),
        col(Record.fields)["answer"].astext.in_(_gone()),
    )
    asked = {of.kept(scope_id(scope)) for scope in session.exec(no)}
    return {
        citizen
        for citizen in asked
        if all(keeping.let_go(records_of(session, each)) is not None for each in of.all_of(citizen))
    }


def _gone() -> Sequence[str]:
    return sorted(str(answer) for answer in keeping.GONE)
