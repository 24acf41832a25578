"""What goes wrong between a device and the server changes nothing, and nothing is lost, doubled or shown too early."""

import gzip
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from fieldapp.bodies import decode_answer, encode_answer
from fieldapp.domain.access import citizen_scope
from fieldapp.errors import (
    DeviceRevoked,
    DiskFull,
    LoginAgain,
    NoConnection,
    ProtocolFault,
    ServerTrouble,
    SyncError,
    VaultError,
)
from fieldapp.server.tables import AccessToken, Audit
from fieldapp.store import sync_state
from fieldapp.wire import ExchangeAnswer
from tests.proof.disks import FullDisk
from tests.sync.parts import (
    Deliver,
    Device,
    Mishap,
    World,
    doubled,
    instead,
    lost_answer,
    lost_request,
    meanwhile,
)


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    freja.sync()
    karim.sync()
    return citizen


def times(world: World, op: str) -> int:
    with Session(world.engine) as tx:
        return len(tx.exec(select(Audit).where(Audit.op_id == op)).all())


@pytest.mark.parametrize("mishap", [lost_request, lost_answer])
def test_what_is_lost_on_the_way_is_offered_again_and_happens_once(
    world: World, freja: Device, karim: Device, citizen: str, mishap: Mishap
) -> None:
    contact = freja.note(citizen)
    [waiting] = freja.outbox()
    before = freja.rows()
    freja.befall(mishap, mishap).fails()
    freja.fails()
    assert freja.rows() == before
    assert [row.op for row in freja.outbox()] == [waiting.op]
    assert freja.state().last_error == "no_connection"
    world.converged(freja, karim)
    assert freja.state().last_error is None
    assert times(world, waiting.op) == 1
    assert karim.get("contact", contact) is not None


