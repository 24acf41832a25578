"""How much of what came from the server this app cannot read: it is kept as it came, and shown nowhere else."""

from sqlmodel import func, select

from fieldapp.actions.desk import Desk
from fieldapp.store.bookkeeping import UnknownRow


def count(desk: Desk) -> int:
    with desk.store.reading() as session:
        return session.exec(select(func.count()).select_from(UnknownRow)).one()
