"""*Indstillinger*: a finger or a face instead of the code, where the phone itself gives out a key for it."""

from fieldapp import errors
from tests.gates import Door
from tests.views.conftest import Behind

HERE = "/more/settings"
TITLE = "Fingeraftryk eller ansigt"


async def test_it_is_switched_on_and_off(door: Door, behind: Behind) -> None:
    door.begin("open")
    door.biometric = "off"
    async with behind(door, HERE) as app:
        assert TITLE in app.texts()
        await app.tap("biometric-on")
        assert door.biometric == "on"
        await app.tap("biometric-off")
        assert door.biometric == "off"


async def test_a_phone_that_will_not_says_why_and_it_stays_off(door: Door, behind: Behind) -> None:
    door.begin("open")
    door.biometric = "off"
    async with behind(door, HERE) as app:
        door.refuses = errors.NotRecognised()
        await app.tap("biometric-on")
        assert "Det virkede ikke. Kender telefonen din finger eller dit ansigt?" in app.texts()
        assert door.biometric == "off"


async def test_where_there_is_none_it_is_not_spoken_of(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, HERE) as app:
        assert TITLE not in app.texts()
