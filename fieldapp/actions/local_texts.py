"""Texts a team writes for itself: what to do when worried, what it has agreed with the hospitals and prisons nearby."""

from sqlmodel import Session, col, select

from fieldapp.actions import people
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.errors import RecordError
from fieldapp.store.tables import LocalTextRow


def read(desk: Desk, which: str) -> str:
    """The text, "" while nobody has written one."""
    with desk.store.reading() as session:
        return of(session, which)


def of(session: Session, which: str) -> str:
    row = _row(session, which)
    return row.text if row else ""


def keep(desk: Desk, which: str, text: str) -> Saved:
    """Raises RecordError("missing", "text") for none, and ("no_team") for a worker who shares with nobody."""
    if not (said := text.strip()):
        raise RecordError("missing", "text")
    with writing(desk) as work:
        row = _row(work.session, which)
        if row is not None:
            work.change(row, text=said)
            return work.saved(row.id, "")
        if (scope := people.team_of(work.session, desk.worker)) is None:
            raise RecordError("no_team")
        return work.saved(work.add_to(scope, LocalTextRow(which=which, text=said)), "")


def _row(session: Session, which: str) -> LocalTextRow | None:
    """When two phones wrote one each, the first stands."""
    wanted = select(LocalTextRow).where(col(LocalTextRow.which) == which, col(LocalTextRow.void_reason).is_(None))
    return session.exec(wanted.order_by(col(LocalTextRow.id))).first()
