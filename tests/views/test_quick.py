"""Looking only into what a control was given finds all that Flet finds in every field, each with the same parent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from flet.controls.object_patch import DiffBuilder

from fieldapp.views import quick
from tests.fake_client import _words, walk
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import in_full

PAGES = ("/citizen/{}", "/citizen/{}/note/met", "/citizen/{}/home", "/citizen/{}/method", "/citizen/{}/reach/text")


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Flet as it came, as for any other version of it."""
    monkeypatch.setattr(quick, "FLET", "another")
    monkeypatch.setattr(DiffBuilder, "_configure_dataclass", quick._all_fields)
    yield


async def drawn(door: Door, behind: Behind) -> list[list[tuple[Any, ...]]]:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    found = []
    async with behind(door) as app:
        for page in PAGES:
            await app.go(page.format(ids[0]))
            found.append([_told(each) for each in walk(app.top)])
            assert all(each.page is app.page for each in walk(app.top)), "an event finds its way to the page"
    return found


def _told(each: Any) -> tuple[Any, ...]:
    return type(each), type(each.parent), getattr(each, "_frozen", None), *_words(each)


@pytest.mark.usefixtures("whole")
async def test_any_other_flet_is_left_as_it_is(door: Door, behind: Behind) -> None:
    await drawn(door, behind)
    assert DiffBuilder._configure_dataclass is quick._all_fields


async def test_what_is_drawn_is_the_same(
    door: Door, behind: Behind, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    quickly = await drawn(door, behind)
    assert DiffBuilder._configure_dataclass is quick._configure, "of the Flet that is pinned"
    request.getfixturevalue("whole")
    other = Door(tmp_path / "other")
    assert quickly == await drawn(other, behind) and all(len(page) > 40 for page in quickly)
    other.close()


async def test_a_control_is_not_searched_where_nothing_was_put(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.quicken()
    looked: list[Any] = []
    monkeypatch.setattr(DiffBuilder, "_configure_dataclass", lambda self, item, *rest: looked.append(item) or ())
    inner = ft.Text("Ord")
    list(quick._configure(DiffBuilder(None, None, ft.BaseControl), ft.Container(inner, width=9), None, False))
    assert [each for each in looked if not isinstance(each, dict)] == [inner], "and Flet's own notes about it"
