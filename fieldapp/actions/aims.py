"""What CTI is for with one citizen: one or more of its three aims, chosen together (T2)."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.values import Method
from fieldapp.domain.values_day import CtiAim
from fieldapp.errors import RecordError
from fieldapp.store.tables import MethodRow


def read(desk: Desk, citizen: str) -> tuple[str, ...] | None:
    """Those chosen; None when the method is not CTI."""
    with desk.store.reading() as session:
        method = _standing(session, citizen, desk.today())
    return tuple(method.aims) if method is not None and method.method == Method.CTI else None


def choose(desk: Desk, citizen: str, aims: Iterable[str]) -> Saved:
    """A record of its own, which says when the method began as the one before it did: nothing else changes."""
    with writing(desk) as work:
        method = _standing(work.session, citizen, work.today)
        if method is None or method.method != Method.CTI:
            raise RecordError("gone")
        chosen, known = list(aims), list(CtiAim)
        ordered = [aim.value for aim in known if aim in chosen] + [aim for aim in chosen if aim not in known]
        row = MethodRow(method=method.method, from_on=method.from_on, aims=ordered)
        return work.saved(work.add(citizen, row), citizen)


def _standing(session: Session, citizen: str, today: date) -> MethodRow | None:
    """The one that has begun last; of two that began the same day, the one written last."""
    begun = [row for row in rows.of_citizen(session, MethodRow, citizen) if row.from_on <= today]
    return max(begun, key=lambda row: (row.from_on, row.added_at, row.id), default=None)
