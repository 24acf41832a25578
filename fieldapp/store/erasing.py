"""Taking personal data off this device: one erased record, or a whole scope the worker no longer sees."""

from collections.abc import Iterable

from sqlalchemy import delete, or_, union
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.erasure import owners
from fieldapp.store import sync_state
from fieldapp.store.bookkeeping import KEPT, OPEN, DraftRow, OutboxRow, UnknownRow
from fieldapp.store.columns import Table
from fieldapp.store.database import read_again, writing_synced
from fieldapp.store.tables import TABLES, NoticeRow

#: Kinds whose records hold words of the record they are about.
_ABOUT = ("conflict", "quarantined")


def erase(session: Session, kind: str, record: str) -> None:
    """Erase what the server has erased: the record, and what was to belong to it and was refused.

    That is only here, so no server tells of it.
    """
    take_off(session, kind, record)
    refused = select(OutboxRow).where(OutboxRow.state == "refused", OutboxRow.do == "add")
    for row in session.exec(refused).all():
        if record in owners(row.kind, row.fields):
            erase(session, row.kind, row.record)


def take_off(session: Session, kind: str, record: str) -> None:
    """Erase one record: the row, its operations, drafts and all that is about it.

    A citizen takes the whole scope along, and what the worker was told of them.
    """
    sync_state.get(session).compared_at = None
    if kind == "citizen":
        drop_scopes(session, [citizen_scope(record)])
        session.execute(delete(OutboxRow).where(col(OutboxRow.scope) == citizen_scope(record)))
        told = Table.metadata.tables["notice"]
        with writing_synced(session):
            session.execute(told.delete().where(told.c.citizen == record))
        return
    if kind == "notice":
        _drop_handed_on(session, record)
    with writing_synced(session):
        for name in {kind, *_ABOUT} & TABLES.keys():
            table = Table.metadata.tables[name]
            about = table.c.about == record if name in _ABOUT else table.c.id == record
            session.execute(table.delete().where(or_(about, table.c.id == record)))
    session.execute(delete(UnknownRow).where(col(UnknownRow.id) == record))
    handed_on = col(OutboxRow.op) == record  # work that waited elsewhere stood there under its operation's id
    session.execute(delete(OutboxRow).where(or_(col(OutboxRow.record) == record, handed_on)))
    _drop_drafts(session, [record])
    ask_for_a_new_key(session)


def _drop_handed_on(session: Session, notice: str) -> None:
    """The citizen is erased where they are now: what was handed on from here, and waited there, goes too."""
    about = select(NoticeRow.about).where(NoticeRow.id == notice)
    session.execute(delete(OutboxRow).where(col(OutboxRow.state) == "quarantined", col(OutboxRow.op).in_(about)))


def drop_scopes(session: Session, scopes: Iterable[str]) -> None:
    """Delete all of these scopes but what has not been sent from them, or waits for those who have them now."""
    lost = list(scopes)
    if not lost:
        return
    _drop_drafts(session, [scope_id(scope) for scope in lost] + _records_in(session, lost))
    with writing_synced(session):
        for kind in TABLES:
            table = Table.metadata.tables[kind]
            session.execute(table.delete().where(table.c.scope.in_(lost)))
    session.execute(delete(UnknownRow).where(col(UnknownRow.scope).in_(lost)))
    session.execute(delete(OutboxRow).where(col(OutboxRow.scope).in_(lost), col(OutboxRow.state) == "kept"))
    ask_for_a_new_key(session)


def drop_stale(session: Session) -> None:
    """The reset is over (`end` with more=false): rows nobody confirmed go, unless own work waits on them.

    Drafts stay: what somebody typed is lost by no reset.
    """
    mine = select(OutboxRow.record).where(col(OutboxRow.state).in_(OPEN))
    gone: list[str] = []
    with writing_synced(session):
        for name in (*TABLES, "unknown_row"):
            table = Table.metadata.tables[name]
            dropped = table.delete().where(table.c.stale, table.c.id.not_in(mine)).returning(table.c.id)
            gone += session.execute(dropped).scalars()
    if gone:
        let_go(session, gone)
    read_again(session)


def let_go(session: Session, records: list[str]) -> None:
    """These are with the server no more: what it once accepted of them is never offered again."""
    for first in range(0, len(records), 500):
        kept = col(OutboxRow.state).in_(KEPT)
        session.execute(delete(OutboxRow).where(col(OutboxRow.record).in_(records[first : first + 500]), kept))
    ask_for_a_new_key(session)


def _records_in(session: Session, scopes: list[str]) -> list[str]:
    tables = [Table.metadata.tables[kind] for kind in TABLES]
    found = union(*(sql_select(table.c.id).where(table.c.scope.in_(scopes)) for table in tables))
    return list(session.execute(found).scalars())


def _drop_drafts(session: Session, about: Iterable[str]) -> None:
    """A key names all that its form is about: `contact:<citizen>:<the contact it corrects>`, `step:<goal>`."""
    gone = {*about} - {""}
    keys = [key for key in session.exec(select(DraftRow.key)) if not gone.isdisjoint(key.split(":"))]
    session.execute(delete(DraftRow).where(col(DraftRow.key).in_(keys)))


def ask_for_a_new_key(session: Session) -> None:
    """What is deleted still stands as ciphertext until the vault is written again under another key."""
    sync_state.get(session).erased_in = session.info["generation"]
    session.flush()
