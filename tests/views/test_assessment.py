"""What one finds out together: only what was said draws a line, and resources stand before needs."""

import pytest

from fieldapp.actions import assessments
from fieldapp.actions.assessments import NoteForm
from fieldapp.domain.values_life import Assessed
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk)))
    return ids[0]


async def test_an_empty_one_draws_no_line_and_each_of_the_nine_can_be_written_about(
    door: Door, behind: Behind, aase: str
) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-assessment")
        assert {f"about-{code}" for code in Assessed} <= set(app.identifiers())
        assert not {"Ressourcer", "Støttebehov"} & set(app.texts())
        await app.tap("about-other")
        await app.write("needs", "En tolk")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/assessment"
        assert {"Andet", "Støttebehov", "En tolk"} <= set(app.texts()) and "Ressourcer" not in app.texts()


async def test_resources_stand_before_needs_and_earlier_notes_stay(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    assessments.add(door.desk, aase, "housing", NoteForm("En ven, der kan flytte ting", "En seng"))
    async with behind(door, f"/citizen/{aase}/assessment/housing") as app:
        texts = app.texts()
        assert texts.index("Ressourcer") < texts.index("Støttebehov")
        assert texts.index("En ven, der kan flytte ting") < texts.index("En seng")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("resources", "Kan lave mad")
        await app.tap("save")
    told = assessments.read(door.desk, aase).about[0].notes
    assert [note.resources for note in told] == ["Kan lave mad", "En ven, der kan flytte ting"]


async def test_the_three_steps_of_using_what_there_is(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/assessment") as app:
        await app.tap("uses")
        await app.tap("save")
        assert "Vælg en af de tre." in app.texts()
        await app.tap("uses-some_degree")
        await app.write("note", "Når nogen går med")
        await app.tap("save")
        assert {"I nogen grad", "Når nogen går med"} <= set(app.texts())
        await app.tap("Fortryd")
    assert door.desk is not None
    assert assessments.read(door.desk, aase).uses == ()
