"""Rows for the store's tests: of each kind a valid one, and what the server would send of it."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from fieldapp.domain.access import citizen_scope, team_scope, worker_scope
from fieldapp.domain.fields import Field, Type
from fieldapp.domain.kinds import KINDS
from fieldapp.store import records
from fieldapp.store.database import Store
from fieldapp.store.tables import TABLES, CitizenRow, GoalRow, Synced
from fieldapp.wire import Row
from tests.examples import NOW, an_id

_SAMPLES: dict[Type, Any] = {
    Type.TEXT: "Kaffe på Café Åkanden",
    Type.CODE: "home",
    Type.CODES: ["home", "body"],
    Type.DAY: date(2026, 11, 25),
    Type.CLOCK: "10:30",
    Type.MOMENT: NOW,
    Type.FLAG: True,
    Type.NUMBER: 3,
}


def sample(field: Field) -> Any:
    if field.type is Type.REF:
        return an_id()
    return _SAMPLES[field.type][: field.limit] if field.type is Type.TEXT else _SAMPLES[field.type]


def a_row(kind: str, citizen: str | None = None) -> Synced:
    """Every field set."""
    fields = {field.name: sample(field) for field in KINDS[kind].fields}
    row = TABLES[kind](**fields)
    if KINDS[kind].scope == "citizen":
        row.id = citizen or an_id() if kind == "citizen" else an_id()
        row.scope = citizen_scope(row.id if kind == "citizen" else citizen or an_id())
    else:
        row.id = an_id()
        row.scope = (worker_scope if KINDS[kind].scope == "worker" else team_scope)(an_id())
    return row


def a_citizen(store: Store, **fields: Any) -> CitizenRow:
    """Åse, added on this device."""
    row = CitizenRow(**({"known_as": "Åse"} | fields))
    with store.transaction() as session:
        records.add(session, row, NOW)
    return row


def a_goal(store: Store, citizen: CitizenRow, **fields: Any) -> GoalRow:
    row = GoalRow(**({"scope": citizen.scope, "dimension": "home", "title": "Et sted at bo"} | fields))
    with store.transaction() as session:
        records.add(session, row, NOW)
    return row


def sent(kind: str, id: str, scope: str, seq: int, **fields: Any) -> Row:
    """A row as the server sends it, all its fields set at `seq`."""
    author = an_id()
    return Row(
        row=kind,
        id=id,
        scope=scope,
        seq=seq,
        fields=fields,
        base=dict.fromkeys(fields, seq),
        by=dict.fromkeys(fields, author),
        author=author,
        at=NOW,
        offset=60,
    )


def held(store: Store, row: Synced) -> Synced | None:
    """The row as the store has it now."""
    with store.reading() as session:
        return session.get(type(row), row.id)


#: Moments with every offset a clock on earth has, and some it has not.
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)).flatmap(  # noqa: DTZ001
    lambda naive: st.integers(-1439, 1439).map(lambda minutes: _aware(naive, minutes))
)


def _aware(naive: datetime, minutes: int) -> datetime:
    return naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
