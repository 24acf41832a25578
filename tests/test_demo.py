"""Practice mode: what `make demo` shows on the first opening. Everybody in it is invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions import away, caseload, citizens, conflicts, goals, today
from fieldapp.demo import PIN, NoPlatform, OutOfReach, Phone, practice_phone
from fieldapp.domain.caseload import Note
from fieldapp.errors import PracticeOnly
from fieldapp.practice.cast import CAST
from fieldapp.texts import use_language
from fieldapp.trial import Trial


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    use_language("da")
    folder: Path = tmp_path_factory.mktemp("practice")
    with Trial(folder / "server", durable=False) as trial:
        yield practice_phone(trial, folder / "phone")


async def off(phone: Phone) -> None:
    """Switch it off: what stays open would belong to a test that has ended."""
    phone.lock()
    await (await phone.app(NoPlatform())).closed()


async def test_frejas_day_stands_there_with_its_people_and_reasons(phone: Phone) -> None:
    app = await phone.app(NoPlatform(), OutOfReach)
    assert (app.practice, app.secret_form, app.state, app.unsent) == (True, "pin", "locked", 2)
    await app.unlock(PIN)
    assert app.desk is not None
    day = today.read(app.desk)
    assert {"Bent", "Sanne"} <= {row.name for row in day.agreed}
    assert {"Tommy", "Signe"} <= {row.name for row in (*day.reach, *day.later)}
    mine = {line.name for line in citizens.read_all(app.desk) if line.mine}
    assert mine == {one.known_as for one in CAST if one.responsible == "freja"}
    lone = next(line.id for line in citizens.read_all(app.desk) if line.name == "Lone")
    assert [goal.two_versions for goal in goals.read(app.desk, lone)] == [True]
    assert len(conflicts.read(app.desk)) == 1
    assert app.sending.waiting == 2
    await off(phone)


async def test_the_usual_deputy_the_roles_and_the_caseload_are_those_of_the_cast(phone: Phone) -> None:
    """Ten of ten, several of whom move in: the text about fewer is shown. Karim stands in for Freja."""
    app = await phone.app(NoPlatform(), OutOfReach)
    await app.unlock(PIN)
    assert app.desk is not None
    first = away.colleagues(app.desk)[0]
    assert (first.name, first.role, first.usual) == ("Karim Lyngå", "housing_support", True)
    own = caseload.read(app.desk)
    assert (own.citizens, own.ceiling, own.moving_in >= 3, own.notes) == (10, 10, True, (Note.MOVING_IN,))
    await off(phone)


async def test_the_two_unsent_notes_go_when_the_server_is_reached(phone: Phone) -> None:
    app = await phone.app(NoPlatform())
    await app.unlock(PIN)
    await app.sync_now()
    assert app.sending.waiting == 0
    await off(phone)


async def test_a_practice_phone_never_meets_a_real_server(phone: Phone, tmp_path: Path) -> None:
    other = await Phone(tmp_path, practice=True).app(NoPlatform())
    with pytest.raises(PracticeOnly):
        await other.enrol("https://vedhold.opfundet.dk", "AAAAAAAA")
    assert other.state == "new"


async def test_switching_on_again_closes_what_was_open(phone: Phone) -> None:
    before = await phone.app(NoPlatform(), OutOfReach)
    await before.unlock(PIN)
    after = await phone.app(NoPlatform(), OutOfReach)
    assert (before.state, after.state) == ("locked", "locked")
    await after.unlock(PIN)
    await off(phone)
