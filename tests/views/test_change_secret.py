"""*Skift kode*: the old one, the new one twice; every refusal says why, and nothing else changes."""

import pytest

from fieldapp import errors
from tests.gates import PIN, WEAK, WORDS, Door
from tests.views.conftest import Behind
from tests.views.test_first_start import type_pin

NEW = "483920"
NEW_WORDS = "skovsti pandekage lygte mandag"
HERE = "/more/settings/code"


@pytest.fixture
def open_door(door: Door) -> Door:
    return door.begin("open")


async def test_from_settings_to_a_new_code_that_opens(open_door: Door, behind: Behind) -> None:
    async with behind(open_door, "/more/settings") as app:
        await app.tap("change-secret")
        assert app.page.route == HERE and "Først den kode, du har nu" in app.texts()
        await type_pin(app)
        assert "Vælg en kode på mindst 6 tal" in app.texts()
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert "Koden er skiftet." in app.texts() and app.page.route == "/more/settings"
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert open_door.state == "locked", "the old one opens nothing"
        await type_pin(app, NEW)
        assert open_door.state == "open"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.WrongSecret(), "Koden er forkert. Prøv igen."),
        (errors.TooManyTries(90), "For mange forsøg. Prøv igen om 2 minutter. Dine notater er i sikkerhed."),
    ],
)
async def test_a_wrong_old_code_is_said_and_asked_for_again(
    open_door: Door, behind: Behind, error: errors.VaultError, words: str
) -> None:
    async with behind(open_door, HERE) as app:
        await type_pin(app, "999999")
        open_door.refuses = error
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert words in app.texts() and "Først den kode, du har nu" in app.texts()
        await type_pin(app)
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert "Koden er skiftet." in app.texts()


@pytest.mark.parametrize(
    ("second", "error", "words"),
    [
        ("777777", None, "De to koder er ikke ens. Prøv igen."),
        (NEW, errors.DiskFull(), "Koden kunne ikke skiftes lige nu. Prøv igen."),
        (NEW, errors.WeakSecret("common"), "Vælg en kode, der er sværere at gætte."),
    ],
)
async def test_what_is_wrong_with_the_new_one_asks_for_the_new_one_again(
    open_door: Door, behind: Behind, second: str, error: errors.VedholdError | None, words: str
) -> None:
    async with behind(open_door, HERE) as app:
        await type_pin(app)
        await type_pin(app, NEW)
        open_door.refuses = error
        await type_pin(app, second)
        assert words in app.texts() and "Vælg en kode på mindst 6 tal" in app.texts()
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert "Koden er skiftet." in app.texts()


async def test_a_weak_new_code_leaves_the_old_one(open_door: Door, behind: Behind) -> None:
    async with behind(open_door, HERE) as app:
        await type_pin(app)
        await type_pin(app, WEAK)
        await type_pin(app, WEAK)
        assert "Vælg en kode, der er sværere at gætte." in app.texts()
        await app.tap("back")
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app, PIN)
        assert open_door.state == "open"


async def test_words_are_changed_on_one_page_with_a_proposal(door: Door, behind: Behind) -> None:
    door.begin("open", secret_form="words")
    async with behind(door, "/more/settings") as app:
        await app.tap("change-secret")
        assert WORDS in app.texts() and app.field("old").password
        await app.write("old", "forkerte ord her")
        await app.write("words", NEW_WORDS)
        await app.write("again", "noget andet")
        await app.tap("change")
        assert "De to er ikke ens. Prøv igen." in app.texts()
        await app.write("again", f" {NEW_WORDS} ")
        await app.tap("change")
        assert "De ord, du har nu, passer ikke. Prøv igen." in app.texts()
        await app.write("old", WORDS)
        await app.submit("again")
        assert "Koden er skiftet." in app.texts() and app.page.route == "/more/settings"


async def test_who_left_in_the_middle_begins_again(open_door: Door, behind: Behind) -> None:
    async with behind(open_door, HERE) as app:
        await type_pin(app)
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert app.page.route == HERE and "Først den kode, du har nu" in app.texts()
