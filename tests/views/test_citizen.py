"""One citizen's page: who, how housing and support stand, the next step, own words; nothing more of the number."""

from datetime import timedelta

import flet as ft
import pytest
from sqlmodel import select

from fieldapp.actions import citizens, next_steps
from fieldapp.store.tables import AccessRow
from fieldapp.views.respect import chosen
from tests.desks import KARIM, a_row, arrive, seed, ten_years
from tests.examples import NOW, TODAY, an_id
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import agreed, due, in_full


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    return ids[0]


async def test_the_head_says_who_supports_and_where_things_stand(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        assert {
            "Bent",
            "Støtteperson: dig · Stedfortræder: Karim",
            "Fase 2 af 3: Afprøvning",
            "Om 8 dage taler I om næste fase",
            "Egen bolig",
            "Flyttede ind i torsdags",
            "I gang",
            "CTI · Meget tæt kontakt",
        } <= set(app.texts())


async def test_own_words_come_in_the_manuals_order_then_strengths_then_contact(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        texts = app.texts()
        wish, hope = texts.index("“Et bord, hvor jeg selv bestemmer.”"), texts.index("“At sove en hel nat.”")
        assert (
            wish < hope < texts.index("Kan reparere næsten alt") < texts.index("Kun sms") < texts.index("ender på 34")
        )


async def test_of_the_number_only_two_digits_are_shown(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        assert "00 00" not in app.all_text() and "1234" not in app.all_text().replace(" ", "")


async def test_a_citizen_elsewhere_keeps_the_support(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    away = ("absence", {"place": "hospital", "since_on": "2026-11-23", "home_on": "2026-12-03"})
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Rikke", met=(3,), more=(away,))))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert {"Et andet sted lige nu", "Kommer hjem den 3. december", "I gang"} <= set(app.texts())


async def test_a_pause_shows_its_review(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    paused = ("pause", {"from_on": "2026-10-26", "reason": "Opdigtet", "review_on": "2026-12-15"})
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Ahmad", met=(33,), more=(paused,))))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert {"På pause", "Gennemgang 15. december", "Støtten fortsætter imens"} <= set(app.texts())


async def test_peace_stands_above_everything(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    peace = ("respect", {"wishes": ["peace_until"], "said_on": "2026-11-20", "peace_until": "2026-12-04"})
    door.begin("open", seed=lambda desk: ids.append(due(desk, more=(peace,))))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert "Ønsker ro til og med den 4. december. Støtten fortsætter." in app.texts()
        await app.tap("reach")
        assert "Ønsker ro til og med den 4. december. Støtten fortsætter." in app.texts()


async def test_gjort_says_what_comes_next(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(agreed(desk)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert "I dag kl. 10.30" in app.texts()
        await app.tap("done")
        assert any(text.startswith("Gemt. Næste skridt: Ræk ud") for text in app.texts())
        assert "I dag kl. 10.30" not in app.texts()


async def test_the_next_step_can_be_changed_and_never_emptied(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("change-next")
        await app.write("plan-text", "   ")
        await app.tap("day-3")
        await app.tap("agreed")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}"
        assert "Gemt. Næste skridt: Aftale på lørdag." in app.texts()
    assert door.desk is not None
    step = next_steps.read(door.desk, bent)
    assert step is not None and (step.on, step.agreed) == (TODAY + timedelta(days=3), True)


@pytest.mark.parametrize(
    ("add", "words", "shown"),
    [
        ("add-words", "At være far igen.", "“At være far igen.”"),
        ("add-strength", "Holder altid aftaler", "Holder altid aftaler"),
        ("places", "Kajen", "Kajen"),
        ("phone", "00 00 99 87", "ender på 87"),
    ],
)
async def test_what_is_written_about_somebody_stands_on_the_page(
    door: Door, behind: Behind, bent: str, add: str, words: str, shown: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap(add)
        await app.write("say", words)
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}"
        assert shown in app.texts()


async def test_a_dream_is_kept_as_a_dream(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/say/words") as app:
        await app.tap("aspect-dream")
        await app.write("say", "At se havet.")
        await app.tap("save")
    assert door.desk is not None
    page = citizens.read(door.desk, bent)
    assert page is not None and ("dream", "At se havet.") in [(each.aspect, each.text) for each in page.own_words]


async def test_nothing_written_is_nothing_saved(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/say/strength") as app:
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        assert app.page.route == f"/citizen/{bent}/say/strength"


async def test_opening_is_written_down_once(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("tab-goals")
        await app.tap("back")
        await app.go(f"/citizen/{bent}")
    assert door.desk is not None
    with door.desk.store.reading() as session:
        assert len(session.exec(select(AccessRow)).all()) == 1


async def test_a_citizen_who_left_this_phone_is_told_of_calmly(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, f"/citizen/{an_id()}") as app:
        assert any("Det her er ikke på din telefon mere." in text for text in app.texts())
        await app.tap("back")
        assert app.page.route == "/"


async def test_the_timeline_tells_attempts_as_care_and_contacts_as_contact(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Bo", 24)))
    assert door.desk is not None
    bo = ids[0]
    for days, way, outcome in ((9, "bell", "nobody_opened"), (8, "note", "left"), (4, "call", "no_answer")):
        at = NOW - timedelta(days=days)
        arrive(door.desk, a_row("attempt", bo, at, occurred_at=at, way=way, outcome=outcome))
    at = NOW - timedelta(days=30)
    arrive(door.desk, a_row("contact", bo, at, KARIM, occurred_at=at, mode="met", place_text="Trappen"))
    async with behind(door, f"/citizen/{bo}") as app:
        await app.tap("tab-timeline")
        texts = app.texts()
        told = ["Du ringede", "Du lagde en seddel", "Du ringede på", "I mødtes", "Karim og Bo mødtes"]
        assert [text for text in texts if text in told] == told
        assert {"Ingen svarede.", "Ingen åbnede.", "Trappen."} <= set(texts)
        assert "I har rakt ud 3 gange. Det betyder noget, også uden svar." in texts


async def test_the_timeline_tells_phases_reviews_and_talks_about_the_home(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    more = (
        ("phase", {"phase": "try_out", "from_on": "2026-08-01"}),
        ("review", {"on": "2026-08-02", "own_view": "Det går den rigtige vej"}),
        ("neighbour_contact", {"on": "2026-08-03", "party": "neighbour", "about": "conflict", "text": "Om støj"}),
        ("concern", {"occurred_at": NOW, "text": "Fryser om natten", "did": ["leader"]}),
    )
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Bo", more=more)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("tab-timeline")
        told = ["En bekymring", "Samtale om boligen: Nabo", "Gennemgang sammen", "Fase 2 af 3: Afprøvning"]
        assert [text for text in app.texts() if text in told] == told
        assert {"“Det går den rigtige vej”", "Om støj"} <= set(app.texts())
        await app.tap("En bekymring")
        assert "Andet (nyere version)" not in app.texts(), "what was done is told once, in its own words"


@pytest.mark.parametrize("scale", [1.0, 2.0])
async def test_with_large_text_a_title_has_the_whole_width_and_its_day_below(
    door: Door, behind: Behind, bent: str, scale: float
) -> None:
    async with behind(door, f"/citizen/{bent}", width=360, height=640) as app:
        await app.text_scale(scale)
        await app.tap("tab-timeline")
        heads = [each for each in app.walk() if isinstance(each, ft.Row) and "I mødtes" in map(_value, each.controls)]
        assert bool(heads) is (scale == 1.0) and "I mødtes" in app.texts()


def _value(control: ft.Control) -> str | None:
    return control.value if isinstance(control, ft.Text) else None


async def test_a_long_history_is_shown_a_part_at_a_time(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(ten_years(desk, goals=1, contacts=240, homes=1)))
    async with behind(door, f"/citizen/{ids[0]}") as app:

        def shown() -> int:
            return len([each for each in app.identifiers() if each.startswith("moment-")])

        await app.tap("tab-timeline")
        seen = [shown()]
        while "earlier" in app.identifiers():
            await app.tap("earlier")
            seen.append(shown())
        assert seen == [30, 115, 200], "never more in one list (architecture 9)"


async def test_a_value_from_a_newer_app_is_shown_with_a_name(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    newer = ("contact", {"occurred_at": NOW, "mode": "hologram"})
    door.begin("open", seed=lambda desk: ids.append(seed(desk, situation="moon", more=(newer,))))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert "Andet (nyere version)" in app.texts()
        await app.tap("tab-timeline")
        assert "Andet (nyere version)" in app.texts()


async def test_with_large_text_it_is_all_there(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}", width=360, height=640) as app:
        await app.text_scale(2.0)
        assert {"change-next", "tab-goals", "tab-timeline", "add-words", "reach", "note"} <= set(app.identifiers())


async def test_how_somebody_wants_to_be_contacted_is_changed_by_a_tap_on_it(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}") as app:
        await app.tap("respect")
        await app.tap("wish-call_only")
        await app.tap("wish-not_at_home")
        await app.write("own-words", "Ring, men ikke om morgenen.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}"
        assert "Kun opkald, Ikke derhjemme" in app.texts()


async def test_a_citizen_without_a_name_can_be_asked_later(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin(
        "open", seed=lambda desk: ids.append(seed(desk, None, label="Kajen, 20.11.", most_important="En sovepose"))
    )
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert {"Kajen, 20.11.", "“En sovepose”", "Ikke spurgt endnu"} <= set(app.texts())
        await app.tap("name")
        await app.write("say", "Ægir")
        await app.tap("save")
        assert "Ægir" in app.texts() and "Kajen, 20.11." not in app.texts()


@pytest.mark.parametrize(
    ("before", "tapped", "after"),
    [
        ((), "fine", ("fine",)),
        (("fine",), "text_only", ("text_only",)),
        (("text_only", "not_at_home"), "call_only", ("not_at_home", "call_only")),
        (("text_only", "peace_until"), "fine", ("fine",)),
        (("text_only",), "text_only", ()),
    ],
)
def test_wishes_that_cannot_both_hold_shut_each_other_out(
    before: tuple[str, ...], tapped: str, after: tuple[str, ...]
) -> None:
    assert chosen(before, tapped) == after


async def test_what_was_said_before_is_a_tap_away_and_never_gone(door: Door, behind: Behind) -> None:
    """L1: the newest words first; ten years of them do not stand between the worker and the next step."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(ten_years(desk, goals=1, contacts=1, homes=30)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert sum(text.startswith("“Et hjem ") for text in app.texts()) == 6 and "“Et hjem 29”" in app.texts()
        assert sum(text.startswith("Kan noget ") for text in app.texts()) == 8
        await app.tap("all-words")
        assert sum(text.startswith("“Et hjem ") for text in app.texts()) == 30
        assert sum(text.startswith("Kan noget ") for text in app.texts()) == 30


async def test_where_nothing_was_said_yet_the_worker_holds_the_hope(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        assert "I perioder er det dig, der bærer håbet." in app.texts()


async def test_what_lies_behind_the_page_stands_in_groups_the_days_need_first(
    door: Door, behind: Behind, bent: str
) -> None:
    groups = {
        "Til hverdag": ("coping", "ask", "home", "method", "review"),
        "Sammen med Bent": ("own", "assessment", "support"),
        "Mennesker og planer omkring Bent": ("network", "professionals", "plans", "offers"),
        "Mere om Bent": ("details", "consents", "same"),
        "Når støtten ændrer sig": ("handover", "pause", "ending"),
    }
    async with behind(door, f"/citizen/{bent}") as app:
        await app.settle()
        titles = [text for text in app.texts() if text in groups]
        wanted = [f"more-{each}" for pages in groups.values() for each in pages]
        assert titles == list(groups)
        assert [each for each in app.identifiers() if each in wanted] == wanted


async def test_the_acts_of_goals_are_together_and_a_new_goal_and_progress_stands_below_what_went_forward(
    door: Door, behind: Behind
) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("tab-goals")
        shown = app.identifiers()
        assert shown.index("say/progress") < shown.index("together") < shown.index("goals/new")
        await app.tap("say/progress")
        assert app.page.route == f"/citizen/{ids[0]}/say/progress"
        await app.go(f"/citizen/{ids[0]}")
        await app.tap("tab-goals")
        await app.tap("together")
        assert app.root.around.together == ids[0]  # type: ignore[attr-defined]
