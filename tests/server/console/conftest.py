"""The console before a server with a leader, an administrator and a worker. Nobody here exists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from tests.server.console.visitors import HOST, Visitor
from tests.server.http import listening
from tests.server.people import Phone, an_add

New = Callable[[], Visitor]


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


@dataclass(frozen=True)
class Town:
    """Citizens whose names and words nobody may see unasked, and where a leader finds them."""

    citizens: tuple[str, ...]
    late: str
    secrets: tuple[str, ...]


@pytest.fixture
def town(office: Office, freja: Phone, karim: Phone) -> Town:
    """Two who look alike, one without anybody, and a note that came too late."""
    office.add_team("Andet opfundet team")
    office.work_by(freja.enrolled.worker, "cti")
    one = freja.meet(known_as="Ægir Opdigtet", full_name="Ægir Ømand", phone="11 22 33 44")
    two = karim.meet(known_as="Aegir Opdigtet", known_places="Opdigtet bænk")
    alone = freja.meet(known_as="Rikke Opdigtet")
    office.end_assignment(next(a.id for a in office.assignments() if a.citizen == alone))
    office.end_assignment(office.assign(one, worker=karim.enrolled.worker))
    karim.catch_up()
    words = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": "Opdigtede ord"}
    note = an_add("contact", one, words)
    assert [ack.result for ack in karim.send(note)] == ["quarantined"]
    secrets = ("Ægir", "Aegir", "Ømand", "Rikke", "Opdigtet", "Opdigtede", "11 22 33 44", "11223344", "bænk")
    return Town((one, two, alone), note.op, secrets)
