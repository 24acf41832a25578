"""A vault with something of everything in it, and what tests of support do to it."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from fieldapp.domain.kinds import KINDS
from fieldapp.store import drafts, incoming, keyring, log_format, outbox, records, sync_state
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.columns import Table
from fieldapp.store.database import Store
from fieldapp.store.engine import raw
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.support import opened, session_of, unlock
from fieldapp.store.tables import TABLES, CitizenRow
from fieldapp.store.vault import create_vault, open_vault
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.store.conftest import WORKER
from tests.store.rows import a_row, sample, sent

PIN, DEVICE, WORDS = "483920", bytes(range(32, 64)), "hejre cykel mælk torsdag"
NAME = "Ærøskøbing"
OPEN = (PIN, DEVICE)


def whole_vault(folder: Path) -> Path:
    """A vault with a row in every table: of each kind one of its own or one from the server, a draft, a setting."""
    store = Store(create_vault(folder, PIN, DEVICE, cost=LOWEST_COST), WORKER)
    citizen = CitizenRow(known_as=NAME)
    with store.transaction() as session:
        records.add(session, citizen, NOW)
    with store.transaction() as session:
        for kind in TABLES:
            if kind == "citizen":
                continue
            if KINDS[kind].written_by == "worker":
                records.add(session, a_row(kind, citizen.id), NOW)
            else:
                fields = {field.name: sample(field) for field in KINDS[kind].fields}
                wire = {
                    name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()
                }
                incoming.take_in(session, [sent(kind, an_id(), citizen.scope, 9, **wire)])
        incoming.take_in(session, [sent("hologram", an_id(), citizen.scope, 9, x="fra en nyere app")])
        drafts.keep(session, f"contact:{citizen.id}", {"own_words": "halvt skrevet"}, NOW)
        session.add(SettingRow(name="idle", value=60))
    with store.transaction() as session:
        outbox.settle(session, [Ack(ack=op.op, result="ok", seq=3) for op in outbox.waiting(session)[-2:]])
        state = sync_state.get(session)
        state.view, state.worker_name = [citizen.scope], "Freja Opfundet"
    store.close()
    return folder


def trace(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """All that a look at a folder could have changed: names, modes, times, bytes."""
    seen = {}
    for path in (folder, *folder.iterdir()):
        stat = path.stat()
        seen[path.name] = stat.st_mode, stat.st_mtime_ns, stat.st_ino, b"" if path.is_dir() else path.read_bytes()
    return seen


def spoil(folder: Path, *statements: str) -> None:
    """Change rows behind the guards' back, as a fault of ours would."""
    vault = open_vault(folder, PIN, DEVICE)
    with vault.engine.begin() as connection:
        raw(connection).synced_open = True
        for statement in statements:
            connection.execute(text(statement))
    vault.close(compact=False)


def the_log(folder: Path) -> Path:
    return folder / keyring.load(folder).log_name


def old_pages(folder: Path) -> dict[int, log_format.Place]:
    """Pages in use that do not stand in the last record: opening alone does not look at them."""
    with opened(unlock(folder, *OPEN)) as (log, _):
        return {number: place for number, place in log._places.items() if place.seq != log.end.seq}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def rows(folder: Path, secret: str, device_secret: bytes) -> dict[str, list[tuple[Any, ...]]]:
    with opened(unlock(folder, secret, device_secret)) as (_, engine), session_of(engine) as session:
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]
            for name in Table.metadata.tables
        }
