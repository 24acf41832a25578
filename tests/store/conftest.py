"""An open store in a folder of its own, and a vault that is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.store.database import Store
from tests.examples import an_id
from tests.fresh import open_fresh
from tests.store import vaults

WORKER = an_id()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store(open_fresh(folder), WORKER)
    yield opened
    opened.close()


@pytest.fixture
def made(folder: Path) -> Path:
    """A vault with one citizen in it, closed."""
    vaults.make(folder)
    return folder
