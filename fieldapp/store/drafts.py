"""Drafts: what is typed and not yet saved; never sent, and gone when the record is saved."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from fieldapp.store.bookkeeping import DraftRow


def keep(session: Session, key: str, values: dict[str, Any], at: datetime) -> None:
    """Keep the whole form under its key, over what was there."""
    session.merge(DraftRow(key=key, values=values, saved_at=at))


def read(session: Session, key: str) -> DraftRow | None:
    return session.get(DraftRow, key)


def read_all(session: Session) -> list[DraftRow]:
    """Newest first."""
    return list(session.exec(select(DraftRow).order_by(col(DraftRow.saved_at).desc())))


def discard(session: Session, key: str) -> None:
    if (draft := session.get(DraftRow, key)) is not None:
        session.delete(draft)
