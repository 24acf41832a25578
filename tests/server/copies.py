"""Two workers, one citizen, and a file to keep a copy in: what the tests of backup and restore begin with."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from fieldapp.server import backup, identity, restore
from fieldapp.server.tables import SyncClock
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    citizen = freja.meet("Åse Opfundet")
    freja.note(citizen, "Opdigtet: før kopien")
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    return citizen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder / "monday"


def clock(world: World) -> SyncClock:
    with Session(world.engine) as session:
        return identity.clock(session)


def back_up(world: World, file: Path) -> None:
    backup.back_up(world.engine, file, world.now)


def put_back(world: World, file: Path, **more: Any) -> None:
    restore.restore(world.engine, file, world.register, world.now(), **more)
