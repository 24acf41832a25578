"""Connecting to PostgreSQL, and bringing its tables up to date."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from pydantic_core import from_json
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlmodel import Session

from fieldapp.errors import ServerTrouble
from fieldapp.server import identity
from fieldapp.server.register import Register
from fieldapp.server.registering import REGISTER

log = logging.getLogger(__name__)

#: Seconds after which a device may try again.
RETRY_AFTER = 30
MIGRATIONS = Path(__file__).parent / "migrations"
#: Two API processes that start together take turns with the migrations.
TURN = 0x76656468
#: Held by whatever works on the database, so that a restore can see that nobody does.
WORKING = 0x76656469


OPTIONS = {"timezone": "UTC", "lock_timeout": "20s", "statement_timeout": "60s", "cursor_tuple_fraction": "1"}


def connect(url: URL | str) -> Engine:
    """An engine for this database. What went wrong in a statement is never told with the values that were in it.

    Cursors are read to their end (feed.py), and planned for that: otherwise one that finds nothing takes ten times as
    long.
    """
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=20,
        pool_pre_ping=True,
        json_deserializer=from_json,  # in a sixth of the time that Python's own takes for a row of a long answer
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())},
    )


Database = TypeVar("Database", Engine, Connection)


def reading(database: Database) -> Database:
    """The same connections, or this one from here on, for transactions that see one moment and write nothing."""
    return database.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing(database: Engine | Connection, register: Register | None) -> Session:
    """A session for one transaction that changes something, and says in the register what must stay so."""
    # Nothing is flushed before it has its number, and what was read stays readable after the commit.
    return Session(database, autoflush=False, expire_on_commit=False, info={REGISTER: register})


@contextmanager
def working(engine: Engine, *, alone: bool = False) -> Iterator[bool]:
    """Whether we may work on it: not while somebody restores it, and `alone` only when nobody else is at work."""
    lock = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
    with trouble_told(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        may = bool(connection.execute(text(f"SELECT {lock}(:working)"), {"working": WORKING}).scalar())
        try:
            yield may
        finally:
            connection.invalidate()  # the lock goes with the connection, which is not to be lent to others


def prepare(engine: Engine) -> None:
    """Make or upgrade the tables, and give a new server its identity and its clock."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        migrate(connection)
        with Session(connection) as session:
            identity.ensure(session)
            session.flush()


def migrate(connection: Connection, to: str = "head") -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)


@contextmanager
def trouble_told() -> Iterator[None]:
    """A failing database becomes ServerTrouble, without a word of what was in the statement."""
    try:
        yield
    except DBAPIError as error:
        log.error("the database refused: %s", state(error) or "no answer")
        raise ServerTrouble("database", RETRY_AFTER) from None
    except NoFreeConnection:
        raise ServerTrouble("busy", RETRY_AFTER) from None


def state(error: DBAPIError) -> str:
    """PostgreSQL's code of five characters; empty when it did not get that far."""
    return getattr(error.orig, "sqlstate", None) or ""
