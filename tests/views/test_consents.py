"""The register of consents on screen (J1): a yes is noted, ends, and is taken back with one tap."""

from datetime import timedelta

import pytest

from fieldapp.actions import consents
from fieldapp.actions.consents import ConsentForm
from tests.desks import Clock, seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(2,))))
    return ids[0]


def states(door: Door, citizen: str) -> list[str]:
    assert door.desk is not None
    return [each.state.value for each in consents.register(door.desk, citizen)]


async def test_a_yes_is_noted_and_stands_in_the_register(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-consents")
        assert "Der er ikke noget ja lige nu. Spørg, når det passer." in app.texts()
        await app.tap("new-consent")
        await app.tap("save")
        assert "Skriv først, hvem det gælder." in app.texts()
        await app.tap("about-money")
        await app.write("to", "Banken")
        await app.write("purpose", "Faste udgifter først")
        await app.tap("said-in_writing")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/consents"
        assert {"Banken", "Administrationsaftale", "Faste udgifter først", "Gælder til og med 24. maj 2027.",
                "Sagt i dag, skriftligt."} <= set(app.texts())  # fmt: skip


async def test_a_withdrawal_is_one_tap_says_whom_to_tell_and_can_be_undone(
    door: Door, behind: Behind, aase: str
) -> None:
    assert door.desk is not None
    given = consents.give(door.desk, aase, ConsentForm("other", "Kirken"))
    async with behind(door, f"/citizen/{aase}/consents") as app:
        await app.tap(f"withdraw-{given.id}")
        assert "Trukket tilbage 25. november. Giv Kirken besked om, at aftalen er slut." in app.texts()
        assert states(door, aase) == ["withdrawn"]
        await app.tap("Fortryd")
        assert states(door, aase) == ["holds"]


async def test_what_ran_out_says_so(door: Door, behind: Behind, aase: str, clock: Clock) -> None:
    assert door.desk is not None
    consents.give(door.desk, aase, ConsentForm("other", "Kirken", until=TODAY + timedelta(days=2)))
    clock.move(days=3)
    async with behind(door, f"/citizen/{aase}/consents") as app:
        assert "Samtykket udløb 27. november. Spørg igen." in app.texts()


async def test_a_no_is_noted_as_a_no(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/consent/new") as app:
        await app.write("to", "Bror Ib")
        await app.tap("said-no")
        assert not [name for name in app.identifiers() if name.startswith("until-")]
        await app.tap("save")
        assert "Sagde nej. Det respekterer vi." in app.texts()
    assert states(door, aase) == ["said_no"]


async def test_until_is_a_month_or_has_no_end(door: Door, behind: Behind, aase: str) -> None:
    for chosen, until in (("until-30", TODAY + timedelta(days=30)), ("until-never", None)):
        async with behind(door, f"/citizen/{aase}/consent/new") as app:
            await app.write("to", chosen)
            await app.tap(chosen)
            await app.tap("save")
        assert door.desk is not None
        kept = next(each.consent for each in consents.register(door.desk, aase) if each.consent.to == chosen)
        assert kept.until == until


async def test_reaching_out_through_the_network_asks_here_and_comes_back(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/consent/new/network") as app:
        assert not [name for name in app.identifiers() if name.startswith("about-")]
        await app.write("to", "Søster Lis")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/reach"
    assert door.desk is not None
    (kept,) = consents.register(door.desk, aase)
    assert kept.consent.about == "network"


async def test_what_is_typed_waits_on_the_list(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/consent/new") as app:
        await app.write("to", "Boligselskabet")
        await app.tap("back")
        await app.go("/")
        assert "Et samtykke" in app.texts()
        await app.tap(f"draft-consent:{aase}:")
        assert app.page.route == f"/citizen/{aase}/consent/new"
        assert app.field("to").value == "Boligselskabet"


async def test_a_consent_that_ends_soon_is_a_reason_on_the_list(door: Door, behind: Behind) -> None:
    """J1, why.consent_ends; the sentence names nobody and nothing."""
    ids: list[str] = []
    calm = (
        ("method", {"method": "icm", "from_on": "2026-01-01"}),
        ("intensity", {"level": 1, "from_on": "2026-11-01"}),
    )
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bo", known=300, met=(20,), more=calm)))
    assert door.desk is not None
    consents.give(door.desk, ids[0], ConsentForm("hospital", "Ådal Sygehus", until=TODAY + timedelta(days=10)))
    async with behind(door) as app:
        assert "Et samtykke udløber 5. december. Spørg igen." in app.texts()
        assert "Ådal" not in app.all_text()


async def test_six_months_are_counted_from_the_day_it_was_said_and_shown_so(
    door: Door, behind: Behind, aase: str
) -> None:
    """What stands on screen is what is kept."""
    async with behind(door, f"/citizen/{aase}/consent/new") as app:
        await app.write("to", "Min søster")
        await app.tap("since--1")
        half = consents.suggested_until(TODAY - timedelta(days=1))
        assert f"until-{(half - TODAY).days}" in app.identifiers()
        await app.tap("save")
    desk = door.desk
    assert desk is not None
    [kept] = [each.consent for each in consents.register(desk, aase)]
    assert kept.until == half
