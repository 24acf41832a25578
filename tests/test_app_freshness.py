"""An older copy put in the vault's place is never opened unnoticed; a mark that is missing keeps nobody out."""

import shutil
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from fieldapp import errors
from fieldapp.actions import citizens
from fieldapp.app import App
from fieldapp.server.administration import Office
from fieldapp.server.tables import Audit
from fieldapp.store import erasing
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.mark import Mark
from tests.devices import OWN_WORDS, SECRET, Deaf, Device, enrolled, note_something, opened, own_words_of
from tests.proof.disks import FullDisk

Back = Callable[[], None]


async def locked(app: App) -> None:
    app.lock()
    await app.closed()


def put_aside(device: Device, name: str = "aside") -> Back:
    """A copy of the vault as it is now; call what comes back to put it in its place."""
    vault, aside = device.folder / "vault", device.folder / name
    shutil.copytree(vault, aside)

    def put_back() -> None:
        shutil.rmtree(vault)
        shutil.copytree(aside, vault)

    return put_back


def kept_mark(device: Device) -> Mark | None:
    path = device.folder / "keys" / "mark"
    return Mark.from_bytes(path.read_bytes() if path.exists() else None)


def told(engine: Engine) -> list[str | None]:
    """What the server's log says of older copies."""
    with Session(engine) as session:
        return [row.why for row in session.exec(select(Audit).where(Audit.do == "older"))]


def waits_to_tell(app: App) -> bool:
    assert app.desk is not None
    with app.desk.store.reading() as session:
        return session.get(SettingRow, "older") is not None


@pytest.fixture
async def older(device: Device, office: Office, worker: str) -> tuple[Device, str]:
    """Locked, with a copy from before the second citizen in its place; the id of the first."""
    app = await opened(device, office, worker)
    first = note_something(app)
    await app.sync_now()
    await locked(app)
    put_back = put_aside(device)
    await app.unlock(SECRET)
    note_something(app, "Noget nyere")
    await app.sync_now()
    await locked(app)
    put_back()
    return device, first


