"""What is said about a home on screen: wishes, the plan, neighbours, money, the authority; half-written, it waits."""

from datetime import timedelta

import pytest

from fieldapp.actions import agreements, consents, home_page, home_talks, visitations
from fieldapp.actions.consents import ConsentForm
from fieldapp.domain.values_life import HomeType, HousingWish
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


@pytest.fixture
def kim(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Kim", situation="street")))
    return ids[0]


def home(door: Door, citizen: str) -> home_page.HomePage:
    shown = door.desk and home_page.read(door.desk, citizen)
    assert shown
    return shown


async def test_wishes_are_said_in_the_citizens_words_with_chips_beside(door: Door, behind: Behind, kim: str) -> None:
    """G4, G20, A4, G21: the ordinary home is the usual one, and hope can be lent."""
    async with behind(door, f"/citizen/{kim}/home") as app:
        assert any("Tre ud af fire på boformer ønsker sig en bolig" in text for text in app.texts())
        await app.tap("wish")
        assert app.surfaces()["kind-social_housing"].border is not None
        for wish in HousingWish:
            assert f"wish-{wish}" in app.identifiers()
        await app.tap("wish-young_low_rent")
        await app.tap("wish-pets")
        await app.write("own-words", "Et sted, hvor hunden må være.")
        await app.tap("save")
        assert {"“Et sted, hvor hunden må være.”", "Hvordan vil du gerne bo?"} <= set(app.texts())
        assert any("Ung, lav husleje" in text and "Almen bolig" in text for text in app.texts())
    assert home(door, kim).wishes[0].home_type == HomeType.SOCIAL_HOUSING


async def test_not_right_now_is_met_with_the_manuals_words(door: Door, behind: Behind, kim: str) -> None:
    """G18."""
    help_ = "Det er i orden. Støtten kræver ikke en bolig. Hvad skal der til, for at det føles trygt?"
    async with behind(door, f"/citizen/{kim}/home/wish") as app:
        assert help_ not in app.texts()
        await app.tap("wish-quiet")
        await app.tap("wish-not_now")
        assert help_ in app.texts() and "kind-social_housing" not in app.identifiers()
        await app.tap("save")
        assert help_ in app.texts()
    assert (home(door, kim).wishes[0].wishes, home(door, kim).wishes[0].home_type) == (("not_now",), None)


async def test_an_alternative_dwelling_asks_why_and_loses_nothing(door: Door, behind: Behind, kim: str) -> None:
    """G5."""
    async with behind(door, f"/citizen/{kim}/home/wish") as app:
        assert "reason" not in app.identifiers()
        await app.tap("kind-alternative")
        await app.tap("save")
        assert "Skriv først borgerens eget ønske, eller hvorfor det er den rigtige bolig." in app.texts()
        await app.write("reason", "Vil have jord under fødderne.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{kim}/home"
    assert home(door, kim).wishes[0].reason == "Vil have jord under fødderne."


async def test_the_plan_is_how_when_and_where_meanwhile(door: Door, behind: Behind, kim: str) -> None:
    """F4, F5: each may be unknown, with a day to look at it again."""
    async with behind(door, f"/citizen/{kim}/home") as app:
        asked = {"Hvordan finder I en bolig?", "Hvornår?", "Hvor kan Kim være imens?", "Ved vi ikke endnu"}
        assert asked <= set(app.texts())
        await app.tap("plan")
        await app.write("how", "Skrevet op hos to")
        await app.tap("waits-money")
        await app.tap("again-7")
        await app.tap("save")
        assert {"Skrevet op hos to", "Ved vi ikke endnu. Vi ser på det den 2. december."} <= set(app.texts())
    plan = home(door, kim).plan
    assert plan is not None and plan.follow_up_on == TODAY + timedelta(days=7)
    assert home(door, kim).waits_for == "money"


async def test_a_talk_with_the_landlord_is_closed_until_there_is_a_yes(door: Door, behind: Behind, kim: str) -> None:
    """G16: the sentence that says what opens it, and the yes said now."""
    async with behind(door, f"/citizen/{kim}/home/talks") as app:
        assert "Ringer de selv, så lyt. Fortæl intet om Kim uden et ja." in app.texts()
        await app.tap("add-talk")
        assert "Kun med et ja fra Kim. Spørg, når I ses." in app.texts()
        assert app.surfaces()["save"].on_click is None
        await app.tap("yes-orally")
        await app.write("talk-who", "Viceværten på Kajen")
        await app.tap("save")
        assert "Vælg først, hvem du talte med." in app.texts()
        await app.tap("party-caretaker")
        await app.tap("about-house_rules")
        await app.write("talk-text", "Om nøglen til vaskeriet")
        await app.tap("save")
        shown = {"Social vicevært · Husorden", "Om nøglen til vaskeriet", "Med et ja om Viceværten på Kajen"}
        assert shown <= set(app.texts())
    (talk,) = home_talks.read(door.desk, kim).talks  # type: ignore[arg-type]
    assert talk.party == "caretaker"


async def test_a_yes_that_stands_is_offered_and_one_about_the_hospital_is_not(
    door: Door, behind: Behind, kim: str
) -> None:
    assert door.desk is not None
    yes = consents.give(door.desk, kim, ConsentForm("other", "Boligforeningen Nord"))
    no = consents.give(door.desk, kim, ConsentForm("hospital", "Afsnit 4"))
    async with behind(door, f"/citizen/{kim}/home/talks/new") as app:
        assert f"yes-{no.id}" not in app.identifiers()
        assert f"yes-{yes.id}" not in app.identifiers(), "before somebody is chosen nobody is said yes to"
        await app.tap("party-neighbour")
        assert f"yes-{yes.id}" not in app.identifiers()
        await app.tap("party-landlord")
        await app.tap(f"yes-{yes.id}")
        assert app.surfaces()["save"].on_click is not None
        await app.tap("save")
        assert "Med et ja om Boligforeningen Nord" in app.texts()


async def test_an_administration_agreement_by_wish_and_consent(door: Door, behind: Behind, kim: str) -> None:
    """G14: closed, a yes about money, the agreement, ended; each on the same page."""
    async with behind(door, f"/citizen/{kim}/home/money") as app:
        assert "no-yes" in app.identifiers() and "save" not in app.identifiers()
        await app.tap("note-consent")
        await app.write("to", "Ydelseskontoret")
        await app.tap("save")
        assert app.page.route == f"/citizen/{kim}/home/money"
        await app.write("agreement-what", "Husleje og el")
        await app.tap("save")
        assert {"Husleje og el", "Kim kan altid slutte den."} <= set(app.texts())
        await app.tap("end-agreement")
        assert "Husleje og el" in app.texts() and "end-agreement" not in app.identifiers()
    about = agreements.read(door.desk, kim)  # type: ignore[arg-type]
    assert about.now is None and len(about.earlier) == 1


async def test_the_authoritys_decision_is_noted_and_nothing_waits_for_it(door: Door, behind: Behind, kim: str) -> None:
    """F2, F9."""
    async with behind(door, f"/citizen/{kim}/home") as app:
        await app.tap("home-visitation")
        said = "Støtten begynder med det samme, sideløbende med visitationen. "
        assert said + "Den sætter ingen grænser for, hvad Kim kan få hjælp til." in app.texts()
        await app.tap("save")
        assert "Vælg først, hvor langt den er." in app.texts()
        await app.tap("stands-in_progress")
        await app.write("visitation-contact", "Bente fra visitationen")
        await app.tap("save")
        waits = "Støtten er i gang. 200 dage siden den første kontakt, og ingen afgørelse endnu."
        assert any(waits in text for text in app.texts())
    shown = visitations.read(door.desk, kim)  # type: ignore[arg-type]
    assert shown is not None and shown.said[0].contact == "Bente fra visitationen"


async def test_what_it_was_granted_by_can_be_said_and_belongs_to_a_decision_alone(
    door: Door, behind: Behind, kim: str
) -> None:
    async with behind(door, f"/citizen/{kim}/home/visitation") as app:
        await app.tap("stands-in_progress")
        assert "paragraph-p85a" not in app.identifiers()
        await app.tap("stands-granted")
        await app.tap("paragraph-p85a")
        await app.tap("save")
        await app.go(f"/citizen/{kim}/home/visitation")
        assert any(text.endswith("· § 85 a") for text in app.texts()), "it stands with its day"
        await app.tap("stands-in_progress")
        await app.tap("save")
    shown = visitations.read(door.desk, kim)  # type: ignore[arg-type]
    assert shown is not None and [each.paragraph for each in shown.said] == [None, "§ 85 a"]


@pytest.mark.parametrize(
    ("page", "field", "key"),
    [
        ("wish", "own-words", "housing_wish"),
        ("plan", "meanwhile", "wait_plan"),
        ("where", "situation-note", "situation"),
        ("talks/new", "talk-text", "home_talk"),
        ("visitation", "visitation-note", "visitation"),
        ("task/finding-signed_up", "number", "home_task"),
        ("period/new", "home-note", "home"),
    ],
)
async def test_what_is_half_written_waits_on_i_dag(
    door: Door, behind: Behind, kim: str, page: str, field: str, key: str
) -> None:
    """I-8."""
    async with behind(door, f"/citizen/{kim}/home/{page}") as app:
        await app.write(field, "Halvt skrevet")
        await app.leave(field)
        await app.go("/")
        (waits,) = (name for name in app.identifiers() if name.startswith(f"draft-{key}:{kim}"))
        await app.tap(waits)
        assert app.page.route == f"/citizen/{kim}/home/{page}"
        assert app.field(field).value == "Halvt skrevet"
