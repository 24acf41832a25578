"""A worker's history for the proofs: whole transactions, each told when it was saved, and what must be there after."""

import random
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from fieldapp.domain.access import citizen_scope
from fieldapp.store import drafts, outbox, records, sync_state
from fieldapp.store.database import Store
from fieldapp.store.disk import DISK, Disk
from fieldapp.store.migrations import LATEST, STEPS, Step
from fieldapp.store.tables import CitizenRow, ContactRow, GoalRow, ProgressRow
from fieldapp.store.vault import open_with_key
from fieldapp.wire import Ack
from tests.examples import NOW, TODAY

KEY = bytes(range(32))
WORKER = "01990000-0000-7000-8000-00000000aaaa"
CITIZEN = "01990000-0000-7000-8000-00000000bbbb"
GOAL = "01990000-0000-7000-8000-00000000cccc"
SCOPE = citizen_scope(CITIZEN)
DRAFT = f"contact:{CITIZEN}"
_SIZES = (0, 50, 400, 3_000, 15_000)


def opened(folder: Path, disk: Disk = DISK) -> Store:
    return Store(open_with_key(folder, KEY, disk=disk), WORKER)


def begin(store: Store) -> None:
    with store.transaction() as session:
        if session.get(CitizenRow, CITIZEN) is None:
            records.add(session, CitizenRow(id=CITIZEN, known_as="Åse"), NOW)
            records.add(session, GoalRow(id=GOAL, scope=SCOPE, dimension="home", title="0"), NOW)


def write(store: Store, number: int, rng: random.Random) -> None:
    """Transaction `number`: a contact and its progress, a change now and then, and old operations settled."""
    with store.transaction() as session:
        words = f"{number} " + "x" * rng.choice(_SIZES)
        records.add(session, ContactRow(scope=SCOPE, occurred_at=NOW, mode="met", own_words=words), NOW)
        if number % 5 == 0:
            goal = session.get_one(GoalRow, GOAL)
            records.change(session, goal, NOW, title=str(number))
        if number % 7 == 0:
            old = outbox.waiting(session, limit=9)
            outbox.settle(session, [Ack(ack=operation.op, result="ok", seq=number) for operation in old])
            outbox.made_durable(session, number)
        progress = ProgressRow(scope=SCOPE, noted_on=TODAY, text=f"{number} " + "y" * min(400, len(words)))
        records.add(session, progress, NOW)


def type_on(store: Store, number: int) -> None:
    """The draft's state `number`: what is being typed, kept every second or so."""
    with store.transaction() as session:
        drafts.keep(session, DRAFT, {"own_words": "z" * number}, NOW)


def ask_for_compaction(store: Store) -> None:
    with store.transaction() as session:
        sync_state.get(session).erased_in = store.vault.generation


def steps(count: int) -> tuple[Step, ...]:
    """What the schema of an app so many versions later would add: a table, a column and a change of every contact."""

    def step(number: int) -> Step:
        def take(connection: Connection) -> None:
            connection.exec_driver_sql(f"CREATE TABLE later_{number} (id VARCHAR PRIMARY KEY)")
            connection.exec_driver_sql(f"ALTER TABLE contact ADD COLUMN later_{number} VARCHAR")
            connection.exec_driver_sql(f"UPDATE contact SET later_{number} = 'taken'")

        return Step(LATEST + number, f"later {number}", take)

    return STEPS + tuple(step(number) for number in range(1, count + 1))


def fault(store: Store, saved: int) -> str | None:
    """What is wrong with a store that must hold transactions 1 to `saved`, whole, and at most the one after it."""
    with store.reading() as session:

        def column(sql: str) -> list[Any]:
            return list(session.execute(text(sql)).scalars())

        integrity = column("PRAGMA integrity_check")
        contacts = sorted(int(words.split()[0]) for words in column("SELECT own_words FROM contact"))
        progress = sorted(int(words.split()[0]) for words in column("SELECT text FROM progress"))
        title = int((column("SELECT title FROM goal") or [-1])[0])
        rows = set(column("SELECT id FROM contact UNION ALL SELECT id FROM progress"))
        unsent = set(column("SELECT record FROM outbox WHERE do = 'add'")) - {CITIZEN, GOAL}
        changed = [int(title) for title in column("SELECT fields ->> 'title' FROM outbox WHERE do = 'change'")]
    if integrity != ["ok"]:
        return "not an intact database"
    last = len(contacts)
    if not saved <= last <= saved + 1:
        return f"{last} transactions, {saved} were said to be saved"
    if not contacts == progress == list(range(1, last + 1)):
        return "half a transaction"
    if title != last // 5 * 5:
        return "a change is missing"
    if not unsent <= rows or len(rows - unsent) > 9 * (last // 7):
        return "a row and its operation are not together"
    if changed and max(changed) != title:
        return "a change and its operation are not together"
    return None


def count(store: Store) -> int:
    """How many transactions are there."""
    with store.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM contact")).scalar_one())


def typed(store: Store) -> int:
    """Which state of the draft is there."""
    with store.reading() as session:
        draft = drafts.read(session, DRAFT)
        return len(draft.values["own_words"]) if draft else 0
