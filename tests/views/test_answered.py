"""*Har du svaret?* after the citizen called, wrote or came by: one tap, and later stays on the list (H14)."""

from datetime import timedelta

import pytest

from fieldapp.actions import answers, contacts, next_steps, rows, today
from fieldapp.store.tables import NextStepRow
from tests.desks import seed
from tests.examples import NOW, TODAY
from tests.fake_client import FakeClient
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, REGULAR, moments

FROM = ["citizen_called", "citizen_wrote", "citizen_came"]


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bent", met=(19,), more=(ICM, REGULAR))))
    return ids[0]


def listed(door: Door) -> list[str]:
    assert door.desk is not None
    return [row.reason.why.value for row in today.read(door.desk).reach]


def steps(door: Door, citizen: str) -> list[tuple[object, str | None]]:
    assert door.desk is not None
    with door.desk.store.reading() as session:
        return [(row.on, row.text) for row in rows.of_citizen(session, NextStepRow, citizen)]


async def note(app: FakeClient, citizen: str, mode: str) -> None:
    await app.go(f"/citizen/{citizen}/note/{mode}")
    await app.tap("save")


@pytest.mark.parametrize("mode", FROM)
async def test_h14_it_resets_the_rhythm_and_asks_whether_you_have_answered(
    door: Door, behind: Behind, bent: str, mode: str
) -> None:
    assert listed(door) == ["review"], "nothing is more pressing than a review together"
    async with behind(door) as app:
        await note(app, bent, mode)
        assert app.page.route == f"/citizen/{bent}/answered"
        assert "Har du svaret?" in app.texts()
        assert any(text.startswith("Gemt. Næste skridt: Ræk ud") for text in app.texts())
        await app.tap("answer-yes")
        assert app.page.route == "/"
    assert listed(door) == []
    assert door.desk is not None
    step = next_steps.read(door.desk, bent)
    assert step is not None and step.on > TODAY


async def test_h14_yes_to_what_was_written_is_a_record_and_fortryd_takes_it_back(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door) as app:
        await note(app, bent, "citizen_wrote")
        await app.tap("answer-yes")
        assert [each.word for each in moments(door, bent)][:2] == ["wrote", "citizen_wrote"]
        await app.tap("undo")
        assert listed(door) == ["citizen_wrote"]


@pytest.mark.parametrize(
    ("mode", "why", "step"),
    [
        ("citizen_wrote", "citizen_wrote", None),
        ("citizen_called", "planned", "Ringe tilbage"),
        ("citizen_came", "planned", "Give et svar"),
    ],
)
async def test_h14_later_stays_on_the_list_until_it_is_answered(
    door: Door, behind: Behind, bent: str, mode: str, why: str, step: str | None
) -> None:
    async with behind(door) as app:
        await note(app, bent, mode)
        await app.tap("answer-later")
        assert "Bliver på din liste, til du har svaret." in app.texts()
        assert listed(door) == [why]
        assert [text for _on, text in steps(door, bent)] == [step] * (step is not None)
        await note(app, bent, "talked")
    assert listed(door) == []


async def test_h14_now_leads_to_reaching_out(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door) as app:
        await note(app, bent, "citizen_called")
        await app.tap("answer-now")
        assert app.page.route == f"/citizen/{bent}/reach"


async def test_h14_whoever_just_leaves_finds_it_on_the_list_and_on_the_citizens_page(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door) as app:
        await note(app, bent, "citizen_wrote")
        await app.tap("back")
        assert listed(door) == ["citizen_wrote"]
        await app.go(f"/citizen/{bent}")
        assert "Bent skrev til dig i dag. Har du svaret?" in app.texts()
        await app.tap("answer-yes")
        await app.go(f"/citizen/{bent}")
        assert "answer-yes" not in app.identifiers()
    assert listed(door) == []


async def test_what_was_taken_back_asks_nothing(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door) as app:
        await note(app, bent, "citizen_called")
        await app.tap("undo")
        assert "Ingenting venter på svar." in app.texts()


async def test_yes_twice_is_one_answer(door: Door, bent: str) -> None:
    assert door.desk is not None
    wrote = contacts.ContactForm(mode="citizen_wrote", occurred_at=NOW - timedelta(hours=2))
    contacts.note(door.desk, bent, wrote)
    answers.yes(door.desk, bent)
    assert answers.yes(door.desk, bent).added == ()
    assert [each.word for each in moments(door, bent) if each.word == "wrote"] == ["wrote"]
