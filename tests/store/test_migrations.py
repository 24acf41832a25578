"""A vault takes each step once, whole, and in order."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session, select

from fieldapp.errors import UnsyncedWrite, VaultTooNew, VaultTooOld
from fieldapp.store import migration_9, migration_10, migrations
from fieldapp.store.bookkeeping import OutboxRow, SyncState
from fieldapp.store.columns import Table
from fieldapp.store.database import writing_synced
from fieldapp.store.engine import make_engine
from fieldapp.store.log import Log, create
from fieldapp.store.migrations import LATEST, Step, guard, migrate, taken
from fieldapp.store.migrations import STEPS as STEPS_TAKEN
from fieldapp.store.tables import TABLES
from tests.examples import NOW
from tests.fresh import KEY


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    create(tmp_path / "vault-1.log", KEY)
    log = Log(tmp_path / "vault-1.log", KEY)
    made = make_engine(log)
    yield made
    made.dispose()
    log.close()


def _colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE citizen ADD COLUMN colour VARCHAR")
    connection.exec_driver_sql("UPDATE citizen SET colour = 'blå'")


def _hologram(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE hologram (id VARCHAR PRIMARY KEY)")
    guard(connection, "hologram")


def _half(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id VARCHAR)")
    raise ZeroDivisionError


STEPS = (Step(LATEST + 1, "colour", _colour), Step(LATEST + 2, "hologram", _hologram))


def numbers(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT number FROM migration ORDER BY number")).scalars())


def test_a_new_vault_has_today_s_tables_and_stands_at_the_last_step(engine: Engine):
    assert taken(engine) is None
    migrate(engine)
    assert taken(engine) == LATEST
    assert set(inspect(engine).get_table_names()) == set(Table.metadata.tables)


def test_an_older_vault_takes_the_steps_it_has_not_taken_once(engine: Engine):
    migrate(engine)
    migrate(engine, STEPS[:1])
    migrate(engine, STEPS)
    migrate(engine, STEPS)
    assert numbers(engine) == [LATEST, LATEST + 1, LATEST + 2]
    assert "colour" in {column["name"] for column in inspect(engine).get_columns("citizen")}


def test_a_new_vault_of_a_later_app_begins_at_its_last_step(engine: Engine):
    migrate(engine, STEPS)
    assert numbers(engine) == [LATEST + 2]


def test_a_table_a_step_makes_is_guarded_too(engine: Engine):
    migrate(engine)
    migrate(engine, STEPS)
    with pytest.raises(UnsyncedWrite), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO hologram VALUES ('x')")


#: What the steps have made, to be taken away again from a new vault.
NEWER = (
    ("outbox", "written_as"),
    *(("sync_state", name) for name in ("last_why", "fetched_as", "compared_at")),
    *((words[0], words[3].strip('"')) for words in map(str.split, (*migration_9.COLUMNS, *migration_10.COLUMNS))),
)
MADE = (
    "conflict_decision",
    "quarantined",
    "quarantine_decision",
    "notice",
    "notice_read",
    *migration_9.TABLES,
    *migration_10.TABLES,
)
#: What the steps have taken away.
TAKEN_AWAY = (("sync_state", "rid"),)


def make_old(engine: Engine) -> None:
    """Back to what a vault was before any step."""
    with engine.begin() as connection:
        reads = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_search!_%' ESCAPE '!'")
        for trigger in connection.execute(reads).scalars().all():  # else a column they read cannot go
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
        for table, column in NEWER:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        for table in MADE:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for table, column in TAKEN_AWAY:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR NOT NULL DEFAULT ''")
        connection.exec_driver_sql(f"UPDATE migration SET number = {migrations.OLDEST}")


def shape(engine: Engine) -> list[tuple[object, ...]]:
    """Every table's columns, and every index and trigger."""
    tables = inspect(engine).get_table_names()
    with engine.connect() as connection:
        table_info = "SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"
        columns = [(t, *row) for t in tables for row in connection.exec_driver_sql(table_info.format(table=t))]
        others = "SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'table'"
        return sorted(columns, key=str) + sorted(connection.exec_driver_sql(others), key=str)


