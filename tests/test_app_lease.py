"""A phone that has not heard the server for long: it warns, then opens only with a network, then is erased."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fieldapp import errors
from fieldapp.actions.sending import Sending
from fieldapp.app import App
from fieldapp.device import FileKeystore
from fieldapp.outside import SILENCE
from fieldapp.server.administration import Office
from fieldapp.settings import DEFAULTS
from fieldapp.texts import use_language
from fieldapp.views import sync_words
from fieldapp.views.sentences import sentence
from tests.devices import OWN_WORDS, SECRET, Device, note_something, opened, own_words_of, rested
from tests.examples import NOW
from tests.test_app_stolen import settled
from tests.test_app_wipe import left


def later(device: Device, days: float) -> None:
    device.now[0] += timedelta(days=days)


async def locked(app: App) -> None:
    await settled(app)
    app.lock()
    await app.closed()


async def on_without_network(device: Device) -> App:
    device.weather.fails = errors.NoConnection()
    app = await device.on()
    await settled(app)
    return app


async def test_after_ten_days_it_says_in_how_many_it_locks(device: Device, office: Office, worker: str) -> None:
    await locked(await opened(device, office, worker))
    later(device, 9)
    app = await on_without_network(device)
    await app.unlock(SECRET)
    assert app.sending.locks_in is None
    later(device, 2)
    assert (app.sending.silent_days, app.sending.locks_in) == (11, 3)
    device.weather.fails = None
    await app.sync_now()
    await settled(app)
    assert app.sending.locks_in is None


@pytest.mark.parametrize(
    ("silent", "locks_in", "words"),
    [
        (10, 4, "Telefonen har ikke haft forbindelse i 10 dage. Om 4 dage låser den, til den har haft net."),
        (13, 1, "Telefonen har ikke haft forbindelse i 13 dage. Om 1 dag låser den, til den har haft net."),
    ],
)
def test_the_line_at_the_top_says_so(silent: int, locks_in: int, words: str) -> None:
    use_language("da")
    sending = Sending(state="waiting", waiting=2, why="no_connection", silent_days=silent, locks_in=locks_in)
    assert sync_words.line(sending, NOW) == f"{words} Find net i dag."


async def test_after_a_summer_of_three_weeks_it_asks_for_a_network_and_the_code_and_for_nothing_else(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    citizen = note_something(app)
    await locked(app)
    later(device, 21)
    app = await on_without_network(device)
    with pytest.raises(errors.LeaseOver) as over:
        await app.unlock(SECRET)
    assert sentence(over.value) == (
        "Telefonen har været uden net i 21 dage og er låst. Find net, så åbner den igen. Det usendte er ikke slettet."
    )
    assert app.state == "locked"
    device.weather.fails = None
    await app.unlock(SECRET)
    assert own_words_of(app, citizen) == [OWN_WORDS], "and what was not sent is there"


async def test_a_clock_set_back_opens_nothing(device: Device, office: Office, worker: str) -> None:
    await locked(await opened(device, office, worker))
    later(device, 15)
    with pytest.raises(errors.LeaseOver):
        await (await on_without_network(device)).unlock(SECRET)
    later(device, -15)
    with pytest.raises(errors.LeaseOver):
        await (await on_without_network(device)).unlock(SECRET)


async def test_a_clock_a_year_ahead_at_hearing_and_set_right_while_off_opens_nothing(
    device: Device, office: Office, worker: str
) -> None:
    device.now = [NOW + timedelta(days=365)]  # the phone's own: the server's stays
    app = await opened(device, office, worker)
    await rested(app)
    await locked(app)
    device.now[0] = NOW + timedelta(days=14)
    with pytest.raises(errors.LeaseOver):
        await (await on_without_network(device)).unlock(SECRET)


async def test_the_time_that_the_server_told_outlives_an_answer_that_tells_none(
    device: Device, office: Office, worker: str
) -> None:
    """A locked phone that is switched on hears that it need not be wiped, and no more."""
    app = await opened(device, office, worker)
    await rested(app)
    await locked(app)
    device.now = [NOW + timedelta(days=365)]
    await settled(await device.on())
    device.now[0] = NOW + timedelta(days=14)
    with pytest.raises(errors.LeaseOver):
        await (await on_without_network(device)).unlock(SECRET)


async def test_a_clock_that_is_always_ahead_keeps_nobody_from_work(device: Device, office: Office, worker: str) -> None:
    device.now = [NOW + timedelta(days=365)]
    app = await opened(device, office, worker)
    await rested(app)
    await locked(app)
    later(device, 3)
    app = await on_without_network(device)
    await app.unlock(SECRET)
    assert app.state == "open"


async def test_heard_while_locked_it_counts_from_then(
    device: Device, office: Office, worker: str, now: list[datetime]
) -> None:
    """Also when the clock was two hours ahead then, and is put right afterwards."""
    await locked(await opened(device, office, worker))
    now[0] += timedelta(days=40)
    device.now = [now[0] + timedelta(hours=2)]
    await settled(await device.on())
    now[0] += timedelta(days=6)
    device.now = [now[0]]
    app = await on_without_network(device)
    assert app.state == "locked"
    await app.unlock(SECRET)
    assert app.state == "open"


async def test_after_forty_five_days_what_is_with_the_server_is_erased(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    note_something(app)
    await app.sync_now()
    await locked(app)
    later(device, 44)
    assert (await on_without_network(device)).state == "locked"
    later(device, 1)
    app = await on_without_network(device)
    assert (app.state, app.gone, left(device)) == ("new", "lease", ["gone"])


async def told(app: App, device: Device, lock: int, erase: int) -> None:
    """What is done beside an exchange is done one at a time: what is still under way would keep ours from it."""
    assert app._open is not None
    async with app._open._besides:
        device.weather.server.settings = replace(DEFAULTS, lease_lock_days=lock, lease_erase_days=erase)
    await app.sync_now()
    async with app._open._besides:
        assert app._contact._lock_days == lock


async def test_a_lease_that_the_server_shortens_reaches_a_phone_that_is_enrolled_already(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    await told(app, device, 5, 9)
    await locked(app)
    later(device, 2)
    app = await on_without_network(device)
    await app.unlock(SECRET)
    assert (app.sending.silent_days, app.sending.locks_in) == (2, 3)
    await locked(app)
    later(device, 4)
    app = await on_without_network(device)
    with pytest.raises(errors.LeaseOver):
        await app.unlock(SECRET)
    await settled(app)
    later(device, 4)
    app = await on_without_network(device)
    assert (app.state, app.gone, left(device)) == ("new", "lease", ["gone"])


async def test_and_one_that_it_lengthens_again(device: Device, office: Office, worker: str) -> None:
    app = await opened(device, office, worker)
    for lock, erase in ((5, 9), (30, 60)):
        await told(app, device, lock, erase)
    await locked(app)
    later(device, 25)
    app = await on_without_network(device)
    await app.unlock(SECRET)
    assert app.sending.locks_in is None
    await locked(app)
    later(device, 30)
    assert (await on_without_network(device)).state == "locked"


async def test_how_long_an_older_app_counted_is_counted_on(device: Device, office: Office, worker: str) -> None:
    await locked(await opened(device, office, worker))
    keys = FileKeystore(device.folder / "keys")
    kept = json.loads(await keys.read(SILENCE) or b"")
    await keys.write(SILENCE, json.dumps(kept[:4]).encode())
    later(device, 15)
    with pytest.raises(errors.LeaseOver):
        await (await on_without_network(device)).unlock(SECRET)


async def test_what_is_nowhere_else_is_never_erased_for_the_sake_of_time(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    device.weather.fails = errors.NoConnection()
    citizen = note_something(app)
    await locked(app)
    later(device, 400)
    app = await on_without_network(device)
    assert app.state == "locked"
    device.weather.fails = None
    app = await device.on()
    await app.unlock(SECRET)
    assert own_words_of(app, citizen) == [OWN_WORDS]


async def test_killed_while_it_is_open_it_does_not_count_as_settled(
    device: Device, office: Office, worker: str
) -> None:
    await locked(await opened(device, office, worker))
    device.weather.fails = errors.NoConnection()
    app = await device.on()
    await app.unlock(SECRET)
    assert not (device.folder / "vault" / "settled").exists(), "from before the first word on"


async def test_long_away_and_with_a_network_it_simply_opens(device: Device, office: Office, worker: str) -> None:
    await locked(await opened(device, office, worker))
    later(device, 100)
    app = await device.on()
    await app.unlock(SECRET)
    assert app.state == "open" and app.gone is None


async def test_a_server_that_does_not_know_it_lets_it_open_to_be_enrolled_again(
    device: Device, office: Office, worker: str
) -> None:
    await locked(await opened(device, office, worker))
    later(device, 20)
    device.weather.refuses["token"] = errors.LoginAgain("signature")
    app = await device.on()
    await app.unlock(SECRET)
    assert app.state == "open"
