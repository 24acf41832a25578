"""Before an ending: bridges (K7, T8), who takes over (K6), another person (K5, K12), another municipality (G19)."""

from datetime import timedelta

import pytest

from fieldapp.actions import asking, bridges, consents, moves, takeovers, today, worker_changes
from fieldapp.actions.consents import ConsentForm
from fieldapp.domain.facts import Why
from fieldapp.domain.values import Dimension
from fieldapp.errors import RecordError
from tests.desks import KARIM, a_row, an_assignment, arrive, seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind

CTI = ("method", {"method": "cti", "from_on": "2026-03-01"})


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bent", known=300, met=(2,), more=(CTI,))))
    return ids[0]


async def test_k7_t8_a_bridge_has_a_contact_a_meeting_together_and_the_citizens_verdict(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}/ending") as app:
        await app.tap("ending-bridges")
        await app.tap("add-bridge")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("to", "Cykelværkstedet")
        await app.write("contact", "Mette")
        await app.tap("joint-meeting-on-7")
        await app.tap("save")
        assert {"Cykelværkstedet", "Mette · I mødes sammen den 2. december"} <= set(app.texts())
        assert door.desk is not None
        built = bridges.read(door.desk, bent)[0].id
        await app.tap(f"bridge-{built}")
        await app.tap("went-along")
        await app.tap("verdict-not_now")
        await app.write("own-words", "Til foråret måske.")
        await app.tap("save")
        assert "“Til foråret måske.”" in app.texts() and "afslag" not in app.all_text().lower()
        assert any("I fulgtes ad · Ikke lige nu" in text for text in app.texts())
        await app.tap(f"bridge-{built}")
        await app.tap("bridge-stands")
        assert any("Står selv" in text for text in app.texts())
        assert bridges.read(door.desk, bent)[0].ended_on == TODAY


async def test_a_meeting_together_brings_the_citizen_onto_the_list_on_its_day(door: Door, bent: str) -> None:
    assert door.desk is not None
    bridges.keep(door.desk, bent, bridges.BridgeForm("Cykelværkstedet", joint_meeting_on=TODAY))
    found = today.read(door.desk)
    assert [each.reason.why for each in (*found.reach, *found.later) if each.citizen == bent] == [Why.DATED]