def test_a_request_delivered_twice_changes_nothing_more_and_is_answered_the_same(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    freja.note(citizen)
    freja.edit("citizen", citizen, phone="00000001")
    freja.befall(doubled).sync()
    first, second = freja.way.answers[-2:]
    assert first.acks == second.acks
    assert len(first.acks) == 2
    assert freja.outbox() == []
    world.converged(freja, karim)


def test_an_answer_that_comes_late_is_ignored(world: World, freja: Device, karim: Device, citizen: str) -> None:
    """It speaks of a time when an edit made since was not made, and of fewer scopes than are held now."""
    freja.befall(lost_answer).fails()
    late = freja.way.answers[-1]
    freja.edit("citizen", citizen, phone="00000001")
    freja.sync()
    karim.edit("citizen", citizen, phone="00000002")
    karim.sync()
    freja.sync()
    before = freja.rows(), freja.state().since
    freja.befall(instead(late)).fails()
    assert (freja.rows(), freja.state().since) == before
    world.converged(freja, karim)


def test_an_answer_to_a_request_from_before_a_restart_is_ignored(world: World, freja: Device, citizen: str) -> None:
    freja.befall(lost_answer).fails()
    late = freja.way.answers[-1]
    freja.start_again()
    freja.befall(instead(late)).fails()
    freja.sync()


def cut_after(lines: int) -> Mishap:
    def comes(deliver: Deliver) -> ExchangeAnswer:
        whole = gzip.decompress(encode_answer(deliver())).splitlines(keepends=True)
        return decode_answer(gzip.compress(b"".join(whole[:lines])))

    return comes


def test_an_answer_cut_at_any_line_is_not_taken_in_at_all(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    for number in range(4):
        karim.note(citizen, f"Opdigtet: {number}")
    freja.note(citizen)
    karim.sync()
    before, since = freja.rows(), freja.state().since
    lines = 1 + 1 + 5 + 1  # head, ack, rows, last
    for cut in range(lines):
        freja.befall(cut_after(cut)).fails(ProtocolFault)
        assert (freja.rows(), freja.state().since, len(freja.outbox())) == (before, since, 1)
    freja.befall(cut_after(lines)).sync()
    world.converged(freja, karim)


@pytest.mark.parametrize("piece", [1, 3, 100])
def test_killed_after_any_piece_of_the_first_fetch_the_rest_comes_later(
    world: World, freja: Device, karim: Device, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", piece)
    citizens = [freja.meet(f"Opfundet {number}") for number in range(3)]
    for citizen in citizens:
        freja.aim(citizen)
    freja.sync()
    for citizen in citizens:
        world.share(citizen)
    while not karim.state().complete:
        before = len(karim.rows())
        karim.killed_after(1)
        assert len(karim.rows()) - before <= piece
        up_to_the_cursor(world, karim)
    world.converged(freja, karim)


def up_to_the_cursor(world: World, device: Device) -> None:
    """I10: whatever the device says it has, it has."""
    state, rows = device.state(), device.rows()
    for id, record in world.records().items():
        if record.scope in state.view and record.seq <= state.behind.get(record.scope, state.since):
            assert id in rows or record.deleted
            assert record.deleted or rows[id]["seq"] == record.seq


def test_killed_between_the_network_and_the_vault_nothing_is_lost(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    karim.note(citizen)
    karim.sync()
    freja.note(citizen)
    freja.befall(lost_answer).fails()  # the server has it, the device does not know
    freja.start_again()
    assert len(freja.outbox()) == 1
    world.converged(freja, karim)


def test_locked_while_an_answer_is_on_its_way_nothing_is_taken_in_and_nothing_lost(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    freja.note(citizen)
    freja.befall(meanwhile(freja.store.close)).fails(VaultError)
    freja.start()
    assert len(freja.outbox()) == 1
    world.converged(freja, karim)


def test_on_a_full_disk_nothing_is_taken_in_and_later_everything(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    karim.note(citizen)
    karim.sync()
    disk = freja.on_disk(FullDisk())
    freja.note(citizen)
    before = freja.rows()

    def fill() -> None:
        disk.room = 0

    freja.befall(meanwhile(fill)).fails(DiskFull)
    assert (freja.rows(), len(freja.outbox())) == (before, 1)
    disk.room = 10**9
    world.converged(freja, karim)


def test_a_first_fetch_tells_how_far_it_is_and_never_more_than_all(
    world: World, freja: Device, karim: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", 2)
    citizens = [freja.meet(f"Opfundet {number}") for number in range(5)]
    freja.sync()
    for citizen in citizens:
        world.share(citizen)
    told: list[tuple[int, int]] = []
    karim.client.run(lambda done, total: told.append((done, total)))
    rows = len(karim.rows())
    assert told[-1] == (rows, rows)
    assert all(done <= total for done, total in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told[1:]} == {rows}


def test_a_long_feed_comes_in_several_answers(
    world: World, freja: Device, karim: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.server.feed.ANSWER_SIZE", 20_000)
    citizen = freja.meet()
    for number in range(12):
        freja.note(citizen, f"Opdigtet {number}: " + "lang " * 1_000)
    freja.sync()
    world.share(citizen)
    karim.sync()
    assert len([answer for answer in karim.way.answers if answer.more and answer.rows]) >= 3
    world.converged(freja, karim)


def raising(error: SyncError) -> Mishap:
    def comes(deliver: Deliver) -> ExchangeAnswer:
        raise error

    return comes


@pytest.mark.parametrize(
    "error", [NoConnection(), ServerTrouble(retry_after=9), DeviceRevoked(), ProtocolFault("malformed")]
)
def test_a_failure_is_told_and_leaves_everything_as_it_was(
    world: World, freja: Device, citizen: str, error: SyncError
) -> None:
    freja.note(citizen)
    before, since = freja.rows(), freja.state().since
    freja.befall(raising(error)).fails(type(error))
    assert (freja.rows(), freja.state().since, len(freja.outbox())) == (before, since, 1)
    assert freja.state().last_error == error.kind
    assert not freja.client.moving


def test_a_token_that_ends_on_the_way_is_renewed_once(world: World, freja: Device, citizen: str) -> None:
    freja.sync()
    with Session(world.engine) as tx:
        for token in tx.exec(select(AccessToken)):
            tx.delete(token)
        tx.commit()
    freja.note(citizen)
    freja.sync()
    assert freja.outbox() == []
    freja.befall(raising(LoginAgain()), raising(LoginAgain())).fails(LoginAgain)
    freja.sync()


def test_a_token_is_renewed_before_it_ends(world: World, freja: Device) -> None:
    freja.sync()
    world.clock.advance(minutes=16)
    freja.befall().sync()
    assert freja.state().last_error is None


def test_a_second_enrolment_keeps_what_was_not_sent(world: World, freja: Device, citizen: str) -> None:
    contact = freja.note(citizen)
    freja.close()
    again = world.device(freja.worker)
    again.close()
    freja.enrolled, freja.key = again.enrolled, again.key
    freja.__post_init__()
    world.devices.remove(again)
    assert [row.record for row in freja.outbox()] == [contact]
    freja.sync()
    assert contact in world.records()


def test_a_wrong_clock_changes_neither_order_nor_winner(
    world: World, freja: Device, karim: Device, citizen: str
) -> None:
    karim.clock = type(world.clock)(world.clock.now.replace(year=2099))
    karim.start_again()
    karim.edit("citizen", citizen, phone="00000099")
    karim.sync()
    freja.sync()
    freja.edit("citizen", citizen, phone="00000026")
    freja.sync()
    world.converged(freja, karim)
    assert karim.get("citizen", citizen).phone == "00000026"
    assert karim.conflicts() == []


def test_two_threads_exchange_one_after_the_other(world: World, freja: Device, citizen: str) -> None:
    met: list[bool] = []

    def second(deliver: Deliver) -> ExchangeAnswer:
        met.append(freja.client.moving)
        return deliver()

    freja.befall(second).sync()
    assert met == [True]
    assert not freja.client.moving


def test_nothing_of_a_failed_exchange_is_in_a_transaction_that_is_open(
    world: World, freja: Device, citizen: str
) -> None:
    """The network is never called inside one: the store is free meanwhile."""
    free: list[str] = []
    act: Callable[[], None] = lambda: free.append(freja.note(citizen))  # noqa: E731
    freja.befall(meanwhile(act)).sync()
    assert free and freja.outbox() == []
    with freja.store.reading() as tx:
        assert citizen_scope(citizen) in sync_state.get(tx).view
