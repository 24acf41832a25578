"""On I dag: thanks that are owed, and *Skal de her oplysninger stadig stå her?*"""

from fieldapp.actions import citizens
from fieldapp.actions.citizens import NewCitizen
from fieldapp.actions.desk import Desk
from tests.desks import Clock, seed
from tests.gates import Door
from tests.views.conftest import Behind


def tipped(desk: Desk, clock: Clock) -> None:
    citizens.add(desk, NewCitizen(place="Kajen", made_aware_by="gp", thanks_to="Lægehuset", met=False))
    clock.move(days=1)


async def test_thanks_are_one_tap_and_nothing_about_the_person(door: Door, behind: Behind, clock: Clock) -> None:
    door.begin("open", seed=lambda desk: tipped(desk, clock))
    async with behind(door) as app:
        assert "Sig tak til Lægehuset, der gjorde opmærksom." in app.texts()
        assert any("Bekræft aldrig, at I kender personen" in text for text in app.texts())
        (done,) = [name for name in app.identifiers() if name.startswith("thanked-")]
        await app.tap(done)
        assert "Tak er sagt." in app.texts() and done not in app.identifiers()
        await app.tap("undo")
        assert done in app.identifiers()


async def test_without_a_case_for_long_it_is_asked_and_answered_with_one_tap(door: Door, behind: Behind) -> None:
    """E11"""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Marek", known=200, met=(95,))))
    asked = "Skal de her oplysninger stadig stå her? I har ikke haft kontakt i 95 dage, og der er ingen sag."
    async with behind(door) as app:
        assert asked in app.texts()
        await app.tap(f"keep-{ids[0]}")
        assert asked not in app.texts() and "Marek" in app.texts()
        await app.tap("undo")
        assert asked in app.texts()


async def test_no_removes_and_fortryd_brings_back(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Marek", known=200, met=(95,))))
    async with behind(door) as app:
        await app.tap(f"remove-{ids[0]}")
        assert "Fjernet fra dine lister." in app.texts() and "Marek" not in app.texts()
        await app.tap("undo")
        assert "Marek" in app.texts()
