"""What the server sent, taken in: rows, a changed view, a reset; own unsent work stays on top."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, union
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session

from fieldapp.store import erasing, outbox, sync_state
from fieldapp.store.columns import Table
from fieldapp.store.database import read_again, writing_synced
from fieldapp.store.erasing import erase
from fieldapp.store.rows import columns_of, from_fields
from fieldapp.store.tables import TABLES
from fieldapp.wire import Row

__all__ = ["change_view", "doubt", "erase", "fetch_again", "mark_stale", "take_in"]

#: Made once: it is asked for each piece of what arrives.
_NOT_UNKNOWN = delete(Table.metadata.tables["unknown_row"]).where(
    Table.metadata.tables["unknown_row"].c.id.in_(bindparam("here", expanding=True))
)
_LONG_AGO = datetime.fromtimestamp(0, UTC)


def take_in(session: Session, rows: Sequence[Row]) -> None:
    """Write these rows over what was there and lay own unsent changes over them again (sync.md 4.3 rule 7).

    An erased row goes, with its operations, drafts and conflicts; rows and fields this app does not know are kept.
    Call it in the transaction that moves the cursor, at most some hundred rows at a time.
    """
    newest = {(row.row, row.id): row for row in rows}
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    unreadable, here = [], []
    for row in newest.values():
        if row.deleted:
            erase(session, row.row, row.id)
        elif (columns := _columns(row)) is None:
            unreadable.append(row)
        else:
            by_kind[row.row].append(columns)
            here.append(row)
    _keep_unreadable(session, unreadable)
    session.execute(_NOT_UNKNOWN, {"here": [row.id for row in here]})
    with writing_synced(session):
        for kind, values in by_kind.items():
            session.execute(_put(kind), values)
    _rebase(session, here)
    if "notice" in by_kind:
        outbox.decided(session)
    read_again(session)


def _columns(row: Row) -> dict[str, Any] | None:
    """All columns of the row's table, None when this app cannot read such a row."""
    read = from_fields(row.row, row.fields) if row.row in TABLES else None
    if read is None:
        return None
    columns, more = read
    return columns | {
        "id": row.id,
        "scope": row.scope,
        "author": row.author,
        "added_at": row.at or _LONG_AGO,
        "added_offset": row.offset,
        "seq": row.seq,
        "base": row.base,
        "set_by": row.by,
        "more": more,
        "void_reason": row.void,
        "stale": False,
    }


@cache
def _put(name: str) -> Any:
    """The statement that writes rows of a table over what was there."""
    table = Table.metadata.tables[name]
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    replaced = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=replaced)


def _keep_unreadable(session: Session, rows: list[Row]) -> None:
    if not rows:
        return
    values = [
        {
            "kind": row.row,
            "id": row.id,
            "scope": row.scope,
            "seq": row.seq,
            "stale": False,
            "body": row.model_dump(mode="json"),
        }
        for row in rows
    ]
    session.execute(_put("unknown_row"), values)
    with writing_synced(session):
        for row in rows:
            if row.row in TABLES:  # a newer app has changed it into something this one cannot read
                table = Table.metadata.tables[row.row]
                session.execute(table.delete().where(table.c.id == row.id))


def _rebase(session: Session, rows: list[Row]) -> None:
    """Own changes the server has not accepted are laid over its rows again: the worker never sees one vanish."""
    arrived = {row.id: row for row in rows}
    for operation in outbox.on_top(session, {row.id: row.seq for row in rows}):
        if operation.do == "add":  # the row that came is this very record
            continue
        theirs = arrived[operation.record]
        if operation.do == "void":
            operation.was = {"void_reason": theirs.void}
            values: dict[str, Any] = {"void_reason": operation.fields["reason"]}
        else:
            operation.was = {name: theirs.fields.get(name) for name in operation.fields}
            values = columns_of(operation.kind, operation.fields)
        table = Table.metadata.tables[operation.kind]
        with writing_synced(session):
            session.execute(table.update().where(table.c.id == operation.record).values(values))


def change_view(session: Session, scopes: Iterable[str]) -> None:
    """The worker may see other scopes now: what was lost goes at once, what is new is behind from 0.

    Sets `view` and `behind` of the sync state. The unsent outbox of a lost scope stays; a scope whose citizen is
    born here and not yet with the server counts as held.
    """
    state, now = sync_state.get(session), set(scopes)
    erasing.drop_scopes(session, sorted(_present(session) - now - outbox.births(session)))
    new = now - set(state.view)
    state.behind = {scope: at for scope, at in state.behind.items() if scope in now} | dict.fromkeys(sorted(new), 0)
    state.view = sorted(now)
    if new:
        state.compared_at = None
    session.flush()
    read_again(session)


def _present(session: Session) -> set[str]:
    """The scopes that have rows here."""
    tables = [Table.metadata.tables[name] for name in (*TABLES, "unknown_row")]
    return set(session.execute(union(*(sql_select(table.c.scope) for table in tables))).scalars())


def fetch_again(session: Session) -> None:
    """An updated app knows more fields and kinds: what is here comes once more, and is shown as it was until then."""
    state = sync_state.get(session)
    state.behind = dict.fromkeys(state.view, 0)
    state.compared_at = None


def doubt(session: Session, scopes: Iterable[str]) -> None:
    """The server holds something else of these: they are fetched again, and stay readable meanwhile."""
    state = sync_state.get(session)
    again = sorted(set(scopes) & set(state.view))
    if again:
        mark_stale(session, again)
        state.behind = state.behind | dict.fromkeys(again, 0)
        state.resetting = True


def mark_stale(session: Session, scopes: Sequence[str] | None = None) -> None:
    """Everything, or these scopes, must be confirmed again, and stays readable meanwhile (sync.md, amendment 5)."""
    with writing_synced(session):
        for name in (*TABLES, "unknown_row"):
            table = Table.metadata.tables[name]
            all_of_it = table.update().values(stale=True)
            session.execute(all_of_it if scopes is None else all_of_it.where(table.c.scope.in_(scopes)))
    read_again(session)
