"""The home on screen (F8): beside the support, its lists ticked, moved into, lost, moved on from; all can be undone."""

from datetime import timedelta

import pytest

from fieldapp.actions import citizens, home_page, home_tasks, homes, situations
from fieldapp.actions.home_page import HomePage
from fieldapp.actions.home_tasks import TaskForm
from fieldapp.actions.homes import HomeForm
from fieldapp.actions.situations import SituationForm
from fieldapp.domain.values import Support
from fieldapp.domain.values_life import HOUSING, HousingList
from fieldapp.views import theme
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


@pytest.fixture
def kaare(door: Door) -> str:
    """At a shelter, waiting for a home."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Kåre", situation="shelter_110")))
    return ids[0]


@pytest.fixture
def bent(door: Door) -> str:
    """Has lived in his home for 20 days."""
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Bent", situation="shelter_110")))
    assert door.desk is not None
    homes.keep(door.desk, ids[0], HomeForm(move_in_on=TODAY - timedelta(days=20)))
    return ids[0]


def home(door: Door, citizen: str) -> HomePage:
    shown = door.desk and home_page.read(door.desk, citizen)
    assert shown
    return shown


def task(door: Door, citizen: str, of: str, item: str) -> home_tasks.Task:
    return next(t for tasks in home(door, citizen).lists if tasks.of == of for t in tasks.tasks if t.item == item)


async def test_acceptance_04_on_screen_a_lost_home_is_one_tap_and_the_support_stands_beside_it(
    door: Door, behind: Behind, bent: str
) -> None:
    """invariants.md 7.3, 4 (F8, G11, G12): banner, task, two questions; *Fortryd* takes all back."""
    async with behind(door, f"/citizen/{bent}/home") as app:
        assert {"Bolig", "Støtte", "I gang", "Egen bolig"} <= set(app.texts())
        assert "team-questions" not in app.identifiers()
        await app.tap("lose-home")
        assert "Støtten er uændret. Næste skridt: en ny bolig." in app.texts()
        assert {"tick-new_home-new_home", "team-questions"} <= set(app.identifiers())
        assert {"Har mistet boligen", "I dag", "I gang", "Støtte"} <= set(app.texts())
        shown = door.desk and citizens.read(door.desk, bent)
        assert shown and shown.standing.support is Support.ACTIVE and shown.next_step is not None
        await app.go(f"/citizen/{bent}")
        assert {"Ingen bolig lige nu", "Mistede boligen i dag", "I gang"} <= set(app.texts())
        assert not {"Ved ikke", "Egen bolig"} & set(app.texts()), "that it was lost is known"
        await app.go(f"/citizen/{bent}/home")
        await app.tap("Fortryd")
        assert "Har en bolig" in app.texts() and "team-questions" not in app.identifiers()
        await app.tap("lose-home")
        await app.tap("team-questions")
        assert {"Til teamet: Passede støtten til behovet?", "Til teamet: Var det den rigtige bolig for Bent?"} <= set(
            app.texts()
        )
        await app.write("support-fit", "Vi kom for sjældent om aftenen.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{bent}/home" and "Teamet har skrevet om dem" in app.texts()
    assert home(door, bent).reflections[0].support_fit == "Vi kom for sjældent om aftenen."


async def test_the_mark_tells_a_home_that_is_not_used_and_where_one_sleeps_after_a_loss(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}/home") as app:
        await app.tap("in-use-no")
        await app.go(f"/citizen/{bent}")
        assert {"Egen bolig", "Benytter ikke boligen lige nu"} <= set(app.texts())
        await app.go(f"/citizen/{bent}/home")
        await app.tap("lose-home")
        situations.keep(door.desk, bent, SituationForm("family_friends"))  # type: ignore[arg-type]
        app.root.screen.changed()  # type: ignore[attr-defined]
        await app.go(f"/citizen/{bent}")
        assert {"Hos familie eller venner", "Mistede boligen i dag"} <= set(app.texts())
        assert "Ingen bolig lige nu" not in app.texts()


async def test_a_thing_on_the_list_is_ticked_in_two_taps_and_unticked_by_another(
    door: Door, behind: Behind, kaare: str
) -> None:
    """F8."""
    async with behind(door, f"/citizen/{kaare}") as app:
        await app.tap("home")
        await app.tap("tick-finding-signed_up")
        assert task(door, kaare, "finding", "signed_up").done_on == TODAY
        assert "Gjort i dag" in app.texts()
        await app.tap("tick-finding-signed_up")
        assert task(door, kaare, "finding", "signed_up").done_on is None
        await app.tap("Fortryd")
        assert task(door, kaare, "finding", "signed_up").done_on == TODAY


async def test_every_list_stands_in_the_words_of_the_microcopy(door: Door, behind: Behind, kaare: str) -> None:
    """G6, G7, G9."""
    async with behind(door, f"/citizen/{kaare}/home") as app:
        shown = app.texts()
        words = "Skrevet op · Boliganvisning · Tilbud · Lejekontrakt · Indskudslån · Enkeltydelse, fx flyttehjælp · "
        words += "Indboforsikring · Adresseændring · Indflytning · Det første, der gør det til et hjem"
        assert set(words.split(" · ")) <= set(shown)
        assert "Fra bolig til hjem" not in shown
        await app.tap("tick-moving_in-move_in")
        assert "Flyttet ind. Støtten følger med." in app.texts()
        assert {"Har en bolig", "Flyttede ind i dag", "Fra bolig til hjem", "Vænne sig til at bo fast"} <= set(
            app.texts()
        )


async def test_a_day_and_a_number_are_noted_and_another_waiting_list_beside_it(
    door: Door, behind: Behind, kaare: str
) -> None:
    """G6, G7: "Skal være klar {dato}"."""
    async with behind(door, f"/citizen/{kaare}/home") as app:
        await app.tap("change-finding-signed_up")
        await app.write("number", "214")
        await app.write("task-text", "Boligforeningen Nord")
        await app.tap("due-7")
        await app.tap("save")
        assert app.page.route == f"/citizen/{kaare}/home"
        assert "Boligforeningen Nord · Nummer 214 på ventelisten · Skal være klar den 2. december" in app.texts()
        await app.tap("change-finding-signed_up")
        assert app.field("number").value == "214"
        await app.tap("one-more")
        await app.write("task-text", "Boligforeningen Syd")
        await app.tap("save")
        assert {"tick-finding-signed_up", "tick-finding-signed_up-2"} <= set(app.identifiers())


async def test_the_day_of_the_move_is_set_and_taken_back(door: Door, behind: Behind, kaare: str) -> None:
    """G7, G8: the days of the list follow, and somebody is in touch sooner."""
    async with behind(door, f"/citizen/{kaare}/home") as app:
        await app.tap("move")
        await app.tap("move-in-7")
        await app.tap("kind-social_housing")
        await app.tap("save")
        assert "Flytter ind den 2. december" in app.texts() and "Skal være klar i dag" in app.texts()
        await app.tap("move")
        await app.tap("move-in-unknown")
        await app.tap("save")
        assert "Skal være klar i dag" not in app.texts()
        await app.tap("Fortryd")
        assert "Skal være klar i dag" in app.texts()
    ahead = home(door, kaare).ahead
    assert ahead is not None and (ahead.move_in_on, ahead.home_type) == (TODAY + timedelta(days=7), "social_housing")


async def test_moving_on_is_offered_beside_and_is_no_loss(door: Door, behind: Behind, bent: str) -> None:
    """G12."""
    async with behind(door, f"/citizen/{bent}/home") as app:
        assert "Flytter videre …" in app.texts()
        await app.tap("move")
        assert "Støtten følger med ind i den nye bolig." in app.texts()
        await app.tap("move-in-0")
        await app.tap("save")
        assert "Flyttede ind i dag" in app.texts()
        await app.tap("home-history")
        assert {"Boligforløb 1", "Boligforløb 2"} <= set(app.texts())
        said = app.all_text().lower()
        assert not [word for word in ("mistet", "mislyk", "opsagt", "afbrudt") if word in said]


async def test_the_history_is_neutral_and_a_loss_can_be_put_right(door: Door, behind: Behind, bent: str) -> None:
    """G10: home 1, 2 ... and a home that was lost stands in the same ink."""
    assert door.desk is not None
    homes.lose(door.desk, bent)
    lost = home(door, bent).lost
    assert lost is not None
    homes.keep(door.desk, bent, HomeForm(move_in_on=TODAY))
    async with behind(door, f"/citizen/{bent}/home/history") as app:
        assert {"Boligforløb 1", "Boligforløb 2", "5. november til 25. november", "Fra 25. november"} <= set(
            app.texts()
        )
        help_ = "En bolig kan blive tilbudt flere gange. Det, der var, siger intet om det, der kan blive."
        assert help_ in app.texts() and "mistet" not in app.all_text().lower()
        await app.tap("home-1")
        await app.tap("left--1")
        await app.tap("save")
    assert home(door, bent).homes[0].lost_on == TODAY - timedelta(days=1)
    async with behind(door, f"/citizen/{bent}/home/period/{lost.id}") as app:
        await app.tap("not-lost")
    assert home(door, bent).homes[0].lost_on is None


async def test_g11_the_two_questions_are_reached_from_the_history_when_another_home_has_followed(
    door: Door, behind: Behind, bent: str
) -> None:
    assert door.desk is not None
    homes.lose(door.desk, bent)
    homes.keep(door.desk, bent, HomeForm(move_in_on=TODAY))
    async with behind(door, f"/citizen/{bent}/home") as app:
        assert "team-questions" not in app.identifiers()
        await app.go(f"/citizen/{bent}/home/history")
        await app.tap("home-1")
        await app.tap("team-questions")
        await app.write("support-fit", "Vi kom for sjældent om aftenen.")
        await app.tap("save")
        await app.go(f"/citizen/{bent}/home/history")
        await app.tap("home-1")
        assert "Teamet har skrevet om dem" in app.texts()
        await app.tap("team-questions")
        assert "Vi kom for sjældent om aftenen." in app.texts()
        await app.go(f"/citizen/{bent}/home/history")
        await app.tap("home-2")
        assert "team-questions" not in app.identifiers(), "of a home that was not lost nothing is asked"


async def test_where_somebody_sleeps_is_one_truth_on_every_page(door: Door, behind: Behind, kaare: str) -> None:
    """G1, G23: a day and a few words; the head of the page, the details and the home say the same."""
    async with behind(door, f"/citizen/{kaare}/home") as app:
        assert "Boform, siden 9. maj 2026" in app.texts()
        await app.tap("home-where")
        await app.tap("save")
        assert "Vælg først hvor. “Ved ikke” er også et svar." in app.texts()
        await app.tap("situation-car")
        await app.tap("since--1")
        await app.write("situation-note", "Ved havnen")
        await app.tap("save")
        assert "Bil, campingvogn eller kolonihave, siden 24. november" in app.texts()
        for page in ("", "/details"):
            await app.go(f"/citizen/{kaare}{page}")
            assert "Bil, campingvogn eller kolonihave" in app.texts()


async def test_what_puts_a_home_at_risk_is_noted_as_it_comes_up(door: Door, behind: Behind, bent: str) -> None:
    """G15, P9: a warning with a day; on the list of the day nobody reads what it is."""
    async with behind(door, f"/citizen/{bent}/home") as app:
        assert "Beholde boligen" not in app.texts()
        for item in HOUSING[HousingList.KEEPING]:
            assert f"watch-{item}" in app.identifiers()
        await app.tap("watch-arrears")
        await app.write("task-text", "To måneder")
        await app.tap("due-0")
        await app.tap("save")
        assert {"Beholde boligen", "Restance", "To måneder · Skal være klar i dag"} <= set(app.texts())
        await app.go("/")
        assert "Noget om boligen skal være klar i dag." in app.texts()
        assert "Restance" not in app.all_text() and "To måneder" not in app.all_text()


async def test_without_a_home_benefits_can_still_be_looked_after(door: Door, behind: Behind, kaare: str) -> None:
    """P9."""
    async with behind(door, f"/citizen/{kaare}/home") as app:
        watched = [name for name in app.identifiers() if name.startswith("watch-")]
        assert watched == ["watch-benefits"]
        await app.tap("watch-benefits")
        await app.write("task-text", "Ring til jobcentret sammen")
        await app.tap("due-0")
        await app.tap("save")
        assert any("Ring til jobcentret sammen" in text for text in app.texts())
        await app.go("/")
        assert "Noget om boligen skal være klar i dag." in app.texts()


async def test_days_without_a_home_are_a_sentence_on_this_page_and_nowhere_else(
    door: Door, behind: Behind, kaare: str
) -> None:
    """A1."""
    said = "Kåre har været uden egen bolig i 200 dage, så vidt vi ved. Det siger noget om boligerne, ikke om Kåre."
    async with behind(door, f"/citizen/{kaare}/home") as app:
        assert said in app.texts()
        for page in ("/", "/citizens", f"/citizen/{kaare}"):
            await app.go(page)
            assert "uden egen bolig" not in app.all_text()


async def test_waiting_for_a_home_keeps_the_whole_support(door: Door, behind: Behind, kaare: str) -> None:
    """G17, T10, A5: the two stand side by side, and every act is there."""
    async with behind(door, f"/citizen/{kaare}") as app:
        before = {"reach", "note", "more-away"} & set(app.identifiers())
        await app.tap("home")
        assert "Støtten fortsætter, mens I venter på boligen." in app.texts()
        assert {"Bolig", "Støtte", "I gang"} <= set(app.texts()) and before == {"reach", "note", "more-away"}


async def test_only_the_lease_is_asked_for(door: Door, behind: Behind, kaare: str) -> None:
    """G3, I-7: no field about treatment, readiness or behaviour anywhere about the home."""
    said = "Det er kun lejekontrakten, der skal overholdes. Tidligere boliger står aldrig i vejen for en ny."
    async with behind(door, f"/citizen/{kaare}/home") as app:
        assert said in app.texts()
        assert not [word for word in ("boligparat", "ædru", "misbrug", "afholde") if word in app.all_text().lower()]


async def test_with_large_text_it_is_all_there(door: Door, behind: Behind, bent: str) -> None:
    theme.use_text_scale(2.0)
    assert door.desk is not None
    home_tasks.keep(door.desk, bent, "keeping", "arrears", TaskForm("To måneder"))
    homes.lose(door.desk, bent)
    lost = home(door, bent).lost
    assert lost is not None
    pages = ("", "/wish", "/plan", "/where", "/history", "/talks", "/talks/new", "/money", "/visitation")
    for page in (*pages, "/period/new", f"/period/{lost.id}", f"/loss/{lost.id}", "/task/keeping-arrears"):
        async with behind(door, f"/citizen/{bent}/home{page}") as app:
            assert "back" in app.identifiers() and app.texts()


async def test_who_is_not_here_any_more_has_no_home_page(door: Door, behind: Behind) -> None:
    door.begin("open", seed=lambda desk: seed(desk))
    nobody = "01990000-0000-7000-8000-00000000dddd"
    for page in ("", "/wish", "/plan", "/where", "/history", "/talks", "/money", "/visitation", "/task/finding-offer"):
        async with behind(door, f"/citizen/{nobody}/home{page}") as app:
            assert "back" in app.identifiers() and "save" not in app.identifiers()
