"""What a device is sent: the rows it has not seen yet, or a word that it must first put its house in order."""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Text, and_, bindparam, cast, func, or_, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, col, select

from fieldapp.domain import access
from fieldapp.errors import ServerTrouble
from fieldapp.server import identity
from fieldapp.server.schemas import Schemas
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Record, SyncClock
from fieldapp.wire import Ack, ExchangeAnswer, ExchangeRequest, Row, view_hash

#: An answer never grows much past this, in characters of JSON: the device must be able to take it in.
ANSWER_SIZE = 1_000_000
#: Rows in memory at once; one that holds nothing but long texts is some 100 KB.
AT_ONCE = 50
#: Not whole records: the session would keep each until the end. Which devices set the fields is told to nobody.
COLUMNS: Any = tuple(c for c in Record.__table__.c if c.name != "devices")  # type: ignore[attr-defined]


def _list(name: str, of: type[TypeEngine[Any]]) -> Any:
    """A parameter that holds a list, with commas between: a driver's array is made item by item."""
    return cast(func.string_to_array(bindparam(name, type_=Text), ","), ARRAY(of))


_SCOPES, _NUMBERS, _HELD = _list("scopes", Text), _list("numbers", BigInteger), _list("held", Boolean)
_BOUNDS = func.unnest(_SCOPES, _NUMBERS, _HELD).table_valued("scope", "number", "held").render_derived(name="bounds")
_PAST = and_(col(Record.scope) == _BOUNDS.c.scope, col(Record.seq) > _BOUNDS.c.number)
_TELLS = or_(col(Record.kind) == "citizen", col(Record.scope).not_in(bindparam("erased", expanding=True)))
#: With the parameters of `_unseen`. Statements are made once: to make them took as long as to ask them.
_UNSEEN = and_(_PAST, or_(_BOUNDS.c.held, and_(col(Record.deleted), _TELLS)))
_AFTER = col(Record.seq) > bindparam("last")


def _by_scope(*more: ColumnElement[bool]) -> Any:
    """Scope by scope, each from its own place in the index, then in the order of all. Left to itself the database
    believes that it will soon have enough, and goes through everybody's rows in that order."""
    of_scope = select(*COLUMNS).where(_UNSEEN, *more).order_by(col(Record.seq)).limit(bindparam("most"))
    found = of_scope.correlate(_BOUNDS).lateral("found")
    return select(*found.c).select_from(_BOUNDS.join(found, true())).order_by(found.c.seq).limit(bindparam("most"))


_FIRST = _by_scope()
_REST = _by_scope(_AFTER)
_COUNTED = (
    select(func.count().label("rows")).select_from(Record).where(_UNSEEN, _AFTER).correlate(_BOUNDS).lateral("counted")
)
_LEFT = select(func.coalesce(func.sum(_COUNTED.c.rows), 0)).select_from(_BOUNDS.join(_COUNTED, true()))


def same_timeline(clock: SyncClock, request: ExchangeRequest) -> bool:
    """Whether the device knows the present epoch. Its operations must wait if not: older ones may come before them.

    Raises ServerTrouble(`rewound`) to one that has seen numbers this server has not given yet.
    """
    if request.epoch != clock.epoch:
        return False
    if request.since > clock.seq:
        raise ServerTrouble("rewound", retry_after=600)
    return True


def has_missed(clock: SyncClock, request: ExchangeRequest) -> bool:
    """Whether something may have been erased without a trace since this device had everything.

    Not since its cursor: one that fetches from the beginning comes past numbers far below the floor.
    """
    return 0 < (request.upto or request.since) < clock.floor


