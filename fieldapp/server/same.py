"""Citizens that people said are one and the same, as the phones see it: who has the one kept has the others as well."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import text
from sqlmodel import Session, col, select

from fieldapp.domain import access, merging
from fieldapp.domain.merging import NOBODY, Same
from fieldapp.server.tables import Record

#: All merges. Written out, so that the database sees at once that its small index of them holds the answer.
MERGES = """
    SELECT scope, fields ->> 'same_as' AS said FROM record
        WHERE kind = 'citizen_merge' AND NOT deleted AND void IS NULL
"""


def read(session: Session) -> Same:
    return among(session, session.execute(text(MERGES)))


def among(session: Session, merges: Iterable[tuple[str, str]]) -> Same:
    """From the scopes of merges and what they say, of those who are there: an erased one, or one that was taken back,
    stands for nobody."""
    said = [(access.scope_id(scope), other) for scope, other in merges]
    if not said:
        return NOBODY
    ids = {id for pair in said for id in pair}
    there = select(Record.id).where(
        col(Record.id).in_(ids), Record.kind == "citizen", ~col(Record.deleted), col(Record.void).is_(None)
    )
    held = set(session.exec(there))
    return merging.same(pair for pair in said if held.issuperset(pair))


def following(assignments: Iterable[access.Assignment], of: Same) -> tuple[access.Assignment, ...]:
    """What these assignments give besides: the others of each one that is kept."""
    return tuple(
        replace(one, citizen=other)
        for one in assignments
        if not of.hidden(one.citizen)
        for other in of.all_of(one.citizen)[1:]
    )
