"""A PostgreSQL for tests: one server for the whole run, a fresh database for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text

from fieldapp.server import database, embedded
from tests.leaks.inside import keeping

TEMPLATE, TEST = "empty", "test"
#: In memory where there is room: the tests make hundreds of small databases.
MEMORY = Path("/dev/shm")


def in_memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30 else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """The running server, with a prepared empty database to copy from. It never waits for the disk."""
    with (
        tempfile.TemporaryDirectory(prefix="vedhold-test-", dir=in_memory()) as folder,
        embedded.running(Path(folder), durable=False) as url,
    ):
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
        template = database.connect(url.set(database=TEMPLATE))
        database.prepare(template)
        template.dispose()
        yield engine
        engine.dispose()
        keeping.keep_file(Path(folder) / "log")


@pytest.fixture
def database_url(postgres: Engine) -> Iterator[URL]:
    """The address of a prepared database of this test's own, each under the same name."""
    with postgres.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {TEST} TEMPLATE {TEMPLATE}"))
    yield postgres.url.set(database=TEST)
    with postgres.connect() as connection:
        connection.execute(text(f"DROP DATABASE {TEST} WITH (FORCE)"))


@pytest.fixture(scope="session")
def statements(postgres: Engine) -> Engine:
    """Its connections end with each test; the statements it has put together are kept, which saves half the time."""
    return database.connect(postgres.url.set(database=TEST))


@pytest.fixture
def engine(statements: Engine, database_url: URL) -> Iterator[Engine]:
    engine = statements.execution_options()  # what a test listens to ends with it
    yield engine
    engine.dispose()
