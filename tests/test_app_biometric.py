"""A finger or a face opens the app only by a key that the platform gives out; without it the code does, as ever."""

import pytest

from fieldapp import errors
from fieldapp.app import App
from fieldapp.device import FileKeystore
from fieldapp.server.administration import Office
from fieldapp.store import keyring
from fieldapp.views.sentences import sentence
from tests.devices import OWN_WORDS, Device, Finger, enrolled, note_something, own_words_of, rested
from tests.proof.disks import FaultyDisk

PIN, NEW = "483920", "593817"


async def locked(app: App) -> None:
    app.lock()
    await app.closed()


async def opened(device: Device, office: Office, worker: str) -> tuple[App, Finger]:
    device.keystore = finger = Finger(device.folder / "keys")
    app = await enrolled(device, office, worker)
    await app.choose_secret(PIN)
    await app.sync_now()
    await rested(app)
    return app, finger


def has_slot(device: Device) -> bool:
    return keyring.load(device.folder / "vault").has("biometric")


async def test_switched_on_it_opens_and_switched_off_it_does_not(device: Device, office: Office, worker: str) -> None:
    app, finger = await opened(device, office, worker)
    citizen = note_something(app)
    assert app.biometric == "off"
    await app.use_biometric(True)
    assert app.biometric == "on" and len(finger.second.kept["vault_key"]) == 32
    await locked(app)
    app = await device.on()
    assert app.biometric == "on", "the lock screen knows"
    await app.unlock_by_biometric()
    assert own_words_of(app, citizen) == [OWN_WORDS]
    await app.use_biometric(False)
    assert app.biometric == "off" and finger.second.kept == {}
    await locked(app)
    with pytest.raises(errors.NotRecognised):
        await app.unlock_by_biometric()
    await app.unlock(PIN)
    assert app.state == "open"


async def test_an_old_key_opens_nothing_once_it_was_switched_off(device: Device, office: Office, worker: str) -> None:
    app, finger = await opened(device, office, worker)
    await app.use_biometric(True)
    old = dict(finger.second.kept)
    await app.use_biometric(False)
    await app.use_biometric(True)
    await locked(app)
    finger.second.kept = old
    with pytest.raises(errors.NotRecognised):
        await app.unlock_by_biometric()
    assert app.state == "locked"


async def test_who_is_not_recognised_uses_the_code_and_may_try_again_later(
    device: Device, office: Office, worker: str
) -> None:
    app, finger = await opened(device, office, worker)
    await app.use_biometric(True)
    await locked(app)
    finger.second.recognises = False
    with pytest.raises(errors.NotRecognised) as caught:
        await app.unlock_by_biometric()
    assert sentence(caught.value) == "Det virkede ikke. Brug din kode." and app.state == "locked"
    await app.unlock(PIN)
    await locked(app)
    finger.second.recognises = True
    assert app.biometric == "on"
    await app.unlock_by_biometric()
    assert app.state == "open"


@pytest.mark.parametrize("kept", [{}, {"vault_key": bytes(32)}], ids=["lost", "another"])
async def test_a_key_the_platform_lost_falls_back_to_the_code_and_is_offered_no_more(
    device: Device, office: Office, worker: str, kept: dict[str, bytes]
) -> None:
    """A finger was added: Apple throws the key away."""
    app, finger = await opened(device, office, worker)
    citizen = note_something(app)
    await app.use_biometric(True)
    await locked(app)
    finger.second.kept = kept
    with pytest.raises(errors.NotRecognised):
        await app.unlock_by_biometric()
    await app.unlock(PIN)
    assert own_words_of(app, citizen) == [OWN_WORDS] and app.biometric == "off" and not has_slot(device)
    await app.use_biometric(True)
    await locked(app)
    await app.unlock_by_biometric()
    assert app.state == "open"


async def test_the_key_alone_opens_nothing(device: Device, office: Office, worker: str) -> None:
    app, _finger = await opened(device, office, worker)
    await app.use_biometric(True)
    await locked(app)
    await FileKeystore(device.folder / "keys").write("device_secret", bytes(32))
    with pytest.raises(errors.NotRecognised):
        await app.unlock_by_biometric()


async def test_a_platform_that_will_not_keep_a_key_changes_nothing(device: Device, office: Office, worker: str) -> None:
    """No finger is known to the phone."""
    app, finger = await opened(device, office, worker)
    finger.second.recognises = False
    with pytest.raises(errors.NotRecognised):
        await app.use_biometric(True)
    assert app.biometric == "off" and not has_slot(device)


async def test_a_full_disk_leaves_it_off(device: Device, office: Office, worker: str) -> None:
    device.disk = disk = FaultyDisk(calls=("replace",))
    app, _finger = await opened(device, office, worker)
    disk.number, disk.lasting = len(disk.seen), True
    with pytest.raises(errors.NotSaved):
        await app.use_biometric(True)
    assert app.biometric == "off"
    disk.number = -1
    await app.use_biometric(True)
    assert app.biometric == "on"


async def test_a_new_code_leaves_it_on(device: Device, office: Office, worker: str) -> None:
    app, _finger = await opened(device, office, worker)
    await app.use_biometric(True)
    await app.change_secret(PIN, NEW)
    await locked(app)
    await app.unlock_by_biometric()
    assert app.state == "open"


async def test_without_such_a_platform_there_is_none(device: Device, office: Office, worker: str) -> None:
    app = await enrolled(device, office, worker)
    await app.choose_secret("fire opfundne ord her")
    assert app.biometric == "none"
    with pytest.raises(errors.NotRecognised):
        await app.use_biometric(True)
    await locked(app)
    with pytest.raises(errors.NotRecognised):
        await app.unlock_by_biometric()


async def test_a_wipe_takes_it_along(device: Device, office: Office, worker: str) -> None:
    app, finger = await opened(device, office, worker)
    await app.use_biometric(True)
    await app.wipe()
    assert finger.second.kept == {} and app.biometric == "off"
