"""The caseload stands on *Borgere*: a line, and a sentence only when there is something to talk about."""

from datetime import timedelta

from tests.actions.test_caseload import CTI, ICM, some
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind


async def test_p1_so_many_of_so_many_and_nothing_more(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: some(desk, 7, ICM))
    async with behind(door, "/citizens") as app:
        await app.settle()
        assert "7 af 8 borgere" in app.texts()
        assert "Tal med din leder" not in app.all_text()


async def test_p2_over_the_ceiling_with_many_moves_are_two_sentences_and_every_way_stays_open(
    door: Door, behind: Behind
) -> None:
    moved = ("housing_period", {"move_in_on": TODAY - timedelta(days=6), "in_use": True})
    door.begin("open", seed=lambda desk: (some(desk, 8, CTI), some(desk, 3, CTI, moved)))
    async with behind(door, "/citizens") as app:
        await app.settle()
        assert {
            "11 af 10 borgere",
            "11 borgere, loftet er 10. Tal med din leder.",
            "3 flytter ind på samme tid. Tal med din leder om færre borgere lige nu.",
        } <= set(app.texts())
        assert "new" in app.identifiers()


async def test_c12_with_act_both_conditions_of_the_team_are_told_and_no_ceiling(door: Door, behind: Behind) -> None:
    act = ("method", {"method": "act", "from_on": "2026-08-01"})
    door.begin("open", seed=lambda desk: some(desk, 9, act))
    async with behind(door, "/citizens") as app:
        await app.settle()
        assert "9 borgere: 9 med ACT" in app.texts()
        assert "i gennemsnit højst 8 borgere til hver medarbejder" in app.all_text()
        assert "højst ca. 70-80 i et fuldt team" in app.all_text()
        assert "loft" not in app.all_text() and "af 8" not in app.all_text()


async def test_nobody_yet_and_nothing_is_counted(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/citizens") as app:
        await app.settle()
        assert "0" not in app.all_text()
