"""When an open app sends by itself, and what it says of it."""

import asyncio

import pytest

from fieldapp import errors
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.views.sentences import sentence
from tests.devices import (
    OWN_WORDS,
    SECRET,
    Device,
    FirstLost,
    Unclosable,
    Weather,
    note_something,
    opened,
    own_words_of,
)


class TestSending:
    async def test_what_is_noted_is_sent_and_the_worker_is_told(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        note_something(app)
        app.wrote()
        await app.sync_now()
        assert (app.sending.state, app.sending.waiting, app.sending.why) == ("there", 0, None)
        assert app.sending.last_sent_at is not None

    @pytest.mark.parametrize(
        ("fault", "why", "says"),
        [
            (errors.NoConnection(), "no_connection", "Alt er gemt på telefonen"),
            (errors.ServerTrouble("busy", retry_after=60), "server_trouble", "Alt er gemt her"),
        ],
    )
    async def test_without_network_or_server_nothing_is_lost(
        self, device: Device, office: Office, worker: str, fault: errors.SyncError, why: str, says: str
    ) -> None:
        app = await opened(device, office, worker)
        device.weather.fails = fault
        citizen = note_something(app)
        await app.sync_now()
        assert (app.sending.why, app.sending.waiting) == (why, 2)
        assert says in sentence(fault)
        app.lock()
        await app.closed()
        assert app.unsent == 2, "the bare number is there before unlock"
        device.weather.fails = None
        app = await device.on()
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        await app.sync_now()
        assert app.sending.waiting == 0

    async def test_a_device_that_was_retired_erases_nothing_and_does_not_say_so(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        citizen = note_something(app)
        device.weather.fails = errors.DeviceRevoked("revoked")
        await app.sync_now()
        assert (app.sending.why, app.sending.waiting) == ("device_revoked", 2)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        assert "slettet" not in sentence(errors.DeviceRevoked()) and "stadig her" in sentence(errors.DeviceRevoked())

    async def test_a_citizen_entrusted_meanwhile_arrives(
        self, device: Device, office: Office, worker: str, server: InProcessServer
    ) -> None:
        app = await opened(device, office, worker)
        other = Device(device.folder / "other", Weather(server), now=device.now)
        colleague = await opened(other, office, office.add_worker("Karim Opfundet"))
        citizen = note_something(colleague)
        await colleague.sync_now()
        office.assign(citizen, worker=worker)
        await app.sync_now()
        assert own_words_of(app, citizen) == [OWN_WORDS]
        await other.off()

    async def test_locking_in_the_middle_of_an_exchange_loses_nothing(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        citizen = note_something(app)
        asked = asyncio.create_task(app.sync_now())
        await asyncio.sleep(0)
        app.lock()
        asked.cancel()
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        await app.sync_now()
        assert app.sending.waiting == 0

    async def test_who_waits_for_an_exchange_waits_no_longer_when_it_is_locked(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        asked = asyncio.create_task(app.sync_now())
        await asyncio.sleep(0)
        app.lock()
        await asyncio.wait_for(asked, 10)

    async def test_who_asks_while_an_exchange_fails_waits_for_the_next_one(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        note_something(app)
        device.weather.holds["exchange"] = under_way = FirstLost()
        before = asyncio.create_task(app.sync_now())
        assert await asyncio.to_thread(under_way.reached.wait, 10)
        meanwhile = asyncio.create_task(app.sync_now())
        await asyncio.sleep(0)
        under_way.set()
        await before
        await meanwhile
        assert (app.sending.why, app.sending.waiting) == (None, 0)

    async def test_the_number_on_the_lock_screen_is_the_vaults_last_word(
        self, device: Device, office: Office, worker: str
    ) -> None:
        """An exchange still in its thread must not write its older number over it."""
        app = await opened(device, office, worker)
        was = app._open
        assert was is not None
        note_something(app)
        app.lock()
        await app.closed()
        assert app.unsent == 2
        was._say(done=1, total=1)
        await asyncio.sleep(0)
        assert app.unsent == 2

    async def test_a_disk_that_fails_at_closing_keeps_nobody_out(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.disk = disk = Unclosable()
        app = await opened(device, office, worker)
        citizen = note_something(app)
        disk.fails = True
        app.lock()
        await asyncio.wait_for(app.closed(), 10)
        disk.fails = False
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]


async def test_behind_another_app_nothing_is_sent_by_the_clock_and_at_once_when_it_is_back(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    assert app.runner_next_in is not None, "in front the clock alone brings the next exchange"
    app.hidden()
    await asyncio.sleep(0)
    assert app.runner_next_in is None
    citizen = note_something(app)
    app.shown()
    await app.sync_now()
    assert (app.sending.waiting, own_words_of(app, citizen)) == (0, [OWN_WORDS])
