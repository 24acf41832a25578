"""The number every written record gets: the one way in, for exchanges, administration and every later job.

Numbers come from one row that stays locked until the commit, so their order is the order of commits, and a reader who
has seen a number has seen all before it (sync.md 3.1). They are taken when everything else is decided, to hold the row
for as short as can be.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, literal_column, update
from sqlmodel import Session

from fieldapp.server.tables import Record, SyncClock

#: In `base` of a field just set: the number this write will get. Not 0, which a device says of what was never set.
THIS_WRITE = -1

_TRANSACTION: ColumnElement[int] = literal_column("pg_current_xact_id()::text::bigint")
_CLOCK = SyncClock.__table__.c  # type: ignore[attr-defined]
_TAKEN = (
    update(SyncClock.__table__)  # type: ignore[attr-defined]
    .values(
        first=case((_CLOCK.taken_by == _TRANSACTION, _CLOCK.first), else_=_CLOCK.seq + 1),
        seq=_CLOCK.seq + bindparam("count"),
        taken_by=_TRANSACTION,
    )
    .returning(_CLOCK.seq)
)


def commit_changes(session: Session) -> None:
    """Number all new and changed records of the session, and commit."""
    number(session)
    session.commit()


def number(session: Session) -> None:
    """Give all new and changed records of the session their numbers. Only the commit may follow."""
    changed = [r for r in (*session.new, *session.dirty) if isinstance(r, Record) and session.is_modified(r)]
    if changed:
        first = take_numbers(session, len(changed))
        for seq, record in enumerate(changed, first):
            record.seq = seq
            record.base = {name: seq if base == THIS_WRITE else base for name, base in record.base.items()}


def take_numbers(session: Session, count: int) -> int:
    """The first of `count` numbers in a row, ours alone once this transaction commits."""
    last: int = session.connection().execute(_TAKEN, {"count": count}).scalar_one()
    return last - count + 1


def server_record(
    id: str, kind: str, scope: str, fields: dict[str, Any], now: datetime, author: str | None = None
) -> Record:
    """A record that the server itself writes; fields that are None are left out."""
    fields = {name: value for name, value in fields.items() if value is not None}
    base = dict.fromkeys(fields, THIS_WRITE)
    return Record(id=id, kind=kind, scope=scope, fields=fields, base=base, by={}, devices={}, author=author, at=now)
