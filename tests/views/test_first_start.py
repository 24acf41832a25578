"""First start: the code, a code of one's own, the first citizens; every refusal says what to do."""

from typing import Literal

import pytest

from fieldapp import errors
from fieldapp.domain import invitation
from tests.gates import PIN, WORDS, Door
from tests.views.conftest import Behind


async def type_pin(app: object, pin: str = PIN) -> None:
    for digit in pin:
        await app.tap(f"key-{digit}")  # type: ignore[attr-defined]
    await app.tap("key-tick")  # type: ignore[attr-defined]


@pytest.fixture
def new(door: Door) -> Door:
    door.begin("new")
    return door


async def test_from_code_to_today(new: Door, behind: Behind) -> None:
    async with behind(new) as app:
        assert "Velkommen" in app.texts()
        await app.write("address", " https://vedhold.example.dk ")
        await app.write("code", " AB12-CD34 ")
        await app.tap("enrol")
        assert new.asked == ["enrol https://vedhold.example.dk AB12-CD34"]
        assert "Vælg en kode på mindst 6 tal" in app.texts()
        await type_pin(app)
        assert "Skriv den én gang til" in app.texts()
        await type_pin(app)
        assert new.state == "open"
        assert "I dag" in app.texts()


@pytest.mark.parametrize(("error", "words"), [
    (errors.CodeRefused("wrong"), "Se efter 0 og O, 1 og I."),
    (errors.CodeRefused("used"), "Koden er allerede brugt. Bed om en ny."),
    (errors.CodeRefused("expired"), "Koden er udløbet."),
    (errors.NoConnection(), "Du skal have net den første gang."),
    (errors.BadAddress("not_private"), "https"),
    (errors.VersionMismatch("app_old"), "Appen skal opdateres"),
    (errors.ServerTrouble(), "serveren"),
])  # fmt: skip
async def test_a_refused_enrolment_says_why_and_keeps_what_was_typed(
    new: Door, behind: Behind, error: errors.VedholdError, words: str
) -> None:
    async with behind(new) as app:
        await app.write("address", "https://vedhold.example.dk")
        await app.write("code", "AB12")
        new.refuses = error
        await app.tap("enrol")
        assert words in app.all_text()
        assert app.field("code").value == "AB12"
        await app.tap("enrol")
        assert new.state == "enrolled"


@pytest.mark.parametrize("into", ["address", "code"])
async def test_the_leaders_link_put_into_either_field_fills_both_and_says_which_server(
    new: Door, behind: Behind, into: str
) -> None:
    async with behind(new) as app:
        invited = invitation.Invitation("https://vedhold.example.dk", "AB12CD34", "0123456789abcdef" * 2)
        await app.write(into, invitation.link(invited))
        assert app.field("address").value == "https://vedhold.example.dk" and app.field("code").value == "AB12CD34"
        await app.tap("enrol")
        assert new.asked == [f"enrol https://vedhold.example.dk AB12CD34 {invited.fingerprint}"]


INVITED = invitation.Invitation("https://vedhold.example.dk", "AB12CD34", "0123456789abcdef" * 2)
LINK = invitation.link(INVITED)
ASKED = f"enrol https://vedhold.example.dk AB12CD34 {INVITED.fingerprint}"
#: As Flet hands it on: the scheme and the host are gone.
ROUTE = LINK.replace("vedhold://enrol", "/")


@pytest.mark.parametrize("route", [LINK, ROUTE, ROUTE.replace("/", "/enrol", 1)])
async def test_the_leaders_link_that_opens_the_app_fills_everything(new: Door, behind: Behind, route: str) -> None:
    async with behind(new, route=route) as app:
        assert (app.field("address").value, app.field("code").value) == (INVITED.address, INVITED.code)
        assert new.asked == [], "nothing is sent before somebody has seen where to"
        assert app.page.route == "/", "and the code stands in no address"
        await app.tap("enrol")
        assert new.asked == [ASKED]


async def test_a_link_that_is_tapped_while_the_first_page_is_there_fills_it_too(new: Door, behind: Behind) -> None:
    async with behind(new) as app:
        await app.write("address", "https://opfundet.example.dk")
        await app.go(ROUTE)
        await app.tap("enrol")
        assert new.asked == [ASKED]


async def test_what_is_typed_after_a_link_is_what_counts(new: Door, behind: Behind) -> None:
    async with behind(new, route=ROUTE) as app:
        await app.write("code", "EF56GH78")
        await app.tap("enrol")
        assert new.asked == [ASKED.replace("AB12CD34", "EF56GH78")]


