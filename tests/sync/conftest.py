"""A municipality with two colleagues of one team and a stranger of another, each with a device."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.sync.parts import Device, World


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> Iterator[World]:
    world = World(engine, tmp_path)
    yield world
    world.close()


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def stranger(world: World) -> Device:
    return world.device(world.worker("Søren Opfundet", world.office.add_team("Et andet opfundet team")))
