"""Pause on screen (I5): it asks, with a reason and a review; taken up again with one tap."""

from datetime import timedelta

import pytest

from fieldapp.actions import citizens, pauses
from fieldapp.actions.pauses import PauseForm
from fieldapp.domain.values import Support
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def ahmad(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Ahmad", met=(2,))))
    return ids[0]


def support(door: Door, citizen: str) -> str:
    shown = door.desk and citizens.read(door.desk, citizen)
    assert shown
    return shown.standing.support


async def test_a_pause_asks_for_a_reason_and_a_review_and_then_once_more(
    door: Door, behind: Behind, ahmad: str
) -> None:
    async with behind(door, f"/citizen/{ahmad}") as app:
        await app.tap("more-pause")
        await app.tap("set-on-pause")
        assert {
            "Skriv et par ord først.",
            "En pause skal have en dag, hvor I ser på den igen, inden for tre måneder.",
        } <= (set(app.texts()))
        await app.write("pause-reason", "Længere afsoning")
        await app.tap("review-90")
        await app.tap("set-on-pause")
        assert "Ahmad sættes på pause. Gennemgang 23. februar." in app.texts()
        assert support(door, ahmad) == Support.ACTIVE, "not before the answer"
        await app.tap("no-pause")
        await app.tap("set-on-pause")
        await app.tap("yes-pause")
        assert app.page.route == f"/citizen/{ahmad}"
        assert {"På pause", "Gennemgang 23. februar"} <= set(app.texts())
        await app.tap("Fortryd")
        assert support(door, ahmad) == Support.ACTIVE


async def test_who_is_on_pause_is_taken_up_with_one_tap(door: Door, behind: Behind, ahmad: str) -> None:
    assert door.desk is not None
    pauses.pause(door.desk, ahmad, PauseForm("Længere afsoning", TODAY + timedelta(days=30)))
    async with behind(door, f"/citizen/{ahmad}/pause") as app:
        assert "På pause – ikke afsluttet. Næste gennemgang 25. december." in app.texts()
        await app.tap("resume")
        assert support(door, ahmad) == Support.ACTIVE
        await app.tap("Fortryd")
        assert support(door, ahmad) == Support.PAUSED


async def test_who_is_on_pause_stands_on_the_list_under_it(door: Door, behind: Behind, ahmad: str) -> None:
    assert door.desk is not None
    pauses.pause(door.desk, ahmad, PauseForm("Længere afsoning", TODAY + timedelta(days=30)))
    async with behind(door) as app:
        assert {"På pause", "Ahmad"} <= set(app.texts())
