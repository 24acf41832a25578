"""Borgere: everybody, found by name, place or the last digits; + Ny lies by the thumb."""

from tests.desks import KARIM, seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


def shown(app: object) -> list[str]:
    return [name for name in app.identifiers() if name.startswith("row-")]  # type: ignore[attr-defined]


async def test_mine_stand_before_those_of_colleagues(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: [seed(desk, "Ægir", responsible=KARIM), seed(desk, "Åse", met=(3,))])
    async with behind(door, "/citizens") as app:
        texts = app.texts()
        assert texts.index("Mine") < texts.index("Åse") < texts.index("Hos kolleger") < texts.index("Ægir")
        assert "Støtteperson: Karim Lyngå" in texts and "3 dage siden I talte" in texts


async def test_search_finds_name_place_and_last_digits(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend([seed(desk, "Åse", known_places="Kilden"), seed(desk, "Bent")]))
    async with behind(door, "/citizens") as app:
        assert len(shown(app)) == 2
        for query, found in (("åse", ids[:1]), ("kilden", ids[:1]), ("12 34", ids), ("bent", ids[1:])):
            await app.write("search", query)
            assert sorted(shown(app)) == sorted(f"row-{of}" for of in found), query
        await app.write("search", "findes ikke")
        assert any('Ingen med "findes ikke".' in text for text in app.texts())
        assert app.field("search").value == "findes ikke"


async def test_without_anybody_it_says_how_they_come(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/citizens") as app:
        assert "Her er ingen borgere endnu" in app.all_text()
        await app.tap("new")
        assert app.page.route == "/citizens/new"


async def test_a_row_opens_the_citizen_and_back_leads_to_the_list(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door, "/citizens") as app:
        await app.tap(f"row-{ids[0]}")
        assert app.page.route == f"/citizens/{ids[0]}"
        await app.tap("back")
        assert app.page.route == "/citizens"


async def test_at_most_two_hundred_rows(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: [seed(desk, f"Nr. {n}") for n in range(205)])
    async with behind(door, "/citizens") as app:
        assert len(shown(app)) == 200
