"""Taking personal data off this device: one erased record, or a whole scope the worker no longer sees."""

from collections.abc import Iterable

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.store import sync_state
from fieldapp.store.bookkeeping import DraftRow, OutboxRow, UnknownRow
from fieldapp.store.columns import Table
from fieldapp.store.database import writing_synced
from fieldapp.store.tables import TABLES


def erase(session: Session, kind: str, record: str) -> None:
    """Erase one record: the row, its operations, drafts and conflicts. A citizen takes the whole scope along."""
    if kind == "citizen":
        drop_scopes(session, [citizen_scope(record)])
        session.execute(delete(OutboxRow).where(col(OutboxRow.scope) == citizen_scope(record)))
        return
    with writing_synced(session):
        for name in (kind, "conflict"):
            if name in TABLES:
                table = Table.metadata.tables[name]
                about = table.c.about == record if name == "conflict" else table.c.id == record
                session.execute(table.delete().where(or_(about, table.c.id == record)))
    session.execute(delete(UnknownRow).where(col(UnknownRow.id) == record))
    session.execute(delete(OutboxRow).where(col(OutboxRow.record) == record))
    _drop_drafts(session, [record])
    _ask_for_a_new_key(session)


def drop_scopes(session: Session, scopes: Iterable[str]) -> None:
    """Delete all of these scopes but what has not been sent from them."""
    lost = list(scopes)
    if not lost:
        return
    with writing_synced(session):
        for kind in TABLES:
            table = Table.metadata.tables[kind]
            session.execute(table.delete().where(table.c.scope.in_(lost)))
    session.execute(delete(UnknownRow).where(col(UnknownRow.scope).in_(lost)))
    session.execute(
        delete(OutboxRow).where(col(OutboxRow.scope).in_(lost), col(OutboxRow.state).in_(("kept", "quarantined")))
    )
    _drop_drafts(session, [scope_id(scope) for scope in lost if scope_id(scope)])
    _ask_for_a_new_key(session)


def _drop_drafts(session: Session, about: Iterable[str]) -> None:
    for one in about:
        session.execute(delete(DraftRow).where(col(DraftRow.key).endswith(f":{one}", autoescape=True)))


def _ask_for_a_new_key(session: Session) -> None:
    """What is deleted still stands as ciphertext until the vault is written again under another key."""
    sync_state.get(session).erased_in = session.info["generation"]
    session.flush()
