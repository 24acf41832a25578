"""Language help under what one writes, and the page *Ord*."""

import pytest

from fieldapp.actions import contacts, drafts, word_choices
from fieldapp.store import outbox
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import agreed, moments


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(agreed(desk)))
    return ids[0]


async def test_a_word_is_pointed_out_below_the_field_and_a_tap_puts_the_better_one_in(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("professional-view", "Han er kontaktafvisende, siger vagten.")
        assert "kontaktafvisende: skriv hellere ønsker ro lige nu" in app.texts()
        await app.tap("word-kontaktafvisende")
        assert app.field("professional-view").value == "Han er ønsker ro lige nu, siger vagten."
        assert "word-kontaktafvisende" not in app.identifiers()
        await app.tap("save")
    assert moments(door, bent)[0].professional_view == "Han er ønsker ro lige nu, siger vagten."


async def test_the_field_is_not_drawn_again_while_one_writes(door: Door, behind: Behind, bent: str) -> None:
    """It would lose letters (design/flet.md 4.1): only the line below is new."""
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        before = app.field("professional-view")
        for words in ("Misbrug", "Misbrug og", "Misbrug og patienten"):
            await app.write("professional-view", words)
        assert app.field("professional-view") is before
        assert {"word-Misbrug", "word-patienten"} <= set(app.identifiers())


async def test_a_suggestion_taken_is_in_the_draft_too(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("professional-view", "En patient.")
        await app.tap("word-patient")
        await app.leave("professional-view")
        assert door.desk is not None
        draft = drafts.read(door.desk, contacts.draft_key(bent))
        assert draft is not None and draft.values["professional_view"] == "En borger."


async def test_it_blocks_nothing_counts_nothing_and_sends_nothing(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("professional-view", "Borgeren udeblev.")
        await app.tap("save")
    assert moments(door, bent)[0].professional_view == "Borgeren udeblev."
    assert door.desk is not None
    with door.desk.store.reading() as session:
        sent = {operation.kind for operation in outbox.waiting(session)}
    assert sent <= {"contact", "next_step", "access"}


async def test_every_field_of_a_note_has_it_but_the_citizens_own_words_stay_as_they_were_said(
    door: Door, behind: Behind, bent: str
) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("own-words", "Jeg var narkoman dengang.")
        assert not [name for name in app.identifiers() if name.startswith("word-")]
        await app.tap("progress")
        await app.write("progress-text", "Intet tilbagefald.")
        await app.tap("turn-up")
        await app.write("intensity-why", "En fiasko")
        await app.tap("change-when")
        await app.write("with-whom", "En klient")
        await app.tap("more-place")
        await app.tap("place-other")
        await app.write("place-text", "Hos hjemløse")
        named = {name for name in app.identifiers() if name.startswith("word-")}
        assert named == {"word-tilbagefald", "word-fiasko", "word-klient", "word-hjemløse"}


async def test_a_team_adds_a_word_on_the_page_and_it_is_pointed_out(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, "/more") as app:
        await app.tap("more-words")
        assert "Hellere: brug af rusmidler" in app.texts()
        await app.tap("add-word")
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("avoid", "stamgæst*")
        await app.write("better", "en, vi kender")
        await app.tap("save")
        assert {"Valgt af teamet", "Hellere: en, vi kender"} <= set(app.texts())
        await app.go(f"/citizen/{bent}/note/met")
        await app.write("professional-view", "Stamgæsten var der.")
        assert "Stamgæsten: skriv hellere en, vi kender" in app.texts()


async def test_a_word_of_the_manual_is_replaced_and_switched_off(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    key = next(each.key for each in word_choices.listed(door.desk) if each.avoid == "rykker")
    async with behind(door, "/more/words") as app:
        await app.tap(f"word-{key}")
        await app.write("better", "spørger igen")
        await app.tap("save")
        assert "Hellere: spørger igen" in app.texts()
        await app.tap(f"word-{key}")
        await app.tap("switch")
        assert "Slået fra" in app.texts()
        await app.tap("undo")
        assert "Hellere: spørger igen" in app.texts()


@pytest.mark.parametrize(
    ("page", "before", "field"),
    [("/citizen/{}/reach/other", [], "how"), ("/new", ["made_aware_by-street_worker"], "thanks-to")],
)
async def test_short_lines_that_others_read_have_it_too(
    door: Door, behind: Behind, bent: str, page: str, before: list[str], field: str
) -> None:
    async with behind(door, page.format(bent)) as app:
        for tap in before:
            await app.tap(tap)
        await app.write(field, "Opfundet: en patient")
        assert "word-patient" in app.identifiers()
