"""What every synced row has besides its kind's fields."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlmodel import Field

from fieldapp.store.columns import Moment, Table, json_object


class Synced(Table):
    """What every synced row has besides its kind's fields.

    `author` added the record at `added_at` (UTC), on a clock `added_offset` minutes east of it. `seq`, `base` (the seq
    of each field) and `set_by` (the worker who last set it) are the server's: 0 and {} until it has answered.
    `void_reason` says why a record was taken back. `more` keeps fields this app does not know; `stale` marks rows
    that a reset has not confirmed yet (sync.md, amendment 5).
    """

    kind: ClassVar[str]

    id: str = Field(default="", primary_key=True)
    scope: str = Field(default="", index=True)
    author: str = ""
    added_at: datetime = Field(default=datetime.fromtimestamp(0, UTC), sa_type=Moment)
    added_offset: int = 0
    seq: int = 0
    base: dict[str, int] = json_object()
    set_by: dict[str, str] = json_object()
    more: dict[str, Any] = json_object()
    void_reason: str | None = None
    stale: bool = False
