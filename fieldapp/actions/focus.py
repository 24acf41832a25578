"""What is worked with now, chosen by the citizen among the eight: three are suggested, more is possible (L8)."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session

from fieldapp.actions import rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain.values import DecidedBy, Dimension
from fieldapp.store.tables_life import FocusAreaRow

SUGGESTED = 3
"""As many as one can hold in mind at once; a hint, never a limit."""


def read(desk: Desk, citizen: str) -> tuple[str, ...]:
    """The dimensions chosen, in the manual's order."""
    with desk.store.reading() as session:
        chosen = {row.dimension for row in _standing(session, citizen, desk.today())}
    return tuple(each.value for each in Dimension if each in chosen)


def choose(desk: Desk, citizen: str, dimension: str, decided_by: str = DecidedBy.CITIZEN) -> Saved:
    """One more, or one fewer when it is chosen already; nothing that was is forgotten."""
    with writing(desk) as work:
        standing = {row.dimension for row in _standing(work.session, citizen, work.today)}
        put(work, citizen, standing ^ {dimension}, among=[dimension], decided_by=decided_by)
        return work.saved(citizen, citizen)


def put(
    work: Writing,
    citizen: str,
    chosen: Iterable[str | None],
    *,
    among: Iterable[str] = tuple(Dimension),
    decided_by: str = DecidedBy.CITIZEN,
) -> None:
    """Of those in `among` exactly the `chosen` are worked with from today; of the others nothing changes."""
    standing = _standing(work.session, citizen, work.today)
    wanted = set(chosen)
    for dimension in among:
        held = [row for row in standing if row.dimension == dimension]
        if dimension in wanted and not held:
            work.add(citizen, FocusAreaRow(from_on=work.today, dimension=dimension, decided_by=decided_by))
        if dimension not in wanted:
            for row in held:
                work.change(row, ended_on=work.today)


def _standing(session: Session, citizen: str, today: date) -> Sequence[FocusAreaRow]:
    """Of a dimension: a method's own areas are chosen elsewhere."""
    return [
        row
        for row in rows.of_citizen(session, FocusAreaRow, citizen)
        if row.dimension and row.from_on <= today and (row.ended_on is None or row.ended_on > today)
    ]
