"""Under Mere: walk-in hours, who can help with what, a worry for a child, and the approach on one page."""

from datetime import timedelta

from fieldapp.actions import team_pages
from fieldapp.actions.desk import Desk
from fieldapp.domain.access import team_scope
from tests.desks import TEAM, a_row, arrive
from tests.examples import TODAY, an_id
from tests.gates import Door
from tests.views.conftest import Behind

ENTRY = an_id()


def of_the_team(desk: Desk, kind: str, **fields: object) -> str:
    row = a_row(kind, TEAM, **fields)
    arrive(desk, row.model_copy(update={"scope": team_scope(TEAM)}))
    return row.id


async def test_walk_in_hours_are_added_changed_and_ended_without_a_network(door: Door, behind: Behind) -> None:
    """E3"""
    door.begin("open")
    async with behind(door, "/more") as app:
        await app.tap("more-hours")
        await app.tap("add-hours")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("place", "Boformen, kontoret")
        await app.tap("save")
        assert "Vælg dag" in app.texts()
        await app.tap("weekday-3")
        await app.write("who", "Fremskudt myndighed")
        await app.tap("save")
        assert app.page.route == "/more/hours"
        assert {"Torsdag", "Boformen, kontoret", "Fremskudt myndighed"} <= set(app.texts())
        assert door.desk is not None
        (kept,) = team_pages.hours(door.desk)
        await app.tap(f"hours-{kept.id}")
        assert app.field("place").value == "Boformen, kontoret"
        await app.tap("weekday-2")
        await app.tap("save")
        assert "I dag · onsdag" in app.texts()
        await app.tap(f"hours-{kept.id}")
        await app.tap("end-entry")
        assert "Ingen træffetider endnu" in app.texts()
        await app.tap("undo")
        assert "Boformen, kontoret" in app.texts()


async def test_todays_hours_come_first(door: Door, behind: Behind) -> None:
    day = TODAY.weekday()

    def given(desk: Desk) -> None:
        of_the_team(desk, "walk_in_hours", place="I går", weekday=(TODAY - timedelta(days=1)).weekday())
        of_the_team(desk, "walk_in_hours", place="I dag, sent", weekday=day, hours_from="14:00", hours_to="16:00")
        of_the_team(desk, "walk_in_hours", place="I dag, tidligt", weekday=day, hours_from="09:00")

    door.begin("open", seed=given)
    async with behind(door, "/hours") as app:
        texts = app.texts()
        assert texts.index("I dag, tidligt") < texts.index("I dag, sent") < texts.index("I går")
        assert "14.00 – 16.00" in texts


async def test_who_can_help_is_searched_called_and_kept(door: Door, behind: Behind) -> None:
    """T11"""

    def given(desk: Desk) -> None:
        of_the_team(
            desk, "directory_entry", helps_with="Tandpine", name="Tandlægevagten", phone="00 00 77 77", id=ENTRY
        )
        of_the_team(desk, "directory_entry", helps_with="Gæld", name="Gældsrådgivningen", note="Torsdage")

    door.begin("open", seed=given)
    async with behind(door, "/more/directory") as app:
        await app.write("search", "tandl")
        assert "Tandlægevagten" in app.texts() and "Gældsrådgivningen" not in app.texts()
        await app.tap(f"call-{ENTRY}")
        assert door.platform.opened == [("call", "00 00 77 77")]
        await app.write("search", "gaeld torsd")
        assert "Gældsrådgivningen" in app.texts()
        await app.tap("add-helper")
        await app.write("helps-with", "Tøj")
        await app.write("name", "Kirkens korshær")
        await app.tap("save")
        await app.write("search", "")
        assert "Kirkens korshær" in app.texts()
        await app.tap(f"helper-{ENTRY}")
        await app.tap("end-entry")
        assert "Tandlægevagten" not in app.texts()


async def test_worry_about_a_child_has_112_and_the_local_number(door: Door, behind: Behind) -> None:
    """Q3"""

    def given(desk: Desk) -> None:
        of_the_team(desk, "local_text", which="child", text="Ring til Familiehuset på 00 00 55 55, også aften.")

    door.begin("open", seed=given)
    async with behind(door, "/more/child") as app:
        assert "Er et barn i fare lige nu: ring 112." in app.texts()
        assert "Ring til Familiehuset på 00 00 55 55, også aften." in app.texts()
        await app.tap("call-local")
        await app.tap("call-112")
        assert door.platform.opened == [("call", "00 00 55 55"), ("call", "112")]


async def test_without_a_local_text_it_says_who_writes_it(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more/child") as app:
        assert "Jeres leder kan skrive jeres egen aftale og nummeret her." in app.texts()
        assert "call-local" not in app.identifiers()


async def test_the_approach_on_one_page_says_nothing_about_anybody(door: Door, behind: Behind) -> None:
    """E8"""
    door.begin("open")
    async with behind(door, "/more") as app:
        await app.tap("more-tell")
        assert any("kan ikke fortælle, om vi kender personen" in text for text in app.texts())
