"""+ Ny: somebody met on the street, in few taps and words; a name is asked for, never looks; nothing is required."""

import pytest
from sqlmodel import select

from fieldapp.actions import citizens, next_steps
from fieldapp.actions.citizens import CitizenPage
from fieldapp.actions.desk import Desk
from fieldapp.domain.values import Situation
from fieldapp.store.tables import ThanksOwedRow
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
        await app.write("known-as", "Opdigtet ved en fejl")
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


async def test_three_taps_from_i_dag_and_the_words(door: Door, behind: Behind) -> None:
    """F5: Ny, where the person sleeps, Gem; the words between them are typed, not tapped."""
    door.begin("open")
    taps = 0
    async with behind(door) as app:
        for tap in ("new", "situation-street", "save"):
            await app.tap(tap)
            taps += 1
            if tap == "new":
                await app.write("known-as", "Ægir")
    assert taps == 3 and (only(door).name, only(door).situation) == ("Ægir", "street")


async def test_every_channel_of_the_pjece_and_ours_can_be_chosen(door: Door, behind: Behind) -> None:
    """E2, E3: exactly these, in plain Danish."""
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("more-made_aware_by")
        assert {
            "Gadeplansmedarbejder",
            "Konsulent om brug af rusmidler",
            "Praktiserende læge",
            "Frivillig på varmestue",
            "Jobcenter",
            "Boligselskab",
            "Civilsamfundet",
            "Fremskudt myndighed",
            "Boform",
            "Ungdomsuddannelse",
            "Værested",
            "Kom selv",
            "Familie eller venner",
            "Politi",
            "En anden",
        } <= set(app.texts())


@pytest.mark.parametrize("code", Situation)
async def test_every_situation_of_g1_and_g23_is_there(door: Door, behind: Behind, code: Situation) -> None:
    """E5, E7, G23, H12: from the street to one's own home, at risk and functional among them; no age, no gate."""
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("more-situation")
        await app.tap(f"situation-{code}")
        await app.tap("save")
    new = only(door)
    assert new.situation == code and new.next_step is not None


async def test_who_made_us_aware_is_thanked_unless_they_came_themselves(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("made_aware_by-self")
        assert "thank" not in app.identifiers()
        await app.tap("made_aware_by-street_worker")
        assert any("Bekræft aldrig, at I kender personen" in text for text in app.texts())
        await app.write("thanks-to", "Gadeplan Nord")
        await app.tap("save")
    assert owed(door) == ["Gadeplan Nord"]


async def test_no_thanks_is_one_tap(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("made_aware_by-street_worker")
        await app.tap("thank")
        assert "thanks-to" not in app.identifiers()
        await app.tap("save")
    assert owed(door) == []


async def test_the_same_number_or_place_is_shown_as_well(door: Door, behind: Behind) -> None:
    ids: list[str] = []

    def known(desk: Desk) -> None:
        ids.extend([seed(desk, "Marek"), seed(desk, None, label="Kajen, 3.11.", phone=None)])

    door.begin("open", seed=known)
    async with behind(door, "/new") as app:
        await app.write("phone", "00 00 12 34")
        assert f"similar-{ids[0]}" in app.identifiers()
        await app.write("place", "Kajen")
        await app.leave("place")
        assert f"similar-{ids[1]}" in app.identifiers()


def owed(door: Door) -> list[str | None]:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return [row.to for row in session.exec(select(ThanksOwedRow))]
