"""A phone that is stolen: reported lost while locked, switched on, wiped before anybody opens it; whatever happens."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp import contact, errors
from fieldapp.app import App
from fieldapp.demo import NoPlatform
from fieldapp.server import backup, replay, restore
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.register import Register
from fieldapp.server.tables import Audit, Worker
from fieldapp.server.tables import Device as DeviceRow
from fieldapp.texts import use_language
from tests.devices import SECRET, Device, Weather, enrolled, note_something, opened
from tests.test_app_wipe import Killed, Life, MortalDisk, MortalKeystore, left, opens

AGAIN = errors.NoConnection()


@dataclass
class Town:
    """A municipality with a register outside its database, and one worker's phone."""

    engine: Engine
    register: Register
    office: Office
    worker: str
    phone: Device
    life: Life
    now: list[datetime]

    def report_lost(self) -> None:
        self.office.revoke(self.row().id, lost=True)

    def row(self) -> DeviceRow:
        return self.office.devices()[0]

    def log(self) -> list[str]:
        with Session(self.engine) as session:
            told = session.exec(select(Audit).where(Audit.record == self.row().id).order_by(Audit.no)).all()
        return [f"{one.do} {one.why}" for one in told]

    async def a_locked_phone(self) -> None:
        """Something is with the server, something is not, and it lies locked and switched off."""
        app = await opened(self.phone, self.office, self.worker)
        note_something(app)
        await app.sync_now()
        note_something(app, "Opdigtet: ikke sendt endnu")
        app.lock()
        await app.closed()


@pytest.fixture
async def town(engine: Engine, tmp_path: Path, now: list[datetime]) -> AsyncIterator[Town]:
    use_language("da")
    register = Register(tmp_path / "register")
    replay.follow(engine, register, now[0])
    office = Office(engine, lambda: now[0], register=register)
    server = InProcessServer(engine, lambda: now[0], register=register, recovery_key=bytes(range(32)))
    life = Life()
    phone = Device(tmp_path / "phone", Weather(server), now=now)
    phone.disk, phone.keystore = MortalDisk(life), MortalKeystore(phone.folder / "keys", life)
    yield Town(engine, register, office, office.add_worker("Freja Opfundet"), phone, life, now)
    await phone.off()


async def settled(app: App) -> list[BaseException]:
    """What was asked has been answered, and obeyed; what cut it off."""
    ends: list[BaseException] = []
    while waiting := {*app._tasks, *([app._contact._asking] if app._contact._asking else [])}:
        found = await asyncio.gather(*waiting, return_exceptions=True)
        ends += [one for one in found if isinstance(one, BaseException)]
        app._tasks -= waiting
        app._contact._asking = None
    return ends


async def switched_on(town: Town) -> App:
    app = await town.phone.on()
    assert await settled(app) == []
    return app


