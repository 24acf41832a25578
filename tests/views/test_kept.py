"""What lies below the page in front is not drawn again with it, and still knows where it is when it changes."""

import gc
from collections.abc import Callable
from typing import Any

import pytest

from fieldapp.views import today
from tests.desks import Clock, seed
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many times the list of the day has been drawn."""
    times: list[int] = []
    head = today.page_head

    def counted(*args: Any, **named: Any) -> Any:
        times.append(1)
        return head(*args, **named)

    monkeypatch.setattr(today, "page_head", counted)
    return lambda: len(times)


async def test_the_list_is_drawn_again_when_one_comes_back_and_not_before(
    door: Door, behind: Behind, drawn: Callable[[], int]
) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(40,))))
    async with behind(door) as app:
        await app.settle()
        first = drawn()
        await app.tap(f"row-{ids[0]}")
        await app.tap("note")
        await app.tap("note-met")
        assert drawn() == first, "three pages lie over it"
        await app.go("/")
        assert drawn() > first and f"row-{ids[0]}" in app.identifiers()


async def test_what_changes_meanwhile_is_there_when_one_comes_back(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(40,))))
    async with behind(door) as app:
        assert "Haster i dag" not in app.texts()
        for there in (True, False, True):
            await app.tap(f"row-{ids[0]}")
            gc.collect()  # what was drawn around the list before is gone now
            await app.tap("urgent" if there else "urgent-off")
            await app.tap("back")
            assert app.page.route == "/" and ("Haster i dag" in app.texts()) is there


async def test_a_page_that_was_never_in_front_is_there_when_one_goes_back_to_it(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(2,))))
    async with behind(door, "/") as app:
        await app.go(f"/citizen/{ids[0]}/note/met")
        await app.tap("back")
        assert app.page.route == f"/citizen/{ids[0]}/note" and "note-met" in app.identifiers()
        await app.tap("back")
        assert "tab-timeline" in app.identifiers() and "more-details" in app.identifiers()


async def test_a_list_that_still_holds_is_whole_in_the_first_frame(
    door: Door, behind: Behind, clock: Clock, drawn: Callable[[], int]
) -> None:
    """What was read is kept until something is written or a minute has gone by."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(40,))))
    async with behind(door) as app:
        await app.go("/more")
        before = drawn()
        await app.go("/")
        assert drawn() == before + 1 and f"row-{ids[0]}" in app.identifiers()
        await app.go("/more")
        clock.move(minutes=1)
        await app.go("/")
        assert drawn() == before + 3, "once while it is read, once with what was found"
