"""A page of each of the eight: its goals, what went forward, what goes well, and what was found out."""

import pytest

from fieldapp.actions import assessments, citizens, goals, own_page
from fieldapp.actions.assessments import NoteForm
from fieldapp.actions.goals import GoalForm
from fieldapp.domain.values import Dimension
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import GOAL, in_full


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    return ids[0]


def read(door: Door, citizen: str) -> goals.Goal:
    assert door.desk is not None
    return next(goal for goal in goals.read(door.desk, citizen) if goal.id == GOAL)


async def test_b5_a_dimension_has_a_page_with_its_goals_steps_forward_and_what_was_found_out(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    goals.add_progress(door.desk, bent, "Ringede selv til udlejer", dimension="housing")
    goals.add_progress(door.desk, bent, "Betalte huslejen", dimension="finances")
    citizens.note_strength(door.desk, bent, "Holder sit hjem", "housing")
    assessments.add(door.desk, bent, "housing", NoteForm("En nøgle til døren", "En seng"))
    goals.end(door.desk, goals.add(door.desk, bent, GoalForm("housing", "En vandhane, der virker")).id)
    async with behind(door, f"/citizen/{bent}") as app:
        for way in ("worked-housing", "wheel-housing"):
            await app.go(f"/citizen/{bent}")
            await app.tap("tab-goals")
            await app.tap(way)
            assert app.page.route == f"/citizen/{bent}/dimension/housing"
        texts = app.texts()
        assert {"“En stol mere til bordet”", "“En vandhane, der virker”", "Holder sit hjem"} <= set(texts)
        assert {"Ringede selv til udlejer", "Sov i sengen hele natten."} <= set(texts), "its own, and its goals'"
        assert texts.index("En nøgle til døren") < texts.index("En seng"), "resources before needs"
        assert "Betalte huslejen" not in texts and "to-network" not in app.identifiers()
        await app.tap("find-out")
        assert app.page.route == f"/citizen/{bent}/assessment/housing"
        await app.go(f"/citizen/{bent}/dimension/housing")
        await app.tap(f"goal-{GOAL}")
        assert app.page.route == f"/citizen/{bent}/goals/{GOAL}"


async def test_an_empty_dimension_says_that_it_is_fine_and_the_network_has_its_map(
    door: Door, behind: Behind, bent: str
) -> None:
    nothing = "Ikke noget her lige nu. Borgeren bestemmer, hvad I arbejder med."
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        await app.tap("wheel-network_relations")
        assert nothing in app.texts()
        await app.tap("to-network")
        assert app.page.route == f"/citizen/{bent}/network"
        await app.go(f"/citizen/{bent}/dimension/housing")
        assert nothing not in app.texts()
        await app.go(f"/citizen/{bent}/dimension/noget-nyere")
        assert "say/progress" not in app.identifiers()


async def test_a_step_forward_and_a_strength_are_about_one_of_the_eight_or_none(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        await app.tap("say/progress")
        await app.tap("dimension-finances")
        await app.write("say", "Åbnede et brev")
        await app.tap("save")
        await app.go(f"/citizen/{bent}/say/strength")
        await app.tap("dimension-finances")
        await app.write("say", "God til tal")
        await app.tap("save")
        await app.go(f"/citizen/{bent}/dimension/finances")
        assert {"Åbnede et brev", "God til tal"} <= set(app.texts())
        await app.tap("say/progress")
        await app.write("say", "Lagde et budget")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/dimension/finances" and "Lagde et budget" in app.texts()
        await app.tap("say/progress")
        await app.tap("dimension-finances")
        await app.write("say", "Sang en sang")
        await app.tap("save")
        assert "Sang en sang" not in app.texts(), "the chip was tapped off"
        await app.tap("goals/new")
        await app.write("goal-title", "Lidt til overs")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/dimension/finances" and "“Lidt til overs”" in app.texts()
        await app.go(f"/citizen/{bent}/goals/{GOAL}/say/progress")
        assert "dimension-finances" not in app.identifiers(), "a goal's own belongs where the goal does"
    assert {line.text for line in goals.forward(door.desk, bent, "finances")} == {"Lagde et budget", "Åbnede et brev"}
    signs = {each.dimension: each.signs for each in own_page.worked_with(door.desk, bent)}
    assert "forward" in signs[Dimension.FINANCES]
