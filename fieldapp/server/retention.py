"""What has been kept long enough goes; of citizens whose support ended long ago it is only said that a human must look.

A citizen goes only when a named person said that they shall not stand here any more (E11), and nobody has written about
them in the time that is left to take it back.

Erased records are remembered until every device has heard of them or must fetch everything again (the `floor`). An
erased citizen is remembered for good, by their id alone: whatever still comes about them is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, update
from sqlmodel import Session, col, delete, select

from fieldapp.domain import facts, keeping
from fieldapp.domain.access import scope_id
from fieldapp.domain.closing import COURSE
from fieldapp.domain.erasure import Ground
from fieldapp.domain.gather import gather
from fieldapp.domain.retention import Before, Periods, before, ended_long_ago
from fieldapp.domain.standing import standing
from fieldapp.server import audit, database, erasure, gathered, identity, same
from fieldapp.server.records import commit_changes
from fieldapp.server.register import Register
from fieldapp.server.tables import (
    AccessToken,
    Code,
    ConsoleLink,
    ConsoleList,
    ConsoleSession,
    ConsoleSignIn,
    Nonce,
    Record,
    SyncClock,
)
from fieldapp.server.tables_log import Exchanged, Seal
from fieldapp.settings import Settings

#: Records in one transaction: the numbers of the server wait for it.
AT_ONCE = 500


@dataclass(frozen=True)
class Kept:
    """What has been kept long enough, in numbers; and whose support ended when, long ago."""

    tombstones: int
    quarantine: int
    access_log: int
    exchange_log: int
    secrets: int
    let_go: int
    closed: tuple[tuple[str, date], ...]


def kept_too_long(engine: Engine, now: datetime, settings: Settings) -> Kept:
    """What `carry_out` would do now. Changes nothing."""
    limits = _limits(now, settings)
    with database.trouble_told(), Session(engine) as session:
        return Kept(
            tombstones=_count(session, Record, _tombstones(limits)),
            quarantine=_count(session, Record, _decided(limits)),
            access_log=_count(session, Record, _opened(limits)),
            exchange_log=_count(session, Exchanged, _exchanges(limits)),
            secrets=sum(_count(session, table, old) for table, old in _secrets(now, settings)),
            let_go=len(_let_go(session, limits.let_go)),
            closed=_closed(session, limits.closed, now.date()),
        )


def carry_out(engine: Engine, register: Register | None, now: datetime, settings: Settings) -> Kept:
    """Do what `kept_too_long` says, and return what it said. It may end anywhere and be done again."""
    found, limits = kept_too_long(engine, now, settings), _limits(now, settings)
    for old in (_opened(limits), _decided(limits)):
        while _take_off(engine, register, old, now):
            pass
    while _erase_one(engine, register, limits.let_go, now):
        pass
    with database.trouble_told(), database.writing(engine, register) as session:
        _forget(session, _tombstones(limits))
        for table, expired in _secrets(now, settings):
            session.execute(delete(table).where(expired))
        server = identity.server_id(session)
        told = f"tombstones {found.tombstones}, quarantine {found.quarantine}, access {found.access_log}"
        told += f", let go {found.let_go}, exchanges {found.exchange_log}"
        done = audit.act(session, "retention", server, now, server, why=told)
        done.seq = _forget_exchanges(session, _exchanges(limits))
        session.add(done)
        session.commit()
    return found


def _limits(now: datetime, settings: Settings) -> Before:
    periods = Periods(
        tombstones=settings.tombstone_days,
        away=settings.lease_erase_days,
        quarantine=settings.quarantine_days,
        access_log=settings.access_log_days,
        exchange_log=settings.exchange_log_days,
        closed=settings.closed_days,
        let_go=settings.let_go_days,
    )
    return before(periods, now)


def _tombstones(limits: Before) -> ColumnElement[bool]:
    return col(Record.deleted) & (col(Record.kind) != "citizen") & (col(Record.at) < limits.tombstones)


def _opened(limits: Before) -> ColumnElement[bool]:
    return ~col(Record.deleted) & (col(Record.kind) == "access") & (col(Record.at) < limits.access_log)


def _exchanges(limits: Before) -> ColumnElement[bool]:
    """Only what was sealed together goes together: so the rest of the log can be proven still."""
    seals = select(func.max(Seal.last)).where(Seal.book == "exchanged")
    sealed = seals.where(col(Seal.at) < limits.exchange_log).scalar_subquery()
    never_sealed = seals.scalar_subquery().is_(None)
    return (col(Exchanged.no) <= sealed) | (never_sealed & (col(Exchanged.at) < limits.exchange_log))


def _decided(limits: Before) -> ColumnElement[bool]:
    """Work that was kept for a decision and has got one. What nobody has decided on is never too old."""
    decided: ColumnElement[bool] = col(Record.fields).has_key("decision")  # type: ignore[attr-defined]
    return ~col(Record.deleted) & (col(Record.kind) == "quarantined") & decided & (col(Record.at) < limits.quarantine)


def _secrets(now: datetime, settings: Settings) -> Sequence[tuple[Any, ColumnElement[bool]]]:
    """Tokens, nonces, ways into the console and lists tried there that are worth nothing any more; codes a day later,
    so that it can be said that they ended."""
    return (
        (Nonce, col(Nonce.expires_at) <= now),
        (AccessToken, col(AccessToken.expires_at) <= now),
        (Code, col(Code.expires_at) < now - timedelta(days=1)),
        (ConsoleLink, col(ConsoleLink.expires_at) <= now),
        (ConsoleSignIn, col(ConsoleSignIn.expires_at) <= now),
        (ConsoleList, col(ConsoleList.expires_at) <= now),
        (ConsoleSession, col(ConsoleSession.begun_at) <= now - timedelta(seconds=settings.console_session)),
    )


def _count(session: Session, table: Any, wanted: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(wanted)).one()


def _take_off(engine: Engine, register: Register | None, old: ColumnElement[bool], now: datetime) -> bool:
    """Some of these lose their content, with what belongs to them; whether there were any. The phones are told."""
    with database.trouble_told(), database.writing(engine, register) as session:
        some = select(Record).where(old).order_by(col(Record.id)).limit(AT_ONCE).with_for_update()
        found = session.exec(some).all()
        for record in (*found, *erasure.belongings(session, [r.id for r in found], {r.scope for r in found})):
            erasure.blank(record, now)
        commit_changes(session)
        return bool(found)


def _let_go(session: Session, before: datetime) -> dict[str, str]:
    """Whom somebody said no to so long ago, by the same rule as on the phone, and who said it; each person once."""
    answered = select(Record.scope).where(
        Record.kind == "keep_answer", ~col(Record.deleted), col(Record.void).is_(None), col(Record.at) < before
    )
    of = same.read(session)
    asked = sorted({of.kept(scope_id(scope)) for scope in session.exec(answered)})
    found = {}
    for citizen in asked:
        answers = [keeping.let_go(gathered.records_of(session, each)) for each in of.all_of(citizen)]
        last = max(filter(None, answers), key=lambda no: (no.at, no.id), default=None)
        if all(answers) and last and last.author and last.at < before:
            found[citizen] = last.author
    return found


def _erase_one(engine: Engine, register: Register | None, before: datetime, now: datetime) -> bool:
    """One person in a transaction, looked at again in it; whether there was one. Who said no answers for it."""
    with database.trouble_told(), database.writing(engine, register) as session:
        for citizen, by in list(_let_go(session, before).items())[:1]:
            erasure.erase_citizen(session, citizen, by, Ground.PERIOD, now)
            commit_changes(session)
            return True
    return False


def _forget(session: Session, old: ColumnElement[bool]) -> None:
    """A device that has not heard of the newest of these cannot be told any more."""
    newest = session.exec(select(func.max(Record.seq)).where(old)).one()
    if newest is not None:
        session.execute(update(SyncClock).values(floor=func.greatest(col(SyncClock.floor), newest)))
        session.execute(delete(Record).where(old))


def _forget_exchanges(session: Session, old: ColumnElement[bool]) -> int | None:
    """The number of the last that went, by which proving.py knows that it was let go."""
    last: int | None = session.exec(select(func.max(Exchanged.no)).where(old)).one()
    session.execute(delete(Exchanged).where(old))
    return last


def _closed(session: Session, closed_before: date, today: date) -> tuple[tuple[str, date], ...]:
    """By the same rule as on the phone; the longest ago first."""
    ended = select(Record.scope).where(Record.kind == "closing", ~col(Record.deleted))
    course: dict[str, list[facts.Record]] = {}
    for r in session.exec(select(Record).where(col(Record.scope).in_(ended), col(Record.kind).in_(COURSE))):
        if not r.deleted:
            told = facts.Record(r.kind, r.id, r.fields, r.author, r.at, r.void is not None)
            course.setdefault(scope_id(r.scope), []).append(told)
    since = {
        citizen: ended_long_ago(standing(gather(citizen, records, today), today), closed_before)
        for citizen, records in course.items()
    }
    return tuple(sorted(((citizen, on) for citizen, on in since.items() if on), key=lambda one: (one[1], one[0])))
