"""The only way to write a synced row: the row and its outbox operation in one transaction (architecture 3)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from fieldapp.store.tables import Synced


def add(session: Session, row: Synced, at: datetime) -> None:
    """Add a record. `at` is the aware local moment; the row's id is made here when it has none."""
    raise NotImplementedError


def change(session: Session, row: Synced, at: datetime, **fields: Any) -> None:
    """Set fields of an editable record; only those that differ travel, each with the base it was seen at."""
    raise NotImplementedError


def void(session: Session, row: Synced, at: datetime, reason: str) -> None:
    """Take a record back, visibly: it stays, with the reason."""
    raise NotImplementedError
