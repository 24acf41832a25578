"""Whether a vault is whole, from the first byte of its log to what its rows say of each other; nothing is changed."""

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine, text
from sqlmodel import col, select

from fieldapp.errors import VaultDamaged, VaultTooNew, VaultTooOld
from fieldapp.store import migrations, outbox, search
from fieldapp.store.bookkeeping import OutboxRow, SyncState, UnknownRow
from fieldapp.store.columns import Table
from fieldapp.store.log import Log
from fieldapp.store.log_format import HEAD, MARK, START, TAG, base, end_of, places, read_header
from fieldapp.store.mark import Mark
from fieldapp.store.read_disk import READ_ONLY
from fieldapp.store.support import (
    Unlocked,
    in_use,
    known_schema,
    of_this,
    opened,
    session_of,
    table_names,
    unlock,
)
from fieldapp.store.tables import TABLES

What = Literal["older", "record", "page", "database", "table", "missing", "reference", "guard", "outbox"]
_OK = [("ok",)]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be. `where` is the number of a page or a record, or a table's name."""

    what: What
    where: str = ""
    count: int = 1


@dataclass(frozen=True)
class Report:
    """`torn` bytes at the end are no damage: a power cut left them, and nobody was told that they are saved.

    With `in_use` it is the state at the app's last commit, and what is torn may be its next one on the way.
    """

    findings: tuple[Finding, ...]
    pages: int = 0
    torn: int = 0
    in_use: bool = False


def check(folder: Path, secret: str, device_secret: bytes, mark: Mark | None = None) -> Report:
    """Read all of it; `mark` is what was kept of it. Raises what `open_vault` raises when it cannot even be opened."""
    vault, busy = unlock(folder, secret, device_secret), in_use(folder)
    kept = of_this(mark, vault.ring)
    try:
        with opened(vault) as (log, engine):
            older = [Finding("older")] if kept and Mark(vault.ring.id, *log.end).before(kept) else []
            pages = [Finding("page", str(number)) for number in range(log.size) if not _opens(log, number)]
            try:
                found = pages + list(_in_database(engine))
            except (VaultTooNew, VaultTooOld):
                if not pages:
                    raise
                found = pages
            return Report(tuple(older + found), log.size, log.torn, busy)
    except VaultDamaged as damage:
        if damage.why != "record":
            raise
        return Report((Finding("record", _first_bad(vault)),), in_use=busy)


def _opens(log: Log, number: int) -> bool:
    try:
        log.read(number)
    except VaultDamaged:
        return False
    return True


def _first_bad(vault: Unlocked) -> str:
    """The number of the first record that does not stand in the chain, and its first byte. `recovery` tells neither."""
    file = READ_ONLY.open(vault.path)
    try:
        size = READ_ONLY.size(file)
        seal = read_header(vault.key, READ_ONLY.read(file, START, 0))
        at, number, before = START, 1, bytes(TAG)
        while True:
            head = READ_ONLY.read(file, HEAD.size, at)
            mark, seq, count, _, names = HEAD.unpack(head.ljust(HEAD.size, b"\0"))
            start = base(at, count)
            if mark != MARK or names != before or start > size:
                break
            sealed = READ_ONLY.read(file, start - at - HEAD.size, at + HEAD.size)
            try:
                listed = places(seal.open_manifest(head, sealed), start, seq)
            except InvalidTag:
                break
            at, number, before = end_of(listed, start), number + 1, sealed[-TAG:]
        return f"{number} (byte {at})"
    finally:
        READ_ONLY.close(file)


def _in_database(engine: Engine) -> Iterator[Finding]:
    """What SQLite says of its tables, and what our own rules say of the rows in them."""
    try:
        schema = known_schema(engine)
        with session_of(engine) as session:
            here = table_names(session)
    except VaultDamaged:
        yield Finding("database")
        return
    yield from _structure(engine, here)
    if schema < migrations.LATEST:  # it gets what it lacks when the app opens it
        return
    missing = list(_missing(engine))
    yield from missing
    with contextlib.suppress(VaultDamaged):  # by now it is told
        yield from _guards(engine, here)
        if not missing:
            yield from _outbox(engine)


def _structure(engine: Engine, tables: list[str]) -> Iterator[Finding]:
    broken = _answer(engine, "PRAGMA foreign_key_check") or []
    yield from (Finding("reference", name, count) for name, count in Counter(row[0] for row in broken).items())
    whole = _answer(engine, "PRAGMA integrity_check")
    if whole == _OK:
        return
    found = {name: _answer(engine, f'PRAGMA integrity_check("{name}")') for name in tables}
    told = [Finding("table", name, len(said or _OK)) for name, said in found.items() if said != _OK]
    yield from told or [Finding("database", count=len(whole or _OK))]


def _answer(engine: Engine, question: str) -> list[tuple[Any, ...]] | None:
    """None when a damaged page was in the way."""
    try:
        with session_of(engine) as session:
            return [tuple(row) for row in session.execute(text(question))]
    except VaultDamaged:
        return None


def _missing(engine: Engine) -> Iterator[Finding]:
    """Tables that are not there, or not all of their columns."""
    for name, table in Table.metadata.tables.items():
        columns = _answer(engine, f'PRAGMA table_xinfo("{name}")')
        if columns is not None and (lost := {*table.columns.keys()} - {column[1] for column in columns}):
            yield Finding("missing", name, len(lost))


def _guards(engine: Engine, tables: list[str]) -> Iterator[Finding]:
    with session_of(engine) as session:
        triggers = session.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        here = {row.name: row.sql for row in triggers}
    for kind in TABLES:
        ours = migrations.guards(kind) | search.triggers(kind)
        lost = [name for name, trigger in ours.items() if here.get(name) != trigger]
        if kind in tables and lost:
            yield Finding("guard", kind, len(lost))


def _outbox(engine: Engine) -> Iterator[Finding]:
    """What waits to be sent is about a row that is here. In a scope that was lost, or is on its way, it need not be."""
    with session_of(engine) as session:
        state = session.get(SyncState, 1) or SyncState()
        held = ({*state.view} | outbox.births(session)) - state.behind.keys()
        waiting = select(OutboxRow.kind, OutboxRow.record).where(
            OutboxRow.state == "waiting", col(OutboxRow.scope).in_(held)
        )
        about = defaultdict(set)
        for kind, record in session.exec(waiting):
            about[kind].add(record)
        unreadable = set(session.exec(select(UnknownRow.id)))
        for kind, records in about.items():
            rows = set(session.exec(select(TABLES[kind].id))) if kind in TABLES else set()
            if lost := records - rows - unreadable:
                yield Finding("outbox", kind, len(lost))
