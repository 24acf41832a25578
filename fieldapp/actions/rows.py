"""Rows as the actions read them: what of one citizen stands, and on whose clock it was written."""

from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from fieldapp.actions import same
from fieldapp.store.tables import Synced

Row = TypeVar("Row", bound=Synced)


def of_citizen(session: Session, table: type[Row], citizen: str) -> list[Row]:
    """What nobody has taken back, the oldest first; of all that are this person."""
    return list(session.exec(_standing(table), params={"scopes": same.scopes(session, citizen)}))


@cache
def _standing(table: type[Any]) -> SelectOfScalar[Any]:
    """Made once: making a statement takes longer than asking it."""
    among = col(table.scope).in_(bindparam("scopes", expanding=True))
    return select(table).where(among, col(table.void_reason).is_(None)).order_by(col(table.id))


def local(row: Synced) -> datetime:
    """When the record was added, on the clock of the one who added it."""
    return row.added_at.astimezone(zone(row.added_offset))


@cache
def zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))
