"""Which conflicts wait for a person: what two wrote about the same field, and nobody has decided between."""

import json
from collections import defaultdict
from typing import Any

from sqlmodel import Session, col, select

from fieldapp.domain.kinds import KINDS
from fieldapp.store.rows import to_wire
from fieldapp.store.tables import TABLES, ConflictDecisionRow, ConflictRow, Synced


def undecided(session: Session, scope: str | None = None) -> list[ConflictRow]:
    """Oldest first. Decided is one that somebody has looked at, or whose field holds something else by now."""
    wanted = select(ConflictRow).where(col(ConflictRow.void_reason).is_(None)).order_by(col(ConflictRow.seq).desc())
    if scope is not None:
        wanted = wanted.where(ConflictRow.scope == scope)
    decided = set(session.exec(select(ConflictDecisionRow.conflict)))
    standing: dict[tuple[str, str], list[Any]] = defaultdict(list)
    found = []
    for row in session.exec(wanted):
        record = about(session, row)
        if record is None:
            continue
        # What one conflict displaced may itself have displaced something nobody has judged: the newest comes first.
        values = standing[row.about, row.field] or [to_wire(getattr(record, row.field))]
        if value(row.stored) in values:
            standing[row.about, row.field] = [*values, value(row.kept)]
            if row.id not in decided:
                found.append(row)
    return found[::-1]


def about(session: Session, row: ConflictRow) -> Synced | None:
    """The record it is about; None when it is gone, or of a kind or a field this app does not know."""
    table = TABLES.get(row.about_kind)
    if table is None or row.field not in KINDS[row.about_kind].by_name:
        return None
    record = session.get(table, row.about)
    return None if record is None or record.void_reason is not None else record


def value(text: str | None) -> Any:
    """The wire value in `stored` or `kept`."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text
