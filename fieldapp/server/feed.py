"""What a device is sent: the rows it has not seen yet, or a word that it must first put its house in order."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Text, and_, cast, func, or_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from fieldapp.errors import ServerTrouble
from fieldapp.server import identity
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Record, SyncClock
from fieldapp.settings import Settings
from fieldapp.wire import Ack, ExchangeAnswer, ExchangeRequest, Row, view_hash

#: An answer never grows much past this, in characters of JSON: the device must be able to take it in.
ANSWER_SIZE = 1_000_000


def same_timeline(clock: SyncClock, request: ExchangeRequest) -> bool:
    """Whether the device knows the present epoch. Its operations must wait if not: older ones may come before them.

    Raises ServerTrouble(`rewound`) to one that has seen numbers this server has not given yet.
    """
    if request.epoch != clock.epoch:
        return False
    if request.since > clock.seq:
        raise ServerTrouble("rewound", retry_after=600)
    return True


def read(
    session: Session, worker: str, request: ExchangeRequest, acks: Sequence[Ack], now: datetime, settings: Settings
) -> ExchangeAnswer:
    """The answer to this request, from one moment of the database."""
    clock = identity.clock(session)
    answer = ExchangeAnswer(
        rid=request.rid,
        epoch=clock.epoch,
        now=now,
        upto=clock.seq,
        durable=clock.durable,
        next_in=settings.exchange_every,
        acks=list(acks),
    )
    if not same_timeline(clock, request):
        return answer.model_copy(update={"upto": 0, "reset": "epoch"})
    theirs = reach(session, worker)
    view = theirs.at(now)
    if view_hash(view) != request.view:
        return answer.model_copy(update={"view": sorted(view), "more": True})
    seen = {scope: request.behind.get(scope, request.since) for scope in view}
    unseen = _unseen(seen, dict.fromkeys(theirs.citizens_ever - view, request.since))
    found = session.exec(select(Record).where(unseen).order_by(col(Record.seq)).limit(request.rows + 1)).all()
    rows = _as_many_as_fit(found[: request.rows])
    if len(rows) == len(found):
        return answer.model_copy(update={"rows": rows})
    after_these = and_(unseen, col(Record.seq) > rows[-1].seq)
    left = session.exec(select(func.count()).select_from(Record).where(after_these)).one()
    return answer.model_copy(update={"rows": rows, "more": True, "left": left})


def _unseen(seen: dict[str, int], once: dict[str, int]) -> ColumnElement[bool]:
    """Rows of the scopes they have, each past its own number; and what was erased in those they had `once`.

    For of these the device may still keep something that it could not send, and it must go as well.
    """
    held = [True] * len(seen) + [False] * len(once)
    columns = cast([*seen, *once], ARRAY(Text)), cast([*seen.values(), *once.values()], ARRAY(BigInteger))
    bounds = func.unnest(*columns, cast(held, ARRAY(Boolean))).table_valued("scope", "number", "held")
    bounds = bounds.render_derived(name="bounds")
    past = and_(col(Record.scope) == bounds.c.scope, col(Record.seq) > bounds.c.number)
    return and_(past, or_(bounds.c.held, _tells_of_erasure()))


def _tells_of_erasure() -> ColumnElement[bool]:
    """Of a citizen who is erased, their own row tells it all."""
    erased = aliased(Record)
    citizen = select(erased.id).where(
        col(erased.scope) == col(Record.scope), col(erased.kind) == "citizen", col(erased.deleted)
    )
    return and_(col(Record.deleted), or_(col(Record.kind) == "citizen", ~citizen.exists()))


def _as_many_as_fit(records: Sequence[Record]) -> list[Row]:
    """At least one, so that the feed always moves."""
    rows: list[Row] = []
    size = 0
    for record in records:
        size += len(json.dumps(record.fields))
        if rows and size > ANSWER_SIZE:
            break
        rows.append(_row(record))
    return rows


def _row(record: Record) -> Row:
    return Row.model_construct(
        row=record.kind,
        id=record.id,
        scope=record.scope,
        seq=record.seq,
        fields=record.fields,
        base=record.base,
        by=record.by,
        author=record.author or "",
        at=record.at,
        offset=record.offset,
        void=record.void,
        deleted=record.deleted,
    )
