"""Citizens and what was written about them, found again: contacts, greetings, goals, all that has words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.actions import rows, same
from fieldapp.actions.citizens import CitizenLine, read_all
from fieldapp.actions.desk import Desk
from fieldapp.actions.people import citizens
from fieldapp.actions.writing import citizen_of
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.search import words
from fieldapp.domain.snippet import Snippet, snippet
from fieldapp.settings import DEFAULTS
from fieldapp.store.search import Hit, find
from fieldapp.store.tables import TABLES, AttemptRow, ContactRow, Synced

_SHORTEST = 2
"""Letters: one alone is in everything."""


@dataclass(frozen=True)
class Note:
    """One hit. `own`: the citizen said the words."""

    id: str
    kind: str
    citizen: str
    name: str
    on: date
    piece: Snippet
    own: bool


@dataclass(frozen=True)
class Notes:
    """Newest first; `more`: there are others."""

    found: tuple[Note, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Found:
    """What a query finds; `query` as it was asked, because another may have been typed since."""

    query: str
    citizens: tuple[CitizenLine, ...]
    notes: Notes = Notes()


def people(desk: Desk, query: str) -> Found:
    """Only citizens: by name, label, places, or digits of the number."""
    return Found(query, read_all(desk, query))


def everything(desk: Desk, query: str) -> Found:
    """Citizens, and beside them what was written about anybody."""
    return Found(query, read_all(desk, query), notes(desk, query))


def notes(desk: Desk, query: str) -> Notes:
    """Where every word of the query stands, or words one slip away from them."""
    wanted, most = words(query), DEFAULTS.notes_in_a_list
    if sum(map(len, wanted)) < _SHORTEST:
        return Notes()
    with desk.store.reading() as session:
        hits = _hits(session, query, most + 1)
        called, of = citizens(session), same.read(session)
        found = [
            replace(_note(row, called[citizen_of(row)], wanted), citizen=of.kept(citizen_of(row)))
            for row in _rows(session, hits)
            if citizen_of(row) in called
        ]
    # A contact's small progress is a record of its own too.
    once = {(each.citizen, each.on, each.piece): each for each in reversed(found[:most])}
    return Notes(tuple(reversed(once.values())), more=len(hits) > most)


def _rows(session: Session, hits: list[Hit]) -> list[Synced]:
    """In the order of the hits."""
    ids: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        ids[hit.kind].append(hit.id)
    rows = {
        Hit(kind, row.id): row
        for kind, some in ids.items()
        for row in session.exec(select(TABLES[kind]).where(col(TABLES[kind].id).in_(some)))
    }
    return [rows[hit] for hit in hits]


def _hits(session: Session, query: str, wanted: int) -> list[Hit]:
    """At most so many, without what was corrected."""
    asked = wanted
    while True:
        found = find(session, query, "written", asked)
        old = _corrected(session, [hit.id for hit in found])
        now = [hit for hit in found if hit.id not in old]
        if len(now) >= wanted or len(found) < asked:
            return now[:wanted]
        asked *= 4


def _corrected(session: Session, ids: Sequence[str]) -> set[str | None]:
    """Those that are no longer how it was: another record says it better, or hides it."""
    found: set[str | None] = set()
    for table in (ContactRow, AttemptRow):
        corrects = col(table.corrects)
        found |= set(session.exec(select(table.corrects).where(corrects.in_(ids), col(table.void_reason).is_(None))))
    return found


def _note(row: Synced, name: str, wanted: Sequence[str]) -> Note:
    fields = {field: text for field in KINDS[row.kind].searched("written") if (text := getattr(row, field))}
    which, piece = snippet(list(fields.values()), wanted)
    return Note(
        id=row.id,
        kind=row.kind,
        citizen=citizen_of(row),
        name=name,
        on=_on(row),
        piece=piece,
        own="own_words" in (row.kind, list(fields)[which]),
    )


def _on(row: Synced) -> date:
    dated = KINDS[row.kind].dated
    when: date = getattr(row, dated.name) if dated else rows.local(row)
    return when.date() if isinstance(when, datetime) else when
