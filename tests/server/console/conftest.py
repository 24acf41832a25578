"""The console before a server with a leader, an administrator and a worker. Nobody here exists."""

from collections.abc import Callable, Iterator

import pytest

from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from tests.server.console.visitors import HOST, Visitor
from tests.server.http import listening


@pytest.fixture
def address(server: InProcessServer) -> Iterator[str]:
    with listening(create_app(server, ConsoleSettings(f"http://{HOST}"))) as address:
        yield address


@pytest.fixture
def visitor(address: str) -> Iterator[Callable[[], Visitor]]:
    opened: list[Visitor] = []

    def new() -> Visitor:
        opened.append(Visitor(address))
        return opened[-1]

    yield new
    for one in opened:
        one.client.close()


@pytest.fixture
def birgit(office: Office, team: str) -> str:
    return office.add_worker("Birgit Opfundet", role="leader", job="Leder", team=team)


@pytest.fixture
def poul(office: Office) -> str:
    return office.add_worker("Poul Opfundet", role="administrator")


@pytest.fixture
def leader(visitor: Callable[[], Visitor], office: Office, birgit: str) -> Visitor:
    return visitor().sign_in(office, birgit)


@pytest.fixture
def administrator(visitor: Callable[[], Visitor], office: Office, poul: str) -> Visitor:
    return visitor().sign_in(office, poul)
