"""Opsporingslisten: place by place, both acts on every row, and having gone by is noted in two taps."""

from datetime import timedelta

from fieldapp.actions import citizens
from fieldapp.actions.desk import Desk
from tests.desks import a_row, arrive, seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, attempts, moments


def on_the_street(desk: Desk, ids: list[str]) -> None:
    """Marek at two places, seen at one; Ida with a method; one without a known place."""
    marek = seed(desk, "Marek", known=12, known_places="Banegården om aftenen, Kilden")
    at = desk.now() - timedelta(days=2)
    fields = {"occurred_at": at, "way": "known_place", "outcome": "seen_by_others", "place_text": "Banegården"}
    arrive(desk, a_row("attempt", marek, at, **fields))
    ids += [marek, seed(desk, "Ida", more=(ICM,)), seed(desk, None, label="25.11.", known=1)]


async def test_from_the_list_of_citizens_to_those_who_are_looked_for_place_by_place(door: Door, behind: Behind) -> None:
    """E1, E4: beside one's own citizens; with and without a name, and without a method."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: on_the_street(desk, ids))
    async with behind(door, "/citizens") as app:
        await app.tap("trace")
        assert app.page.route == "/citizens/trace"
        texts = app.texts()
        assert texts.index("Banegården") < texts.index("Kilden") < texts.index("Stedet kender vi ikke endnu")
        assert "Set ved Banegården i mandags." in texts and "Ida" not in texts
        assert any(text.startswith("Ræk ud ") for text in texts)
        await app.tap(f"trace-0-{ids[0]}")
        assert app.page.route == f"/citizens/{ids[0]}"


async def test_both_acts_stand_on_every_row(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: on_the_street(desk, ids))
    for then in ("note", "reach"):
        async with behind(door, "/trace") as app:
            await app.tap(f"{then}-1-{ids[0]}")
            assert app.page.route == f"/citizen/{ids[0]}/{then}"


async def test_seen_at_the_place_is_noted_in_two_taps(door: Door, behind: Behind) -> None:
    """E6: the attempt stands with the place, the list tells it, and the next step is there."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: on_the_street(desk, ids))
    async with behind(door, "/trace") as app:
        await app.tap(f"went-1-{ids[0]}")
        await app.tap(f"seen_by_others-1-{ids[0]}")
        assert any(text.startswith("Gemt. Næste skridt:") for text in app.texts())
        assert "Set ved Kilden i dag." in app.texts()
        (latest, *_older) = moments(door, ids[0])
        assert (latest.word, latest.outcome, latest.place) == ("known_place", "seen_by_others", "Kilden")
        await app.tap("undo")
        assert "Set ved Kilden i dag." not in app.texts()
    assert len(attempts(door, ids[0])) == 1


async def test_from_i_dag_too_and_calm_when_nobody_is_looked_for(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk, "Marek", known=1, met=(0,)))
    async with behind(door) as app:
        await app.tap("trace")
        assert app.page.route == "/trace"


async def test_nobody_to_look_for(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/trace") as app:
        assert "Ingen at lede efter lige nu" in app.texts()
        await app.tap("new")
        assert app.page.route == "/new"


async def test_the_time_of_day_is_a_tap_and_stands_with_the_place(door: Door, behind: Behind) -> None:
    """Known places keep their words; a chip adds when."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, known_places="Kilden", phone_works=False)))
    async with behind(door, f"/citizen/{ids[0]}/say/places") as app:
        await app.tap("time-0")
        await app.tap("time-3")
        await app.tap("save")
    assert door.desk is not None
    shown = citizens.read(door.desk, ids[0])
    assert shown is not None and shown.known_places == "Kilden om formiddagen og om natten"
    async with behind(door, f"/citizen/{ids[0]}/say/places") as app:
        assert app.field("say").value == "Kilden"
        await app.tap("time-3")
        await app.tap("save")
    async with behind(door) as app:
        assert "Nummeret virker ikke. Plejer at være ved Kilden om formiddagen." in app.texts()
