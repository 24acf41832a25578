"""The device's tables: a typed table for each kind of record, and the device's own bookkeeping."""

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel


class Synced(SQLModel):
    """What every synced row has besides its kind's fields.

    `seq` and `base` are the server's numbers (0 and {} until it has answered); `more` keeps fields a newer app set;
    `stale` marks rows that a reset has not confirmed yet (sync.md, amendment 5).
    """

    id: str
    scope: str
    author: str
    at: datetime
    offset: int
    seq: int
    base: dict[str, int]
    by: dict[str, str]
    more: dict[str, Any]
    void: str | None
    stale: bool
