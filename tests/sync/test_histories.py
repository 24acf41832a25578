"""A number of random histories in every test run; `make prove-sync` runs as many as you like."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from fieldapp.server import database
from tests.postgres import TEMPLATE
from tests.sync import histories

SEEDS = range(1, 61)


@pytest.fixture(scope="module")
def one_database(postgres: Engine) -> Iterator[Engine]:
    """For all histories: each has people of its own."""
    with postgres.connect() as connection:
        connection.execute(text(f"CREATE DATABASE histories TEMPLATE {TEMPLATE}"))
    engine = database.connect(postgres.url.set(database="histories"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_keeps_the_invariants(one_database: Engine, seed: int) -> None:
    histories.run(one_database, seed)
