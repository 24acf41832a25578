"""SQLModel and SQLAlchemy work unchanged over our face of apsw, on the real encrypted file."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Column,
    Date,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    exc,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from fieldapp.store import dbapi
from fieldapp.store.engine import make_engine
from fieldapp.store.log import Log, create
from tests.fresh import KEY

meta = MetaData()
thing = Table(
    "thing",
    meta,
    Column("id", Integer, primary_key=True),
    Column("name", String, unique=True),
    Column("day", Date),
    Column("more", JSON),
    Column("amount", Float),
    Column("blob", LargeBinary),
)
part = Table("part", meta, Column("id", Integer, primary_key=True), Column("of", ForeignKey("thing.id")))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    create(tmp_path / "vault-1.log", KEY)
    log = Log(tmp_path / "vault-1.log", KEY)
    made = make_engine(log)
    meta.create_all(made)
    yield made
    made.dispose()
    log.close()


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(thing.c.name).order_by(thing.c.name)).scalars())


def add(engine: Engine, *given: str) -> None:
    with engine.begin() as connection:
        connection.execute(insert(thing), [{"name": name} for name in given])


def test_every_type_comes_back_as_it_went_in(engine: Engine):
    row = {"id": 1, "name": "æøå", "day": date(2026, 11, 25), "more": {"x": [1, "ø"]}, "amount": 1.5, "blob": b"\0\1"}
    with engine.begin() as connection:
        connection.execute(insert(thing).values(row))
    with engine.connect() as connection:
        assert dict(connection.execute(select(thing)).mappings().one()) == row
        assert connection.execute(select(thing.c.name).where(thing.c.more["x"][1].as_string() == "ø")).scalar() == "æøå"


def test_broken_constraints_are_integrity_errors(engine: Engine):
    add(engine, "one")
    for statement in (insert(thing).values(name="one"), insert(part).values(of=99)):
        with pytest.raises(exc.IntegrityError), engine.begin() as connection:
            connection.execute(statement)


def test_bad_sql_is_an_operational_error(engine: Engine):
    with pytest.raises(exc.OperationalError), engine.connect() as connection:
        connection.execute(text("SELEKT 1"))


def test_too_few_parameters_is_a_programming_error(engine: Engine):
    with pytest.raises(exc.ProgrammingError), engine.connect() as connection:
        connection.exec_driver_sql("SELECT ?", ())


def test_rolled_back_is_gone_and_a_savepoint_is_partly_kept(engine: Engine):
    with Session(engine) as session:
        session.execute(insert(thing).values(name="gone"))
        session.rollback()
        session.execute(insert(thing).values(name="keep"))
        nested = session.begin_nested()
        session.execute(insert(thing).values(name="drop"))
        nested.rollback()
        session.commit()
    assert names(engine) == ["keep"]


def test_the_row_counts_are_right(engine: Engine):
    add(engine, *(f"n{number}" for number in range(500)))
    with engine.begin() as connection:
        changed = connection.execute(update(thing).where(thing.c.name.like("n1%")).values(amount=1.5))
        assert changed.rowcount == 111
        many = connection.execute(insert(thing), [{"name": "a"}, {"name": "b"}])
        assert many.rowcount == 2
        gone = connection.execute(delete(thing).where(thing.c.name == "n499").returning(thing.c.name))
        assert gone.scalars().all() == ["n499"]


def test_a_select_without_rows_still_has_its_columns(engine: Engine):
    with engine.connect() as connection:
        found = connection.execute(select(thing).where(thing.c.name == "nope"))
        assert list(found.keys()) == list(thing.columns.keys())
        assert found.all() == []


def test_rows_can_be_fetched_some_at_a_time(engine: Engine):
    add(engine, *(f"n{number}" for number in range(10)))
    with engine.connect() as connection:
        found = connection.execute(select(thing.c.name))
        assert len(found.fetchmany(3)) == 3
        assert found.fetchone() is not None
        assert len(found.fetchall()) == 6
        raw = connection.connection.cursor()
        raw.execute("SELECT 1 UNION SELECT 2", ())
        assert list(raw) == [(1,), (2,)]
        raw.close()


def test_the_schema_can_be_inspected_and_searched(engine: Engine):
    assert {c["name"] for c in inspect(engine).get_columns("thing")} == set(thing.columns.keys())
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='unicode61')")
        connection.exec_driver_sql("INSERT INTO words VALUES ('Hjemmebesøg og kaffe')")
        found = connection.exec_driver_sql("SELECT count(*) FROM words WHERE words MATCH 'hjemmebesøg*'")
        assert found.scalar() == 1
        assert connection.execute(text("SELECT 'Bo' REGEXP '^B'")).scalar() == 1


def test_four_threads_share_the_one_connection(engine: Engine):
    failed: list[BaseException] = []

    def write(thread: int) -> None:
        try:
            for number in range(25):
                add(engine, f"{thread}-{number}")
        except BaseException as error:  # noqa: BLE001  shown by the test
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(names(engine)) == 100


def test_a_large_transaction_rolled_back_leaves_the_file_whole(engine: Engine):
    with Session(engine) as session:
        session.execute(insert(thing), [{"name": f"big{n}", "more": {"z": "q" * 5_000}} for n in range(1_000)])
        session.rollback()
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(select(func.count()).select_from(thing)).scalar() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH 'other' AS other",
        "VACUUM INTO 'copy'",
    ],
)
def test_nothing_is_written_beside_the_log(engine: Engine, tmp_path: Path, sql: str):
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        raw.rollback()  # type: ignore[union-attr]
        with pytest.raises(dbapi.OperationalError):
            raw.cursor().execute(sql)  # type: ignore[union-attr]
    assert [path.name for path in tmp_path.iterdir()] == ["vault-1.log"]


@pytest.mark.parametrize("mode", ["delete", "truncate", "persist", "wal"])
def test_a_journal_on_disk_cannot_be_had(engine: Engine, tmp_path: Path, mode: str):
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.rollback()
        with pytest.raises(dbapi.OperationalError) if mode != "wal" else nullcontext():
            raw.cursor().execute(f"PRAGMA journal_mode={mode}")  # wal: SQLite sees that it cannot, and stays
            raw.cursor().execute("INSERT INTO thing(name) VALUES ('x')")
    assert [path.name for path in tmp_path.iterdir()] == ["vault-1.log"]


def test_temporary_tables_and_sorting_stay_in_memory(engine: Engine, tmp_path: Path):
    add(engine, *(f"{number:05}" * 40 for number in range(3_000)))
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.rollback()
        raw.cursor().execute("PRAGMA temp_store=FILE")
        connection.exec_driver_sql("CREATE TEMP TABLE copy AS SELECT * FROM thing ORDER BY name DESC")
        connection.exec_driver_sql("CREATE INDEX temp.by_name ON copy(name)")
        assert connection.exec_driver_sql("SELECT count(*) FROM copy").scalar() == 3_000
    assert [path.name for path in tmp_path.iterdir()] == ["vault-1.log"]


def test_a_second_connection_is_refused(engine: Engine):
    with engine.connect(), pytest.raises(exc.TimeoutError):
        engine.pool._timeout = 0.01  # type: ignore[attr-defined]
        engine.connect()
