"""Two workers with one citizen, and a step of a goal: what the tests of erasure begin with."""

import pytest

from fieldapp.domain.access import citizen_scope
from fieldapp.store.tables import StepRow
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """One whom the whole team has."""
    citizen = freja.meet("Åse Opfundet")
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    return citizen


def a_step(device: Device, citizen: str, goal: str, words: str) -> str:
    return device.add(StepRow(goal=goal, text=words, scope=citizen_scope(citizen)))
