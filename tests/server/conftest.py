"""A server with a team of three, each with a phone of their own. Nobody here exists."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from tests.server.people import Clock, Phone, a_known_phone
from tests.sync.parts import World


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> Iterator[World]:
    """The same server with a register, for tests with real devices."""
    world = World(engine, tmp_path)
    yield world
    world.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(engine: Engine, clock: Clock) -> InProcessServer:
    return InProcessServer(engine, clock)


@pytest.fixture
def office(engine: Engine, clock: Clock) -> Office:
    return Office(engine, clock)


@pytest.fixture
def team(office: Office) -> str:
    return office.add_team("Opfundet team")


@pytest.fixture
def new_phone(server: InProcessServer, clock: Clock) -> Callable[[str], Phone]:
    return lambda worker: a_known_phone(server, clock, worker)


@pytest.fixture
def freja(office: Office, team: str, new_phone: Callable[[str], Phone]) -> Phone:
    return new_phone(office.add_worker("Freja Opfundet", job="CTI-medarbejder", team=team))


@pytest.fixture
def karim(office: Office, team: str, new_phone: Callable[[str], Phone]) -> Phone:
    return new_phone(office.add_worker("Karim Opfundet", team=team))


@pytest.fixture
def stranger(office: Office, new_phone: Callable[[str], Phone]) -> Phone:
    """A worker of the same municipality who has nothing to do with the others' citizens."""
    return new_phone(office.add_worker("Søren Opfundet"))