def test_an_older_vault_comes_to_the_shape_of_a_new_one(engine: Engine):
    migrate(engine)
    new = shape(engine)
    make_old(engine)
    migrate(engine)
    assert shape(engine) == new
    assert numbers(engine) == [migrations.OLDEST, *(step.number for step in STEPS_TAKEN)]


def test_a_step_that_fails_leaves_nothing_of_itself(engine: Engine):
    migrate(engine)
    with pytest.raises(ZeroDivisionError):
        migrate(engine, (*STEPS, Step(LATEST + 3, "half", _half)))
    assert numbers(engine) == [LATEST, LATEST + 1, LATEST + 2]
    assert not inspect(engine).has_table("half")
    with pytest.raises(UnsyncedWrite), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM citizen")
        connection.exec_driver_sql(f"INSERT INTO {next(iter(TABLES))} DEFAULT VALUES")


def test_a_newer_vault_is_refused_untouched(engine: Engine, tmp_path: Path):
    migrate(engine)
    migrate(engine, STEPS)
    before = (tmp_path / "vault-1.log").read_bytes()
    with pytest.raises(VaultTooNew):
        migrate(engine)
    assert (tmp_path / "vault-1.log").read_bytes() == before


def test_a_vault_before_the_oldest_step_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    migrate(engine)
    monkeypatch.setattr(migrations, "OLDEST", LATEST + 1)
    with pytest.raises(VaultTooOld):
        migrate(engine, STEPS)


def test_a_vault_from_before_schemas_knows_that_its_rows_and_operations_are_of_the_first(engine: Engine):
    migrate(engine)
    with Session(engine) as session:
        session.add(SyncState(fetched_as=7))
        session.add(OutboxRow(op="o", do="add", kind="contact", record="r", scope="all", at=NOW, written_as=7))
        session.commit()
    make_old(engine)
    migrate(engine)
    with Session(engine) as session:
        assert session.exec(select(OutboxRow)).one().written_as == 1
        state = session.get_one(SyncState, 1)
        assert (state.fetched_as, state.compared_at, state.last_why) == (1, None, None)


def test_what_was_told_keeps_its_citizen_and_need_have_none_any_more(engine: Engine):
    migrate(engine)
    make_old(engine)
    migrate(engine, STEPS_TAKEN[:-1])
    columns = "id, scope, author, added_at, added_offset, seq, base, set_by, more, stale, what, from_at"
    values = "'worker:w', 'w', '2026-11-25', 0, 1, '{}', '{}', '{}', 0, 'lost', '2026-11-25'"
    with Session(engine) as session, writing_synced(session):
        session.execute(text(f"INSERT INTO notice ({columns}, citizen) VALUES ('told', {values}, 'c')"))
        session.commit()
    migrate(engine)
    with Session(engine) as session, writing_synced(session):
        session.execute(text(f"INSERT INTO notice ({columns}) VALUES ('of nobody', {values})"))
        session.commit()
    with engine.connect() as connection:
        assert dict(connection.execute(text("SELECT id, citizen FROM notice")).all()) == {
            "told": "c",
            "of nobody": None,
        }


def test_what_a_search_reads_is_made_anew_after_the_last_step(engine: Engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE search_written")
        connection.exec_driver_sql("INSERT INTO search_who VALUES (1, 'citizen', 'x', ' aase')")
    migrate(engine, (*STEPS[:1], Step(LATEST + 2, "searched", lambda connection: None)))
    assert set(inspect(engine).get_table_names()) == set(Table.metadata.tables)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_who")).scalar() == 0


#: What stands in a vault made at step LATEST.
SCHEMA = "11:74e71c04fae2aa47"


def test_a_changed_table_comes_with_a_step(engine: Engine):
    """If this fails you changed a table, or what is searched: vaults that exist do not have it.

    Add a Step, and what it makes to MADE; for what is searched it may do nothing itself. Then put the new
    fingerprint here.
    """
    migrate(engine)
    with engine.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars()
        plain = "\n".join(sorted(" ".join(statement.split()) for statement in made))
    assert f"{LATEST}:{hashlib.sha256(plain.encode()).hexdigest()[:16]}" == SCHEMA
