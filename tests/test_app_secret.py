"""A code that is changed: only the right old one may, the vault is not touched, and a failure leaves the old one."""

import asyncio
import threading

import pytest

from fieldapp import errors
from fieldapp.server.administration import Office
from fieldapp.store import stretching
from tests.devices import OWN_WORDS, SECRET, Device, note_something, opened, own_words_of
from tests.proof.disks import FaultyDisk

NEW = "fire helt andre ord"


async def test_the_new_one_opens_and_the_old_one_does_not(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    citizen = note_something(app)
    log = next((device.folder / "vault").glob("vault-*.log"))
    before = log.read_bytes()
    await app.change_secret(SECRET, NEW)
    assert log.read_bytes().startswith(before), "not one byte of it is written again"
    assert app.state == "open" and own_words_of(app, citizen) == [OWN_WORDS]
    app.lock()
    with pytest.raises(errors.WrongSecret):
        await app.unlock(SECRET)
    await app.unlock(NEW)
    assert own_words_of(app, citizen) == [OWN_WORDS]


async def test_no_secret_is_stretched_on_the_loop_of_the_screens(
    device: Device, office: Office, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes tenths of a second: nothing would be drawn meanwhile."""
    threads: list[int] = []

    def stretch(secret: bytes, salt: bytes, cost: int) -> bytes:
        threads.append(threading.get_ident())
        return stretching.stretch(secret, salt, cost)

    monkeypatch.setattr("fieldapp.store.keyring.stretch", stretch)
    app = await opened(device, office, worker)
    made = len(threads)
    app.lock()
    with pytest.raises(errors.WrongSecret):
        await app.unlock("forkerte opfundne ord")
    await app.unlock(SECRET)
    opening = len(threads)
    await app.confirm(SECRET)
    await app.change_secret(SECRET, NEW)
    assert 0 < made < opening < len(threads), "each of them stretches"
    assert threading.get_ident() not in threads


async def test_wrong_old_ones_are_counted_like_those_at_the_door(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    for _try in range(3):
        with pytest.raises(errors.WrongSecret):
            await app.change_secret("forkerte opfundne ord", NEW)
    app.lock()
    for _try in range(2):
        with pytest.raises(errors.WrongSecret):
            await app.unlock("forkerte opfundne ord")
    with pytest.raises(errors.TooManyTries):
        await app.unlock(SECRET)
    with pytest.raises(errors.TooManyTries):
        await app.change_secret(SECRET, NEW)


async def test_a_weak_new_one_is_refused_before_the_old_one_is_tried(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    for _try in range(9):
        with pytest.raises(errors.WeakSecret):
            await app.change_secret("forkerte opfundne ord", "kort")
    app.lock()
    await app.unlock(SECRET)
    assert app.state == "open"


@pytest.mark.parametrize("call", ["write", "sync", "replace"])
async def test_a_disk_that_fails_leaves_the_old_one(device: Device, office: Office, worker: str, call: str) -> None:
    device.disk = disk = FaultyDisk(calls=(call,))
    app = await opened(device, office, worker)
    disk.number, disk.lasting = len(disk.seen), True
    with pytest.raises(errors.NotSaved):
        await app.change_secret(SECRET, NEW)
    disk.number = -1
    app.lock()
    await app.unlock(SECRET)
    assert app.state == "open"


async def test_who_locks_in_the_middle_has_one_code_or_the_other(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    changing = asyncio.create_task(app.change_secret(SECRET, NEW))
    await asyncio.sleep(0)
    app.lock()
    assert app.state == "locked"
    await changing
    await app.unlock(NEW)
    assert app.state == "open"


async def test_the_workers_own_is_confirmed_while_it_is_open_and_wrong_ones_count_at_the_door(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    citizen = note_something(app)
    await app.confirm(SECRET)
    for _try in range(5):
        with pytest.raises(errors.WrongSecret):
            await app.confirm("forkerte opfundne ord")
    with pytest.raises(errors.TooManyTries):
        await app.confirm(SECRET)
    assert app.state == "open" and own_words_of(app, citizen) == [OWN_WORDS]
    app.lock()
    with pytest.raises(errors.TooManyTries):
        await app.unlock(SECRET)


async def test_a_right_one_forgets_the_wrong_ones_as_at_the_door(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    for _round in range(2):
        for _try in range(4):
            with pytest.raises(errors.WrongSecret):
                await app.confirm("forkerte opfundne ord")
        await app.confirm(SECRET)
