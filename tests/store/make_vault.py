"""A small vault as it was at schema 2, kept so that its migration is tested for ever:

    python -m tests.store.make_vault tests/store/old_vaults/schema_2

Made once, by the app of that time, and put on larger pages when the file's own format got them. In rows.json beside
the vault stands every row of it.
"""

import json
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.store import drafts, incoming, outbox, records, sync_state
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.database import Store
from fieldapp.store.tables import CitizenRow, ContactRow, GoalRow, NextStepRow, Synced
from fieldapp.store.vault import open_with_key
from fieldapp.wire import Ack
from tests.examples import NOW, TODAY
from tests.fresh import KEY
from tests.store.rows import sent

WORKER = "01990000-0000-7000-8000-00000000aaaa"
AASE, OEJVIND = "01990000-0000-7000-8000-0000000000a1", "01990000-0000-7000-8000-0000000000a2"
OWN_NOTE, NEWER_NOTE = "01990000-0000-7000-8000-0000000000b1", "01990000-0000-7000-8000-0000000000b2"


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    store = Store(open_with_key(folder, KEY), WORKER)
    with store.transaction() as session:
        _arrived(session)
        _settled(session)
    with store.transaction() as session:
        _waiting(session)
        _before_search(session)
        sync_state.get(session).erased_in = 1  # closing writes it again, small
    with store.reading() as session:
        (folder / "rows.json").write_text(json.dumps(rows(session), ensure_ascii=False, indent=1) + "\n")
    store.close()
    (folder / "lock").unlink()


def rows(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, each value as SQLite has it."""
    names = session.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")).scalars().all()
    return {name: [dict(row._mapping) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


def _arrived(session: Session) -> None:
    """From the server: what this app knows, and what only a newer one does."""
    scope = citizen_scope(AASE)
    newer = {"mode": "hologram", "dimensions": ["home", "holodeck"], "own_words": "Blåbærgrød på lørdag", "mood": "ø"}
    incoming.change_view(session, [scope, "all"])
    incoming.take_in(
        session,
        [
            sent("citizen", AASE, scope, 1, known_as="Åse Ærøskøbing", phone="+45 00 12 34 56", cpr="0101701234"),
            sent("contact", NEWER_NOTE, scope, 2, occurred_at=(NOW - timedelta(days=400)).isoformat(), **newer),
            sent("hologram", "01990000-0000-7000-8000-0000000000c1", scope, 3, words="Ræven på øen"),
            sent("assignment", "01990000-0000-7000-8000-0000000000c2", scope, 4, worker=WORKER, name="Freja Sivmose",
                 role="responsible", from_at=NOW.isoformat()),
        ],
    )  # fmt: skip


def _settled(session: Session) -> None:
    """Own work that the server has answered: kept, refused, with the new responsible worker."""
    for result in ("ok", "refused", "quarantined"):
        _add(session, ContactRow(occurred_at=NOW, mode="met", own_words=f"{result}: Smørrebrød"), AASE)
        (operation,) = outbox.waiting(session)
        answer = Ack(ack=operation.op, result=result, seq=9, why="scope" if result == "refused" else None)
        outbox.settle(session, [answer], upto=9, at=NOW)


def _waiting(session: Session) -> None:
    """A new citizen, a change, and a contact that was taken back; a form half filled in, and a setting."""
    _add(session, CitizenRow(id=OEJVIND, known_as="Øjvind", known_places="Søndre Kaj"), OEJVIND)
    _add(session, ContactRow(id=OWN_NOTE, occurred_at=NOW, mode="met", professional_view="Rødgrød med fløde"), OEJVIND)
    goal = GoalRow(dimension="home", title="En dør, der kan låses")
    _add(session, goal, AASE)
    records.change(session, goal, NOW + timedelta(minutes=1), title="En dør, der kan åbnes")
    _add(session, NextStepRow(on=TODAY + timedelta(days=3), text="Pølsevognen"), AASE)
    gone = ContactRow(occurred_at=NOW, mode="met", own_words="Fortrudt æblekage")
    _add(session, gone, AASE)
    records.void(session, gone, NOW, "undone")
    drafts.keep(session, f"contact:{AASE}", {"own_words": "halvt skrevet på bænk"}, NOW)
    session.add(SettingRow(name="language", value="da"))


def _add(session: Session, row: Synced, citizen: str) -> None:
    row.scope = citizen_scope(citizen)
    records.add(session, row, NOW)


def _before_search(session: Session) -> None:
    """What a later app has made goes again: the app of that time finds nothing here."""
    later = text("SELECT type, name FROM sqlite_schema WHERE name GLOB '*search_*' AND type IN ('trigger', 'table')")
    for what, name in session.execute(later).all():
        session.execute(text(f'DROP {what} "{name}"'))
    session.execute(text("UPDATE migration SET number = 2"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
