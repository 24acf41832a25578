"""Locked: the code, and nothing about anybody."""

from datetime import UTC, datetime

import pytest

from fieldapp import errors
from tests.desks import seed
from tests.gates import PIN, WORDS, Door
from tests.views.conftest import Behind
from tests.views.test_first_start import type_pin


async def test_the_code_opens(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        assert "Indtast din kode" in app.texts()
        await type_pin(app)
        assert door.state == "open" and "I dag" in app.texts()


async def test_a_wrong_code_empties_the_dots_and_says_so(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        await type_pin(app, "111111")
        assert "Koden er forkert. Prøv igen." in app.texts()
        assert "0 tal skrevet" in app.texts()
        await type_pin(app)
        assert door.state == "open"


@pytest.mark.parametrize(("error", "words"), [
    (errors.TooManyTries(90), "For mange forsøg. Prøv igen om 2 minutter. Dine notater er i sikkerhed."),
    (errors.VaultDamaged(), "gået i stykker"),
    (errors.VaultTooNew(), "Opdater appen"),
    (errors.VaultBusy(), "allerede åben"),
    (errors.DiskFull(), "Telefonen er fuld"),
])  # fmt: skip
async def test_every_trouble_at_the_door_has_its_sentence(
    door: Door, behind: Behind, error: errors.VedholdError, words: str
) -> None:
    async with behind(door) as app:
        door.refuses = error
        await type_pin(app)
        assert words in app.all_text()
        assert door.state == "locked"


class TestAnOlderCopy:
    SAID = (
        "Det her er en ældre kopi af appens lager, fra den 14. maj 2020. Noget nyere kan mangle. "
        "Vil du hente det fra serveren?"
    )

    @pytest.fixture
    def older(self, door: Door) -> Door:
        door.older = errors.VaultOlder(datetime(2020, 5, 14, 12, tzinfo=UTC))
        return door

    async def test_it_opens_only_when_the_worker_says_so_and_types_the_code_again(
        self, older: Door, behind: Behind
    ) -> None:
        async with behind(older) as app:
            await type_pin(app)
            assert older.state == "locked" and self.SAID in app.texts()
            await app.tap("get-newer")
            assert "Din kode igen, så hentes det" in app.texts()
            await type_pin(app, "111111")
            assert "Koden er forkert. Prøv igen." in app.texts() and older.state == "locked"
            await type_pin(app)
            assert older.state == "open"

    @pytest.mark.parametrize("after", [(), ("get-newer",)])
    async def test_there_is_a_way_back(self, older: Door, behind: Behind, after: tuple[str, ...]) -> None:
        async with behind(older) as app:
            await type_pin(app)
            for tap in (*after, "leave"):
                await app.tap(tap)
            assert "Indtast din kode" in app.texts() and self.SAID not in app.texts()
            await type_pin(app)
            assert older.state == "locked" and self.SAID in app.texts(), "nothing was accepted"

    async def test_words_are_typed_again_too(self, older: Door, behind: Behind) -> None:
        older.begin("locked", secret_form="words")
        async with behind(older) as app:
            await app.write("words", WORDS)
            await app.submit("words")
            await app.tap("get-newer")
            assert "Dine ord igen, så hentes det" in app.texts() and app.field("words").value == ""
            await app.write("words", WORDS)
            await app.tap("unlock")
            assert older.state == "open"


class TestAFinger:
    async def test_it_opens_where_it_is_switched_on(self, door: Door, behind: Behind) -> None:
        door.biometric = "on"
        async with behind(door) as app:
            await app.tap("finger")
            assert door.state == "open"

    @pytest.mark.parametrize("biometric", ["none", "off"])
    async def test_it_is_not_offered_where_it_is_not(self, door: Door, behind: Behind, biometric: str) -> None:
        door.biometric = biometric  # type: ignore[assignment]
        async with behind(door) as app:
            assert "Brug fingeraftryk eller ansigt" not in app.texts()

    async def test_not_recognised_the_code_is_asked_for_as_ever(self, door: Door, behind: Behind) -> None:
        door.biometric, door.refuses = "on", errors.NotRecognised()
        async with behind(door) as app:
            await app.tap("finger")
            assert "Det virkede ikke. Brug din kode." in app.texts() and door.state == "locked"
            await type_pin(app)
            assert door.state == "open"

    async def test_it_makes_room_for_erasing_as_soon_as_a_digit_is_typed(self, door: Door, behind: Behind) -> None:
        door.biometric = "on"
        async with behind(door) as app:
            await app.tap("key-1")
            assert "Brug fingeraftryk eller ansigt" not in app.texts()
            await app.tap("key-back")
            assert "Brug fingeraftryk eller ansigt" in app.texts()

    async def test_an_older_copy_needs_the_code_all_the_same(self, door: Door, behind: Behind) -> None:
        door.biometric, door.older = "on", errors.VaultOlder()
        async with behind(door) as app:
            await app.tap("finger")
            await app.tap("get-newer")
            assert "Brug fingeraftryk eller ansigt" not in app.texts()
            await type_pin(app)
            assert door.state == "open"


async def test_the_keyboard_of_a_computer_works_too(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        for key in ("1", "2", "Numpad 3", "9", "Backspace", "4", "5", "6", "Shift", "Enter"):
            await app.press(key)
        assert door.state == "open"


async def test_a_fast_thumb_loses_no_digit(door: Door, behind: Behind) -> None:
    """Six taps before the first is drawn."""
    async with behind(door) as app:
        await app.tap_at_once(*(f"key-{digit}" for digit in PIN), "key-tick")
        assert door.state == "open"


async def test_the_first_key_says_that_somebody_is_back(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        await app.tap("key-back")
        assert door.asked == []
        await app.tap("key-1")
        await app.tap("key-2")
        assert door.asked == ["typing"]
    door.begin("locked", secret_form="words")
    async with behind(door) as app:
        await app.write("words", "f")
        assert door.asked == ["typing", "typing"]


async def test_the_keyboard_is_left_alone_once_open(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        await type_pin(app)
        assert app.page.on_keyboard_event is None


async def test_words_open_where_there_is_no_keystore(door: Door, behind: Behind) -> None:
    door.begin("locked", secret_form="words")
    async with behind(door) as app:
        field = app.field("words")
        assert field.password and field.can_reveal_password
        await app.write("words", "forkerte ord")
        await app.tap("unlock")
        assert "Koden er forkert. Prøv igen." in app.texts()
        await app.write("words", WORDS)
        await app.submit("words")
        assert door.state == "open"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
async def test_help_and_the_bare_number_that_waits_are_all_there_is(door: Door, behind: Behind, scale: float) -> None:
    door.unsent = 3
    async with behind(door) as app:
        await app.text_scale(scale)
        assert "3 venter på at blive sendt." in app.texts()
        await app.tap("help")
        assert "Din leder kan hjælpe" in app.all_text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
async def test_where_nothing_waits_no_number_is_shown(door: Door, behind: Behind, scale: float) -> None:
    async with behind(door) as app:
        await app.text_scale(scale)
        assert "at blive sendt" not in app.all_text()


async def test_nothing_of_a_citizen_is_on_the_locked_page(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk, "Åse"))
    async with behind(door) as app:
        await app.tap("hide")
        assert "Åse" not in app.all_text()
        await app.tap("cover")
        assert "Åse" not in app.all_text() and "Indtast din kode" in app.texts()
