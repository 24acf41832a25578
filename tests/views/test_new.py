"""+ Ny: somebody met on the street, in few taps and words; a name is asked for, never looks; nothing is required."""

from fieldapp.actions import citizens, next_steps
from fieldapp.actions.citizens import CitizenPage
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.test_note import FullDisk


def only(door: Door) -> CitizenPage:
    assert door.desk is not None
    (line,) = citizens.read_all(door.desk)
    shown = citizens.read(door.desk, line.id)
    assert shown is not None
    return shown


async def test_a_name_a_place_and_gem(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door) as app:
        await app.tap("new")
        await app.write("known-as", "Ægir")
        await app.write("place", "Banegården")
        await app.tap("situation-street")
        await app.tap("made_aware_by-drop_in_volunteer")
        await app.write("most-important", "En sovepose")
        await app.tap("save")
        assert app.page.route == "/"
        assert any(text.startswith("Gemt. Du rækker ud igen") for text in app.texts())
    new = only(door)
    assert (new.name, new.situation, new.known_places, new.most_important) == (
        "Ægir",
        "street",
        "Banegården",
        "En sovepose",
    )
    assert door.desk is not None and next_steps.read(door.desk, new.id) is not None


async def test_nothing_at_all_is_required(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("save")
        assert app.page.route == "/"
    assert only(door).name == "25.11."


async def test_without_a_name_the_place_and_the_day_stand_in_the_lists(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.write("place", "Søndre Kaj")
        await app.leave("place")
        assert "Vises som “Søndre Kaj, 25.11.”" in app.texts()
        await app.tap("name-rather_not")
        await app.tap("save")
    assert (only(door).name, only(door).name_asked) == ("Søndre Kaj, 25.11.", "rather_not")


async def test_those_it_could_already_be_are_shown_while_typing(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Ægir")))
    async with behind(door, "/new") as app:
        await app.write("known-as", "Ægir")
        assert "Kender I allerede Ægir? Se efter, før du opretter." in app.texts()
        await app.tap(f"similar-{ids[0]}")
        assert app.page.route == f"/citizen/{ids[0]}"


async def test_a_tip_is_not_noted_as_a_meeting(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("tip")
        await app.write("place", "Åparken")
        await app.tap("save")
    assert only(door).last_contact_at is None


async def test_every_situation_can_be_found_behind_the_dots(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("more-situation")
        await app.tap("situation-car")
        await app.tap("save")
    assert only(door).situation == "car"


async def test_fortryd_takes_the_person_back(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.write("known-as", "Oprettet ved en fejl")
        await app.tap("save")
        await app.tap("undo")
    assert door.desk is not None and citizens.read_all(door.desk) == ()


async def test_on_a_full_disk_what_was_written_stays(door: Door, behind: Behind) -> None:
    disk = door.disk = FullDisk()
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.write("known-as", "Ægir")
        disk.full = True
        await app.tap("save")
        assert any("Telefonen er fuld" in text for text in app.texts())
        assert app.field("known-as").value == "Ægir"
        disk.full = False
        await app.tap("save")
    assert only(door).name == "Ægir"