async def test_k6_who_takes_over_is_said_dimension_by_dimension(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/ending/takeovers") as app:
        rows = [name for name in app.identifiers() if name.startswith("takeover-")]
        assert rows == [f"takeover-{each}" for each in Dimension], "all eight, in the manual's order"
        await app.tap("takeover-finances")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("who", "Gældsrådgivningen")
        await app.tap("meeting-on-7")
        await app.tap("save")
        assert {"Gældsrådgivningen", "I mødes sammen den 2. december"} <= set(app.texts())
        await app.tap("takeover-finances")
        assert app.field("who").value == "Gældsrådgivningen"
        await app.tap("held")
        await app.tap("save")
        assert "I har mødtes sammen" in app.texts()
        assert door.desk is not None
        assert [each.held for each in takeovers.read(door.desk, bent).values()] == [True], "one for each dimension"
        await app.go(f"/citizen/{bent}/ending")
        assert "1 af otte livsdimensioner" in app.texts()
        await app.go(f"/citizen/{bent}/ending/takeovers/network_relations")
        assert app.field("who").value == "", "another one is somebody else's"
        await app.write("who", "Banjogruppen")
        await app.tap("save")
        said = {each: form.who for each, form in takeovers.read(door.desk, bent).items()}
        assert said == {"finances": "Gældsrådgivningen", "network_relations": "Banjogruppen"}


async def test_k5_another_person_is_named_or_a_change_is_not_suitable_and_the_method_is_looked_at(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}/ending/change") as app:
        await app.tap("reason-method_ends")
        await app.write("to", "Tine fra bostøtten")
        await app.tap("joint-meeting-on-7")
        assert "Passer metoden stadig?" not in app.texts()
        await app.tap("not-suitable")
        assert "Passer metoden stadig?" in app.texts() and "ICM" in app.all_text()
        await app.tap("not-suitable")
        await app.tap("to-handover")
        await app.go(f"/citizen/{bent}/ending/change")
        assert app.field("to").value == "Tine fra bostøtten"
        await app.tap("save")
        assert any("Din leder kan se det" in text for text in app.texts())
    assert door.desk is not None
    stands = worker_changes.read(door.desk, bent)
    assert stands is not None and (stands.said.to, stands.said.reason) == ("Tine fra bostøtten", "method_ends")
    async with behind(door, f"/citizen/{bent}/ending/close") as app:
        assert "Tine fra bostøtten" in app.texts(), "K5: asked for before the course ends"


async def test_a_change_that_says_nothing_is_not_asked_for(door: Door, behind: Behind, bent: str) -> None:
    """Nobody is told that the leader sees it when there is nothing to see."""
    assert door.desk is not None
    async with behind(door, f"/citizen/{bent}/ending/change") as app:
        await app.tap("held")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/ending/change"
        assert "Skriv hvorfor, eller hvem der kommer efter dig. Din leder tager stilling til det." in app.texts()
        assert worker_changes.read(door.desk, bent) is None
        await app.tap("reason-wish")
        assert "says-nothing" not in app.identifiers()
        await app.tap("not-suitable")
        await app.tap("to-fits")
        assert app.page.route == f"/citizen/{bent}/ending/change/fits"
        await app.tap("back")
        await app.tap("save")
    stands = worker_changes.read(door.desk, bent)
    assert stands is not None and stands.said.reason == "wish"
    with pytest.raises(RecordError, match="missing"):
        worker_changes.keep(door.desk, bent, worker_changes.ChangeForm())


async def test_k12_a_change_that_was_carried_out_is_asked_no_more(door: Door, bent: str) -> None:
    assert door.desk is not None
    worker_changes.keep(door.desk, bent, worker_changes.ChangeForm(worker=KARIM, reason="wish"))
    assert worker_changes.read(door.desk, bent) is not None
    arrive(door.desk, an_assignment(bent, KARIM, door.desk.now() + timedelta(minutes=5)))
    assert worker_changes.read(door.desk, bent) is None


async def test_g19_k9_the_list_for_another_municipality_ticks_itself(door: Door, behind: Behind, bent: str) -> None:
    route = f"/citizen/{bent}/ending/move"
    async with behind(door, route) as app:
        assert app.texts().count("Ikke endnu") == 4
        await app.tap("save")
        assert {"Skriv et par ord først.", "Vælg en dag. Den kan ændres."} <= set(app.texts())
        await app.write("to", "Fjordby Kommune")
        await app.tap("on-14")
        await app.write("contact", "Visitationen")
        await app.tap("agreed-on-14")
        await app.tap("save")
    assert door.desk is not None
    said = moves.read(door.desk, bent).said
    assert (said.to, said.on, said.agreed_on) == ("Fjordby Kommune", *[TODAY + timedelta(days=14)] * 2)
    asking.note_handover(door.desk, bent, asking.HandoverForm("Ring før du kommer."))
    consents.give(door.desk, bent, ConsentForm("authority", "Fjordby Kommune"))
    async with behind(door, route) as app:
        assert "Ikke endnu" not in app.texts() and "9. december" in app.texts()
        assert app.field("contact").value == "Visitationen"
        await app.tap("list-consent")
        await app.tap("back")
        assert app.page.route == route


async def test_what_was_half_written_waits_on_i_dag(door: Door, behind: Behind, bent: str) -> None:
    written = {
        "ending/bridges/new": ("contact", "bridge"),
        "ending/takeovers/finances": ("who", "takeover"),
        "ending/change": ("to", "change"),
        "ending/move": ("to", "move"),
        "ending/close/replacement": ("who", "replacement"),
    }
    async with behind(door) as app:
        for route, (field, _form) in written.items():
            await app.go(f"/citizen/{bent}/{route}")
            await app.write(field, f"Halvt {route}")
            await app.leave(field)
        for route, (field, form) in written.items():
            await app.go("/more")
            await app.go("/")
            [row] = [name for name in app.identifiers() if name.startswith(f"draft-{form}:")]
            await app.tap(row)
            assert app.page.route == f"/citizen/{bent}/{route}"
            assert app.field(field).value == f"Halvt {route}"


async def test_the_steps_of_the_course_overlap_and_go_back(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    arrive(
        door.desk,
        a_row("housing_period", bent, move_in_on="2026-05-01"),
        a_row("bridging", bent, on="2026-11-01", to="Cykelværkstedet"),
        a_row("visitation", bent, on="2026-11-01", stands="in_progress"),
    )
    async with behind(door, f"/citizen/{bent}/ending") as app:
        assert {"Visitation: nu", "Indsats: nu", "Brobygning: nu", "Etablering af boligløsning: har været"} <= set(
            app.texts()
        )
    arrive(door.desk, a_row("housing_period", bent, move_in_on="2026-05-01", lost_on="2026-11-20"))
    async with behind(door, f"/citizen/{bent}/ending") as app:
        assert {"Indsats: nu", "Etablering af boligløsning: nu"} <= set(app.texts())
