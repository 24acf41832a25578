"""Whether the citizen uses the home, and what a home is waited for: about the system, never the citizen (I7, T7)."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.values_day import WaitingReason
from fieldapp.errors import RecordError
from fieldapp.store.tables import HousingPeriodRow


@dataclass(frozen=True)
class Living:
    """`in_use` None: nobody has said."""

    in_use: bool | None
    waits_for: str | None


def read(desk: Desk, citizen: str) -> Living:
    with desk.store.reading() as session:
        row = _latest(session, citizen)
    return Living(row.in_use, row.waits_for) if row else Living(None, None)


def use(desk: Desk, citizen: str, in_use: bool) -> Saved:
    """The support is the same either way (I-3)."""
    return _set(desk, citizen, in_use=in_use)


def wait_for(desk: Desk, citizen: str, reason: str | None) -> Saved:
    if reason is not None and reason not in set(WaitingReason):
        raise RecordError("malformed", "waits_for")
    return _set(desk, citizen, waits_for=reason)


def _set(desk: Desk, citizen: str, **fields: Any) -> Saved:
    with writing(desk) as work:
        row = _latest(work.session, citizen)
        if row is None:
            return work.saved(work.add(citizen, HousingPeriodRow(**fields)), citizen)
        work.change(row, **fields)
        return work.saved(row.id, citizen)


def _latest(session: Session, citizen: str) -> HousingPeriodRow | None:
    found = rows.of_citizen(session, HousingPeriodRow, citizen)
    return max(found, key=lambda row: (row.added_at, row.id), default=None)
