"""How the citizen wants to be contacted, what they say to the support, and a team's own texts: the pages."""

from datetime import time, timedelta

import pytest

from fieldapp.actions import citizens, next_steps, respect, support_answers, templates
from fieldapp.domain.values import Support, Way
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import due


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    return ids[0]


async def test_only_at_certain_hours_is_chosen_with_two_taps_and_shown_where_one_reaches_out(
    door: Door, behind: Behind, aase: str
) -> None:
    async with behind(door, f"/citizen/{aase}/respect") as app:
        assert "hours-from" not in app.identifiers()
        await app.tap("wish-hours")
        await app.tap("hours-afternoon")
        assert {"Fra 12.00", "Til 17.00"} <= set(app.texts())
        await app.tap("save")
        await app.go(f"/citizen/{aase}/reach")
        assert "Kun mellem kl. 12.00 og 17.00" in app.texts()
    assert door.desk is not None
    now = respect.read(door.desk, aase)
    assert now is not None and (now.wishes, now.hours) == (("hours",), (time(12), time(17)))


@pytest.mark.parametrize(("chip", "days"), [("peace-7", 7), ("peace-14", 14), ("peace-30", 30)])
async def test_peace_has_its_quick_picks(door: Door, behind: Behind, aase: str, chip: str, days: int) -> None:
    async with behind(door, f"/citizen/{aase}/respect") as app:
        await app.tap("wish-peace_until")
        assert {"En uge", "To uger", "En måned"} <= set(app.texts())
        await app.tap(chip)
        await app.tap("save")
    assert door.desk is not None
    now = respect.read(door.desk, aase)
    assert now is not None and now.peace_until == TODAY + timedelta(days=days)


async def test_what_was_said_before_is_there_to_be_changed(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    respect.say(door.desk, aase, ["hours"], hours=(time(9, 30), time(11)))
    async with behind(door, f"/citizen/{aase}/respect") as app:
        assert {"Fra 9.30", "Til 11.00"} <= set(app.texts())


async def test_no_thanks_is_heard_with_words_and_a_date_and_ends_nothing(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/respect") as app:
        await app.tap("stop")
        assert any("Det kan være en svær dag." in text for text in app.texts())
        await app.write("own-words", "Lad mig være i fred.")
        await app.tap("again-7")
        await app.tap("leader-told")
        await app.tap("save")
        assert any("Støtten fortsætter." in text for text in app.texts())
    assert door.desk is not None
    page, step = citizens.read(door.desk, aase), next_steps.read(door.desk, aase)
    assert page is not None and page.standing.support is Support.ACTIVE
    assert step is not None
    assert (step.on, step.text) == (TODAY + timedelta(days=7), "Spørg igen, om støtten er velkommen")
    (said,) = support_answers.read(door.desk, aase).answers  # type: ignore[union-attr]
    assert (said.answer, said.own_words) == ("no_thanks", "Lad mig være i fred.")


async def test_a_yes_is_noted_from_the_citizens_page_and_shown_with_its_day(
    door: Door, behind: Behind, aase: str
) -> None:
    """C17: noted when it is said; nothing on the way to reach out or to note asks for it."""
    async with behind(door, f"/citizen/{aase}") as app:
        await app.tap("more-support")
        assert any("Du behøver ikke et ja for at række ud" in text for text in app.texts())
        await app.tap("yes-please")
        assert app.page.route == f"/citizen/{aase}"
        await app.tap("more-support")
        assert {"Ja, jeg vil gerne", "25. november"} <= set(app.texts())
    assert door.desk is not None
    assert [each.answer for each in support_answers.read(door.desk, aase).answers] == ["yes"]  # type: ignore[union-attr]


async def test_a_team_writes_its_own_text_and_a_word_that_tells_too_much_is_named(
    door: Door, behind: Behind, aase: str
) -> None:
    async with behind(door, "/more") as app:
        await app.tap("more-texts")
        await app.tap("template-new-text")
        await app.write("template-text", "Hej {navn}. Skal vi tale om din bolig? {medarbejder}")
        await app.tap("save")
        assert "“bolig” siger for meget til andre: nogen kan se med på telefonen." in app.texts()
        assert door.desk is not None and templates.read(door.desk).ours == ()
        await app.go("/more/texts")
        await app.tap("template-new-text")
        assert "bolig" in str(app.field("template-text").value), "the draft is kept"
        await app.write("template-text", "Hej {navn}. Skal vi gå en tur {hvornår}? {medarbejder}")
        await app.write("template-about", "En tur")
        await app.tap("save")
        assert app.page.route == "/more/texts" and "En tur" in app.texts()
        await app.go(f"/citizen/{aase}/reach/text")
    (own,) = templates.read(door.desk).ours
    assert own.text.startswith("Hej {navn}. Skal vi gå en tur")


async def test_a_teams_text_is_changed_and_ended_and_the_apps_own_replaced(door: Door, behind: Behind) -> None:
    door.begin("open")
    assert door.desk is not None
    id = templates.save(door.desk, Way.TEXT, "Hej {navn}. Hilsen {medarbejder}", about="Kort").id
    async with behind(door, f"/more/texts/{id}") as app:
        await app.write("template-about", "Kortest")
        await app.tap("save")
        assert "Kortest" in app.texts()
        await app.tap(f"template-{id}")
        await app.tap("end-entry")
        assert "Kortest" not in app.texts()
        await app.tap("undo")
        assert "Kortest" in app.texts()
        await app.tap("template-s1")
        await app.write("template-text", "Goddag {navn}. {medarbejder}")
        await app.tap("save")
        assert "I bruger jeres egen i stedet" in app.texts()
    assert {each.replaces for each in templates.read(door.desk).ours} == {None, "s1"}


async def test_a_teams_agreement_is_written_under_the_texts(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more/texts") as app:
        await app.tap("local-concern")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("local-text", "Ring til hinanden først.")
        await app.tap("save")
        assert app.page.route == "/more/texts"
