"""A device that is wiped: the keys go first, nothing opens from then on, and whatever cuts it off, it is ended."""

import asyncio
from pathlib import Path

import pytest

from fieldapp import errors
from fieldapp.app import App
from fieldapp.device import FileKeystore, NoAnswer
from fieldapp.server.administration import Office
from fieldapp.store.disk import Disk
from tests.devices import SECRET, Deaf, Device, enrolled, note_something, opened, rested


class Killed(BaseException):
    """As if the process had ended there."""


class Life:
    """Counts what changes something, and ends at the `last`th."""

    def __init__(self) -> None:
        self.last: int | None = None
        self.steps: list[str] = []
        self.killed = False

    def step(self, name: str) -> None:
        if self.last is not None:
            if len(self.steps) == self.last:
                self.killed = True
                raise Killed
            self.steps.append(name)


class MortalKeystore(FileKeystore):
    def __init__(self, folder: Path, life: Life) -> None:
        super().__init__(folder)
        self.life = life

    async def write(self, name: str, value: bytes) -> None:
        self.life.step(f"write {name}")
        await super().write(name, value)

    async def remove(self, name: str) -> None:
        self.life.step(f"remove {name}")
        await super().remove(name)


class MortalDisk(Disk):
    def __init__(self, life: Life) -> None:
        self.life = life

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        self.life.step("write")
        return super().write(file, content, at)

    def sync(self, file: int) -> None:
        self.life.step("sync")
        super().sync(file)

    def remove(self, path: Path) -> None:
        self.life.step(f"remove {path.name}")
        super().remove(path)


def left(device: Device) -> list[str]:
    return [path.name for folder in ("vault", "keys") for path in (device.folder / folder).iterdir()]


async def a_locked(device: Device, office: Office, worker: str, life: Life) -> App:
    device.disk, device.keystore = MortalDisk(life), MortalKeystore(device.folder / "keys", life)
    app = await opened(device, office, worker)
    note_something(app)
    app.lock()
    await app.closed()
    return app


async def test_everything_goes_the_keys_first_and_the_devices_own_last(
    device: Device, office: Office, worker: str
) -> None:
    life = Life()
    app = await a_locked(device, office, worker, life)
    await app.unlock(SECRET)
    told: list[str] = []
    app.on_change(lambda: told.append(app.state))
    await rested(app)
    life.last = 10**6
    await app.wipe()
    assert (app.state, app.desk, app.unsent) == ("new", None, 0) and told[-1] == "new"
    assert left(device) == []
    names = [step for step in life.steps if not step.startswith(("write mark", "sync"))]
    assert names[:2] == ["write wiping", "remove device_secret"]
    assert names[-2:] == ["remove device_key", "remove wiping"]
    life.last = None
    app = await enrolled(device, office, worker)
    await app.choose_secret(SECRET)
    assert app.state == "open", "and the device can begin anew"


async def test_killed_at_each_step_nothing_opens_and_the_next_start_ends_it(
    device: Device, office: Office, worker: str
) -> None:
    life = Life()
    ended, number = False, 0
    while not ended:
        number += 1
        app = await a_locked(device, office, worker, life)
        life.last, life.steps = number, []
        try:
            await app.wipe()
            ended = True
        except Killed:
            assert len(life.steps) == number
        life.last = None
        unread = App(device.folder / "vault", device.keystore, app.platform, disk=device.disk)  # type: ignore[arg-type]
        assert not await opens(unread)
        assert (await device.on()).state == "new" and left(device) == []
    assert number > 12, "there were that many steps to be killed at"


async def test_killed_before_the_first_step_nothing_has_happened(device: Device, office: Office, worker: str) -> None:
    life = Life()
    app = await a_locked(device, office, worker, life)
    life.last = 0
    with pytest.raises(Killed):
        await app.wipe()
    life.last = None
    app = await device.on()
    await app.unlock(SECRET)
    assert app.state == "open"


async def opens(app: App) -> bool:
    """Without a start that goes on with the wipe."""
    try:
        await app.unlock(SECRET)
    except errors.VaultError:
        return False
    return True


@pytest.mark.parametrize("name", ["wiping", "enrolment"])
async def test_a_keystore_that_keeps_silent_at_the_start_is_asked_again(
    device: Device, office: Office, worker: str, name: str
) -> None:
    life = Life()
    app = await a_locked(device, office, worker, life)
    life.last = 2
    with pytest.raises(Killed):
        await app.wipe()
    device.keystore, device.disk = keystore, _ = Deaf(device.folder / "keys"), Disk()
    keystore.silent["read"].add(name)
    app = await device.on()
    with pytest.raises(NoAnswer):
        await app.unlock(SECRET)
    keystore.silent["read"].clear()
    with pytest.raises(errors.NoVault):
        await app.unlock(SECRET)
    assert app.state == "new" and left(device) == []


async def test_while_an_exchange_is_under_way_it_is_wiped_too(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    note_something(app)
    asked = asyncio.create_task(app.sync_now())
    await asyncio.sleep(0)
    await app.wipe()
    await asked
    assert app.state == "new" and left(device) == []