@pytest.mark.parametrize("state", ["enrolled", "locked", "open"])
async def test_on_a_phone_that_is_in_use_a_link_changes_nothing(
    door: Door, behind: Behind, state: Literal["enrolled", "locked", "open"]
) -> None:
    door.begin(state)
    async with behind(door, route=ROUTE) as app:
        await app.go(ROUTE)
        assert door.state == state and not [each for each in door.asked if each.startswith("enrol")]
        assert "AB12CD34" not in app.all_text() and app.crashes == []


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("lost", "Telefonen er meldt tabt. Det, der var på den, er slettet. Ring til din leder."),
        ("retired", "Telefonen er taget ud af brug. Alt er sendt, og oplysningerne er slettet her."),
        ("lease", "Telefonen har været uden net så længe, at det, der var på den, er slettet. Alt var sendt."),
    ],
)
async def test_a_phone_that_was_emptied_says_why(
    new: Door, behind: Behind, gone: Literal["lost", "retired", "lease"], words: str
) -> None:
    new.gone = gone
    async with behind(new) as app:
        assert words in app.all_text() and "Velkommen" in app.all_text()


async def test_two_different_codes_begin_again(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    async with behind(door) as app:
        await type_pin(app)
        await type_pin(app, "654321")
        assert "De to koder er ikke ens. Prøv igen." in app.texts()
        assert "Vælg en kode på mindst 6 tal" in app.texts()
        assert door.state == "enrolled"


async def test_a_weak_code_is_refused_in_words(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    async with behind(door) as app:
        await type_pin(app)
        door.refuses = errors.WeakSecret("common")
        await type_pin(app)
        assert "Vælg en kode, der er sværere at gætte." in app.texts()
        assert "Vælg en kode på mindst 6 tal" in app.texts()


async def test_five_digits_are_not_a_code(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    async with behind(door) as app:
        await type_pin(app, "12345")
        assert "Vælg en kode på mindst 6 tal" in app.texts()
        assert "5 tal skrevet" in app.texts()


async def test_a_longer_code_shows_a_dot_for_each_digit(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    async with behind(door) as app:
        for _turn in range(8):
            await app.tap("key-7")
        assert "8 tal skrevet" in app.texts()
        await app.tap("key-back")
        assert "7 tal skrevet" in app.texts()


async def test_where_there_is_no_keystore_words_are_proposed_and_typed_twice(door: Door, behind: Behind) -> None:
    door.begin("enrolled", secret_form="words")
    async with behind(door) as app:
        assert WORDS in app.texts()
        await app.write("words", WORDS)
        await app.write("again", "noget andet end ordene")
        await app.tap("choose")
        assert "De to er ikke ens. Prøv igen." in app.texts()
        await app.write("again", f"  {WORDS.replace(' ', '  ')} ")
        await app.tap("choose")
        assert door.state == "open"


async def test_the_first_citizens_are_counted_and_nobody_has_to_wait_for_them(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    door.told(state="first", done=3, total=31)
    async with behind(door) as app:
        await type_pin(app)
        await type_pin(app)
        assert "Henter dine borgere: 3 af 31." in app.texts()
        door.told(done=20)
        await app.settle()
        assert "Henter dine borgere: 20 af 31." in app.texts()
        await app.tap("go-on")
        assert "Henter dine borgere: 20 af 31." in app.texts()  # now the line on I dag
        assert "row-" not in app.texts() and "I dag" in app.texts()


async def test_the_pages_open_by_themselves_when_the_citizens_are_there(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    door.told(state="first", done=3, total=31)
    async with behind(door) as app:
        await type_pin(app)
        await type_pin(app)
        door.told(state="there", done=0, total=0)
        await app.settle()
        assert "I dag" in app.texts() and "Klar. Du kan arbejde uden net." not in app.texts()


async def test_without_network_the_first_fetch_says_so_and_can_be_left(door: Door, behind: Behind) -> None:
    door.begin("enrolled")
    door.told(state="first", why="no_connection")
    async with behind(door) as app:
        await type_pin(app)
        await type_pin(app)
        assert "Ingen forbindelse. Alt er gemt på telefonen." in app.texts()
        await app.tap("retry")
        assert "sync" in door.asked
        await app.tap("go-on")
        assert "I dag" in app.texts()
