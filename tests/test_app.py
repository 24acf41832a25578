"""One device from first start to the next morning, and what the worker is told when something is in the way."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest

from fieldapp import errors
from fieldapp.actions.erased import waits_for_lock
from fieldapp.device import NoAnswer
from fieldapp.server.administration import Office
from fieldapp.store import erasing
from fieldapp.store.disk import Disk
from fieldapp.views.sentences import sentence
from tests.devices import (
    OWN_WORDS,
    SECRET,
    Device,
    Silent,
    Slow,
    enrolled,
    note_something,
    opened,
    own_words_of,
)


class SlowToTidy(Disk):
    """Stands still when the next generation is begun, until the test lets it go on."""

    def __init__(self) -> None:
        self.tidies, self.go_on = threading.Event(), threading.Event()

    def open(self, path: Path, *, new: bool = False) -> int:
        if new and path.name == "vault-2.log":
            self.tidies.set()
            assert self.go_on.wait(10)
        return super().open(path, new=new)


@contextmanager
def another_process_on(vault: Path) -> Iterator[None]:
    """As long as it lives, the vault is its."""
    code = (
        "import sys; from pathlib import Path; from fieldapp.store.disk import Claim; "
        "claim = Claim(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(vault / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"held\n"
        yield
        process.communicate()


class TestFirstStart:
    async def test_a_device_goes_from_new_to_enrolled_to_open(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await device.on()
        assert (app.state, app.desk) == ("new", None)
        changes: list[str] = []
        app.on_change(lambda: changes.append(app.state))
        await app.enrol("https://vedhold.opfundet.dk", office.make_code(worker))
        assert app.state == "enrolled"
        await app.choose_secret(SECRET)
        assert app.state == "open"
        assert app.desk is not None and (app.desk.worker, app.desk.first_name) == (worker, "Freja")
        assert changes[0] == "enrolled" and changes[-1] == "open"

    async def test_what_was_enrolled_is_not_forgotten_when_the_app_ends_before_a_secret_is_chosen(
        self, device: Device, office: Office, worker: str
    ) -> None:
        await enrolled(device, office, worker)
        app = await device.on()
        assert app.state == "enrolled"
        await app.choose_secret(SECRET)
        assert app.state == "open"
        assert not (device.folder / "keys" / "enrolment").exists(), "the vault has it now"

    @pytest.mark.parametrize("why", ["wrong", "used", "expired"])
    async def test_a_code_that_is_refused_says_why_and_changes_nothing(
        self, device: Device, office: Office, worker: str, now: list[datetime], why: str
    ) -> None:
        app = await device.on()
        code = office.make_code(worker)
        if why == "used":
            await app.enrol("https://vedhold.opfundet.dk", code)
            app = await Device(device.folder / "another", device.weather, now=now).on()
        if why == "expired":
            now[0] += timedelta(minutes=16)
        with pytest.raises(errors.CodeRefused) as caught:
            await app.enrol("https://vedhold.opfundet.dk", "AAAAAAAA" if why == "wrong" else code)
        assert caught.value.why == why
        assert app.state == "new"
        said = {"wrong": "passer ikke", "used": "allerede brugt", "expired": "udløbet"}
        assert said[why] in sentence(caught.value)

    async def test_no_network_the_first_time_leaves_the_code_unused(
        self, device: Device, office: Office, worker: str
    ) -> None:
        code = office.make_code(worker)
        app = await device.on()
        device.weather.fails = errors.NoConnection()
        with pytest.raises(errors.NoConnection):
            await app.enrol("https://vedhold.opfundet.dk", code)
        assert app.state == "new"
        device.weather.fails = None
        await app.enrol("https://vedhold.opfundet.dk", code)
        assert app.state == "enrolled"

    @pytest.mark.parametrize(("secret", "why"), [("kort", "short"), ("123456", "short")])
    async def test_a_weak_secret_makes_no_vault(
        self, device: Device, office: Office, worker: str, secret: str, why: str
    ) -> None:
        app = await enrolled(device, office, worker)
        with pytest.raises(errors.WeakSecret) as caught:
            await app.choose_secret(secret)
        assert caught.value.why == why
        assert app.state == "enrolled"
        assert app.secret_form == "words", "without hardware behind it a PIN is not enough"

    async def test_the_proposed_words_stay_the_same_until_they_are_used(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await enrolled(device, office, worker)
        words = app.proposed_words
        assert len(words.split()) == 4 and app.proposed_words == words
        await app.choose_secret(words)
        assert app.state == "open"

    async def test_a_code_sent_twice_at_once_leaves_the_key_that_the_server_knows(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.keystore = Slow(device.folder / "keys")
        app, code = await device.on(), office.make_code(worker)
        both = (app.enrol("https://vedhold.opfundet.dk", code), app.enrol("https://vedhold.opfundet.dk", code))
        await asyncio.gather(*both, return_exceptions=True)
        await app.choose_secret(SECRET)
        await app.sync_now()
        assert app.sending.state == "there"

    async def test_a_secret_chosen_twice_at_once_is_the_first_ones(
        self, device: Device, office: Office, worker: str
    ) -> None:
        """The device secret that sealed the vault must never be written over."""
        app = await enrolled(device, office, worker)
        both = (app.choose_secret(SECRET), app.choose_secret("fire andre opfundne ord"))
        answers = await asyncio.gather(*both, return_exceptions=True)
        assert answers[0] is None and isinstance(answers[1], errors.VaultError)
        app.lock()
        await app.unlock(SECRET)
        assert app.state == "open"


class TestTheNextMorning:
    async def test_one_who_left_while_it_was_opening_leaves_nothing_open(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        app.lock()
        await app.closed()
        opening = asyncio.create_task(app.unlock(SECRET))
        await asyncio.sleep(0)
        app.lock()
        await opening
        assert (app.state, app.desk) == ("locked", None)
        await app.unlock(SECRET)
        assert app.state == "open"

    async def test_a_keystore_that_was_silent_once_keeps_nobody_out(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        app.lock()
        await app.closed()
        device.keystore = Silent(device.folder / "keys", "device_secret")
        app = await device.on()
        with pytest.raises(NoAnswer):
            await app.unlock(SECRET)
        assert app.state == "locked"
        await app.unlock(SECRET)
        assert app.state == "open"

    async def test_a_start_that_could_not_ask_the_server_for_want_of_its_key_opens_all_the_same(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        app.lock()
        await app.closed()
        device.keystore = Silent(device.folder / "keys", "device_key")
        app = await device.on()
        await app.unlock(SECRET)
        assert app.state == "open"

    async def test_the_right_secret_opens_it_and_all_is_there(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        citizen = note_something(app)
        app.lock()
        assert (app.state, app.desk) == ("locked", None)
        await app.closed()
        app = await device.on()
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]

    async def test_a_wrong_secret_is_told_from_damage_and_more_of_them_have_to_wait(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        app.lock()
        for _try in range(4):
            with pytest.raises(errors.WrongSecret) as wrong:
                await app.unlock("forkerte opfundne ord")
        assert "forkert" in sentence(wrong.value).lower()
        for _try in range(4):
            with pytest.raises(errors.VaultError) as waits:
                await app.unlock("forkerte opfundne ord")
        assert isinstance(waits.value, errors.TooManyTries) and waits.value.wait > 0
        assert "Dine notater er i sikkerhed" in sentence(waits.value)

    async def test_a_damaged_vault_is_refused_and_left_as_it_is(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        note_something(app)
        app.lock()
        await app.closed()
        log = next((device.folder / "vault").glob("vault-*.log"))
        whole = log.read_bytes()
        broken = whole[:80] + bytes([whole[80] ^ 1]) + whole[81:]  # in the head of the first commit
        log.write_bytes(broken)
        app = await device.on()
        with pytest.raises(errors.VaultDamaged) as caught:
            await app.unlock(SECRET)
        assert "ligger trygt på serveren" in sentence(caught.value)
        assert log.read_bytes() == broken
        log.write_bytes(whole)
        await app.unlock(SECRET)

    async def test_a_second_app_on_the_same_vault_is_told_so(self, device: Device, office: Office, worker: str) -> None:
        await opened(device, office, worker)
        second = await device.on()
        with pytest.raises(errors.VaultBusy) as caught:
            await second.unlock(SECRET)
        assert "allerede åben" in sentence(caught.value)

    async def test_so_is_one_in_another_process(self, device: Device, office: Office, worker: str) -> None:
        app = await opened(device, office, worker)
        app.lock()
        await app.closed()
        with another_process_on(device.folder / "vault"):
            with pytest.raises(errors.VaultBusy) as caught:
                await app.unlock(SECRET)
            assert "allerede åben" in sentence(caught.value) and app.state == "locked"
        await app.unlock(SECRET)
        assert app.state == "open"

    async def test_who_is_back_while_the_file_is_tidied_does_not_wait_for_that(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.disk = disk = SlowToTidy()
        app = await opened(device, office, worker)
        citizen, erased = note_something(app), note_something(app)
        assert app.desk is not None
        with app.desk.store.transaction() as session:
            erasing.erase(session, "citizen", erased)
        app.lock()
        assert await asyncio.to_thread(disk.tidies.wait, 10)
        app.typing()
        disk.go_on.set()
        await app.closed()  # before the last key
        await app.unlock(SECRET)
        assert own_words_of(app, citizen) == [OWN_WORDS]
        assert waits_for_lock(app.desk), "it was left for the next lock"
        app.lock()
        await app.closed()
        await app.unlock(SECRET)
        assert not waits_for_lock(app.desk)

    async def test_who_stops_waiting_for_the_closing_stops_nobody_elses(
        self, device: Device, office: Office, worker: str
    ) -> None:
        device.disk = disk = SlowToTidy()
        app = await opened(device, office, worker)
        erased = note_something(app)
        assert app.desk is not None
        with app.desk.store.transaction() as session:
            erasing.erase(session, "citizen", erased)
        app.lock()
        assert await asyncio.to_thread(disk.tidies.wait, 10)
        impatient, patient = asyncio.create_task(app.closed()), asyncio.create_task(app.closed())
        await asyncio.sleep(0)
        impatient.cancel()
        disk.go_on.set()
        assert await asyncio.gather(impatient, patient, app.closed(), return_exceptions=True) == [ANY, None, None]
        assert impatient.cancelled()

    async def test_a_lost_device_secret_never_deletes_anything(
        self, device: Device, office: Office, worker: str
    ) -> None:
        app = await opened(device, office, worker)
        app.lock()
        await app.closed()
        (device.folder / "keys" / "device_secret").rename(device.folder / "elsewhere")
        app = await device.on()
        with pytest.raises(errors.VaultDamaged):
            await app.unlock(SECRET)
        (device.folder / "elsewhere").rename(device.folder / "keys" / "device_secret")
        await app.unlock(SECRET)
        assert app.state == "open"


async def test_nothing_of_anybody_is_outside_the_vault(device: Device, office: Office, worker: str) -> None:
    """I-9: the files beside it hold keys and a number, and no file is named after anybody."""
    app = await opened(device, office, worker)
    note_something(app)
    app.lock()
    await app.closed()
    for path in device.folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for words in ("Ægir", "Freja", "Opfund", OWN_WORDS, "SQLite format 3"):
            assert words.encode() not in raw, path.name
            assert words not in path.name
