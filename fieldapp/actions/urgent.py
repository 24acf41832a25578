"""*Haster i dag*: one tap that puts somebody at the top for everybody who supports them (P6)."""

from fieldapp.actions import rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.store.tables import UrgentMarkRow


def mark(desk: Desk, citizen: str, reason: str = "") -> Saved:
    """It holds until somebody has been in contact, or it is taken off."""
    with writing(desk) as work:
        id = work.add(citizen, UrgentMarkRow(on=work.today, reason=reason.strip() or None))
        return work.saved(id, citizen)


def take_off(desk: Desk, citizen: str) -> Saved:
    """All marks there are: also one that a colleague made at the same time."""
    with writing(desk) as work:
        for row in rows.of_citizen(work.session, UrgentMarkRow, citizen):
            if row.done_on is None:
                work.change(row, done_on=work.today)
        return work.saved("", citizen)
