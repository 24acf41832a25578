"""Goals: chosen by the citizen, in the citizen's words, with small steps to tick; as before is fine too."""

import flet as ft
import pytest

from fieldapp.actions import citizens, drafts, focus, goals
from fieldapp.actions.goals import GoalForm
from fieldapp.wire import Row
from tests.actions.test_conflicts import a_conflict
from tests.desks import Clock, a_row, arrive, seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import GOAL, STEP, in_full


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    return ids[0]


def read(door: Door, citizen: str) -> goals.Goal:
    assert door.desk is not None
    return next(goal for goal in goals.read(door.desk, citizen) if goal.id == GOAL)


async def test_the_wheel_tells_what_was_chosen_and_goals_are_quotes(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        texts = app.texts()
        assert "De otte livsdimensioner. Arbejdes med nu: Bolig." in texts
        assert "Bolig: et mål · små fremskridt" in texts, "each sector says why"
        assert "Bent vælger, hvad I arbejder med." in texts
        assert {"“En stol mere til bordet”", "Kigge i genbrugsen", "1 lille fremskridt"} <= set(texts)


async def test_m1_better_as_before_and_harder_are_all_told_and_none_ends_the_goal(
    door: Door, behind: Behind, bent: str
) -> None:
    told = {"better": "Bedre", "as_before": "Som før, også godt", "harder_now": "Sværere lige nu"}
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        assert not set(told.values()) & set(app.texts())
        for code, words in told.items():
            await app.go(f"/citizen/{bent}/goals/{GOAL}")
            assert set(told.values()) <= set(app.texts()), "each is offered, whatever was said before"
            await app.tap(f"outcome-{code}")
            await app.go(f"/citizen/{bent}")
            await app.tap("tab-goals")
            assert [text for text in app.texts() if text in told.values()] == [words]
            assert (read(door, bent).outcome, read(door, bent).ended_on) == (code, None)


async def test_no_goals_is_fine(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("tab-goals")
        assert any(text.startswith("Ingen mål endnu, og det er helt i orden.") for text in app.texts())


async def test_a_new_goal_with_its_smallest_step(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        await app.tap("goals/new")
        await app.tap("dimension-network_relations")
        await app.write("goal-title", "Lave mad til mange")
        await app.tap("decided-citizen")
        await app.write("goal-step", "Fællesspisning onsdag")
        await app.tap("by-citizen")
        await app.tap("day-7")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}"
        assert "Gemt. Bent bestemmer målet." in app.texts()
    assert door.desk is not None
    new = next(goal for goal in goals.read(door.desk, bent) if goal.id != GOAL)
    assert (new.dimension, new.title, new.decided_by) == ("network_relations", "Lave mad til mange", "citizen")
    ((text, by, due),) = [(step.text, step.by, str(step.due_on)) for step in new.steps]
    assert (text, by, due) == ("Fællesspisning onsdag", "citizen", "2026-12-02")


async def test_a_goal_needs_a_dimension_and_words_and_says_so(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/new") as app:
        await app.write("goal-title", "Sove en hel nat")
        await app.tap("save")
        assert "Vælg en af de otte." in app.texts()
        await app.tap("dimension-mental_health")
        await app.write("goal-title", " ")
        await app.tap("save")
        assert "Skriv målet først, som borgeren siger det." in app.texts()
        await app.write("goal-title", "Sove en hel nat")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}"


async def test_a_goal_half_written_waits(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    form = GoalForm(dimension="finances", title="Lidt til overs")
    drafts.keep(door.desk, goals.draft_key(bent), drafts.values_of(form))
    async with behind(door, f"/citizen/{bent}/goals/new") as app:
        assert app.field("goal-title").value == "Lidt til overs"
        await app.tap("save")
    assert {goal.title for goal in goals.read(door.desk, bent)} == {"En stol mere til bordet", "Lidt til overs"}


async def test_a_step_is_ticked_by_one_tap_and_unticked_by_another(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap(f"step-{STEP}")
        assert any(text.startswith("Gjort i dag") for text in app.texts())
        assert read(door, bent).steps[0].done_on is not None
        await app.tap(f"step-{STEP}")
        assert read(door, bent).steps[0].done_on is None


@pytest.mark.parametrize("outcome", ["better", "as_before", "harder_now"])
async def test_how_it_goes_is_one_tap(door: Door, behind: Behind, bent: str, outcome: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap(f"outcome-{outcome}")
    assert read(door, bent).outcome == outcome


async def test_one_more_step_and_one_more_step_forward(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("new-step")
        await app.write("say", "Måle op")
        await app.tap("by-worker")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/goals/{GOAL}"
        await app.tap("more")
        await app.write("say", "Valgte selv farven.")
        await app.tap("save")
        assert {"Måle op", "Valgte selv farven."} <= set(app.texts())
    goal = read(door, bent)
    assert ("Måle op", "worker") in [(step.text, step.by) for step in goal.steps]
    assert goal.progress[0].text == "Valgte selv farven."


async def test_a_goal_that_ended_stays_readable(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("end-goal")
        assert "Målet er afsluttet. Det kan stadig læses." in app.texts()
        await app.go(f"/citizen/{bent}")
        await app.tap("tab-goals")
        assert "Afsluttet" in app.texts() and "“En stol mere til bordet”" in app.texts()
    assert read(door, bent).ended_on is not None


async def test_a_goal_that_ended_can_be_taken_up_again_at_once_and_later(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("end-goal")
        await app.tap("Fortryd")
        assert read(door, bent).ended_on is None
        await app.tap("end-goal")
        assert "end-goal" not in app.identifiers() and "change-title" not in app.identifiers()
        await app.tap("reopen-goal")
        assert "I arbejder med målet igen." in app.texts() and "change-title" in app.identifiers()
        assert read(door, bent).ended_on is None
        await app.tap("Fortryd")
    assert read(door, bent).ended_on is not None


async def test_what_was_tapped_on_a_goal_can_be_taken_back(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap(f"step-{STEP}")
        await app.tap("Fortryd")
        assert read(door, bent).steps[0].done_on is None
        await app.tap("outcome-harder_now")
        await app.tap("Fortryd")
        assert read(door, bent).outcome is None


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("say/words", "say"),
        ("say/strength", "say"),
        ("say/progress", "say"),
        (f"goals/{GOAL}/say/step", "say"),
        (f"goals/{GOAL}/say/progress", "say"),
        (f"goals/{GOAL}/say/title", "say"),
        (f"goals/{GOAL}/say/view", "say"),
        ("goals/new", "goal-title"),
    ],
)
async def test_a_slip_in_what_was_written_is_taken_back_and_its_words_are_a_draft_again(
    door: Door, behind: Behind, bent: str, page: str, field: str
) -> None:
    slip = "En slåfejl, som ikke skal stå der"
    async with behind(door, f"/citizen/{bent}/{page}") as app:
        if page == "goals/new":
            await app.tap("dimension-finances")
        await app.write(field, slip)
        await app.tap("save")
        assert _stands(door, bent, slip)
        await app.tap("Fortryd")
        assert not _stands(door, bent, slip)
        await app.go(f"/citizen/{bent}/{page}")
        assert app.field(field).value == slip


def _stands(door: Door, citizen: str, words: str) -> bool:
    assert door.desk is not None
    page = citizens.read(door.desk, citizen)
    return words in repr((page, goals.read(door.desk, citizen), goals.progress(door.desk, citizen)))


async def test_what_was_saved_is_said_by_who_decided(door: Door, behind: Behind, bent: str) -> None:
    """L5: a suggestion is not said to be theirs."""
    told = {
        "citizen": "Gemt. Bent bestemmer målet.",
        "together": "Gemt. Det har I bestemt sammen.",
        "proposed": "Gemt som foreslået. Bent bestemmer, om det skal være et mål.",
    }
    async with behind(door, f"/citizen/{bent}") as app:
        for code, words in told.items():
            await app.go(f"/citizen/{bent}/goals/new")
            await app.tap("dimension-finances")
            await app.write("goal-title", f"Lidt til overs ({code})")
            await app.tap(f"decided-{code}")
            await app.tap("save")
            assert words in app.texts() and not (set(told.values()) - {words}) & set(app.texts())


async def test_l5_what_was_only_suggested_is_marked_in_the_list_on_the_goal_and_in_sammen(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    new = goals.add(door.desk, bent, GoalForm("finances", "Et budget", decided_by="proposed")).id
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        assert sum("Foreslået" in text for text in app.texts()) == 1, "of the two only the one"
        await app.go(f"/citizen/{bent}/goals/{new}")
        assert "Foreslået" in app.texts() and "Bestemt af: Foreslået" not in app.texts()
        await app.go(f"/citizen/{bent}/own")
        assert sum("Foreslået" in text for text in app.texts()) == 1
        await app.go(f"/citizen/{bent}")
        await app.tap("tab-overview")
        await app.tap("together")
        await app.tap("tab-page")
        assert sum("Foreslået" in text for text in app.texts()) == 1


async def test_the_goal_is_written_anew_in_the_citizens_words(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("change-title")
        assert app.field("say").value == "En stol mere til bordet"
        await app.write("say", "To stole mere til bordet")
        await app.tap("save")
        assert "“To stole mere til bordet”" in app.texts()
    assert read(door, bent).title == "To stole mere til bordet"


async def test_from_a_goal_in_two_versions_one_comes_to_the_choice(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    goal = Row(row="goal", id=GOAL, scope=f"citizen:{bent}", seq=1)
    arrive(door.desk, a_conflict(goal, "title", "En stol mere til bordet", "En bænk"))
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("see-both")
        assert {"En stol mere til bordet", "En bænk"} <= set(app.texts())
        await app.tap("version-mine")
        await app.tap("keep")
    assert (read(door, bent).title, read(door, bent).two_versions) == ("En bænk", False)


async def test_the_wheel_over_a_year_and_in_large_text_is_told_in_words(
    door: Door, behind: Behind, bent: str, clock: Clock
) -> None:
    assert door.desk is not None
    goals.end(door.desk, GOAL)
    clock.move(days=100)
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        assert "De otte livsdimensioner. Arbejdes med nu: –." in app.texts()
        await app.tap("tab-last_year")
        assert "De otte livsdimensioner. Arbejdet med det seneste år: Bolig." in app.texts()
        await app.text_scale(2.0)
        assert "Et mål · små fremskridt" in app.texts()
        assert not any("%" in text or "point" in text.lower() for text in app.texts()), "never a score"


async def test_what_to_work_on_is_chosen_and_more_than_three_is_fine(door: Door, behind: Behind, bent: str) -> None:
    hint = "En til tre er ofte nok. Flere er helt i orden."
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        await app.tap("choose-focus")
        for code in ("housing", "finances", "substances"):
            await app.tap(f"dimension-{code}")
            assert hint not in app.texts()
        await app.tap("dimension-education_work")
        assert hint in app.texts()
        rows = [each.controls for each in app.walk() if isinstance(each, ft.Row)]
        beside = [each for row in rows for each in row if getattr(each, "identifier", None) == "choose-focus"]
        assert not beside, "in a row its words could not wrap"
        assert "Økonomi: valgt" in app.texts()
    assert door.desk is not None
    assert focus.read(door.desk, bent) == ("housing", "finances", "substances", "education_work")


async def test_less_harm_lies_behind_a_tap_and_stays_when_chosen(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        assert "harm-area-loneliness" not in app.identifiers()
        await app.tap("harm")
        assert "Det er også et fremskridt, at brugen ikke øges." in app.texts()
        await app.tap("harm-area-loneliness")
        await app.tap("harm-social")
        assert (read(door, bent).harm_areas, read(door, bent).harm) == (("loneliness",), ("social",))
        await app.go(f"/citizen/{bent}")
        await app.go(f"/citizen/{bent}/goals/{GOAL}")
        assert "harm-area-loneliness" in app.identifiers()


async def test_the_other_column_asks_what_it_is_good_for_and_is_optional(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/goals/{GOAL}") as app:
        await app.tap("change-view")
        assert "Hvad gør det godt for i borgerens liv? Kun hvis det hjælper at tænke over." in app.texts()
        await app.write("say", "Bordet er et sted at invitere til")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/goals/{GOAL}"
        said = app.texts()
        assert said.index("“En stol mere til bordet”") < said.index("Bordet er et sted at invitere til"), (
            "two, and theirs first"
        )
    goal = read(door, bent)
    assert (goal.title, goal.professional_view) == ("En stol mere til bordet", "Bordet er et sted at invitere til")


async def test_ended_goals_are_folded_when_there_are_many(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    for n in range(8):
        goals.end(door.desk, goals.add(door.desk, bent, GoalForm("finances", f"Mål {n}")).id)
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        assert sum(text.startswith("“Mål ") for text in app.texts()) == 5
        await app.tap("all-ended")
        assert sum(text.startswith("“Mål ") for text in app.texts()) == 8


async def test_what_was_only_talked_about_stands_in_one_line_and_has_no_number(
    door: Door, behind: Behind, bent: str, clock: Clock
) -> None:
    assert door.desk is not None
    at = clock.now
    arrive(door.desk, a_row("contact", bent, at, occurred_at=at, mode="met", dimensions=["finances", "substances"]))
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        texts = app.texts()
        assert "Også talt om: Økonomi, Brug af rusmidler" in texts and "Økonomi: talt om" in texts
        assert "De otte livsdimensioner. Arbejdes med nu: Bolig." in texts
        assert not any(text.isdigit() for text in texts), "a count would look like a score"
