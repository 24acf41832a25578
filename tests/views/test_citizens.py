"""Borgere: everybody, found by name, place or number, and what was noted, by its words; + Ny lies by the thumb."""

from datetime import timedelta

import flet as ft

from fieldapp.actions.desk import Desk
from tests.desks import KARIM, a_row, arrive, seed
from tests.examples import an_id
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due

NOTE = an_id()


def shown(app: object) -> list[str]:
    return [name for name in app.identifiers() if name.startswith("row-")]  # type: ignore[attr-defined]


async def test_mine_stand_before_those_of_colleagues(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: [seed(desk, "Ægir", responsible=KARIM), seed(desk, "Åse", met=(3,))])
    async with behind(door, "/citizens") as app:
        texts = app.texts()
        assert texts.index("Mine") < texts.index("Åse") < texts.index("Hos kolleger") < texts.index("Ægir")
        assert "Støtteperson: Karim Lyngå" in texts and "3 dage siden I talte" in texts


async def test_search_finds_name_place_and_digits(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend([seed(desk, "Åse", known_places="Kilden"), seed(desk, "Bent")]))
    async with behind(door, "/citizens") as app:
        assert len(shown(app)) == 2
        for query, found in (
            ("åse", ids[:1]),
            ("kilden", ids[:1]),
            ("00 12", ids),
            ("bent", ids[1:]),
            ("bnet", ids[1:]),
        ):
            await app.write("search", query)
            assert sorted(shown(app)) == sorted(f"row-{of}" for of in found), query
        await app.write("search", "findes ikke")
        assert any('Ingen med "findes ikke", og intet i notaterne.' in text for text in app.texts())
        assert app.field("search").value == "findes ikke"


def noted(desk: Desk, words: str, name: str = "Åse", days: int = 3, **more: object) -> str:
    """A citizen's id; what was noted some days ago has the id NOTE."""
    citizen = seed(desk, name)
    at = desk.now() - timedelta(days=days)
    arrive(desk, a_row("contact", citizen, at, id=NOTE, occurred_at=at, mode="met", professional_view=words, **more))
    return citizen


async def test_a_word_from_a_note_leads_to_whom_it_is_about(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(noted(desk, "Vi drak kaffe ved Søen.")))
    async with behind(door, "/citizens") as app:
        assert f"written-{NOTE}" not in app.identifiers()
        await app.write("search", "soeen")
        assert shown(app) == []
        assert "I notaterne" in app.texts() and "22. november" in app.texts()
        spans = [each for each in app.walk() if isinstance(each, ft.TextSpan)]
        assert [each.text for each in spans] == ["Vi drak kaffe ved ", "Søen", "."]
        assert [each.text for each in spans if each.style.weight == ft.FontWeight.W_700] == ["Søen"]
        await app.tap(f"written-{NOTE}")
        assert app.page.route == f"/citizens/{ids[0]}"


async def test_the_citizens_own_words_are_quoted(door: Door, behind: Behind) -> None:
    said = ("own_words", {"aspect": "wish", "text": "Et bord", "said_on": "2026-11-01"})
    door.begin("open", seed=lambda desk: seed(desk, more=(said,)))
    async with behind(door, "/citizens") as app:
        await app.write("search", "bord")
        assert "".join(each.text or "" for each in app.walk() if isinstance(each, ft.TextSpan)) == "“Et bord”"


async def test_a_sensitive_note_is_not_found(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: noted(desk, "Noget svært", place_text="Kilden", sensitive=True))
    async with behind(door, "/citizens") as app:
        for query in ("svært", "kilden"):
            await app.write("search", query)
            assert f"written-{NOTE}" not in app.identifiers()
            assert "Noget svært" not in app.all_text()


async def test_more_than_twenty_notes_ask_for_one_more_word(door: Door, behind: Behind) -> None:
    def begin(desk: Desk) -> None:
        citizen = seed(desk)
        times = [desk.now() - timedelta(days=days) for days in range(1, 22)]
        for at in times:
            arrive(
                desk, a_row("contact", citizen, at, occurred_at=at, mode="met", professional_view=f"Kaffe {at.day}.")
            )

    door.begin("open", seed=begin)
    async with behind(door, "/citizens") as app:
        await app.write("search", "kaffe")
        assert sum(name.startswith("written-") for name in app.identifiers()) == 20
        assert "Der er flere. Skriv et ord mere, så bliver der færre." in app.texts()
        await app.write("search", "kaffe 24")
        assert sum(name.startswith("written-") for name in app.identifiers()) == 1
        assert "Der er flere. Skriv et ord mere, så bliver der færre." not in app.texts()


async def test_the_question_who_finds_no_notes(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: noted(desk, "Vi drak kaffe ved Søen."))
    async with behind(door, "/who") as app:
        await app.write("search", "kaffe")
        assert f"written-{NOTE}" not in app.identifiers()
        assert any('Ingen med "kaffe". Prøv' in text for text in app.texts())


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


async def test_a_long_list_shows_the_first_and_one_tap_the_rest_of_at_most_two_hundred(
    door: Door, behind: Behind
) -> None:
    door.begin("open", seed=lambda desk: [seed(desk, f"Opfundet {n}") for n in range(205)])
    async with behind(door, "/citizens") as app:
        assert sum(name.startswith("row-") for name in app.identifiers()) == 30
        await app.tap("show-rest")
        assert sum(name.startswith("row-") for name in app.identifiers()) == 200
        assert "show-rest" not in app.identifiers()
