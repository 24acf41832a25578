"""What the worker is told about sending."""

from dataclasses import asdict, fields
from typing import get_args

import pytest

from fieldapp.actions import sending
from fieldapp.domain.access import citizen_scope
from fieldapp.errors import DiskFull, ServerTrouble
from fieldapp.store import outbox
from fieldapp.store.database import Store
from fieldapp.store.vault import open_with_key
from fieldapp.sync import status
from fieldapp.wire import Operation
from tests.examples import an_id
from tests.fresh import KEY
from tests.proof.disks import FullDisk
from tests.sync.parts import Device, World, lost_request, meanwhile
from tests.sync.test_failures import raising


def test_it_says_the_same_words_as_the_screens_know() -> None:
    told_by_the_app = {"silent_days", "locks_in"}  # what a locked phone counts too
    screens = {field.name for field in fields(sending.Sending)}
    assert {field.name for field in fields(status.Status)} == screens - told_by_the_app
    assert get_args(status.State) == get_args(sending.State)


def test_before_anything_is_known_all_is_here(world: World) -> None:
    vault = open_with_key(world.folder / "new", KEY)
    assert status.read(Store(vault, "")) == status.Status("here", 0, 0, 0, None, None, None, None, None, 0, 0)
    vault.close()


def test_the_first_fetch_says_how_far_it_is(
    world: World, freja: Device, karim: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.sync.answer.PIECE", 2)
    for number in range(4):
        world_citizen = freja.meet(f"Opfundet {number}")
        freja.sync()
        world.share(world_citizen)
    assert status.read(karim.store).state == "first"
    karim.killed_after(2)  # the view, and two rows
    told = status.read(karim.store)
    assert (told.state, told.done) == ("first", 2)
    karim.sync()
    assert told.total == len(karim.rows())
    told = status.read(karim.store)
    assert (told.state, told.done, told.total) == ("there", 0, 0)


def test_a_first_fetch_that_fails_says_so_instead(world: World, freja: Device) -> None:
    freja.befall(lost_request).fails()
    told = status.read(freja.store)
    assert (told.state, told.why) == ("here", "no_connection")
    freja.meet()
    assert status.read(freja.store).state == "waiting"
    assert status.read(freja.store, moving=True).state == "first"


def test_a_note_is_here_then_waits_with_the_reason_then_is_there(world: World, freja: Device) -> None:
    citizen = freja.meet()
    freja.sync()
    first = world.clock()
    world.clock.advance(hours=1)
    written = world.clock()
    freja.note(citizen)
    world.clock.advance(hours=1)
    freja.note(citizen)
    told = status.read(freja.store)
    assert (told.state, told.waiting, told.waiting_since, told.last_sent_at) == ("here", 2, written, first)
    freja.befall(lost_request).fails()
    told = status.read(freja.store, next_try_in=4)
    assert (told.state, told.why, told.next_try_in, told.last_sent_at) == ("waiting", "no_connection", 4, first)
    freja.befall(raising(ServerTrouble())).fails(ServerTrouble)
    assert status.read(freja.store).why == "server_trouble"
    assert status.read(freja.store, moving=True).state == "moving"
    freja.sync()
    assert asdict(status.read(freja.store)) == {
        "state": "there",
        "waiting": 0,
        "refused": 0,
        "conflicts": 0,
        "last_sent_at": world.clock(),
        "waiting_since": None,
        "why": None,
        "detail": None,
        "next_try_in": None,
        "done": 0,
        "total": 0,
        "left_over": 0,
    }


def test_that_nothing_was_new_is_told_at_once_and_written_within_the_hour(world: World, freja: Device) -> None:
    freja.meet()
    freja.sync()
    written, commits = world.clock(), freja.store.vault.mark.seq
    for _ in range(5):
        world.clock.advance(minutes=10)
        freja.sync()
    assert (freja.store.vault.mark.seq, freja.state().last_exchange_at) == (commits, written)
    assert status.read(freja.store, talked=freja.client.talked).last_sent_at == world.clock()
    world.clock.advance(minutes=10)
    freja.sync()
    assert (freja.store.vault.mark.seq, freja.state().last_exchange_at) == (commits + 1, world.clock())


def test_an_error_that_is_over_and_a_backup_are_written_at_once(world: World, freja: Device) -> None:
    freja.meet()
    freja.sync()
    freja.befall(lost_request).fails()
    freja.sync()
    assert status.read(freja.store).why is None
    with world.engine.begin() as tx:
        tx.exec_driver_sql("UPDATE sync_clock SET durable = seq")
    freja.sync()
    assert freja.state().durable and status.read(freja.store).state == "there"


def test_what_was_refused_needs_the_worker(world: World, freja: Device) -> None:
    citizen = freja.meet()
    poison = Operation(op=an_id(), do="add", kind="contact", id=an_id(), scope=citizen_scope(citizen), at=world.clock())
    with freja.store.transaction() as tx:
        outbox.put(tx, poison)
    freja.sync()
    told = status.read(freja.store, moving=True)
    assert (told.state, told.refused, told.waiting) == ("needs_you", 1, 0)


def test_two_texts_need_somebody_until_the_field_is_set_again(world: World, freja: Device, karim: Device) -> None:
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    freja.edit("citizen", citizen, most_important="Opdigtet: hunden")
    karim.edit("citizen", citizen, most_important="Opdigtet: arbejdet")
    world.converged(freja, karim)
    for device in (freja, karim):
        told = status.read(device.store)
        assert (told.state, told.conflicts) == ("needs_you", 1)
    karim.edit("citizen", citizen, most_important="Opdigtet: hunden og arbejdet")
    assert status.read(karim.store).conflicts == 0
    world.converged(freja, karim)
    assert status.read(freja.store).state == "there"


@pytest.mark.parametrize("waits", [True, False])
def test_a_full_disk_says_so_though_it_cannot_be_written_down(
    world: World, freja: Device, karim: Device, waits: bool
) -> None:
    citizen = freja.meet()
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    disk = freja.on_disk(FullDisk())
    if waits:
        freja.note(citizen)
    karim.note(citizen)
    karim.sync()

    def fill() -> None:
        disk.room = 0

    freja.befall(meanwhile(fill)).fails(DiskFull)
    assert freja.state().last_error is None, "there was no room for that"
    told = status.read(freja.store, trouble=freja.client.trouble)
    assert (told.state, told.why, told.left_over) == ("waiting" if waits else "there", "disk_full", 0)
    assert told.waiting == waits, "the server has it; this phone cannot know"

    disk.room = 10**9
    freja.sync()
    assert freja.client.trouble is None
    assert status.read(freja.store, trouble=freja.client.trouble).state == "there"


def test_no_network_after_a_full_disk_is_what_is_told(world: World, freja: Device) -> None:
    citizen = freja.meet()
    freja.sync()
    disk = freja.on_disk(FullDisk())
    freja.note(citizen)
    disk.room = 0
    freja.befall(lost_request).fails(DiskFull)  # no network either, and no room to write that down
    assert status.read(freja.store, trouble=freja.client.trouble).why == "disk_full"
    disk.room = 10**9
    freja.befall(lost_request).fails()
    assert status.read(freja.store, trouble=freja.client.trouble).why == "no_connection"


def test_a_first_fetch_that_finds_no_room_says_so_instead(world: World, freja: Device) -> None:
    freja.on_disk(FullDisk()).room = 0
    with pytest.raises(DiskFull):
        freja.client.run()
    told = status.read(freja.store, trouble=freja.client.trouble)
    assert (told.state, told.why) == ("here", "disk_full")
