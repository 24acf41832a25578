"""Freja's desk, with a clock a test can move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions.desk import Desk
from tests.desks import Clock, a_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with a_desk(tmp_path / "vault", clock) as desk:
        yield desk
