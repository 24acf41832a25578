"""Each fault that sync clients have had is caught here: by a short history that fails with it and holds without it."""

import pytest
from sqlalchemy import Engine

from fieldapp.errors import SyncError
from tests.sync import directed, faults
from tests.sync.directed import CAUGHT, Holds


def test_every_fault_has_its_history() -> None:
    assert set(CAUGHT) == set(faults.ALL)


@pytest.mark.parametrize("holds", dict.fromkeys(CAUGHT.values()), ids=lambda holds: holds.__name__)
def test_it_holds(engine: Engine, holds: Holds) -> None:
    directed.run(engine, holds)


@pytest.mark.parametrize("fault", CAUGHT, ids=lambda fault: fault.__name__)
def test_the_fault_is_caught(engine: Engine, fault: faults.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises((AssertionError, SyncError)):
        directed.run(engine, CAUGHT[fault])
