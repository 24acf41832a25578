"""The one line after saving: *Fortryd* for 8 seconds, and *Ret* wherever a next step was set."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fieldapp.actions import attempts as actions
from fieldapp.actions import away, next_steps
from fieldapp.actions import today as days
from fieldapp.actions.desk import Desk
from tests.desks import KARIM
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import attempts, due

VIEWS = Path("fieldapp/views")
#: Where nothing was saved that one taps away again: a tick on a card, another's version that was decided on, and what
#: has its own way back.
WITHOUT = {
    "citizen",
    "decide",
    "leave_out",
    "conflict",
    "refused",
    "days_off",
}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(VIEWS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield path.stem, node


def test_every_line_after_saving_has_undo() -> None:
    bare = {
        page
        for page, call in calls()
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr, ast.unparse(call.func.value)) == ("saved", "screen")
        and "undo" not in {each.arg for each in call.keywords}
    }
    assert bare == WITHOUT


def test_the_line_that_names_the_next_step_is_said_in_one_place() -> None:
    """There *Ret* belongs to it."""
    said = [
        page
        for page, call in calls()
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr, ast.unparse(call.func.value)) == ("saved", "screen")
        and "after_saving" in ast.unparse(call)
    ]
    assert set(said) <= {"citizen", "next_words"}


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    return ids[0]


@pytest.mark.parametrize(
    ("page", "taps"),
    [
        ("note/talked", ["save"]),
        ("reach/call", ["outcome-no_answer"]),
        ("reach/bell", ["outcome-opened_talked"]),
        ("reach/known_place", ["outcome-not_seen"]),
        ("reach/note", ["note-left"]),
        ("reach/other", ["other-letter"]),
        ("reach/worried", ["did-leader", "save"]),
        ("next", ["day-3", "save"]),
        ("away", ["place-hospital", "save"]),
        ("respect", ["save"]),
    ],
)
async def test_the_next_step_that_was_set_is_changed_by_one_tap(
    door: Door, behind: Behind, aase: str, page: str, taps: list[str]
) -> None:
    async with behind(door, f"/citizen/{aase}/{page}") as app:
        for tap in taps:
            await app.tap(tap)
        assert {"undo", "change"} <= set(app.identifiers())
        await app.tap("change")
        assert app.page.route == f"/citizen/{aase}/next"


async def test_a_new_persons_too(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/new") as app:
        await app.tap("save")
        await app.tap("change")
        assert app.page.route.endswith("/next")


async def test_a_changed_step_is_taken_back(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    before = next_steps.read(door.desk, aase)
    async with behind(door, f"/citizen/{aase}/next") as app:
        await app.tap("day-3")
        await app.tap("save")
        assert next_steps.read(door.desk, aase) != before
        await app.tap("undo")
    assert next_steps.read(door.desk, aase) == before


async def test_a_text_said_to_be_sent_by_mistake_is_asked_about_again(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    actions.save(door.desk, aase, "text", "unconfirmed", text="Hej Åse.", template="s1")
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("was-sent")
        await app.tap("undo")
        assert "Blev den sidste sms sendt?" in app.texts()
    assert attempts(door, aase) == [("text", "unconfirmed")]


async def test_all_that_were_moved_come_back(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: [due(desk, f"Nr. {n}", 12 + n) for n in range(7)])
    assert door.desk is not None
    before = days.read(door.desk).later
    async with behind(door) as app:
        await app.tap("move-all")
        assert days.read(door.desk).later == ()
        await app.tap("undo")
        assert days.read(door.desk).later == before


def is_away(desk: Desk) -> None:
    due(desk)
    away.say(desk, KARIM, TODAY, TODAY + timedelta(days=2))


async def test_being_back_by_mistake_is_taken_back(door: Door, behind: Behind) -> None:
    """The deputy has the list: one wrong tap must not take it from them."""
    door.begin("open", seed=is_away)
    assert door.desk is not None
    async with behind(door, "/more/away") as app:
        await app.tap(f"back-{away.read(door.desk)[0].id}")
        assert away.read(door.desk) == ()
        await app.tap("undo")
        [mine] = away.read(door.desk)
        assert (mine.deputy, mine.from_on, mine.to_on) == ("Karim Lyngå", TODAY, TODAY + timedelta(days=2))


async def test_being_away_is_taken_back(door: Door, behind: Behind) -> None:
    door.begin("open", seed=due)
    async with behind(door, "/more/away/new") as app:
        await app.tap(f"deputy-{KARIM}")
        await app.tap("save")
        await app.tap("undo")
    assert door.desk is not None and away.read(door.desk) == ()
