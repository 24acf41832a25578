"""The citizen's own page and the wheel of what is worked with: what may be seen from both sides of the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, bindparam, select
from sqlmodel import Session, col

from fieldapp.actions import rows, same
from fieldapp.actions.desk import Desk
from fieldapp.domain import names
from fieldapp.domain.facts import Record
from fieldapp.domain.own_page import SHOWN, OwnPage, own_page
from fieldapp.domain.wheel import Mark, Period, Sector, Sign, happened, since, wheel
from fieldapp.store.tables import TABLES, ContactRow, GoalRow, ProgressRow
from fieldapp.store.tables_life import FocusAreaRow


@dataclass(frozen=True)
class TheirPage:
    """What *Sammen* shows and the paper says. `worker` is the first name of the one who sits there too."""

    citizen: str
    name: str
    worker: str
    page: OwnPage


def read(desk: Desk, citizen: str) -> TheirPage | None:
    """None when the citizen is not (any more) on this device. Reads nothing that may not be shown."""
    with desk.store.reading() as session:
        head = same.head(session, citizen)
        if head is None:
            return None
        records = [each for kind in SHOWN for each in _records(session, kind, citizen)]
        name = names.shown(head.known_as, head.label)
        return TheirPage(head.id, name, desk.first_name, own_page(records, desk.today()))


def _records(session: Session, kind: str, citizen: str) -> Iterator[Record]:
    for row in rows.of_citizen(session, TABLES[kind], citizen):
        fields = {name: getattr(row, name) for name in SHOWN[kind]}
        yield Record(kind, row.id, fields, None, row.added_at)


def worked_with(desk: Desk, citizen: str, period: str = Period.NOW) -> tuple[Sector, ...]:
    """The eight dimensions, with the signs of what is (or was, the last year) worked with."""
    today, over = desk.today(), Period(period)
    with desk.store.reading() as session:
        return wheel(_marks(session, citizen, since(today, over)), today, over)


def _marks(session: Session, citizen: str, begin: date) -> Iterator[Mark]:
    for area in rows.of_citizen(session, FocusAreaRow, citizen):
        yield Mark(area.dimension, Sign.CHOSEN, area.from_on, area.ended_on)
    dimensions: dict[str, str] = {}
    for goal in rows.of_citizen(session, GoalRow, citizen):
        dimensions[goal.id] = goal.dimension
        yield Mark(goal.dimension, Sign.GOAL, rows.local(goal).date(), goal.ended_on)
    for line in rows.of_citizen(session, ProgressRow, citizen):
        yield happened(line.dimension or dimensions.get(line.goal or ""), Sign.FORWARD, line.noted_on)
    yield from _talked(session, citizen, begin)


def _talked(session: Session, citizen: str, begin: date) -> Iterator[Mark]:
    """Two columns of what was talked about since `begin`: ten years of notes are not read for eight signs."""
    among = {"scopes": same.scopes(session, citizen), "since": datetime.combine(begin, time(), UTC) - timedelta(days=1)}
    for at, dimensions in session.connection().execute(_LATELY, among):
        yield from (happened(each, Sign.TALKED, at.date()) for each in dimensions or ())


def _standing() -> tuple[ColumnElement[bool], ...]:
    return col(ContactRow.scope).in_(bindparam("scopes", expanding=True)), col(ContactRow.void_reason).is_(None)


_CORRECTED = select(col(ContactRow.corrects)).where(col(ContactRow.corrects).is_not(None), *_standing())
_LATELY = select(col(ContactRow.occurred_at), col(ContactRow.dimensions)).where(
    col(ContactRow.occurred_at) >= bindparam("since"), col(ContactRow.id).not_in(_CORRECTED), *_standing()
)
