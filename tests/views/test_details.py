"""Oplysninger: added bit by bit; the number only behind a tap; and whether somebody is here twice."""

from sqlmodel import select

from fieldapp.actions import citizens, details, drafts, search
from fieldapp.store.tables import AccessRow, CitizenRow
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


def stored(door: Door, citizen: str) -> CitizenRow:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return session.get_one(CitizenRow, citizen)


def opened(door: Door) -> int:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return len(session.exec(select(AccessRow)).all())


async def test_each_is_added_and_changed_and_none_is_needed(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, None, label="Kajen, 3.11.")))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("more-details")
        assert app.page.route == f"/citizen/{ids[0]}/details"
        assert any("Intet af det kræves for at få støtte." in text for text in app.texts())
        await app.tap("detail-full_name")
        await app.write("detail", "Åse Opfundet")
        await app.tap("save")
        await app.tap("detail-address")
        await app.write("detail", "Opdigtet Allé 1")
        await app.tap("protected")
        await app.tap("save")
        await app.tap("detail-language")
        await app.write("detail", "polsk")
        await app.tap("interpreter")
        await app.tap("save")
        await app.tap("situation-at_risk")
        assert {"Åse Opfundet", "Opdigtet Allé 1 · Beskyttet adresse", "Tolk: polsk"} <= set(app.texts())
    row = stored(door, ids[0])
    assert (row.full_name, row.protected_address, row.needs_interpreter) == ("Åse Opfundet", True, True)
    known = door.desk and details.read(door.desk, ids[0])
    assert known and (known.situation, row.label) == ("at_risk", "Kajen, 3.11.")


async def test_a_wrong_cpr_is_said_and_stays_as_draft(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk)))
    async with behind(door, f"/citizen/{ids[0]}/details/cpr") as app:
        await app.write("detail", "320203-0000")
        await app.tap("save")
        assert any("Et CPR-nummer er en dato og fire tal" in text for text in app.texts())
        await app.leave("detail")
        assert door.desk is not None
        draft = drafts.read(door.desk, details.draft_key(ids[0], "cpr"))
        assert draft is not None and draft.values["text"] == "320203-0000"
        await app.write("detail", "0102030000")
        await app.tap("save")
        assert app.page.route == f"/citizen/{ids[0]}/details"
    assert stored(door, ids[0]).cpr == "010203-0000"


async def test_the_number_is_masked_and_whoever_shows_it_is_written_down(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, cpr="010203-0000")))
    async with behind(door, f"/citizen/{ids[0]}/details") as app:
        assert "010203-****" in app.texts() and "010203-0000" not in app.texts()
        before = opened(door)
        await app.tap("show-cpr")
        assert "010203-0000" in app.texts() and opened(door) == before + 1
    assert door.desk is not None
    assert search.everything(door.desk, "010203").citizens == ()
    async with behind(door, f"/citizen/{ids[0]}/details/cpr") as app:
        assert app.field("detail").value == ""


async def test_the_same_person_is_one_after_a_tap_and_two_after_another(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend([due(desk, "Marek"), seed(desk, "Mareck", phone="00 00 99 98")]))
    async with behind(door, f"/citizen/{ids[1]}") as app:
        await app.tap("more-same")
        await app.tap(f"same-{ids[0]}")
        assert app.page.route == f"/citizen/{ids[0]}"
        assert "Nu står alt ét sted." in app.texts()
        await app.tap("more-same")
        assert "Også oprettet som" in app.texts()
        await app.tap(f"apart-{ids[1]}")
        assert "De er to igen." in app.texts()
    assert door.desk is not None and len(citizens.read_all(door.desk)) == 2


async def test_another_is_found_by_search_and_fortryd_makes_them_two(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend([seed(desk, "Marek"), seed(desk, "Lone", phone="00 00 99 98")]))
    async with behind(door, f"/citizen/{ids[1]}/same") as app:
        assert f"same-{ids[0]}" not in app.identifiers()
        await app.write("search", "marek")
        await app.tap(f"same-{ids[0]}")
        assert door.desk is not None and len(citizens.read_all(door.desk)) == 1
        await app.tap("undo")
    assert len(citizens.read_all(door.desk)) == 2


async def test_added_by_mistake_is_one_tap_with_fortryd(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Marek")))
    async with behind(door, f"/citizen/{ids[0]}/same") as app:
        await app.tap("mistake")
        assert app.page.route == "/"
        assert door.desk is not None and citizens.read_all(door.desk) == ()
        await app.tap("undo")
    assert len(citizens.read_all(door.desk)) == 1
