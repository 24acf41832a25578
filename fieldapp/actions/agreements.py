"""A team's own words: what it has agreed with the hospitals and prisons nearby (I8)."""

from sqlmodel import Session, col, select

from fieldapp.actions.desk import Desk
from fieldapp.domain.values_day import LocalText
from fieldapp.errors import RecordError
from fieldapp.store import records
from fieldapp.store.tables import ColleagueRow, LocalTextRow


def read(desk: Desk, which: str) -> str | None:
    with desk.store.reading() as session:
        return of(session, which)


def of(session: Session, which: str) -> str | None:
    """The team's text, None when nobody has written one."""
    row = _row(session, which)
    return row.text if row else None


def write(desk: Desk, which: str, text: str) -> None:
    """For the whole team. Raises RecordError("missing", "text" | "team")."""
    if which not in set(LocalText):
        raise RecordError("malformed", "which")
    if not (said := text.strip()):
        raise RecordError("missing", "text")
    with desk.store.transaction() as session:
        row = _row(session, which)
        if row is not None:
            records.change(session, row, desk.now(), text=said)
            return
        row = LocalTextRow(which=which, text=said)
        row.scope = _team(session, desk.worker)
        records.add(session, row, desk.now())


def _row(session: Session, which: str) -> LocalTextRow | None:
    """Two may have begun one each: the first stands everywhere."""
    wanted = select(LocalTextRow).where(LocalTextRow.which == which, col(LocalTextRow.void_reason).is_(None))
    return session.exec(wanted.order_by(col(LocalTextRow.id))).first()


def _team(session: Session, worker: str) -> str:
    wanted = select(ColleagueRow).where(ColleagueRow.worker == worker, col(ColleagueRow.void_reason).is_(None))
    me = session.exec(wanted.order_by(col(ColleagueRow.id))).first()
    if me is None:
        raise RecordError("missing", "team")
    return me.scope