async def test_switched_on_it_is_wiped_before_anybody_opens_it_the_keys_first(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    town.life.last = 10**6
    app = await switched_on(town)
    assert (app.state, app.gone, app.unsent) == ("new", "lost", 0)
    names = [step for step in town.life.steps if not step.startswith(("write silence", "sync"))]
    assert names[:2] == ["write wiping", "remove device_secret"]
    assert names[-3:] == ["remove account", "remove device_key", "remove wiping"]
    assert left(town.phone) == ["gone"]
    with pytest.raises(errors.NoVault):
        await app.unlock(SECRET)
    assert town.row().wiped_at == town.now[0] and town.log()[-2:] == ["wipe lost", "wiped None"]


async def test_whoever_has_the_code_and_is_quicker_than_the_answer_waits_for_it(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    app = await town.phone.on()
    with pytest.raises(errors.DeviceRevoked, match="lost"):
        await app.unlock(SECRET)
    assert app.state == "new" and not await opens(app)
    await settled(app)


async def test_killed_at_each_step_it_opens_nowhere_and_the_next_start_ends_it(town: Town) -> None:
    number, over = 0, False
    while not over:
        await town.a_locked_phone()
        phone = next(one.id for one in town.office.devices() if one.state == "active")
        town.office.revoke(phone, lost=True)
        over = not await killed_at(town, number)
        if "write wiping" in town.life.steps:
            assert not await opens(unread(town))
        app = await switched_on(town)
        assert (app.state, app.gone, left(town.phone)) == ("new", "lost", ["gone"])
        assert next(one.wiped_at for one in town.office.devices() if one.id == phone) is not None
        number += 1
    assert number > 15, "there were that many steps to be killed at"


async def killed_at(town: Town, number: int) -> bool:
    """Switched on, and ended at the `number`th thing it changes; whether there was one."""
    life = town.life
    life.last, life.steps, life.killed = number, [], False
    with contextlib.suppress(Killed):
        await settled(await town.phone.on())
    life.last = None
    return life.killed


def unread(town: Town) -> App:
    """The app on this folder, without a start that goes on with the wipe."""
    phone = town.phone
    there = phone.folder / "vault", phone.keystore, NoPlatform()
    return App(*there, connect=lambda address: phone.weather)  # type: ignore[arg-type,return-value]


async def test_a_server_put_back_from_the_day_before_still_refuses_and_wipes_it(town: Town, tmp_path: Path) -> None:
    await town.a_locked_phone()
    copy = tmp_path / "yesterday"
    backup.back_up(town.engine, copy, lambda: town.now[0])
    town.report_lost()
    restore.restore(town.engine, copy, town.register, town.now[0])
    assert town.row().state == "lost"
    app = await switched_on(town)
    assert (app.state, app.gone) == ("new", "lost") and town.row().wiped_at is not None


async def test_without_a_network_work_goes_on_and_the_first_exchange_ends_it(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    town.phone.weather.fails = AGAIN
    app = await switched_on(town)
    await app.unlock(SECRET)
    assert app.state == "open", "nobody is kept from work by a missing network"
    town.phone.weather.fails = None
    await app.sync_now()
    await settled(app)
    assert (app.state, app.gone, left(town.phone)) == ("new", "lost", ["gone"])


async def test_an_answer_that_is_late_holds_nobody_up_and_is_obeyed_when_it_comes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact, "PATIENCE", 0.05)
    await town.a_locked_phone()
    town.report_lost()
    town.phone.weather.holds["challenge"] = held = threading.Event()
    app = await town.phone.on()
    await app.unlock(SECRET)
    assert app.state == "open"
    held.set()
    await settled(app)
    assert (app.state, left(town.phone)) == ("new", ["gone"])


async def test_shown_again_while_locked_it_asks_again(town: Town) -> None:
    await town.a_locked_phone()
    app = await switched_on(town)
    assert app.state == "locked"
    town.report_lost()
    app.shown()
    await settled(app)
    assert app.state == "new"


@pytest.mark.parametrize("order", [None, "", "AAAA", "other device", "other word", "other nonce"])
async def test_whoever_cannot_sign_wipes_nothing(town: Town, order: str | None) -> None:
    """A proxy, a captive portal, another server: they may say it, and the phone keeps what it has."""
    await town.a_locked_phone()
    if order and order.startswith("other"):
        order = _signed_for(town, order)
    town.phone.weather.refuses["token"] = errors.DeviceRevoked("lost", order)
    app = await switched_on(town)
    assert app.state == "locked"
    await app.unlock(SECRET)
    assert app.state == "open" and app.gone is None


def _signed_for(town: Town, what: str) -> str:
    """This server's own signature, under something else than what the phone asked."""
    from fieldapp.server import identity
    from fieldapp.wire import wipe_message
    from tests.examples import an_id

    with Session(town.engine) as session:
        device = an_id() if what == "other device" else town.row().id
        word = "retired" if what == "other word" else "lost"
        return identity.sign(session, wipe_message(identity.server_id(session), device, word, "an old nonce"))


async def test_the_server_is_told_at_a_later_start_when_it_could_not_be_told_at_once(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    town.phone.weather.refuses["wiped"] = AGAIN
    app = await switched_on(town)
    assert (app.state, app.gone) == ("new", "lost") and not await opens(app)
    assert sorted(left(town.phone)) == ["account", "device_key", "wiping"]
    assert town.row().wiped_at is None
    town.phone.weather.refuses.clear()
    await switched_on(town)
    assert left(town.phone) == ["gone"] and town.row().wiped_at is not None


async def test_it_can_be_enrolled_anew_with_another_key_whether_the_server_was_told_or_not(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    town.phone.weather.refuses["wiped"] = AGAIN
    app = await switched_on(town)
    before = town.row().public_key
    await app.enrol("https://vedhold.opfundet.dk", town.office.make_code(town.worker))
    await app.choose_secret(SECRET)
    await app.sync_now()
    app.lock()
    await app.closed()
    await app.unlock(SECRET)
    assert app.state == "open" and app.gone is None, "the order was for the device it was"
    assert [one.public_key == before for one in town.office.devices()] == [True, False]


async def test_a_link_for_another_server_is_refused_and_leaves_nothing(town: Town) -> None:
    invited = town.office.invite(town.worker, "https://vedhold.opfundet.dk")
    app = await town.phone.on()
    with pytest.raises(errors.BadAddress, match="other_server"):
        await app.enrol(invited.address, invited.code, "0" * 32)
    assert app.state == "new" and "enrolment" not in left_keys(town)
    invited = town.office.invite(town.worker, "https://vedhold.opfundet.dk")
    await app.enrol(invited.address, invited.code, invited.fingerprint)
    assert app.state == "enrolled"


async def test_before_it_has_a_vault_it_is_told_too(town: Town) -> None:
    await enrolled(town.phone, town.office, town.worker)
    town.report_lost()
    app = await switched_on(town)
    assert (app.state, app.gone, left_keys(town)) == ("new", "lost", ["gone"])


def left_keys(town: Town) -> list[str]:
    return [path.name for path in (town.phone.folder / "keys").iterdir()]


async def test_a_worker_has_not_stopped_because_a_phone_is_lost(town: Town) -> None:
    await town.a_locked_phone()
    town.report_lost()
    await switched_on(town)
    with Session(town.engine) as session:
        assert session.exec(select(Worker.disabled_at)).one() is None
