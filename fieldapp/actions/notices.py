"""What the worker is told because somebody else decided it, said together where it is the same; and who they cover."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from fieldapp.actions import facts, people
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import scope_id, worker_scope
from fieldapp.domain.values import AssignmentRole, NoticeWord
from fieldapp.store import records
from fieldapp.store.tables import AssignmentRow, NoticeReadRow, NoticeRow

_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Notice:
    """`what`: one of domain.values.NoticeWord. `citizens`: ids and names of those on this device.

    `count`: citizens, or pieces of work when it is about work. `who`: the other one, a worker or a team. `kind` and
    `written`: of a single piece of work.
    """

    ids: tuple[str, ...]
    what: str
    at: datetime
    citizens: tuple[tuple[str, str], ...]
    count: int
    who: str | None = None
    role: str | None = None
    reason: str | None = None
    kind: str | None = None
    written: datetime | None = None


@dataclass(frozen=True)
class Cover:
    """The worker stands in for `name` (None: nobody is responsible) up to and including `until`."""

    name: str | None
    until: date
    citizens: int


def read(desk: Desk) -> tuple[Notice, ...]:
    """Those not read yet, the newest first."""
    with desk.store.reading() as session:
        rows, names = _unread(session), people.citizens(session)
    alike: dict[tuple[object, ...], list[NoticeRow]] = defaultdict(list)
    for row in rows:
        if row.from_at <= desk.now() and _is_so(row, names):
            alike[_said_together(row)].append(row)
    told = [_notice(each, names, desk) for each in alike.values()]
    return tuple(sorted(told, key=lambda notice: notice.at, reverse=True))


def mark_read(desk: Desk, notices: Iterable[Notice]) -> None:
    """On all of the worker's devices."""
    with desk.store.transaction() as session:
        for id in (id for notice in notices for id in notice.ids):
            records.add(session, NoticeReadRow(notice=id, scope=worker_scope(desk.worker)), desk.now())


def covers(desk: Desk) -> tuple[Cover, ...]:
    """Whom the worker stands in for now; the one that ends first is first."""
    now = desk.now()
    with desk.store.reading() as session:
        mine = select(AssignmentRow).where(
            AssignmentRow.role == AssignmentRole.DEPUTY,
            AssignmentRow.worker == desk.worker,
            AssignmentRow.from_at <= now,
            col(AssignmentRow.to_at) > now,
            col(AssignmentRow.void_reason).is_(None),
        )
        held = [(scope_id(row.scope), _last_day(row.to_at or now, desk)) for row in session.exec(mine)]
        if not held:
            return ()
        heads, workers = facts.heads(session, desk.today(), [of for of, _ in held]), people.workers(session, desk)
    others = Counter(
        (None if known.for_all else workers.get(known.responsible or ""), until)
        for citizen, until in held
        if (known := heads.get(citizen)) and (known.for_all or known.responsible != desk.worker)
    )
    found = [Cover(name, until, count) for (name, until), count in others.items()]
    return tuple(sorted(found, key=lambda cover: (cover.until, cover.name or "")))


def _unread(session: Session) -> list[NoticeRow]:
    wanted = select(NoticeRow).where(col(NoticeRow.id).not_in(select(NoticeReadRow.notice)))
    return list(session.exec(wanted.order_by(col(NoticeRow.from_at), col(NoticeRow.id))))


def _is_so(row: NoticeRow, names: Mapping[str, str]) -> bool:
    """What was gained may be gone again, and what was lost be here through the team. `covers` tells of deputies."""
    match row.what:
        case NoticeWord.GAINED:
            return row.citizen in names and not (row.role == AssignmentRole.DEPUTY and row.to_at)
        case NoticeWord.LOST:
            return row.citizen not in names
    return row.what in set(NoticeWord)


def _said_together(row: NoticeRow) -> tuple[object, ...]:
    """What must be the same for one sentence to say several."""
    if row.citizen is None:
        return row.what, row.id
    if row.about is None:
        return row.what, row.role, row.name
    return row.what, row.citizen, row.name, row.reason


def _notice(rows: list[NoticeRow], names: Mapping[str, str], desk: Desk) -> Notice:
    first = rows[0]
    citizens = list(dict.fromkeys(row.citizen for row in rows if row.citizen))
    alone = first.about is not None and len(rows) == 1
    return Notice(
        ids=tuple(row.id for row in rows),
        what=first.what,
        at=rows[-1].from_at.astimezone(desk.now().tzinfo),
        citizens=tuple((citizen, names[citizen]) for citizen in citizens if citizen in names),
        count=len(citizens) if citizens and first.about is None else len(rows),
        who=first.name,
        role=first.role,
        reason=first.reason,
        kind=first.about_kind if alone else None,
        written=first.written_at.astimezone(desk.now().tzinfo) if alone and first.written_at else None,
    )


def _last_day(end: datetime, desk: Desk) -> date:
    """An end at midnight is the end of the day before."""
    return (end.astimezone(desk.now().tzinfo) - _A_MOMENT).date()
