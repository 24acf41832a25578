"""Acceptance test 11 of the invariants, with the real app: three lines, a call, a kill, and the same field again."""

import shutil
from pathlib import Path

import flet as ft
import pytest

from fieldapp.app import App
from fieldapp.server.administration import Office
from fieldapp.texts import use_language
from fieldapp.views.root import root
from fieldapp.views.watch import Moment
from tests.devices import SECRET, Device, note_something, opened
from tests.fake_client import FakeClient

LINES = "Hun ville gerne have gardiner.\nVi målte vinduet sammen.\nPå tirsdag henter vi stoffet: blåt, sagde hun."


def still() -> Moment:
    """The clocks of the idle lock stand still."""
    return Moment(1000.0, 1000.0)


def on_screen(app: App, route: str = "/") -> FakeClient:
    use_language("da")

    def shown(page: ft.Page) -> None:
        root(page, app, still)

    return FakeClient(shown, route)


@pytest.mark.parametrize("field", ["own-words", "professional-view"])
async def test_acceptance_11_typed_killed_reopened_and_unlocked_it_is_the_same_field_with_the_same_text(
    device: Device, office: Office, worker: str, tmp_path: Path, field: str
) -> None:
    app = await opened(device, office, worker)
    citizen = note_something(app)
    async with on_screen(app, f"/citizen/{citizen}/note/met") as client:
        await client.write(field, LINES)
        await client.lifecycle("hide")  # a call comes in
        folder = tmp_path / "after the kill"
        shutil.copytree(device.folder, folder)  # and the system ends the app: nobody closed anything
        await device.off()  # only the copy goes on
    again = Device(folder, device.weather, now=device.now)
    app = await again.on()
    assert app.state == "locked"
    async with on_screen(app) as client:
        await client.write("words", SECRET)
        await client.submit("words")
        await client.settle()
        await client.tap(f"draft-contact:{citizen}")
        assert client.page.route == f"/citizen/{citizen}/note/met"
        assert client.field(field).value == LINES
        await client.tap("save")
        assert any(text.startswith("Gemt. Næste skridt:") for text in client.texts())
        await again.off()
