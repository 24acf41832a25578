"""What is done in every store: invented contacts, and the reads and writes of a worker's day."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.drafts import values_of
from fieldapp.domain.access import citizen_scope
from fieldapp.practice import sentences
from fieldapp.store import drafts, records
from fieldapp.store.columns import Table
from fieldapp.store.database import Store, writing_synced
from fieldapp.store.search import find
from fieldapp.store.tables import CitizenRow, ContactRow, Synced
from tests.benchmarks.stores import WORKER
from tests.examples import NOW

#: Contacts in a megabyte, with their share of the indexes.
IN_A_MEGABYTE = 600
PER_CITIZEN, NEWEST = 250, 200
RARE, EVERY = "perlemor", 1_000
_AT_ONCE = 1_000
_WORDS = " ".join((*sentences.OWN_WORDS, *sentences.PROFESSIONAL_VIEWS)).split()


def note(number: int, letters: int) -> str:
    """Of everyday words; every so many notes begin with a rare one."""
    return _note(number % EVERY, letters)


@cache  # making them up is not what is measured
def _note(number: int, letters: int) -> str:
    rng = random.Random(number)
    words = [] if number else [RARE]
    while sum(map(len, words)) + len(words) < letters:
        words.append(rng.choice(_WORDS))
    return " ".join(words)[:letters]


def fill(store: Store, contacts: int) -> None:
    """Citizens with their contacts, as they come from the server."""
    citizens = range(max(1, contacts // PER_CITIZEN))
    _insert(store, CitizenRow, ({"id": _id(0, n), "scope": scope(n), "known_as": f"Borger {n}"} for n in citizens))
    _insert(store, ContactRow, (_contact(n, scope(n % len(citizens))) for n in range(contacts)))


def scope(citizen: int) -> str:
    return citizen_scope(_id(0, citizen))


def _id(kind: int, number: int) -> str:
    return str(UUID(int=0x0199_0000_0000_7000_8000_0000_0000_0000 + (kind << 40) + number))


def _contact(number: int, scope: str) -> dict[str, Any]:
    at = NOW - timedelta(days=400) + timedelta(minutes=5 * number)
    words = {"own_words": note(number, 150), "professional_view": note(number + 1, 250)}
    fields: dict[str, Any] = {"occurred_at": at, "mode": "met", "place": "home", **words}
    by_server = {"base": dict.fromkeys(fields, number), "set_by": dict.fromkeys(fields, WORKER), "seq": number}
    return {"id": _id(1, number), "scope": scope, "author": WORKER, "added_at": at, **by_server, **fields}


def _insert(store: Store, kind: type[Synced], rows: Iterator[dict[str, Any]]) -> None:
    empty = kind(**({"mode": "met", "occurred_at": NOW} if kind is ContactRow else {}))
    table = Table.metadata.tables[kind.kind]
    defaults = {column.name: getattr(empty, column.name) for column in table.columns}
    while some := [defaults | row for row in islice(rows, _AT_ONCE)]:
        with store.transaction() as session, writing_synced(session):
            session.execute(table.insert(), some)


def add_contact(store: Store, number: int) -> None:
    """One contact and its operation in the outbox: the transaction that a worker waits for."""
    with store.transaction() as session:
        row = ContactRow(
            scope=scope(0),
            occurred_at=NOW + timedelta(minutes=number),
            mode="met",
            own_words=note(number, 150),
            professional_view=note(number + 1, 250),
        )
        records.add(session, row, NOW)


def first_row(store: Store) -> None:
    with store.reading() as session:
        assert session.exec(select(ContactRow).limit(1)).one()


def newest(store: Store) -> int:
    """A citizen's story, as its page reads it."""
    with store.reading() as session:
        found = select(ContactRow).where(ContactRow.scope == scope(0))
        return len(session.exec(found.order_by(col(ContactRow.occurred_at).desc()).limit(NEWEST)).all())


def like(store: Store) -> int:
    """Every note is looked through."""
    with store.reading() as session:
        words = (ContactRow.own_words, ContactRow.professional_view)
        found = select(ContactRow).where(or_(*(col(column).like(f"%{RARE}%") for column in words)))
        return len(session.exec(found).all())


def search(store: Store) -> int:
    """As the app's search page does."""
    with store.reading() as session:
        return len(find(session, RARE, "written", NEWEST))


READS: dict[str, Callable[[Store], int]] = {"newest": newest, "like": like, "search": search}


def type_note(store: Store, times: int, letters: int = 300) -> None:
    """A note being typed, kept so many times on the way."""
    whole = note(1, letters)
    for time in range(1, times + 1):
        with store.transaction() as session:
            form = ContactForm(own_words=whole[: letters * time // times])
            drafts.keep(session, f"contact:{_id(0, 0)}", values_of(form), NOW)
