"""The same over real HTTP: the real client, a real port, the real server, a real database."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, delete

from fieldapp.errors import CodeRefused, DeviceRevoked, NoConnection, ServerTrouble
from fieldapp.server.app import create_app
from fieldapp.server.tables import AccessToken
from fieldapp.server.tables import Device as DeviceRow
from fieldapp.sync import session, status
from fieldapp.sync.http import HttpServer
from tests.server.http import listening
from tests.sync.parts import Device, Way, World


@pytest.fixture
def address(world: World) -> Iterator[str]:
    with listening(create_app(world.server)) as address:
        yield address


@pytest.fixture
def over_http(address: str) -> Iterator[HttpServer]:
    with HttpServer(address, timeout=20) as server:
        yield server


def by_code(world: World, name: str, server: HttpServer) -> Device:
    """A device enrolled the way a worker does it."""
    worker = world.worker(name, world.team)
    key, enrolled = session.enrol(server, world.office.make_code(worker), "Prøvetelefon")
    device = Device(world.folder / name, worker, Way(server), world.clock, enrolled, key)
    world.devices.append(device)
    return device


@pytest.fixture
def anna(world: World, over_http: HttpServer) -> Device:
    return by_code(world, "Anna Opfundet", over_http)


def test_two_devices_of_a_team_meet(world: World, anna: Device, over_http: HttpServer) -> None:
    bent = by_code(world, "Bent Opfundet", over_http)
    citizen = anna.meet("Åse Ærøskøbing")
    contact = anna.note(citizen, "Opdigtet: “jeg vil gerne have min egen nøgle” 🔑")
    anna.sync()
    world.share(citizen)
    bent.sync()
    assert bent.get("contact", contact).own_words == "Opdigtet: “jeg vil gerne have min egen nøgle” 🔑"
    anna.edit("citizen", citizen, phone="00000001")
    bent.edit("citizen", citizen, phone="00000002")
    world.converged(anna, bent)
    assert len(anna.conflicts()) == 1


def test_every_code_that_does_not_fit_says_why(world: World, anna: Device, over_http: HttpServer) -> None:
    code = world.office.make_code(anna.worker)
    late = world.office.make_code(anna.worker)
    session.enrol(over_http, code, "x")
    world.clock.advance(minutes=16)
    for written, why in ((code, "used"), (late, "expired"), ("22222222", "wrong")):
        with pytest.raises(CodeRefused) as refused:
            session.enrol(over_http, written, "x")
        assert refused.value.why == why


def test_a_token_that_ended_is_renewed_without_a_word(world: World, anna: Device) -> None:
    anna.sync()
    with Session(world.engine) as tx:
        tx.execute(delete(AccessToken))
        tx.commit()
    anna.meet()
    assert anna.sync().sent == 1


def test_a_revoked_device_learns_it_and_keeps_what_it_has(world: World, anna: Device) -> None:
    anna.sync()
    anna.meet()
    with Session(world.engine) as tx:
        tx.get_one(DeviceRow, anna.enrolled.device).state = "lost"
        tx.commit()
    anna.fails(DeviceRevoked)
    assert status.read(anna.store).why == "device_revoked"
    assert len(anna.outbox()) == 1


def test_what_is_too_large_for_the_server_is_sent_in_halves(
    world: World, anna: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.server.guard.MAX_BODY", 2_000)
    citizen = anna.meet()
    for _ in range(40):
        anna.note(citizen)
    anna.sync()
    assert anna.outbox() == []
    assert len(world.records([f"citizen:{citizen}"])) == 42  # and the assignment


def test_a_server_that_is_gone_and_comes_back_gets_everything(
    world: World, anna: Device, over_http: HttpServer
) -> None:
    with listening(create_app(world.server)) as elsewhere:
        anna.way.server = HttpServer(elsewhere, timeout=5)
        anna.sync()
    anna.meet()
    anna.fails(NoConnection)
    anna.way.server.close()
    anna.way.server = over_http
    anna.sync()
    assert anna.outbox() == []


def test_a_database_that_fails_is_trouble_with_a_time(world: World, anna: Device) -> None:
    anna.sync()
    with world.engine.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE audit RENAME TO elsewhere")
    anna.meet()
    with pytest.raises(ServerTrouble) as trouble:
        anna.sync()
    assert trouble.value.retry_after
    assert len(anna.outbox()) == 1
