"""The plan, meetings, the network, *Når det bliver svært* and the way into the case system, on screen."""

import pypdfium2
import pytest

from fieldapp.actions import consents, contacts
from fieldapp.actions.consents import ConsentForm
from fieldapp.domain.values_life import Chime, Meeting
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(2,))))
    return ids[0]


def words_of(file: bytes) -> str:
    opened = pypdfium2.PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in opened)
    finally:
        opened.close()


async def test_j4_the_plan_card_has_the_four_headings_of_141(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-plans")
        assert "Der er ikke noteret en plan. Støtten fortsætter uden." in app.texts()
        await app.tap("add-plan")
        await app.tap("save")
        assert "Vælg, hvilken plan det er." in app.texts()
        await app.tap("type-section_141")
        for name, words in (
            ("purpose", "Et hjem"),
            ("effort", "CTI"),
            ("how-long", "9 måneder"),
            ("other", "Tandlæge"),
        ):
            await app.write(name, words)
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/plans"
        assert {"Handleplan (§ 141)", "Formål", "Et hjem", "CTI", "9 måneder", "Tandlæge"} <= set(app.texts())
        await app.tap("Fortryd")
        assert "Et hjem" not in app.texts()


async def test_n8_k11_a_meeting_is_planned_and_held(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/plans") as app:
        await app.tap("add-meeting")
        assert "Er borgeren med, eller har borgeren sagt ja til det, der tales om?" in app.texts()
        assert {f"form-{code}" for code in Meeting} <= set(app.identifiers())
        await app.tap("form-open_dialogue")
        await app.tap("on-1")
        await app.write("with-whom", "Åse, Bo og sygeplejersken")
        await app.tap("save")
        assert "I morgen · Åse, Bo og sygeplejersken" in app.texts()
        await app.tap(next(name for name in app.identifiers() if name.startswith("meeting-")))
        assert app.field("with-whom").value == "Åse, Bo og sygeplejersken"
        await app.tap("end-entry")
        assert "Holdt" in app.texts()


async def test_f8_another_plan_is_noted_and_ends(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/plans") as app:
        await app.tap("add-other")
        await app.tap("type-treatment")
        await app.write("contact", "Bente Opfundet")
        await app.tap("save")
        assert "Bente Opfundet" in app.texts()
        await app.tap(next(name for name in app.identifiers() if name.startswith("other-")))
        await app.tap("end-entry")
        assert "Gælder ikke mere" in app.texts()


async def test_n4_the_network_is_drawn_and_called_only_with_a_yes(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-network")
        await app.tap("add")
        await app.write("name", "Bo Opfundet")
        await app.tap("circle-private")
        await app.tap("closeness-near")
        await app.write("phone", "00 00 00 41")
        await app.tap("save")
        assert "Netværket: Bo Opfundet" in app.all_text()
        assert "Kun med borgerens ja. Spørg, når I ses." in app.texts()
        assert not [name for name in app.identifiers() if name.startswith("call-")]
        await app.tap("ask-consent")
        await app.tap("back")
        assert app.page.route == f"/citizen/{aase}/network", "back to where it was asked, not to reaching out"
        assert door.desk is not None
        consents.give(door.desk, aase, ConsentForm(about="network", to="Familien", how="orally"))
        await app.go(f"/citizen/{aase}")
        await app.tap("more-network")
        await app.tap(next(name for name in app.identifiers() if name.startswith("call-")))
    assert door.platform.opened == [("call", "00 00 00 41")]


async def test_n6_when_it_gets_hard_is_written_together(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-coping")
        await app.tap("write")
        await app.tap("save")
        assert "Skriv en linje først." in app.texts()
        await app.write("signs", "Sover ikke")
        await app.write("helps", "En gåtur ved åen")
        await app.tap("save")
        assert {"Hvordan mærker vi, at det bliver svært?", "Sover ikke", "En gåtur ved åen"} <= set(app.texts())
        await app.tap("write")
        assert app.field("helps").value == "En gåtur ved åen", "what stands is gone on with"


async def test_a_half_written_entry_is_found_again(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/network/new") as app:
        await app.write("name", "Bo")
        await app.leave("name")
        await app.go("/")
        assert "En i netværket" in app.texts()
        await app.tap(f"draft-relative:{aase}:")
        assert app.field("name").value == "Bo"


async def test_n5_n7_a_note_is_marked_and_a_chosen_tool_is_remembered(door: Door, behind: Behind, aase: str) -> None:
    """CHIME's marks, and a few lines about the tool: folded until somebody asks, nothing required."""
    async with behind(door, f"/citizen/{aase}/note/met") as app:
        assert "reflections-hope" not in app.identifiers()
        await app.tap("tools")
        await app.tap("tools-motivational_interview")
        assert any("Lyt efter ønsket om forandring" in each for each in app.texts())
        assert {name for name in app.identifiers() if name.startswith("reflections-")} == {
            f"reflections-{code}" for code in Chime
        }
        await app.tap("reflections-hope")
        await app.tap("save")
    assert door.desk is not None
    [moment, *_before] = contacts.timeline(door.desk, aase)
    assert (moment.reflections, moment.tools) == (("hope",), ("motivational_interview",))


async def test_n13_nobody_has_to_tell_the_hard_parts_again(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/note/met") as app:
        await app.tap("tools")
        await app.tap("tools-life_story")
        assert any("ingen skal fortælle det svære igen" in each for each in app.texts())


async def test_q2_n14_what_is_known_stands_with_its_source(door: Door, behind: Behind, aase: str) -> None:
    """Each of them, with the source's own words below it, and last what there is to read on."""
    async with behind(door, "/more/approach") as app:
        texts = app.texts()
        for known, source in (
            ("Cirka 8 til 9 ud af 10", "Housing First-manualen, afsnit 1.3"),
            ("Over 80 pct.", "Tsemberis m.fl. 2004, i Housing First-manualen, afsnit 1.3"),
            ("Kun ca. 8 pct.", "Socialstyrelsen, 2021, gengivet af VIA"),
            ("Tre ud af fire borgere", "Housing First-manualen, afsnit 2.4"),
        ):
            [place] = [n for n, text in enumerate(texts) if text.startswith(known)]
            assert texts[place + 1] == source
        read_on = texts[texts.index("Læs videre") + 1 :]
        for title in (
            "Verdenserklæring",
            "ØSKR",
            "manualen (2022)",
            "(2021)",
            "ni nationale principper",
            "§ 110-boformer",
        ):
            assert any(title in each for each in read_on), title
