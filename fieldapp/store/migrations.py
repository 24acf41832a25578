"""The schema's steps, each with its record in the same transaction.

A new vault gets today's tables at once and starts at the last step; an older one takes the steps it has not taken.
What a search reads is made anew after the last of them: a change of what is searched, or of how words are compared,
is a step that does nothing itself.
A step says in SQL what it makes: the tables in code are today's, not those of its day.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, text

from fieldapp.errors import VaultTooNew, VaultTooOld
from fieldapp.store import migration_9, migration_10, search, tables
from fieldapp.store.bookkeeping import MigrationRow
from fieldapp.store.columns import Table
from fieldapp.store.engine import UNSYNCED, raw

OLDEST = 2


@dataclass(frozen=True)
class Step:
    number: int
    name: str
    take: Callable[[Connection], None]


def _moving(connection: Connection) -> None:
    """Citizens handed over: what is told of it, and what waits for a decision."""
    _make_synced(connection, "conflict_decision", "conflict VARCHAR NOT NULL, version VARCHAR NOT NULL")
    _make_synced(
        connection,
        "quarantined",
        """do VARCHAR NOT NULL, about_kind VARCHAR NOT NULL, about VARCHAR NOT NULL, words VARCHAR,
        worker VARCHAR NOT NULL, name VARCHAR NOT NULL, written_at VARCHAR NOT NULL,
        decision VARCHAR, decided_by VARCHAR, reason VARCHAR""",
    )
    _make_synced(
        connection,
        "quarantine_decision",
        "quarantined VARCHAR NOT NULL, decision VARCHAR NOT NULL, reason VARCHAR, text VARCHAR",
    )
    _make_synced(
        connection,
        "notice",
        """what VARCHAR NOT NULL, citizen VARCHAR NOT NULL, from_at VARCHAR NOT NULL, to_at VARCHAR, role VARCHAR,
        worker VARCHAR, name VARCHAR, about VARCHAR, about_kind VARCHAR, written_at VARCHAR, reason VARCHAR""",
    )
    _make_synced(connection, "notice_read", "notice VARCHAR NOT NULL")


def _schemas_and_digests(connection: Connection) -> None:
    for column in (
        "outbox ADD COLUMN written_as INTEGER NOT NULL DEFAULT '1'",
        "sync_state ADD COLUMN last_why VARCHAR",
        "sync_state ADD COLUMN fetched_as INTEGER NOT NULL DEFAULT '1'",
        "sync_state ADD COLUMN compared_at VARCHAR",
    ):
        connection.exec_driver_sql(f"ALTER TABLE {column}")


def _asked_in_memory(connection: Connection) -> None:
    """Who asks waits for the answer: the request's id was kept for nobody, and cost a sync each time."""
    connection.exec_driver_sql("ALTER TABLE sync_state DROP COLUMN rid")


def _working_day(connection: Connection) -> None:
    migration_9.take(connection, _make_synced)


def _life(connection: Connection) -> None:
    migration_10.take(connection, _make_synced)


def _about_nobody(connection: Connection) -> None:
    """What is told may be about no citizen. SQLite lets a column be empty only by making it anew."""
    connection.exec_driver_sql("ALTER TABLE notice ADD COLUMN of_citizen VARCHAR")
    connection.exec_driver_sql("UPDATE notice SET of_citizen = citizen")
    connection.exec_driver_sql("ALTER TABLE notice DROP COLUMN citizen")
    connection.exec_driver_sql("ALTER TABLE notice RENAME COLUMN of_citizen TO citizen")


def _nothing(connection: Connection) -> None: ...


#: In order, numbered on from OLDEST. A step that touches a kind comes with a new wire.SCHEMA: then everything is
#: fetched again, once, and new columns are filled (sync.md 4.9).
STEPS: tuple[Step, ...] = (
    Step(5, "schemas_and_digests", _schemas_and_digests),
    Step(6, "search", _nothing),
    Step(7, "moving", _moving),
    Step(8, "asked_in_memory", _asked_in_memory),
    Step(9, "working_day", _working_day),
    Step(10, "life", _life),
    Step(11, "about_nobody", _about_nobody),
)
LATEST = STEPS[-1].number if STEPS else OLDEST


def migrate(engine: Engine, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring an open vault to this app's schema. Raises VaultTooNew or VaultTooOld before anything is written."""
    for step in (to_take := _to_take(engine, steps)):
        _take(engine, step, last=step is to_take[-1])


def _to_take(engine: Engine, steps: tuple[Step, ...]) -> list[Step]:
    at = taken(engine)
    latest = steps[-1].number if steps else OLDEST
    if at is None:
        return [Step(latest, "begin", _make_tables)]
    if at > latest:
        raise VaultTooNew("schema")
    if at < OLDEST:
        raise VaultTooOld("schema")
    return [step for step in steps if step.number > at]


def taken(engine: Engine) -> int | None:
    """The number of the last step this vault has taken, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("migration"):
            return None
        return int(connection.execute(text("SELECT max(number) FROM migration")).scalar_one())


def _take(engine: Engine, step: Step, *, last: bool) -> None:
    with engine.begin() as connection:
        ours = raw(connection)
        ours.synced_open = True
        try:
            step.take(connection)
            if last:
                search.make(connection)
            done = Table.metadata.tables[str(MigrationRow.__tablename__)]
            connection.execute(done.insert().values(number=step.number, name=step.name))
        finally:
            ours.synced_open = False


def _make_tables(connection: Connection) -> None:
    Table.metadata.create_all(connection)
    for kind in tables.TABLES:
        guard(connection, kind)


def _make_synced(connection: Connection, table: str, columns: str) -> None:
    """A table of a kind: what every synced row has, and these columns."""
    connection.exec_driver_sql(
        f"CREATE TABLE {table} (id VARCHAR NOT NULL, scope VARCHAR NOT NULL, author VARCHAR NOT NULL,"
        " added_at VARCHAR NOT NULL, added_offset INTEGER NOT NULL, seq INTEGER NOT NULL, base JSON NOT NULL,"
        " set_by JSON NOT NULL, more JSON NOT NULL, void_reason VARCHAR, stale BOOLEAN NOT NULL,"
        f" {columns}, PRIMARY KEY (id))"
    )
    connection.exec_driver_sql(f"CREATE INDEX ix_{table}_scope ON {table} (scope)")
    guard(connection, table)


def guard(connection: Connection, table: str) -> None:
    """Triggers that refuse every write to a synced table unless records or incoming are writing."""
    for trigger in guards(table).values():
        connection.exec_driver_sql(trigger)


def guards(table: str) -> dict[str, str]:
    """The triggers of a synced table, by name."""
    return {
        f"{table}_{write.lower()}": f'CREATE TRIGGER "{table}_{write.lower()}" BEFORE {write} ON "{table}" '
        f"WHEN NOT synced_open() BEGIN SELECT RAISE(ABORT, '{UNSYNCED}'); END"
        for write in ("INSERT", "UPDATE", "DELETE")
    }
