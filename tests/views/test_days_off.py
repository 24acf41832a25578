"""On *I dag*: a row before leave, one before a break, and a line about who wrote at the weekend. Small and calm."""

from datetime import date, timedelta

from fieldapp.actions import attempts, away, days_off
from fieldapp.actions.desk import Desk
from tests.actions.test_days_off import FRIDAY, MONDAY, at
from tests.desks import KARIM, Clock, a_row, arrive, seed
from tests.gates import Door
from tests.views.conftest import Behind


async def test_a_row_before_leave_leads_to_whom_to_tell_and_the_text_is_ready(
    door: Door, behind: Behind, clock: Clock
) -> None:
    ids: list[str] = []

    def seeded(desk: Desk) -> None:
        ids.extend(seed(desk, name, met=(1,)) for name in ("Bent", "Åse"))
        away.say(desk, KARIM, MONDAY, MONDAY + timedelta(days=4))

    clock.now = at(FRIDAY)
    door.begin("open", seed=seeded)
    async with behind(door) as app:
        await app.settle()
        assert {"Du har fri fra mandag", "2 har ikke hørt det fra dig endnu."} <= set(app.texts())
        await app.tap("off-leave")
        assert "Karim Lyngå er der imens." in app.all_text()
        await app.tap(f"tell-{ids[0]}")
        assert "Imens kan du skrive eller ringe til Karim på 00 00 00 02" in app.all_text()
    assert door.desk is not None
    for citizen in ids:
        attempts.save(door.desk, citizen, "text", "sent", template="s13")
    async with behind(door) as app:
        await app.settle()
        assert "off-leave" not in app.identifiers(), "everybody has heard"


async def test_the_card_before_christmas_asks_and_goes_when_it_is_agreed(
    door: Door, behind: Behind, clock: Clock
) -> None:
    clock.now = at(date(2026, 12, 10))
    close = ("intensity", {"level": 4, "from_on": "2026-12-01"})
    door.begin("open", seed=lambda desk: (seed(desk, "Bent", met=(1,), more=(close,)), seed(desk, "Åse", met=(1,))))
    async with behind(door) as app:
        await app.settle()
        assert "Hvem skal høre fra dig inden jul, og hvem er der imens?" in app.texts()
        assert "10 arbejdsdage til jul. Aftal, hvem der er der imens." in app.texts()
        await app.tap("off-break")
        assert {"Tæt støtte: Hvem er der imens?", "En hilsen inden fridagene", "Bent", "Åse"} <= set(app.texts())
        await app.tap("agreed")
        assert "Godt. Ingen står alene." in app.texts()
        assert "off-break" not in app.identifiers()
    assert door.desk is not None and days_off.read(door.desk).ahead is None


async def test_monday_begins_with_who_wrote_at_the_weekend(door: Door, behind: Behind, clock: Clock) -> None:
    clock.now = at(MONDAY)

    def seeded(desk: Desk) -> None:
        for name in ("Bent", "Åse"):
            saturday = at(MONDAY - timedelta(days=2), 14)
            citizen = seed(desk, name, met=(9,))
            arrive(desk, a_row("contact", citizen, saturday, KARIM, occurred_at=saturday, mode="citizen_wrote"))

    door.begin("open", seed=seeded)
    async with behind(door) as app:
        await app.settle()
        assert "I weekenden skrev eller ringede 2 til dig: Bent · Åse." in app.texts()


async def test_on_an_ordinary_day_nothing_of_it_is_there(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk, "Bent", met=(1,)))
    async with behind(door) as app:
        await app.settle()
        assert not {"off-leave", "off-break", "meanwhile"} & set(app.identifiers())
        for page in ("/off", "/break"):
            await app.go(page)
            await app.settle()
            assert "Alle har hørt det" in app.texts()
