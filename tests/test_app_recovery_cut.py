"""A recovery cut off at any step goes on, and opens nothing meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp import errors
from fieldapp.app import App
from fieldapp.device import NoAnswer
from fieldapp.server.administration import Office
from fieldapp.server.tables import RecoveryApproval
from fieldapp.store import keyring
from tests.devices import OWN_WORDS, Deaf, Device, opened, own_words_of, rested
from tests.proof.disks import FaultyDisk
from tests.test_app_recovery import NEW as NEW
from tests.test_app_recovery import REASON as REASON
from tests.test_app_recovery import forgotten as forgotten
from tests.test_app_recovery import has_slot as has_slot
from tests.test_app_recovery import in_keystore as in_keystore
from tests.test_app_recovery import kept_codes as kept_codes
from tests.test_app_recovery import locked as locked
from tests.test_app_recovery import pending as pending
from tests.test_app_recovery import synced as synced


async def the_answer_is_lost(device: Device, office: Office, worker: str) -> App:
    device.weather.loses = "recover"
    app = await device.on()
    with pytest.raises(errors.NoConnection):
        await app.ask_for_recovery()
    device.weather.loses = ""
    return await device.on()


async def the_keystore_does_not_take_it(device: Device, office: Office, worker: str) -> App:
    assert isinstance(device.keystore, Deaf)
    device.keystore.silent["write"].add("recovery_code")
    app = await device.on()
    with pytest.raises(NoAnswer):
        await app.ask_for_recovery()
    device.keystore.silent["write"].clear()
    return await device.on()


async def the_keystore_does_not_forget_the_asking(device: Device, office: Office, worker: str) -> App:
    assert isinstance(device.keystore, Deaf)
    device.keystore.silent["remove"].add("recovery_ask")
    await (await device.on()).ask_for_recovery()
    device.keystore.silent["remove"].clear()
    return await device.on()


async def it_was_fetched(device: Device, office: Office, worker: str) -> App:
    await (await device.on()).ask_for_recovery()
    return await device.on()


async def the_disk_refuses_the_new_code(device: Device, office: Office, worker: str) -> App:
    device.disk = disk = FaultyDisk(calls=("replace",))
    app = await device.on()
    await app.ask_for_recovery()
    disk.number, disk.lasting = len(disk.seen), True
    with pytest.raises(errors.NotSaved):
        await app.recover(NEW)
    disk.number = -1
    return await device.on()


KILLS = [
    the_answer_is_lost,
    the_keystore_does_not_take_it,
    the_keystore_does_not_forget_the_asking,
    it_was_fetched,
    the_disk_refuses_the_new_code,
]


Kill = Callable[[Device, Office, str], Coroutine[None, None, App]]


class TestCutOff:
    @pytest.mark.parametrize("kill", KILLS, ids=lambda kill: kill.__name__)
    async def test_it_goes_on_without_another_yes(
        self, forgotten: tuple[Device, str], office: Office, worker: str, kill: Kill
    ) -> None:
        device, citizen = forgotten
        device.keystore = Deaf(device.folder / "keys")
        office.approve_recovery(worker, REASON)
        app = await kill(device, office, worker)
        await app.ask_for_recovery()
        await app.recover(NEW)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        await locked(app)
        await app.unlock(NEW)

    async def test_after_the_new_code_stands_it_opens_and_the_rest_is_tidied(
        self, forgotten: tuple[Device, str], office: Office, worker: str, engine: Engine
    ) -> None:
        """Killed between the new slot and the opening."""
        device, citizen = forgotten
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        await app._keys.recover(NEW)
        app = await device.on()
        assert not app.can_recover and in_keystore(device, "recovery_code")
        await app.unlock(NEW)
        assert own_words_of(app, citizen) == [OWN_WORDS] and not in_keystore(device, "recovery_code")
        await synced(app)
        assert has_slot(device) and len(kept_codes(engine)) == 1

    async def test_a_code_that_was_delivered_without_our_knowing_is_not_delivered_again_when_it_has_served(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        device.weather.loses = "deposit"
        app = await opened(device, office, worker)
        await rested(app)
        await locked(app)
        device.weather.loses = ""
        office.approve_recovery(worker, REASON)
        await app.ask_for_recovery()
        code = (device.folder / "keys" / "recovery_code").read_bytes()
        await app.recover(NEW)
        await synced(app)
        secret = (device.folder / "keys" / "device_secret").read_bytes()
        with pytest.raises(errors.WrongSecret):
            keyring.load(device.folder / "vault").open_slot(code, secret, "recovery")
        assert pending(app) is None and has_slot(device)

    @pytest.mark.parametrize("name", ["recovery_code", "account", "enrolment"])
    async def test_a_keystore_that_will_not_forget_keeps_nobody_out(
        self, forgotten: tuple[Device, str], office: Office, worker: str, name: str
    ) -> None:
        device, citizen = forgotten
        device.keystore = keystore = Deaf(device.folder / "keys")
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        for call in ("write", "remove"):
            keystore.silent[call].add(name)
        await app.recover(NEW)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        await synced(app)
        await locked(app)
        keystore.silent["remove"].clear()
        await app.unlock(NEW)
        await synced(app)
        assert not in_keystore(device, "recovery_code") and has_slot(device)

    async def test_a_yes_is_not_spent_twice_by_two_taps(
        self, forgotten: tuple[Device, str], office: Office, worker: str, engine: Engine
    ) -> None:
        device, _citizen = forgotten
        office.approve_recovery(worker, REASON)
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await asyncio.gather(app.ask_for_recovery(), app.ask_for_recovery())
        with Session(engine) as session:
            used = [yes for yes in session.exec(select(RecoveryApproval)) if yes.used_at]
        assert len(used) == 1
