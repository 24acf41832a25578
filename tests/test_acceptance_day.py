"""Acceptance tests 1, 18 and 19 of domain/invariants.md, over the real app with its encrypted store.

The others of the working day: 3 and 11 in tests/actions and tests/views, 6 with *Er et andet sted*, 20 in tests/e2e,
21 and 22 with the texts.
"""

import logging
import struct
from datetime import timedelta
from pathlib import Path

import flet as ft
import pytest

from fieldapp import errors
from fieldapp.actions import citizens, contacts, drafts, today
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.contacts import ContactForm
from fieldapp.domain.facts import Why
from fieldapp.domain.values import Support
from fieldapp.server.administration import Office
from fieldapp.views.guard import attempt
from fieldapp.views.root import root
from tests.devices import SECRET, Device, note_something, opened
from tests.fake_client import FakeClient
from tests.gates import Door
from tests.views.people import due

#: Invented, and in no word of the app.
NAMED = tuple(enumerate(("Åsebrit", "Ægirsen", "Bentholm")))


async def test_acceptance_01_silent_for_400_days_and_without_network_stands_under_reach_out(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    assert app.desk is not None
    saved = citizens.add(app.desk, NewCitizen(known_as="Åse"))
    contacts.note(app.desk, saved.citizen, ContactForm(mode="met"))
    app.lock()
    await app.closed()
    device.now[0] += timedelta(days=400)
    await app.unlock(SECRET)  # the phone itself has had contact: without, it locks after a fortnight
    app.lock()
    await app.closed()
    device.weather.fails = errors.NoConnection()
    await app.unlock(SECRET)
    assert app.desk is not None
    [row] = today.read(app.desk).reach
    page = citizens.read(app.desk, saved.citizen)
    assert (row.citizen, row.reason.why, row.reason.days) == (saved.citizen, Why.SILENCE_LEADER, 400)
    assert page is not None and page.standing.support is Support.ACTIVE


def time_passes(device: Device, seconds: float) -> None:
    """The waits go by the machine's own clock, which nobody here can move: so what is in the file moves back."""
    path = device.folder / "vault" / "tries"
    wrong, last = struct.unpack("<Id", path.read_bytes())
    path.write_bytes(struct.pack("<Id", wrong, last - seconds))


async def test_acceptance_18_five_wrong_secrets_make_waits_that_grow_and_the_draft_is_there(
    device: Device, office: Office, worker: str
) -> None:
    app = await opened(device, office, worker)
    citizen = note_something(app)
    assert app.desk is not None
    drafts.keep(app.desk, contacts.draft_key(citizen), {"own_words": "halvt skrevet, æøå"})
    app.lock()
    await app.closed()
    waits = []
    for _try in range(9):
        with pytest.raises(errors.VaultError) as told:
            await app.unlock("forkerte ord her nu")
        waits.append(told.value.wait if isinstance(told.value, errors.TooManyTries) else 0)
        if waits[-1]:
            time_passes(device, waits[-1])
    assert waits[:4] == [0] * 4, "a slip of the thumb costs nothing"
    assert [wait for wait in waits if wait] == [30, 60], "after each wait one more try"
    await app.closed()
    app = await device.on()
    with pytest.raises(errors.TooManyTries):
        await app.unlock(SECRET)
    time_passes(device, 3_600)
    await app.unlock(SECRET)
    assert app.desk is not None
    draft = drafts.read(app.desk, contacts.draft_key(citizen))
    assert draft is not None and draft.values == {"own_words": "halvt skrevet, æøå"}


async def test_acceptance_19_no_name_is_outside_the_unlocked_app(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The pictures the system keeps, the log after a crash, the address, the title, the files: no name in any."""
    door = Door(tmp_path / "vault").begin("open", seed=lambda desk: [due(desk, name, 12 + n) for n, name in NAMED])
    caplog.set_level(logging.DEBUG)

    def main(page: ft.Page) -> None:
        app.root = root(page, door)  # type: ignore[attr-defined]

    app = FakeClient(main, platform="android")
    async with app:
        assert {name for _n, name in NAMED} <= set(app.texts())
        await attempt(_fails_with_all_their_names)
        await app.lifecycle("inactive")
        await app.lifecycle("hide")
        assert app.root._veil.visible  # type: ignore[attr-defined]
        outside = [app.page.route or "", app.page.title or "", caplog.text]
    door.close()
    outside += in_files(tmp_path)
    found = [name for _n, name in NAMED if any(name in words for words in outside)]
    assert found == []
    assert "unexpected RuntimeError" in caplog.text


def in_files(folder: Path) -> list[str]:
    """Their names, and what stands in them."""
    found = list(folder.rglob("*"))
    return [path.name for path in found] + [path.read_bytes().decode("latin-1") for path in found if path.is_file()]


def _fails_with_all_their_names() -> None:
    raise RuntimeError(" ".join(name for _n, name in NAMED))
