"""A server put back from a backup older than this phone: a new code, and all that was written is sent."""

import asyncio
import errno
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, delete, select

from fieldapp import errors
from fieldapp.app import App
from fieldapp.server.administration import Office
from fieldapp.server.revoking import let_in_no_more
from fieldapp.server.tables import Device as DeviceEntry
from fieldapp.server.tables import Record, Recovery
from fieldapp.store.disk import Disk
from tests.devices import OWN_WORDS, SECRET, Device, note_something, opened, own_words_of, rested


async def exchanged(app: App) -> None:
    await app.sync_now()
    await rested(app)


def devices(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.exec(select(DeviceEntry.id)))


def words_on_the_server(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [r.fields["own_words"] for r in session.exec(select(Record)) if r.kind == "contact"]


class Irreplaceable(Disk):
    """A disk that puts no file in another's place: a keyring cannot be changed."""

    fails = False

    def replace(self, source: Path, target: Path) -> None:
        if self.fails:
            raise OSError(errno.ENOSPC, "planted")
        super().replace(source, target)


@pytest.fixture
async def unknown(device: Device, office: Office, worker: str, engine: Engine) -> tuple[App, str]:
    """A phone that the server had, and has not any more; and a citizen on it with a note that was not sent."""
    device.disk = Irreplaceable()
    app = await opened(device, office, worker)
    await exchanged(app)
    with Session(engine) as session:
        session.execute(delete(Recovery))
        for entry in session.exec(select(DeviceEntry)).all():
            let_in_no_more(session, entry, "lost")
            session.delete(entry)
        session.commit()
    citizen = note_something(app)
    await exchanged(app)
    assert (app.sending.why, app.sending.waiting) == ("login_again", 2)
    return app, citizen


async def test_a_new_code_and_everything_is_sent(
    unknown: tuple[App, str], device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app, citizen = unknown
    await app.enrol_again(office.make_code(worker))
    await rested(app)
    assert (app.sending.why, app.sending.waiting) == (None, 0)
    assert words_on_the_server(engine) == [OWN_WORDS]
    assert len(devices(engine)) == 1
    with Session(engine) as session:
        assert session.exec(select(Recovery.device)).all() == devices(engine), "its code for a forgotten PIN as well"

    app.lock()
    await app.closed()
    app = await device.on()
    await app.unlock(SECRET)
    note_something(app, "Opdigtet: næste dag")
    await exchanged(app)
    assert app.sending.waiting == 0 and own_words_of(app, citizen) == [OWN_WORDS]
    assert sorted(words_on_the_server(engine)) == sorted([OWN_WORDS, "Opdigtet: næste dag"])


async def test_a_colleagues_code_changes_nothing(unknown: tuple[App, str], office: Office, worker: str) -> None:
    app, citizen = unknown
    other = office.add_worker("Karim Opfundet")
    with pytest.raises(errors.CodeRefused, match="other"):
        await app.enrol_again(office.make_code(other))
    await exchanged(app)
    assert (app.sending.why, app.sending.waiting) == ("login_again", 2)
    assert own_words_of(app, citizen) == [OWN_WORDS]
    await app.enrol_again(office.make_code(worker))
    assert app.sending.waiting == 0


@pytest.mark.parametrize("refused", [errors.NoConnection(), errors.CodeRefused("wrong")])
async def test_a_try_that_fails_is_taken_again(
    unknown: tuple[App, str], device: Device, office: Office, worker: str, refused: errors.SyncError
) -> None:
    app, _ = unknown
    code = office.make_code(worker)
    device.weather.refuses = {"enrol": refused}
    with pytest.raises(type(refused)):
        await app.enrol_again(code)
    assert app.sending.waiting == 2
    device.weather.refuses = {}
    await app.enrol_again(code)
    assert app.sending.waiting == 0


async def test_on_a_disk_that_refuses_nothing_has_changed_and_no_code_is_missing(
    unknown: tuple[App, str], device: Device, office: Office, worker: str, engine: Engine
) -> None:
    app, _ = unknown
    assert isinstance(device.disk, Irreplaceable)
    device.disk.fails = True
    with pytest.raises(errors.NotSaved):
        await app.enrol_again(office.make_code(worker))
    device.disk.fails = False
    app.lock()
    await app.closed()
    app = await device.on()
    await app.unlock(SECRET)
    await exchanged(app)
    assert app.sending.why == "login_again"
    await app.enrol_again(office.make_code(worker))
    await rested(app)
    assert app.sending.waiting == 0
    with Session(engine) as session:
        assert set(session.exec(select(Recovery.device))) == {devices(engine)[-1]}


async def test_a_locked_one_asks_for_its_own_code_first(unknown: tuple[App, str], engine: Engine) -> None:
    app, _ = unknown
    app.lock()
    await app.enrol_again("AB12CD34")
    assert devices(engine) == []


async def test_who_locks_meanwhile_gets_in_again_without_waiting_for_the_network(
    unknown: tuple[App, str], device: Device, office: Office, worker: str
) -> None:
    app, citizen = unknown
    device.weather.holds["enrol"] = answers = threading.Event()
    trying = asyncio.create_task(app.enrol_again(office.make_code(worker)))
    await asyncio.sleep(0)
    app.lock()
    await app.unlock(SECRET)
    assert app.state == "open" and own_words_of(app, citizen) == [OWN_WORDS]
    answers.set()
    with pytest.raises(errors.VaultError):
        await trying
    await app.enrol_again(office.make_code(worker))
    assert app.sending.waiting == 0
