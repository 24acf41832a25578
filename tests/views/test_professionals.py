"""The professionals on screen (T13): listed, called, changed, ended."""

import pytest

from fieldapp.actions import consents, professionals
from fieldapp.actions.consents import ConsentForm
from fieldapp.actions.professionals import ProfessionalForm
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(2,))))
    return ids[0]


async def test_a_professional_is_added_and_called(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-professionals")
        await app.tap("add")
        await app.tap("save")
        assert "Skriv et navn først." in app.texts()
        await app.write("name", "Bente Opfundet")
        await app.write("job", "Sygeplejerske")
        await app.tap("sector-region")
        await app.write("phone", "00 00 00 71")
        await app.write("note", "Ring før kl. 9")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/professionals"
        assert {"Bente Opfundet", "Sygeplejerske · Region", "Ring før kl. 9"} <= set(app.texts())
        await app.tap(next(name for name in app.identifiers() if name.startswith("call-")))
    assert door.platform.opened == [("call", "00 00 00 71")]


async def test_whom_the_citizens_yes_is_about_stands_where_they_are_called(
    door: Door, behind: Behind, aase: str
) -> None:
    assert door.desk is not None
    professionals.add(door.desk, aase, ProfessionalForm("Bente Opfundet", phone="00 00 00 71"))
    no = ConsentForm(about="authority", to="Kommunen", how="orally", answer="no")
    consents.give(door.desk, aase, no)
    async with behind(door, f"/citizen/{aase}/professionals") as app:
        assert {"Tal kun om Åse med Åses ja", "Der er ikke noteret et ja endnu."} <= set(app.texts())
        consents.give(door.desk, aase, ConsentForm(about="treatment", to="Sygeplejersken", how="orally"))
        await app.go(f"/citizen/{aase}")
        await app.tap("more-professionals")
        assert "Åse har sagt ja til: Sygeplejersken" in app.texts()
        await app.tap("to-consents")
        assert app.page.route == f"/citizen/{aase}/consents"


async def test_a_professional_is_changed_and_ended(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    bente = professionals.add(door.desk, aase, ProfessionalForm("Bente Opfundet", phone="00 00 00 71")).id
    async with behind(door, f"/citizen/{aase}/professionals") as app:
        await app.tap(f"professional-{bente}")
        assert app.field("name").value == "Bente Opfundet"
        await app.write("job", "Læge")
        await app.tap("save")
        assert "Læge" in app.texts()
        await app.tap(f"professional-{bente}")
        await app.tap("end-entry")
        assert "Tidligere" in app.texts() and f"call-{bente}" not in app.identifiers()
        await app.tap("Fortryd")
        assert "Tidligere" not in app.texts() and f"call-{bente}" in app.identifiers()
