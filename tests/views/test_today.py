"""I dag: the day in words, everybody with a reason and both acts, nobody drops off."""

from datetime import timedelta

import pytest

from fieldapp.actions import drafts, next_steps
from fieldapp.texts import use_language
from fieldapp.views import unfinished
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, REGULAR, agreed, due


async def test_the_day_stands_in_words_and_every_row_has_both_acts(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: (agreed(desk), due(desk), due(desk, "Ægir", 30)))
    async with behind(door) as app:
        assert "onsdag 25. november · 1 aftale, 2 at række ud til" in app.texts()
        assert "Hjemmebesøg" in app.texts() and "10.30" in app.texts()
        assert "19 dage siden I talte" in app.texts()
        for name in ("Bent", "Åse", "Ægir"):
            assert {f"Notér: {name}", f"Ræk ud: {name}"} <= set(app.texts())


async def test_empty_sections_are_left_out(door: Door, behind: Behind) -> None:
    door.begin("open", seed=due)
    async with behind(door) as app:
        assert "Ræk ud i dag" in app.texts()
        assert not {"Aftalt i dag", "På pause", "Et andet sted lige nu", "Kan vente til i morgen"} & set(app.texts())


async def test_a_day_with_nothing_agreed_is_calm(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk, met=(1,), more=(ICM, REGULAR)))
    async with behind(door) as app:
        assert "Ingen aftaler i dag" in app.texts()
        await app.tap("all")
        assert app.page.route == "/citizens"


async def test_without_citizens_it_says_how_they_come(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door) as app:
        assert "Her er ingen borgere endnu" in app.all_text()


async def test_more_than_five_wait_folded_and_one_tap_gives_them_all_a_day(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend(due(desk, f"Nr. {n}", 12 + n) for n in range(7)))
    async with behind(door) as app:
        assert "onsdag 25. november · 5 at række ud til" in app.texts()
        assert "Kan vente til i morgen" in app.texts()
        folded = [of for of in ids if f"row-{of}" not in app.identifiers()]
        await app.tap("move-all")
        assert "Flyttet til i morgen. Du mister ingen." in app.texts()
        assert "Kan vente til i morgen" not in app.texts()
    assert door.desk is not None
    for citizen in folded:
        step = next_steps.read(door.desk, citizen)
        assert step is not None and step.on == TODAY + timedelta(days=1)


async def test_what_waits_unfolds_into_rows(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: [due(desk, f"Nr. {n}", 12 + n) for n in range(6)])
    async with behind(door) as app:
        assert sum(name.startswith("row-") for name in app.identifiers()) == 5
        await app.tap("later")
        assert sum(name.startswith("row-") for name in app.identifiers()) == 6


async def test_those_elsewhere_and_on_pause_stand_last(door: Door, behind: Behind) -> None:
    away = ("absence", {"place": "hospital", "since_on": "2026-11-23"})
    paused = ("pause", {"from_on": "2026-10-26", "reason": "Opdigtet", "review_on": "2026-12-15"})
    door.begin("open", seed=lambda desk: [seed(desk, "Rikke", met=(1,), more=(away,)),
                                          seed(desk, "Ahmad", met=(3,), more=(ICM, paused))])  # fmt: skip
    async with behind(door) as app:
        shown = app.texts()
        assert shown.index("Et andet sted lige nu") < shown.index("Rikke") < shown.index("På pause")
        assert "Hospital" not in app.all_text()


async def test_a_row_opens_the_citizen_and_back_leads_here(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door) as app:
        await app.tap(f"row-{ids[0]}")
        assert app.page.route == f"/citizen/{ids[0]}"
        await app.tap("back")
        assert app.page.route == "/"


async def test_what_a_colleague_saves_shows_at_once(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door) as app:
        assert door.desk is not None
        seed(door.desk, "Kim", known=200, met=(40,), more=(ICM, REGULAR))
        door.told(state="here")
        await app.settle()
        assert "Kim" in app.texts()


