"""*Kan du ikke komme ind?*: help is a leader's yes; then a new code is chosen twice, and what was written is there."""

import pytest

from fieldapp import errors
from tests.desks import seed
from tests.gates import WEAK, Door
from tests.views.conftest import Behind
from tests.views.test_first_start import type_pin

NEW = "483920"
SAFE = "Glemt koden? Din leder kan hjælpe. Notaterne på telefonen bliver, hvor de er."
CHOOSE = "Vælg en kode på mindst 6 tal"


@pytest.fixture
def locked(door: Door) -> Door:
    """With Åse on it."""
    door.begin("open", seed=lambda desk: seed(desk, "Åse", met=(19,)))
    door.lock()
    door.asked.clear()
    return door


async def test_from_the_locked_door_to_a_new_code_and_all_is_there(locked: Door, behind: Behind) -> None:
    async with behind(locked) as app:
        await app.tap("help")
        assert SAFE in app.texts()
        await app.tap("leader-said-yes")
        assert locked.asked == ["recovery"] and CHOOSE in app.texts()
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert locked.state == "open" and "Åse" in app.texts()
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert locked.state == "locked", "the forgotten one opens nothing"
        await type_pin(app, NEW)
        assert locked.state == "open"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.RecoveryRefused("not_yet"), "Din leder har ikke sagt ja endnu. Ring til din leder"),
        (errors.RecoveryRefused("nothing"), "Serveren har ingen kode til denne telefon."),
        (errors.NoConnection(), "Det kræver net. Dine notater er i sikkerhed imens."),
        (errors.DeviceRevoked("lost"), "meldt tabt"),
        (errors.ServerTrouble(), "serveren"),
    ],
)
async def test_why_it_does_not_work_yet_is_said_and_it_can_be_tried_again(
    locked: Door, behind: Behind, error: errors.VedholdError, words: str
) -> None:
    async with behind(locked) as app:
        await app.tap("help")
        locked.refuses = error
        await app.tap("leader-said-yes")
        assert words in app.all_text() and SAFE in app.texts() and CHOOSE not in app.texts()
        await app.tap("leader-said-yes")
        assert CHOOSE in app.texts() and words not in app.all_text()


@pytest.mark.parametrize("taps", [("help",), ("help", "leader-said-yes")])
async def test_who_remembers_after_all_goes_back(locked: Door, behind: Behind, taps: tuple[str, ...]) -> None:
    async with behind(locked) as app:
        for tap in (*taps, "leave"):
            await app.tap(tap)
        assert "Indtast din kode" in app.texts()
        await type_pin(app)
        assert locked.state == "open"


async def test_a_weak_or_mistyped_new_code_is_asked_for_again(locked: Door, behind: Behind) -> None:
    locked.can_recover = True
    async with behind(locked) as app:
        assert CHOOSE in app.texts(), "begun before the app ended: it goes on there"
        await type_pin(app, WEAK)
        await type_pin(app, WEAK)
        assert "Vælg en kode, der er sværere at gætte." in app.texts()
        await type_pin(app, NEW)
        await type_pin(app, "777777")
        assert "De to koder er ikke ens. Prøv igen." in app.texts() and locked.state == "locked"
        await app.tap("leave")
        await app.tap("help")
        assert CHOOSE in app.texts() and "recovery" not in locked.asked, "the yes is not asked for twice"


async def test_words_are_chosen_where_there_is_no_keystore(door: Door, behind: Behind) -> None:
    door.begin("locked", secret_form="words")
    words = "skovsti pandekage lygte mandag"
    async with behind(door) as app:
        await app.tap("help")
        await app.tap("leader-said-yes")
        await app.write("words", words)
        await app.write("again", words)
        await app.tap("choose")
        assert door.state == "open"


async def test_an_older_copy_is_asked_about_here_too(locked: Door, behind: Behind) -> None:
    locked.can_recover, locked.older = True, errors.VaultOlder(None)
    async with behind(locked) as app:
        await type_pin(app, NEW)
        await type_pin(app, NEW)
        assert "Det her er en ældre kopi" in app.all_text() and locked.state == "locked"
        await app.tap("get-newer")
        await type_pin(app, NEW)
        assert locked.state == "open"


async def test_nothing_of_a_citizen_is_on_these_pages(locked: Door, behind: Behind) -> None:
    async with behind(locked) as app:
        for tap in ("help", "leader-said-yes"):
            await app.tap(tap)
            assert "Åse" not in app.all_text()
