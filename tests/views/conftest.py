"""Screens in Danish at the usual text size, behind a door that opens at 123456."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from fieldapp.texts import use_language
from fieldapp.views import theme
from fieldapp.views.root import root
from fieldapp.views.watch import Moment
from tests.desks import Clock
from tests.fake_client import FakeClient
from tests.gates import Door

Behind = Callable[..., FakeClient]


class Steady:
    """Both clocks of the idle lock; a test moves them."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> Moment:
        return Moment(self.seconds, self.seconds)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    use_language("da")
    theme.use_text_scale(1.0)
    theme.use_width(390)
    yield
    theme.use_text_scale(1.0)
    theme.use_width(390)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def door(tmp_path: Path, clock: Clock) -> Iterator[Door]:
    """Locked; `door.begin(state=...)` before the screens makes it another."""
    made = Door(tmp_path / "vault", clock)
    yield made
    made.close()


@pytest.fixture
def behind(steady: Steady) -> Behind:
    """behind(door, "/more") is the app on a fake client; `.root` is what goes on around the screens."""

    def shown(door: Door, route: str = "/", **more: Any) -> FakeClient:
        def main(page: ft.Page) -> None:
            client.root = root(page, door, steady)  # type: ignore[attr-defined]

        client = FakeClient(main, route, **more)
        return client

    return shown
