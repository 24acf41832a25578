"""Citizens who look alike and may be one person, by the same rule as the phones: names nearly the same, or a number.

Only a person says that two are one, or that they are two; what they said is kept, and not asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain import names
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server import decisions, same
from fieldapp.server.tables import Record, ToldApart, Worker
from fieldapp.wire import Operation


class Pair(NamedTuple):
    """Two ids, the smaller one first."""

    one: str
    other: str


class _Known(NamedTuple):
    id: str
    called: tuple[str, ...]
    phone: str | None


def alike(session: Session) -> list[Pair]:
    """Those that nobody has judged yet, in the order of their ids. Nobody who stands behind another already."""
    of = same.read(session)
    living = select(Record).where(Record.kind == "citizen", ~col(Record.deleted), col(Record.void).is_(None))
    people = [_known(r) for r in session.exec(living.order_by(col(Record.id))) if not of.hidden(r.id)]
    judged = {Pair(one, other) for one, other in session.exec(select(ToldApart.one, ToldApart.other))}
    return sorted(_pairs(people) - judged)


def say_same(session: Session, twice: str, kept: str, by: Worker, now: datetime) -> None:
    """`twice` stands behind `kept` from now on; the phones hear it as if a worker had said it, who can take it back."""
    if twice == kept or not (is_id(twice) and is_id(kept)):
        raise RecordError("unknown_citizen")
    scope = citizen_scope(twice)
    fields = {"on": now.astimezone().date().isoformat(), "same_as": kept}
    operation = Operation(
        op=str(uuid7()), do="add", kind="citizen_merge", id=str(uuid7()), scope=scope, fields=fields, at=now
    )
    decisions.carry_out(session, operation, by, now, {scope, citizen_scope(kept)})


def say_two(session: Session, one: str, other: str, by: Worker, now: datetime) -> None:
    """Said once more, it is so still."""
    pair = Pair(min(one, other), max(one, other))
    known = select(Record.id).where(col(Record.id).in_(pair), Record.kind == "citizen", ~col(Record.deleted))
    if not (is_id(one) and is_id(other)) or len(session.exec(known).all()) != len(set(pair)) or one == other:
        raise RecordError("unknown_citizen")
    session.merge(ToldApart(one=pair.one, other=pair.other, by=by.id, at=now))


def _known(record: Record) -> _Known:
    said = record.fields
    called = tuple(name for name in (said.get("known_as"), said.get("full_name")) if name)
    return _Known(record.id, called, said.get("phone"))


def _pairs(people: Iterable[_Known]) -> set[Pair]:
    """Only those are compared that begin or end a name alike, or a number: all with all would take minutes."""
    near: dict[str, set[int]] = defaultdict(set)
    people = list(people)
    for place, one in enumerate(people):
        for key in _keys(one):
            near[key].add(place)
    likely = {pair for places in near.values() for pair in combinations(sorted(places), 2)}
    return {Pair(people[a].id, people[b].id) for a, b in likely if _could_be(people[a], people[b])}


def _keys(one: _Known) -> Iterator[str]:
    for name in one.called:
        for word in names.fold(name).split():
            yield from (f"<{word[:2]}", f"{word[-2:]}>")
    number = names.digits(one.phone)
    if number:
        yield f"#{number[-names.ENOUGH :]}"


def _could_be(one: _Known, other: _Known) -> bool:
    called = any(names.alike(a, b) for a in one.called for b in other.called)
    return called or names.same_number(one.phone, other.phone)