async def test_the_mark_follows_the_vault(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    assert app.desk is not None
    vault = app.desk.store.vault
    assert kept_mark(device) == vault.mark, "after an exchange"
    erased = note_something(app)
    assert kept_mark(device) != vault.mark
    with app.desk.store.transaction() as session:
        erasing.erase(session, "citizen", erased)
    generation = vault.generation
    await locked(app)
    assert kept_mark(device) == vault.mark, "after a lock, that wrote the vault again"
    await app.unlock(SECRET)
    assert app.desk is not None and app.desk.store.vault.generation == generation + 1


async def test_an_older_copy_is_refused_and_left_as_it_is(older: tuple[Device, str]) -> None:
    device, _first = older
    before = {path.name: path.read_bytes() for path in (device.folder / "vault").glob("vault-*.log")}
    app = await device.on()
    with pytest.raises(errors.VaultOlder) as caught:
        await app.unlock(SECRET)
    assert caught.value.last_exchange == device.now[0]
    assert app.state == "locked"
    assert {path.name: path.read_bytes() for path in (device.folder / "vault").glob("vault-*.log")} == before
    with pytest.raises(errors.VaultOlder):
        await app.unlock(SECRET)


async def test_opened_knowingly_it_fetches_what_is_newer_and_the_server_knows(
    older: tuple[Device, str], engine: Engine
) -> None:
    device, first = older
    app = await device.on()
    with pytest.raises(errors.WrongSecret):
        await app.unlock("forkerte opfundne ord", accept_older=True)
    await app.unlock(SECRET, accept_older=True)
    assert own_words_of(app, first) == [OWN_WORDS]
    await app.sync_now()
    assert app.desk is not None and len(citizens.read_all(app.desk)) == 2
    [why] = told(engine)
    assert why is not None and why.endswith("_commits") and int(why.partition("_")[0]) > 0
    assert not waits_to_tell(app)
    await locked(app)
    await app.unlock(SECRET)
    await app.sync_now()
    assert len(told(engine)) == 1, "once, and asked no more"


async def test_without_a_network_it_opens_and_is_told_later_once(older: tuple[Device, str], engine: Engine) -> None:
    device, first = older
    device.weather.fails = errors.NoConnection()
    app = await device.on()
    await app.unlock(SECRET, accept_older=True)
    await app.sync_now()
    assert own_words_of(app, first) == [OWN_WORDS] and told(engine) == [] and waits_to_tell(app)
    await locked(app)
    device.weather.fails, device.weather.loses = None, "exchange"
    app = await device.on()
    await app.unlock(SECRET)
    for _lost in range(2):
        await app.sync_now()
    assert len(told(engine)) == 1 and waits_to_tell(app), "nobody answered"
    device.weather.loses = ""
    await app.sync_now()
    assert len(told(engine)) == 1 and not waits_to_tell(app)


async def test_killed_before_the_new_mark_is_kept_it_is_asked_again_and_told_once(
    older: tuple[Device, str], engine: Engine
) -> None:
    device, first = older
    device.keystore = keystore = Deaf(device.folder / "keys")
    keystore.silent["write"].add("mark")
    device.weather.fails = errors.NoConnection()
    app = await device.on()
    await app.unlock(SECRET, accept_older=True)
    await locked(app)
    app = await device.on()
    with pytest.raises(errors.VaultOlder):
        await app.unlock(SECRET)
    keystore.silent["write"].clear()
    device.weather.fails = None
    await app.unlock(SECRET, accept_older=True)
    await app.sync_now()
    assert own_words_of(app, first) == [OWN_WORDS] and len(told(engine)) == 1
    await locked(app)
    await app.unlock(SECRET)
    assert app.state == "open"


async def test_a_full_disk_that_cannot_remember_it_leaves_it_locked_and_asks_again(older: tuple[Device, str]) -> None:
    device, first = older
    device.disk = disk = FullDisk(room=0)
    app, before = await device.on(), kept_mark(device)
    with pytest.raises(errors.DiskFull):
        await app.unlock(SECRET, accept_older=True)
    assert app.state == "locked" and kept_mark(device) == before
    disk.room = 10**9
    with pytest.raises(errors.VaultOlder):
        await app.unlock(SECRET)
    await app.unlock(SECRET, accept_older=True)
    assert own_words_of(app, first) == [OWN_WORDS]


async def test_another_vault_of_the_same_device_is_noticed_too(
    device: Device, office: Office, worker: str, engine: Engine
) -> None:
    """The device secret opens both: the marks do not fit."""
    app = await opened(device, office, worker)
    await locked(app)
    put_back = put_aside(device)
    secret = (device.folder / "keys" / "device_secret").read_bytes()
    shutil.rmtree(device.folder / "vault")
    app = await enrolled(device, office, worker)
    await app.choose_secret(SECRET)
    await app.sync_now()
    await locked(app)
    put_back()
    (device.folder / "keys" / "device_secret").write_bytes(secret)
    with pytest.raises(errors.VaultOlder):
        await app.unlock(SECRET)
    await app.unlock(SECRET, accept_older=True)
    await app.sync_now()
    assert told(engine) == ["0_commits"]


async def test_a_vault_that_is_further_on_than_its_mark_is_fine(device: Device, office: Office, worker: str) -> None:
    """Killed before the newest mark was kept."""
    device.keystore = keystore = Deaf(device.folder / "keys")
    app = await opened(device, office, worker)
    keystore.silent["write"].add("mark")
    citizen = note_something(app)
    await locked(app)
    await app.unlock(SECRET)
    assert own_words_of(app, citizen) == [OWN_WORDS]
    keystore.silent["write"].clear()
    await app.sync_now()
    assert app.desk is not None and kept_mark(device) == app.desk.store.vault.mark, "tried again"


@pytest.mark.parametrize("how", ["silent", "gone", "garbled"])
async def test_a_mark_that_cannot_be_had_keeps_nobody_out(
    device: Device, office: Office, worker: str, how: str
) -> None:
    device.keystore = keystore = Deaf(device.folder / "keys")
    app = await opened(device, office, worker)
    citizen = note_something(app)
    await locked(app)
    mark = device.folder / "keys" / "mark"
    match how:
        case "silent":
            keystore.silent["read"].add("mark")
        case "gone":
            mark.unlink()
        case "garbled":
            mark.write_bytes(b"\x00noget andet\xff")
    app = await device.on()
    await app.unlock(SECRET)
    assert own_words_of(app, citizen) == [OWN_WORDS]


async def test_a_new_vault_is_not_measured_by_the_mark_of_one_that_is_gone(
    device: Device, office: Office, worker: str
) -> None:
    device.keystore = keystore = Deaf(device.folder / "keys")
    app = await opened(device, office, worker)
    await locked(app)
    shutil.rmtree(device.folder / "vault")
    keystore.silent["write"].add("mark")
    app = await enrolled(device, office, worker)
    await app.choose_secret(SECRET)
    await locked(app)
    await app.unlock(SECRET)
    assert app.state == "open"
