"""What a vault is like, in numbers: sizes, rows a table, what waits; nothing of what anybody wrote in it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from fieldapp.store import outbox
from fieldapp.store.bookkeeping import OPEN, DraftRow, OutboxRow, SyncState
from fieldapp.store.log_format import FORMAT
from fieldapp.store.support import known_schema, opened, session_of, table_names, unlock


@dataclass(frozen=True)
class Stats:
    """Sizes are bytes of the log; `torn` ones were never told to be saved. `slots` are kinds, each with its cost."""

    format: int
    schema: int
    generation: int
    seq: int
    records: int
    pages: int
    file: int
    live: int
    garbage: int
    torn: int
    slots: tuple[tuple[str, int], ...]
    rows: dict[str, int]
    outbox: outbox.Counts
    oldest_unsent: datetime | None
    drafts: int
    rewrite_queued: bool


def stats(folder: Path, secret: str, device_secret: bytes) -> Stats:
    """Raises what `open_vault` raises; changes nothing, and may be asked beside a running app."""
    vault = unlock(folder, secret, device_secret)
    with opened(vault) as (log, engine):
        schema = known_schema(engine)
        with session_of(engine) as session:
            state = session.get(SyncState, 1)
            return Stats(
                format=FORMAT,
                schema=schema,
                generation=vault.ring.generation,
                seq=log.end.seq,
                records=log.records,
                pages=log.size,
                file=log.live + log.garbage + log.torn,
                live=log.live,
                garbage=log.garbage,
                torn=log.torn,
                slots=tuple((slot.kind, slot.cost) for slot in vault.ring.slots),
                rows={name: _count(session, name) for name in table_names(session)},
                outbox=outbox.counts(session),
                oldest_unsent=session.exec(select(func.min(OutboxRow.at)).where(col(OutboxRow.state).in_(OPEN))).one(),
                drafts=_count(session, str(DraftRow.__tablename__)),
                rewrite_queued=state is not None and state.erased_in == vault.ring.generation,
            )


def _count(session: Session, table: str) -> int:
    return int(session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())
