"""A number of random histories in every test run; `make prove-sync` runs as many as you like."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from fieldapp.server import database
from tests.postgres import TEMPLATE
from tests.sync import faults, histories
from tests.sync.histories import History

SEEDS = range(1, 61)


@pytest.fixture(scope="module")
def one_database(postgres: Engine) -> Iterator[Engine]:
    """For all histories: each has people of its own."""
    with postgres.connect() as connection:
        connection.execute(text(f"CREATE DATABASE histories TEMPLATE {TEMPLATE}"))
    engine = database.connect(postgres.url.set(database="histories"))
    yield engine
    engine.dispose()
    with postgres.connect() as connection:
        connection.execute(text("DROP DATABASE histories WITH (FORCE)"))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_keeps_the_invariants(one_database: Engine, seed: int) -> None:
    histories.run(one_database, seed)


@pytest.fixture
def history(engine: Engine, tmp_path: Path) -> Iterator[History]:
    """In which nothing happens by chance; a backup of the server was made at its beginning."""
    history = History(engine, tmp_path, seed=1)
    yield history
    history.end()


def written(history: History) -> str:
    """By the first device, and sent."""
    freja = history.devices[0]
    history.edit(freja)
    history.note_what_waits(0)
    freja.sync()
    return freja.outbox("kept")[-1].op


def test_what_a_phone_and_then_the_server_lost_is_looked_for_nowhere(history: History) -> None:
    """Seed 821. What is in the phone's image is offered again; what came after it was on the server alone."""
    before = written(history)
    history.keep_image(0)
    after = written(history)
    history.put_back(0)
    assert {before, after} <= history.results().keys()
    history.restore()
    history.heal()
    history.healed()
    assert before in history.results() and after not in history.results()


def test_what_only_the_server_lost_must_come_again(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    faults.no_keep(monkeypatch)
    history.keep_image(0)
    written(history)
    history.restore()
    history.heal()
    with pytest.raises(AssertionError, match="I1"):
        history.healed()
