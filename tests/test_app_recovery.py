"""A forgotten code on one's own phone: a leader says yes, a new one is chosen, and everything is there.

Cut off anywhere, it goes on; without the leader it never works.
"""

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp import errors
from fieldapp.app import App
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Recovery
from fieldapp.store import keyring
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.views.sentences import sentence
from tests.devices import OWN_WORDS, SECRET, Deaf, Device, Weather, note_something, opened, own_words_of, rested
from tests.proof.disks import FaultyDisk

NEW = "fire helt andre ord"
REASON = "opfundet grund"


async def synced(app: App) -> None:
    await app.sync_now()
    await rested(app)


async def locked(app: App) -> None:
    app.lock()
    await app.closed()


def kept_codes(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [row.sealed for row in session.exec(select(Recovery))]


def pending(app: App) -> str | None:
    assert app.desk is not None
    with app.desk.store.reading() as session:
        row = session.get(SettingRow, "recovery_code")
        return None if row is None else str(row.value)


def has_slot(device: Device) -> bool:
    return keyring.load(device.folder / "vault").has("recovery")


def in_keystore(device: Device, name: str) -> bool:
    return (device.folder / "keys" / name).exists()


@pytest.fixture
async def forgotten(device: Device, office: Office, worker: str) -> tuple[Device, str]:
    """A locked phone whose code the server has, switched off; and a citizen on it with a note that was not sent."""
    app = await opened(device, office, worker)
    await synced(app)
    device.weather.fails = errors.NoConnection()
    citizen = note_something(app)
    await locked(app)
    device.weather.fails = None
    return device, citizen


class TestDelivering:
    async def test_a_new_vault_gives_the_server_its_code_and_forgets_it(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        app = await opened(device, office, worker)
        await rested(app)
        assert len(kept_codes(engine)) == 1 and has_slot(device) and pending(app) is None
        before = kept_codes(engine)
        await locked(app)
        await app.unlock(SECRET)
        await synced(app)
        assert kept_codes(engine) == before, "once"

    async def test_cut_off_before_the_slot_it_goes_on_with_the_same_code(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        device.disk = disk = FaultyDisk(calls=("replace",))
        device.weather.refuses["deposit"] = errors.ServerTrouble("opfundet")
        app = await opened(device, office, worker)
        await rested(app)
        code = pending(app)
        assert code is not None and has_slot(device)
        assert app.desk is not None
        app.desk.store.vault.drop_key("recovery")  # as if killed between the two
        disk.number, disk.lasting = len(disk.seen), True
        await synced(app)
        assert pending(app) == code and not has_slot(device) and kept_codes(engine) == []
        disk.number = -1
        device.weather.refuses.clear()
        await synced(app)
        assert has_slot(device) and pending(app) is None and len(kept_codes(engine)) == 1

    async def test_a_lost_answer_is_delivered_again(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        device.weather.loses = "deposit"
        app = await opened(device, office, worker)
        await rested(app)
        code = pending(app)
        assert code is not None and len(kept_codes(engine)) == 1
        await locked(app)
        device.weather.loses = ""
        app = await device.on()
        await app.unlock(SECRET)
        await synced(app)
        assert pending(app) is None and len(kept_codes(engine)) == 1
        await locked(app)
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        await app.recover(NEW)
        assert app.state == "open"

    async def test_a_server_that_keeps_none_disturbs_nothing(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        device.weather.server = InProcessServer(engine, lambda: device.now[0])
        app = await opened(device, office, worker)
        note_something(app)
        await synced(app)
        assert (app.sending.state, app.sending.why, app.sending.waiting) == ("there", None, 0)
        assert pending(app) is not None and has_slot(device) and kept_codes(engine) == []

    async def test_a_keystore_that_is_silent_then_is_asked_after_the_next_exchange(
        self, device: Device, office: Office, worker: str, engine: Engine
    ) -> None:
        device.keystore = keystore = Deaf(device.folder / "keys")
        keystore.silent["read"].add("device_secret")
        app = await opened(device, office, worker)
        await rested(app)
        assert kept_codes(engine) == [] and app.state == "open"
        keystore.silent["read"].clear()
        await synced(app)
        assert len(kept_codes(engine)) == 1


class TestRecovering:
    async def test_with_a_leaders_yes_a_new_code_is_chosen_and_all_is_there(
        self, forgotten: tuple[Device, str], office: Office, worker: str, engine: Engine
    ) -> None:
        device, citizen = forgotten
        before = kept_codes(engine)
        app = await device.on()
        with pytest.raises(errors.RecoveryRefused) as caught:
            await app.ask_for_recovery()
        assert caught.value.why == "not_yet" and "Ring til din leder" in sentence(caught.value)
        with pytest.raises(errors.RecoveryRefused):
            await app.recover(NEW)
        assert app.state == "locked" and not app.can_recover
        office.approve_recovery(worker, REASON)
        await app.ask_for_recovery()
        assert app.can_recover
        await app.recover(NEW)
        assert app.state == "open" and own_words_of(app, citizen) == [OWN_WORDS] and not app.can_recover
        await synced(app)
        assert app.sending.waiting == 0
        assert kept_codes(engine) != before and len(kept_codes(engine)) == 1, "a new one is with the server"
        assert has_slot(device) and not in_keystore(device, "recovery_code") and not in_keystore(device, "recovery_ask")
        await locked(app)
        with pytest.raises(errors.WrongSecret):
            await app.unlock(SECRET)
        await app.unlock(NEW)
        assert app.state == "open"
        await locked(app)
        with pytest.raises(errors.RecoveryRefused) as caught:
            await app.ask_for_recovery()
        assert caught.value.why == "not_yet", "one yes, one time"
        office.approve_recovery(worker, REASON)
        await app.ask_for_recovery()
        await app.recover(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS], "and the new code serves as the first did"

    async def test_wrong_tries_before_do_not_keep_one_waiting(
        self, forgotten: tuple[Device, str], office: Office, worker: str
    ) -> None:
        device, _citizen = forgotten
        app = await device.on()
        for _try in range(6):
            with pytest.raises(errors.VaultError):
                await app.unlock("forkerte opfundne ord")
        office.approve_recovery(worker, REASON)
        await app.ask_for_recovery()
        await app.recover(NEW)
        assert app.state == "open"

    async def test_a_weak_new_code_is_refused_and_the_chance_stays(
        self, forgotten: tuple[Device, str], office: Office, worker: str
    ) -> None:
        device, _citizen = forgotten
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        with pytest.raises(errors.WeakSecret):
            await app.recover("kort")
        assert app.can_recover
        await app.recover(NEW)

    async def test_a_yes_for_somebody_else_opens_nothing(self, forgotten: tuple[Device, str], office: Office) -> None:
        device, _citizen = forgotten
        office.approve_recovery(office.add_worker("Karim Opfundet"), REASON)
        app = await device.on()
        with pytest.raises(errors.RecoveryRefused, match="not_yet"):
            await app.ask_for_recovery()

    async def test_a_revoked_phone_is_told_so(
        self, forgotten: tuple[Device, str], office: Office, worker: str, engine: Engine
    ) -> None:
        device, _citizen = forgotten
        office.approve_recovery(worker, REASON)
        with engine.begin() as connection:
            connection.execute(text("UPDATE device SET state = 'lost'"))
        app = await device.on()
        with pytest.raises(errors.DeviceRevoked):
            await app.ask_for_recovery()

    async def test_without_a_network_it_is_asked_later(
        self, forgotten: tuple[Device, str], office: Office, worker: str
    ) -> None:
        device, _citizen = forgotten
        office.approve_recovery(worker, REASON)
        device.weather.fails = errors.NoConnection()
        app = await device.on()
        with pytest.raises(errors.NoConnection):
            await app.ask_for_recovery()
        device.weather.fails = None
        await app.ask_for_recovery()
        await app.recover(NEW)

    async def test_a_phone_whose_code_never_reached_the_server_is_told(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.weather.refuses["deposit"] = errors.ServerTrouble("opfundet")
        app = await opened(device, office, worker)
        await rested(app)
        await locked(app)
        office.approve_recovery(worker, REASON)
        with pytest.raises(errors.RecoveryRefused) as caught:
            await app.ask_for_recovery()
        assert caught.value.why == "nothing"
        await app.unlock(SECRET)

    async def test_a_code_that_opens_another_vault_is_forgotten_and_said(
        self, forgotten: tuple[Device, str], office: Office, worker: str
    ) -> None:
        device, _citizen = forgotten
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        (device.folder / "keys" / "recovery_code").write_bytes(bytes(16))
        app = await device.on()
        with pytest.raises(errors.RecoveryRefused, match="nothing"):
            await app.recover(NEW)
        assert not app.can_recover and not in_keystore(device, "recovery_code")
        await app.unlock(SECRET)

    async def test_who_remembers_after_all_gets_in_and_what_was_fetched_opens_nothing_more(
        self, forgotten: tuple[Device, str], office: Office, worker: str, engine: Engine
    ) -> None:
        device, _citizen = forgotten
        before = kept_codes(engine)
        office.approve_recovery(worker, REASON)
        app = await device.on()
        await app.ask_for_recovery()
        code = (device.folder / "keys" / "recovery_code").read_bytes()
        await app.unlock(SECRET)
        await synced(app)
        assert not in_keystore(device, "recovery_code") and kept_codes(engine) != before
        secret = (device.folder / "keys" / "device_secret").read_bytes()
        with pytest.raises(errors.WrongSecret):
            keyring.load(device.folder / "vault").open_slot(code, secret, "recovery")

    async def test_nothing_about_anybody_is_kept_for_it_outside_the_vault(
        self, forgotten: tuple[Device, str], worker: str
    ) -> None:
        device, _citizen = forgotten
        account = (device.folder / "keys" / "account").read_bytes()
        assert worker.encode() not in account and b"Freja" not in account
        assert not in_keystore(device, "enrolment")


async def test_another_phone_of_the_same_worker_is_not_helped_by_this_ones_code(
    forgotten: tuple[Device, str], office: Office, worker: str, server: InProcessServer
) -> None:
    device, _citizen = forgotten
    other = Device(device.folder / "other", Weather(server), now=device.now)
    app = await opened(other, office, worker)
    await rested(app)
    await locked(app)
    office.approve_recovery(worker, REASON)
    await app.ask_for_recovery()
    first = await device.on()
    with pytest.raises(errors.RecoveryRefused, match="not_yet"):
        await first.ask_for_recovery()
    await other.off()