async def test_it_says_the_order(door: Door, behind: Behind) -> None:
    door.begin("open", seed=due)
    async with behind(door) as app:
        assert "Rækkefølgen: aftaler først" in app.all_text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
async def test_the_list_holds_nothing_that_others_may_not_read(door: Door, behind: Behind, scale: float) -> None:
    door.begin("open", seed=lambda desk: due(desk, cpr="010203-0000", full_name="Åse Opdigtet", address="Gaden 1"))
    async with behind(door) as app:
        await app.text_scale(scale)
        assert not [secret for secret in ("010203", "Opdigtet", "Gaden 1", "12 34") if secret in app.all_text()]


async def test_it_speaks_english_too(door: Door, behind: Behind) -> None:
    door.begin("open", seed=due)
    async with behind(door) as app:
        use_language("en")
        app.root.rows.version += 1  # type: ignore[attr-defined]
        await app.settle()
        assert "Reach out today" in app.texts() and "19 days since you talked" in app.texts()


async def test_what_was_being_written_waits_here_after_a_kill(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    assert door.desk is not None
    aase = ids[0]
    drafts.keep(door.desk, f"contact:{aase}", {"mode": "talked", "own_words": "Jeg var lige ved at"})
    drafts.keep(door.desk, f"place:{aase}", {"place": ""})
    async with behind(door) as app:
        assert {"Ikke gemt endnu", "Et notat", "Din tekst fra kl. 9.00 er her endnu."} <= set(app.texts())
        await app.tap(f"draft-contact:{aase}")
        assert app.page.route == f"/citizen/{aase}/note/talked"
        assert app.field("own-words").value == "Jeg var lige ved at"
        await app.tap("save")
        assert "Ikke gemt endnu" not in app.texts()


@pytest.mark.parametrize(
    ("key", "values", "leads_to"),
    [
        ("goal:{}", {"title": "Et mål"}, "goals/new"),
        ("text:{}", {"text": "Hej"}, "reach/text"),
        ("plan:{}", {"begun": True}, "next"),
        ("words:{}:", {"text": "At se havet"}, "say/words"),
        ("step:{}:m1", {"text": "Ringe"}, "goals/m1/say/step"),
        ("contact:{}:c1", {"own_words": "Rettet"}, "correct/c1"),
    ],
)
async def test_every_form_goes_on_where_it_was(
    door: Door, behind: Behind, key: str, values: dict[str, object], leads_to: str
) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    assert door.desk is not None
    drafts.keep(door.desk, key.format(ids[0]), values)
    (waiting,) = unfinished.read(door.desk)
    assert (waiting.citizen, waiting.then) == (ids[0], leads_to)


@pytest.mark.parametrize(
    ("route", "field", "what"),
    [
        ("ask/new", "ask-text", "Hjælp fra en kollega"),
        ("handover", "handover-text", "Et overleveringsnotat"),
        ("reach/worried", "concern-text", "En bekymring"),
        ("support", "own-words", "Hvad borgeren siger til støtten"),
        ("support/stop", "own-words", "Et nej tak"),
    ],
)
async def test_what_is_between_people_waits_here_too(
    door: Door, behind: Behind, route: str, field: str, what: str
) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door, f"/citizen/{ids[0]}/{route}") as app:
        await app.write(field, "Halvt skrevet")
        await app.leave(field)
        await app.go("/")
        assert what in app.texts()
        [row] = [name for name in app.identifiers() if name.startswith("draft-")]
        await app.tap(row)
        assert app.page.route == f"/citizen/{ids[0]}/{route}"
        assert app.field(field).value == "Halvt skrevet"


async def test_a_form_left_by_back_waits_on_the_list(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door) as app:
        await app.tap(f"note-{ids[0]}")
        await app.tap("note-met")
        await app.write("own-words", "Jeg var lige ved at")
        for _page in ("the note", "what happened", "the citizen"):
            await app.tap("back")
        assert app.page.route == "/"
        assert {"Ikke gemt endnu", "Et notat"} <= set(app.texts())
