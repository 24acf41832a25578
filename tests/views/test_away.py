"""Elsewhere right now (F7): five taps, telling them only with a yes, the lists, home again; the support goes on."""

from datetime import timedelta

import pytest

from fieldapp.actions import absences, citizens, home_page, local_texts, professionals
from fieldapp.actions.absences import AwayForm
from fieldapp.actions.professionals import ProfessionalForm
from fieldapp.domain.values import Support
from fieldapp.views import paths, theme
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


@pytest.fixture
def rikke(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Rikke", situation="own_home")))
    return ids[0]


@pytest.fixture
def away(door: Door, rikke: str) -> str:
    """Rikke is in hospital, and has not been asked."""
    assert door.desk is not None
    absences.go(door.desk, rikke, AwayForm(place="hospital", place_text="Afsnit 4"))
    return rikke


def now(door: Door, citizen: str) -> absences.Away | None:
    assert door.desk is not None
    shown = absences.read(door.desk, citizen)
    assert shown is not None
    return shown.away


async def test_elsewhere_is_five_taps_from_the_list_and_the_support_is_untouched(
    door: Door, behind: Behind, rikke: str
) -> None:
    """F7, I1: row, Er et andet sted, where, the answer, Gem."""
    async with behind(door) as app:
        await app.tap(f"row-{rikke}")
        await app.tap("more-away")
        assert "Støtten fortsætter." in app.texts()
        await app.tap("place-hospital")
        await app.tap("answer-orally")
        await app.tap("save")
        assert app.page.route == f"/citizen/{rikke}/away"
        assert {"Et andet sted lige nu", "Støtten fortsætter.", "Hospital"} <= set(app.texts())
    where = now(door, rikke)
    assert where is not None and where.may_tell is not None
    shown = door.desk and citizens.read(door.desk, rikke)
    assert shown and shown.standing.support is Support.ACTIVE


async def test_fortryd_takes_it_back_and_the_form_is_there_again(door: Door, behind: Behind, rikke: str) -> None:
    async with behind(door, f"/citizen/{rikke}/away") as app:
        await app.tap("place-prison")
        await app.write("place-text", "Arresten")
        await app.tap("save")
        await app.tap("Fortryd")
        assert now(door, rikke) is None
        assert app.field("place-text").value == "Arresten"
        await app.tap("save")
    where = now(door, rikke)
    assert where is not None and (where.place, where.place_text) == ("prison", "Arresten")


async def test_gem_without_a_place_says_what_is_missing_and_loses_nothing(
    door: Door, behind: Behind, rikke: str
) -> None:
    async with behind(door, f"/citizen/{rikke}/away") as app:
        await app.write("place-text", "Et sted i byen")
        await app.tap("save")
        assert "Vælg først hvor. “Ved ikke” er også et svar." in app.texts()
        await app.tap("place-unknown")
        assert not [name for name in app.identifiers() if name.startswith("answer-")], "nobody can be told"
        await app.tap("save")
    where = now(door, rikke)
    assert where is not None and where.place_text == "Et sted i byen"


async def test_everything_else_may_be_said_at_once(door: Door, behind: Behind, rikke: str) -> None:
    """I1, I4: when home, how close the support is, since when."""
    async with behind(door, f"/citizen/{rikke}/away") as app:
        await app.tap("place-treatment")
        await app.tap("answer-in_writing")
        await app.tap("home-7")
        await app.tap("level-4")
        await app.tap("since--1")
        await app.tap("save")
        assert "Før hjemkomsten" in app.texts()
    where = now(door, rikke)
    assert where is not None
    assert (where.since_on, where.home_on) == (TODAY - timedelta(days=1), TODAY + timedelta(days=7))
    shown = door.desk and absences.read(door.desk, rikke)
    assert shown and shown.level == 4


async def test_acceptance_6_on_screen_give_notice_is_closed_open_and_closed_again(
    door: Door, behind: Behind, away: str
) -> None:
    """invariants.md 7.3, 6 (I2, I-6)."""
    async with behind(door, f"/citizen/{away}/away") as app:
        assert "Du har ikke et ja til at kontakte hospitalet. Spørg Rikke først." in app.texts()
        assert "Fare for liv: ring 112. Tal med din leder." in app.texts()
        assert app.surfaces()["inform"].on_click is None
        await app.tap("answer-orally")
        await app.tap("inform")
        assert app.page.route == f"/citizen/{away}/away/inform"
        said = "“Jeg er støtteperson for Rikke, som har sagt ja til, at jeg ringer."
        assert any(text.startswith(said) for text in app.texts())
        await app.write("to", "Sygeplejerske på afsnit 4")
        await app.write("phone", "00 00 00 44")
        await app.leave("phone")
        await app.tap("call")
        assert door.platform.opened == [("call", "00 00 00 44")]
        await app.tap("save")
        assert app.page.route == f"/citizen/{away}/away"
        assert {"Sygeplejerske på afsnit 4", "Fik besked i dag"} <= set(app.texts())
        await app.tap("withdraw")
        assert "Trukket tilbage 25. november. Giv Afsnit 4 besked om, at aftalen er slut." in app.texts()
        assert "Fik besked i dag" in app.texts(), "the history is kept"
        await app.go(f"/citizen/{away}/away/inform")
        assert "words" not in app.identifiers() and "Fare for liv: ring 112. Tal med din leder." in app.texts()
    where = now(door, away)
    assert where is not None and where.may_tell is None and len(where.told) == 1


async def test_a_no_is_respected_in_words(door: Door, behind: Behind, away: str) -> None:
    async with behind(door, f"/citizen/{away}/away") as app:
        await app.tap("answer-no")
        said = "Rikke har sagt nej til det. Det respekterer vi. Spørg gerne igen en anden dag."
        assert said in app.texts() and "danger" in app.identifiers()
        await app.tap("Fortryd")
        assert said not in app.texts()


async def test_a_consent_that_ran_out_says_so(door: Door, behind: Behind, away: str, clock) -> None:
    assert door.desk is not None
    where = now(door, away)
    assert where is not None
    absences.answer(door.desk, where.id, "orally")
    clock.move(days=200)
    async with behind(door, f"/citizen/{away}/away") as app:
        assert "Samtykket udløb 24. maj. Spørg igen." in app.texts()


async def test_the_day_home_is_set_moved_and_taken_back(door: Door, behind: Behind, away: str) -> None:
    """I4: not known yet asks again; a day brings its tasks."""
    async with behind(door, f"/citizen/{away}/away") as app:
        assert "Ved vi ikke endnu. Spørg igen i morgen." in app.texts()
        assert "Før hjemkomsten" not in app.texts()
        await app.tap("home-7")
        assert {"Kommer hjem den 2. december", "Før hjemkomsten", "Klar senest på tirsdag"} <= set(app.texts())
        await app.tap("home-unknown")
        assert "Før hjemkomsten" not in app.texts()


async def test_a_task_is_ticked_by_one_tap_and_unticked_by_another(door: Door, behind: Behind, away: str) -> None:
    """I3."""
    async with behind(door, f"/citizen/{away}/away") as app:
        assert {"Pas på boligen imens", "Husleje", "Kæledyr", "Den gode udskrivelse"} <= set(app.texts())
        await app.tap("task-keep_home-rent")
        where = now(door, away)
        assert where is not None
        assert [t.item for each in where.tasks for t in each.tasks if t.done_on] == ["rent"]
        await app.tap("Fortryd")
        await app.tap("task-keep_home-rent")
        await app.tap("task-keep_home-rent")
    where = now(door, away)
    assert where is not None
    assert not [task for tasks in where.tasks for task in tasks.tasks if task.done_on]


async def test_the_team_writes_its_own_words_about_the_way_out(door: Door, behind: Behind, away: str) -> None:
    """I8."""
    async with behind(door, f"/citizen/{away}/away") as app:
        await app.tap("agreement-discharge")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("local-text", "Ring til koordinatoren først.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{away}/away"
        assert "Ring til koordinatoren først." in app.texts()
    assert door.desk is not None
    assert local_texts.read(door.desk, "discharge") == "Ring til koordinatoren først."


async def test_intensity_is_asked_and_turned_with_one_tap(door: Door, behind: Behind, away: str) -> None:
    """I1, I9: an adjustment of the support, never its end; a pause stands apart, at the foot."""
    async with behind(door, f"/citizen/{away}/away") as app:
        assert "Et ophold kan skrue den op eller ned. Det afslutter den aldrig." in app.texts()
        await app.tap("level-5")
        shown = door.desk and absences.read(door.desk, away)
        assert shown and shown.level == 5 and shown.standing.support is Support.ACTIVE
        await app.tap("open-pause")
        assert app.page.route == f"/citizen/{away}/pause"


async def test_where_is_put_right(door: Door, behind: Behind, away: str) -> None:
    async with behind(door, f"/citizen/{away}/away") as app:
        await app.tap("away-change")
        assert app.field("place-text").value == "Afsnit 4"
        await app.tap("place-prison")
        await app.tap("save")
        assert {"Arrest eller fængsel · Afsnit 4", "God løsladelse"} <= set(app.texts())


async def test_what_was_begun_about_one_stay_is_not_read_into_the_next(door: Door, behind: Behind, away: str) -> None:
    desk = door.desk
    assert desk is not None
    first = now(door, away)
    assert first is not None
    async with behind(door, f"/citizen/{away}/away/change") as app:
        await app.tap("place-prison")
        await app.tap("back")
    absences.is_back(desk, first.id)
    absences.go(desk, away, AwayForm(place="treatment", place_text="Opfundet sted"))
    async with behind(door, f"/citizen/{away}/away/change") as app:
        await app.tap("save")
    second = now(door, away)
    assert second is not None and (second.place, second.place_text) == ("treatment", "Opfundet sted")


async def test_the_citizens_page_leads_there_from_the_top(door: Door, behind: Behind, away: str) -> None:
    async with behind(door, f"/citizen/{away}") as app:
        await app.tap("elsewhere")
        assert app.page.route == f"/citizen/{away}/away"


async def test_home_again_is_one_tap(door: Door, behind: Behind, away: str) -> None:
    async with behind(door, f"/citizen/{away}/away") as app:
        await app.tap("is-back")
        assert app.page.route == f"/citizen/{away}"
        assert now(door, away) is None
        await app.tap("Fortryd")
    assert now(door, away) is not None


async def test_at_a_boform_the_home_and_the_contact_person_are_asked_about(
    door: Door, behind: Behind, rikke: str
) -> None:
    """I7, T9: "benytter ikke boligen", who is there, a first meeting together."""
    assert door.desk is not None
    absences.go(door.desk, rikke, AwayForm(place="shelter_110"))
    async with behind(door, f"/citizen/{rikke}/away") as app:
        await app.tap("in-use-no")
        shown = home_page.read(door.desk, rikke)
        assert shown is not None and shown.in_use is False
        assert {"add-contact-person", "first-meeting"} <= set(app.identifiers())
        professionals.add(door.desk, rikke, ProfessionalForm("Ib Opfundet", "Kontaktperson", "shelter", "00 00 00 45"))
        await app.go(f"/citizen/{rikke}")
        await app.go(f"/citizen/{rikke}/away")
        assert "Ib Opfundet" in app.texts() and "add-contact-person" not in app.identifiers()
        await app.tap("first-meeting")
        assert app.page.route == f"/citizen/{rikke}/next"


async def test_whom_we_know_there_is_told_with_one_tap(door: Door, behind: Behind, away: str) -> None:
    """T13: across units; the number comes along."""
    assert door.desk is not None
    where = now(door, away)
    assert where is not None
    absences.answer(door.desk, where.id, "orally")
    bente = professionals.add(
        door.desk, away, ProfessionalForm("Bente Opfundet", "Sygeplejerske", "region", "00 00 00 46")
    )
    async with behind(door, f"/citizen/{away}/away/inform") as app:
        await app.tap(f"known-{bente.id}")
        await app.tap("call")
        await app.tap("told-0")
        await app.tap("save")
    assert door.platform.opened == [("call", "00 00 00 46")]
    where = now(door, away)
    assert where is not None and [(told.to, told.phone) for told in where.told] == [("Bente Opfundet", "00 00 00 46")]


async def test_why_a_home_is_waited_for_is_about_the_system(door: Door, behind: Behind, rikke: str) -> None:
    """T7, T10: the support goes on, and needs no home."""
    async with behind(door, f"/citizen/{rikke}") as app:
        await app.tap("more-home")
        await app.go(f"/citizen/{rikke}/home/plan")
        assert "Støtten fortsætter, mens I venter på boligen." in app.texts()
        assert "Det handler aldrig om borgeren. Støtten kræver ikke en bolig." in app.texts()
        for tapped, waits in (("waits-capacity", "capacity"), ("waits-capacity", None)):
            await app.go(f"/citizen/{rikke}/home/plan")
            await app.tap(tapped)
            await app.tap("save")
            shown = door.desk and home_page.read(door.desk, rikke)
            assert shown and shown.waits_for == waits


async def test_the_need_is_asked_at_the_start_and_again_after_three_months(door: Door, behind: Behind) -> None:
    """J7: on the citizen's page, and it leads to the citizen's own words."""
    ids: list[str] = []

    def said(days: int) -> tuple[str, dict[str, object]]:
        return ("own_words", {"aspect": "wish", "text": "Ro.", "said_on": TODAY - timedelta(days=days)})

    def fill(desk: object) -> None:
        ids.extend(seed(desk, name, more=more) for name, more in  # type: ignore[arg-type]
                   (("Åse", ()), ("Bo", (said(20),)), ("Ib", (said(90),))))  # fmt: skip

    door.begin("open", seed=fill)
    asked = []
    for citizen in ids:
        async with behind(door, f"/citizen/{citizen}") as app:
            asked.append("ask-need" in app.identifiers())
            if asked[-1]:
                await app.tap("ask-need")
                assert app.page.route == f"/citizen/{citizen}/say/words"
    assert asked == [True, False, True]


async def test_with_large_text_it_is_all_there(door: Door, behind: Behind, away: str) -> None:
    theme.use_text_scale(2.0)
    for page in ("away", "away/change", "away/inform", "pause", "consents", "professionals"):
        async with behind(door, f"/citizen/{away}/{page}") as app:
            assert "back" in app.identifiers() and app.texts()


def test_back_from_a_page_about_consent_leads_to_a_page() -> None:
    assert paths.parent("/citizen/1/consent/new") == "/citizen/1"
    assert paths.parent("/citizen/1/away/local/release") == "/citizen/1/away"
