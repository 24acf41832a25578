"""Citizens that people said are one and the same: everything of all of them reads as one, and nothing is copied."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from fieldapp.domain import keeping, merging
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.facts import Record
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.merging import NOBODY, Same
from fieldapp.domain.values_day import KeepAnswer
from fieldapp.store.tables import TABLES, CitizenMergeRow, CitizenRow, KeepAnswerRow, Synced

#: What the rule on who is let go needs of a kind, besides that it was written.
_SAID = {"citizen": ("cpr",), "contact": ("mode", "occurred_at"), "attempt": ("outcome", "occurred_at")}
#: Made once: they are asked with nearly every reading, and making one takes longer than asking it.
_MERGES = select(col(CitizenMergeRow.scope), col(CitizenMergeRow.same_as)).where(
    col(CitizenMergeRow.void_reason).is_(None)
)
_NO = select(col(KeepAnswerRow.scope)).where(
    col(KeepAnswerRow.void_reason).is_(None), col(KeepAnswerRow.answer).in_([KeepAnswer.REMOVE, KeepAnswer.MISTAKE])
)


def read(session: Session) -> Same:
    """Only of those whom this device holds both of: nobody disappears behind one who is not here."""
    pairs = [(scope_id(scope), other) for scope, other in session.connection().execute(_MERGES)]
    if not pairs:
        return NOBODY
    here = select(col(CitizenRow.id)).where(
        col(CitizenRow.id).in_({id for pair in pairs for id in pair}), col(CitizenRow.void_reason).is_(None)
    )
    held = {id for (id,) in session.connection().execute(here)}
    return merging.same(pair for pair in pairs if held.issuperset(pair))


def scopes(session: Session, citizen: str) -> list[str]:
    """Where everything about this person lies, that of the kept one first."""
    return [citizen_scope(id) for id in read(session).all_of(citizen)]


def head(session: Session, citizen: str) -> CitizenRow | None:
    """Who the person is: the kept one's row, or one to be read alone, with what only the others say."""
    found = of_person(session, citizen)
    return headed(found[0], found[1:]) if found else None


def of_person(session: Session, citizen: str) -> list[CitizenRow]:
    """The rows of all that are this person, the kept one first."""
    ids = read(session).all_of(citizen)
    found = [row for id in ids if (row := session.get(CitizenRow, id)) is not None and row.void_reason is None]
    return found if found and found[0].id == ids[0] else []


def headed(kept: CitizenRow, others: Iterable[CitizenRow]) -> CitizenRow:
    others = list(others)
    if not others:
        return kept
    names = KINDS["citizen"].by_name
    whole = merging.head(_fields(kept, names), [_fields(each, names) for each in others])
    return CitizenRow(id=kept.id, scope=kept.scope, author=kept.author, added_at=kept.added_at, **whole)


def everybody(session: Session, ids: Iterable[str] | None = None) -> list[CitizenRow]:
    """Every person once, without those somebody said shall not stand here any more. `ids`: only these persons."""
    wanted = select_rows(CitizenRow).where(col(CitizenRow.void_reason).is_(None))
    of = read(session)
    if ids is not None:
        wanted = wanted.where(col(CitizenRow.id).in_({each for id in ids for each in of.all_of(id)}))
    found = {row.id: row for row in session.exec(wanted)}
    gone = let_go(session, of)
    return [
        headed(row, [found[id] for id in of.all_of(row.id)[1:] if id in found])
        for row in found.values()
        if not of.hidden(row.id) and row.id not in gone
    ]


def let_go(session: Session, of: Same) -> set[str]:
    """The kept ids of those whom somebody said no to, and nobody has written about since."""
    asked = {of.kept(scope_id(scope)) for (scope,) in session.connection().execute(_NO)}
    return {
        citizen
        for citizen in asked
        if all(keeping.let_go(_records(session, citizen_scope(each))) is not None for each in of.all_of(citizen))
    }


def _records(session: Session, scope: str) -> list[Record]:
    found: list[Record] = []
    for row in session.exec(select_rows(KeepAnswerRow).where(KeepAnswerRow.scope == scope)):
        void = row.void_reason is not None
        found.append(Record(row.kind, row.id, {"answer": row.answer}, row.author, row.added_at, void))
    for kind in keeping.WRITTEN & TABLES.keys():
        table: type[Synced] = TABLES[kind]
        names = _SAID.get(kind, ())
        columns = select(col(table.id), col(table.author), col(table.added_at), *(getattr(table, n) for n in names))
        living = columns.where(col(table.scope) == scope, col(table.void_reason).is_(None))
        for id, author, at, *said in session.connection().execute(living):
            found.append(Record(kind, id, dict(zip(names, said, strict=True)), author, at))
    return found


def _fields(row: CitizenRow, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
