"""A citizen's homes and what there is to do about them, as they lie in the store."""

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.domain.homes import Home
from fieldapp.store.tables import HousingPeriodRow
from fieldapp.store.tables_life import HousingTaskRow


def homes(session: Session, citizen: str) -> tuple[Home, ...]:
    """Every home and every looking for one, the oldest first."""
    return tuple(home(row) for row in rows.of_citizen(session, HousingPeriodRow, citizen))


def home(row: HousingPeriodRow) -> Home:
    return Home(
        id=row.id,
        written_at=row.added_at,
        move_in_on=row.move_in_on,
        lost_on=row.lost_on,
        moved_out_on=row.moved_out_on,
        in_use=row.in_use,
        waits_for=row.waits_for,
        home_type=row.home_type,
        note=row.note,
    )


def tasks(session: Session, citizen: str) -> list[HousingTaskRow]:
    return rows.of_citizen(session, HousingTaskRow, citizen)
