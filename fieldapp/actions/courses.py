"""The course a citizen is in now: what its end is decided by, and what belongs to one that ended before."""

from datetime import datetime

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.actions.replacements import closing_rows
from fieldapp.actions.rows import Row
from fieldapp.domain import closing
from fieldapp.domain.facts import Record
from fieldapp.domain.kinds import KINDS
from fieldapp.store.tables import TABLES, ClosingRow, ReopeningRow, Synced


def told(session: Session, citizen: str) -> tuple[Record, ...]:
    """What stands that a ground is asked of."""
    found: list[Synced] = list(closing_rows(session, citizen))
    for kind in closing.TOLD:
        if kind != ClosingRow.kind:  # of those, what the server would not have is left out
            found += rows.of_citizen(session, TABLES[kind], citizen)
    return tuple(_record(each) for each in found)


def began_anew(session: Session, citizen: str) -> datetime | None:
    """The moment the support was taken up again after it had ended; None in the first course."""
    if not rows.of_citizen(session, ReopeningRow, citizen):
        return None
    return closing.began_anew(told(session, citizen))


def of_this(session: Session, table: type[Row], citizen: str) -> list[Row]:
    """As `rows.of_citizen`, without what was written in a course that has ended and begun anew since."""
    anew, found = began_anew(session, citizen), rows.of_citizen(session, table, citizen)
    return found if anew is None else [row for row in found if row.added_at >= anew]


def _record(row: Synced) -> Record:
    fields = {name: getattr(row, name) for name in KINDS[row.kind].by_name}
    return Record(row.kind, row.id, fields, row.author, rows.local(row))
