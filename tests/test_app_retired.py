"""A phone that is handed in: what is on it is sent first, and only then it wipes itself; nothing typed is lost."""

import asyncio
import contextlib
import shutil
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp import errors
from fieldapp.actions import drafts
from fieldapp.app import App
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Record
from tests.devices import OWN_WORDS, SECRET, Device, Weather, enrolled, note_something, opened, rested
from tests.test_app_stolen import settled
from tests.test_app_wipe import Killed, Life, MortalDisk, MortalKeystore, left


def written(engine: Engine) -> list[str]:
    with Session(engine) as session:
        found = session.exec(select(Record).where(Record.kind == "contact"))
        return sorted(record.fields["own_words"] for record in found)


def retire(office: Office) -> None:
    [phone] = [one for one in office.devices() if one.state == "active"]
    office.revoke(phone.id, lost=False)


async def synced(app: App) -> None:
    await app.sync_now()
    await settled(app)


async def locked(app: App) -> None:
    app.lock()
    await app.closed()


async def test_what_waits_is_sent_and_then_all_goes(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    note_something(app)
    await app.sync_now()
    retire(office)
    device.weather.fails = None
    await synced(app)
    assert written(engine) == [OWN_WORDS]
    assert (app.state, app.gone, left(device)) == ("new", "retired", ["gone"])
    assert office.devices()[0].wiped_at == device.now[0]


async def test_locked_with_something_unsent_it_waits_for_its_worker(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    note_something(app)
    await locked(app)
    device.weather.fails = None
    retire(office)
    app = await device.on()
    await settled(app)
    assert app.state == "locked" and written(engine) == []
    await app.unlock(SECRET)
    await synced(app)
    assert (app.state, app.gone) == ("new", "retired") and written(engine) == [OWN_WORDS]


async def test_locked_with_everything_sent_it_goes_at_the_next_start(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    note_something(app)
    await app.sync_now()
    await locked(app)
    retire(office)
    app = await device.on()
    await settled(app)
    assert (app.state, app.gone, left(device)) == ("new", "retired", ["gone"]) and written(engine) == [OWN_WORDS]


async def test_what_is_only_begun_is_nowhere_else_and_holds_it(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    assert app.desk is not None
    citizen = note_something(app)
    kept = f"contact:{citizen}"
    drafts.keep(app.desk, kept, {"own_words": "Opdigtet og kun begyndt"})
    retire(office)
    await synced(app)
    assert app.state == "open" and written(engine) == [OWN_WORDS]
    assert (app.sending.why, app.sending.detail) == ("device_revoked", "retired"), "and the worker is told"
    await locked(app)
    app = await device.on()
    await settled(app)
    assert app.state == "locked"
    await app.unlock(SECRET)
    assert app.desk is not None
    drafts.discard(app.desk, kept)
    await synced(app)
    assert (app.state, app.gone) == ("new", "retired")


async def test_lost_after_all_it_goes_at_once_whatever_is_on_it(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    note_something(app)
    await locked(app)
    device.weather.fails = None
    retire(office)
    phone = office.devices()[0].id
    office.revoke(phone, lost=True)
    office.revoke(phone, lost=False)  # a lost one is not made less lost
    app = await device.on()
    await settled(app)
    assert (app.state, app.gone) == ("new", "lost") and written(engine) == []


async def test_the_phone_of_a_worker_who_has_stopped_sends_what_it_has(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    note_something(app)
    device.weather.fails = None
    office.disable(worker)
    await synced(app)
    assert (app.state, app.gone) == ("new", "retired") and written(engine) == [OWN_WORDS]


async def test_killed_at_each_step_nothing_that_was_sent_is_lost_and_it_ends(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    life = Life()
    device.disk, device.keystore = MortalDisk(life), MortalKeystore(device.folder / "keys", life)
    number, life.killed = 0, True
    while life.killed:
        app = await opened(device, office, worker)
        note_something(app, f"Opdigtet {number:03}")
        await app.sync_now()
        await locked(app)
        retire(office)
        life.last, life.steps, life.killed = number, [], False
        with contextlib.suppress(Killed):
            await settled(await device.on())
        life.last = None
        app = await device.on()
        await settled(app)
        assert (app.state, app.gone, left(device)) == ("new", "retired", ["gone"])
        number += 1
    assert written(engine) == [f"Opdigtet {n:03}" for n in range(number)] and number > 15


class Loud(Life):
    """Says that it has ended, in whichever thread that was: nobody else waits for a sending that is dead."""

    def __init__(self) -> None:
        super().__init__()
        self.over = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def step(self, name: str) -> None:
        try:
            super().step(name)
        except Killed:
            self._loop.call_soon_threadsafe(self.over.set)
            raise


async def killed_while_it_sends(app: App, life: Loud, number: int) -> None:
    """At the `number`th thing that changes on it, from the sending to the end."""
    life.last = number
    both = asyncio.create_task(synced(app)), asyncio.create_task(life.over.wait())
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    for task in both:
        task.cancel()
    await asyncio.gather(*both, return_exceptions=True)


async def test_killed_at_each_step_while_open_and_with_unsent_work_it_sends_it_once_and_ends(
    tmp_path: Path, server: InProcessServer, office: Office, worker: str, engine: Engine
) -> None:
    """What is on the disk when it is killed is all that the next start has."""
    number, killed, steps = 0, True, list[str]()
    while killed:
        life, folder = Loud(), tmp_path / str(number)
        phone = Device(folder, Weather(server), MortalDisk(life), MortalKeystore(folder / "keys", life))
        app = await opened(phone, office, worker)
        await rested(app)
        note_something(app, f"Opdigtet {number:03}")
        retire(office)
        await killed_while_it_sends(app, life, number)
        killed, steps, life.last = life.killed, life.steps, None
        after = Device(tmp_path / f"{number} after", Weather(server))
        shutil.copytree(folder, after.folder)
        phone.weather.fails = errors.NoConnection()
        await phone.off()
        app = await after.on()
        await settled(app)
        if app.state == "locked":
            await app.unlock(SECRET)
            await synced(app)
        assert (app.state, app.gone, left(after)) == ("new", "retired", ["gone"]), steps
        await after.off()
        number += 1
        assert written(engine) == [f"Opdigtet {n:03}" for n in range(number)], "sent, and once"
    assert {"write", "sync", "write wiping", "remove device_secret", "remove wiping"} <= set(steps), "from end to end"


async def test_enrolled_again_by_a_new_code_it_is_in_use_again(device: Device, office: Office, worker: str) -> None:
    await opened(device, office, worker)
    retire(office)
    await device.off()
    app = await device.on()
    await settled(app)
    app = await enrolled(device, office, worker)
    await app.choose_secret(SECRET)
    await app.sync_now()
    await settled(app)
    assert app.state == "open" and app.sending.why is None