def read(
    session: Session,
    worker: str,
    request: ExchangeRequest,
    acks: Sequence[Ack],
    now: datetime,
    next_in: int,
    schemas: Schemas,
    *,
    lease: tuple[int, int] | None = None,
    retired: bool = False,
) -> "Feed":
    """The answer to this request, from one moment of the database: the session's, while its rows are read.

    A `retired` device hears what became of its operations, and gets no rows.
    """
    clock = identity.clock(session)
    head = ExchangeAnswer(
        rid=request.rid,
        epoch=clock.epoch,
        now=now,
        upto=clock.seq,
        durable=clock.durable,
        next_in=next_in,
        min_schema=schemas.oldest,
        lease=lease,
        acks=list(acks),
    )
    if not same_timeline(clock, request):
        return Feed(head.model_copy(update={"upto": 0, "reset": "epoch"}))
    readable = request.schema_ >= schemas.oldest
    if readable and has_missed(clock, request):
        return Feed(head.model_copy(update={"reset": "floor"}))
    theirs = reach(session, worker)
    view = theirs.at(now)
    if view_hash(view) != request.view:
        return Feed(head.model_copy(update={"view": sorted(view)}), more=True)
    nothing_new = request.since == clock.seq and not request.behind
    if not readable or retired or nothing_new:
        return Feed(head)
    seen = {scope: request.behind.get(scope, request.since) for scope in view}
    once = dict.fromkeys(theirs.citizens_ever - view, request.since)
    unseen = _unseen(seen, once, _erased(session, once))
    return Rows(head, session, unseen, request, schemas)


class Feed:
    """An answer while it is read: `head` at once, then the rows, and after them what is still to come."""

    def __init__(self, head: ExchangeAnswer, more: bool = False) -> None:
        self.head = head
        self.more = more
        self.left = 0

    def __iter__(self) -> Iterator[Row]:
        return iter(())


class Rows(Feed):
    """With rows, some at a time: they may be many, and each may be long."""

    def __init__(
        self,
        head: ExchangeAnswer,
        session: Session,
        unseen: dict[str, Any],
        request: ExchangeRequest,
        schemas: Schemas,
    ) -> None:
        super().__init__(head)
        self._session = session
        self._unseen = unseen
        self._request = request
        self._schemas = schemas

    def __iter__(self) -> Iterator[Row]:
        """As many as fit, and at least one, so that the feed always moves."""
        size, last = 0, 0
        with closing(self._found()) as found:
            for number, record in enumerate(found):
                size += len(json.dumps(record.fields))
                if number == self._request.rows or (number and size > ANSWER_SIZE):
                    self.more = True
                    break
                yield self._schemas.down(_row(record), self._request.schema_)
                last = record.seq
        if self.more:
            self.left = int(self._session.execute(_LEFT, {**self._unseen, "last": last}).scalar_one())

    def _found(self) -> Generator[Any]:
        """One more than asked for. Most often there are few or none: a cursor would be four questions for them."""
        most = self._request.rows + 1
        few = min(AT_ONCE, most)
        first = self._session.execute(_FIRST, {**self._unseen, "most": few}).all()
        yield from first
        if len(first) == few < most:
            rest = {**self._unseen, "most": most - few, "last": first[-1].seq}
            with self._session.execute(_REST, rest, execution_options={"yield_per": AT_ONCE}) as found:
                yield from found


def _erased(session: Session, scopes: Iterable[str]) -> list[str]:
    """Those whose whole citizen is erased."""
    citizens = [access.scope_id(scope) for scope in scopes]
    if not citizens:
        return []
    return list(session.exec(select(Record.scope).where(col(Record.id).in_(citizens), Record.deleted)))


def _unseen(seen: dict[str, int], once: dict[str, int], erased: list[str]) -> dict[str, Any]:
    """Rows of the scopes they have, each past its own number; and what was erased in those they had `once`.

    For of these the device may still keep something that it could not send, and it must go as well. Of a whole citizen
    their own row tells it all.
    """
    return {
        "scopes": ",".join([*seen, *once]),
        "numbers": ",".join(map(str, [*seen.values(), *once.values()])),
        "held": ",".join(["t"] * len(seen) + ["f"] * len(once)),
        "erased": erased,
    }


def _row(record: Any) -> Row:
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
