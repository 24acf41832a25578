"""Ræk ud: sms, call, bell and note, each saved by the tap that says how it went; told as care, never as failure."""

from datetime import timedelta

import pytest

from fieldapp.actions import attempts as actions
from fieldapp.actions import citizens, next_steps, rows
from fieldapp.domain.values import OUTCOMES, Way
from fieldapp.store.tables import RespectRow
from tests.desks import seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, REGULAR, attempts, due
from tests.views.test_note import FullDisk


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    return ids[0]


async def test_a_text_is_three_taps_and_is_saved_before_the_messages_open(
    door: Door, behind: Behind, aase: str
) -> None:
    async with behind(door) as app:
        await app.tap(f"reach-{aase}")
        await app.tap("reach-text")
        text = next(name for name in app.identifiers() if name.startswith("text-"))
        await app.tap(text)
        ((how, sent),) = door.platform.opened
        assert how == "sms" and sent.startswith("Hej Åse") and "Freja" in sent
        assert attempts(door, aase) == [("text", "unconfirmed")]
        assert "Blev den sendt?" in app.texts()
        await app.tap("sent-yes")
        assert app.page.route == "/"
        assert attempts(door, aase) == [("text", "sent")]


@pytest.mark.parametrize(("answer", "outcome"), [("sent-no", "not_sent"), ("sent-later", "unconfirmed")])
async def test_a_text_that_was_not_sent_or_not_yet(
    door: Door, behind: Behind, aase: str, answer: str, outcome: str
) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap(next(name for name in app.identifiers() if name.startswith("text-")))
        await app.tap(answer)
    assert attempts(door, aase) == [("text", outcome)]


async def test_an_unconfirmed_text_is_asked_about_quietly(door: Door, behind: Behind, aase: str) -> None:
    assert door.desk is not None
    actions.save(door.desk, aase, "text", "unconfirmed", text="Hej Åse.", template="s1")
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "Blev den sidste sms sendt?" in app.texts()
        assert {"reach-text", "reach-call", "reach-bell", "reach-note"} <= set(app.identifiers())
        await app.tap("was-sent")
        assert "Blev den sidste sms sendt?" not in app.texts()
    assert attempts(door, aase) == [("text", "sent")]


async def test_a_text_can_be_changed_before_it_is_opened(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap(next(name for name in app.identifiers() if name.startswith("edit-")))
        assert str(app.field("own-text").value).startswith("Hej Åse")
        await app.write("own-text", "Hej Åse. Jeg er ved åen kl. 14. Freja")
        await app.tap("open-messages")
    assert door.platform.opened == [("sms", "Hej Åse. Jeg er ved åen kl. 14. Freja")]


async def test_own_words_are_still_there_after_a_look_at_the_other_texts(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("write-own")
        await app.write("own-text", "Opfundet: vi ses ved åen")
        await app.tap("back")
        await app.tap("write-own")
        assert app.field("own-text").value == "Opfundet: vi ses ved åen"


async def test_a_text_that_tells_others_something_is_asked_about_once(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("write-own")
        await app.write("own-text", "Hej Åse. Kommunen vil tale om din gæld.")
        await app.tap("open-messages")
        assert any("Teksten indeholder “Kommunen”" in text for text in app.texts())
        assert door.platform.opened == []
        await app.tap("open-messages")
        assert len(door.platform.opened) == 1


@pytest.mark.parametrize(
    ("more", "said"), [(" – Freja", "“–” gør den til mere end én sms"), (" x" * 80, "Den er længere end én sms")]
)
async def test_a_text_that_costs_more_is_said_once_and_sent_as_it_is(
    door: Door, behind: Behind, aase: str, more: str, said: str
) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("write-own")
        await app.write("own-text", "Hej Åse." + more)
        await app.tap("open-messages")
        assert any(said in text for text in app.texts()) and door.platform.opened == []
        await app.tap("open-messages")
    assert [text for _how, text in door.platform.opened] == ["Hej Åse." + more]


async def test_where_no_text_can_be_sent_nothing_is_noted(door: Door, behind: Behind, aase: str) -> None:
    async def no_sms(number: str, text: str) -> bool:
        return False

    door.platform.open_sms = no_sms  # type: ignore[method-assign]
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("write-own")
        await app.write("own-text", "Hej Åse")
        await app.tap("open-messages")
        assert "Her kan der ikke sendes sms. Send den fra telefonen. Teksten står stadig her." in app.texts()
        assert app.field("own-text").value == "Hej Åse"
    assert attempts(door, aase) == []


@pytest.mark.parametrize("outcome", [each for each in OUTCOMES[Way.CALL] if each != "wants_peace"])
async def test_a_call_opens_the_phone_and_one_tap_says_how_it_went(
    door: Door, behind: Behind, aase: str, outcome: str
) -> None:
    async with behind(door) as app:
        await app.tap(f"reach-{aase}")
        await app.tap("reach-call")
        assert door.platform.opened == [("call", "00 00 12 34")]
        assert "Hvordan gik det?" in app.texts()
        await app.tap(f"outcome-{outcome}")
        assert app.page.route == "/"
        assert any(text.startswith("Gemt.") for text in app.texts())
    assert attempts(door, aase) == [("call", outcome)]


async def test_nobody_opened_is_three_taps_and_then_a_note(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door) as app:
        await app.tap(f"reach-{aase}")
        await app.tap("reach-bell")
        await app.tap("outcome-nobody_opened")
        assert attempts(door, aase) == [("bell", "nobody_opened")]
        assert "Du var der, og det betyder noget" in app.texts()
        await app.tap("leave-note")
        assert any("Jeg kom forbi for at sige hej" in text for text in app.texts())
        await app.tap("note-left")
        assert app.page.route == "/"
    assert attempts(door, aase) == [("note", "left"), ("bell", "nobody_opened")]


async def test_the_visit_can_be_undone_and_answered_anew(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/bell") as app:
        await app.tap("outcome-nobody_opened")
        await app.tap("undo")
        assert attempts(door, aase) == []
        await app.tap("outcome-opened_talked")
    assert attempts(door, aase) == [("bell", "opened_talked")]


async def test_two_taps_on_an_answer_save_once(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/call") as app:
        await app.tap_at_once("outcome-no_answer", "outcome-talked")
    assert attempts(door, aase) == [("call", "no_answer")]


async def test_peace_asks_until_when_and_the_support_goes_on(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/call") as app:
        await app.tap("outcome-wants_peace")
        assert "Støtten fortsætter. Du venter bare med at skrive." in app.texts()
        await app.write("own-words", "Jeg kan ikke lige nu.")
        await app.tap("peace-7")
        await app.tap("save")
        assert any("Åse får ro til og med den 2. december." in text for text in app.texts())
    assert attempts(door, aase) == [("call", "wants_peace")]
    assert door.desk is not None
    shown, step = citizens.read(door.desk, aase), next_steps.read(door.desk, aase)
    assert shown is not None and shown.peace_until == TODAY + timedelta(days=7)
    assert step is not None and step.on > TODAY + timedelta(days=7)


async def test_what_was_written_of_a_wish_for_peace_is_kept_by_going_back_and_gone_with_undo(
    door: Door, behind: Behind, aase: str
) -> None:
    """The page says that it is saved: no draft is left for another day."""
    for gone, words in (("undo", None), ("back", "Jeg kan ikke lige nu.")):
        async with behind(door, f"/citizen/{aase}/reach/call") as app:
            await app.tap("outcome-wants_peace")
            await app.write("own-words", "Jeg kan ikke lige nu.")
            await app.tap(gone)
        assert door.desk is not None
        with door.desk.store.reading() as session:
            told = [row.own_words for row in rows.of_citizen(session, RespectRow, aase)]
        assert told == ([] if words is None else [words]), gone
    async with behind(door, f"/citizen/{aase}/reach/call") as app:
        await app.tap("outcome-wants_peace")
        assert not app.field("own-words").value


@pytest.mark.parametrize("gone", ["back", "lock", "undo"])
async def test_wanting_peace_is_saved_by_that_tap(door: Door, behind: Behind, aase: str, gone: str) -> None:
    """Whoever is interrupted at the next page has lost neither the call nor the two weeks."""
    async with behind(door, f"/citizen/{aase}/reach/call") as app:
        await app.tap("outcome-wants_peace")
        assert attempts(door, aase) == [("call", "wants_peace")]
        assert any("Åse får ro til og med den 9. december." in text for text in app.texts())
        if gone != "lock":
            await app.tap(gone)
    assert door.desk is not None
    shown = citizens.read(door.desk, aase)
    assert shown is not None and shown.peace_until == (None if gone == "undo" else TODAY + timedelta(days=14))
    assert attempts(door, aase) == ([] if gone == "undo" else [("call", "wants_peace")])


async def test_peace_without_a_date_is_two_weeks(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/call") as app:
        await app.tap("outcome-wants_peace")
        await app.tap("save")
    assert door.desk is not None
    shown = citizens.read(door.desk, aase)
    assert shown is not None and shown.peace_until == TODAY + timedelta(days=14)


async def test_a_known_place_is_noted_with_the_place(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/known_place") as app:
        await app.write("known-place", "Kilden")
        await app.tap("outcome-seen_by_others")
    assert attempts(door, aase) == [("known_place", "seen_by_others")]


async def test_through_the_network_is_closed_and_says_what_opens_it(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("other-ways")
        assert "Kun med borgerens ja. Spørg, når I ses." in app.texts()
        with pytest.raises(AssertionError):
            app.find("reach-network")


async def test_another_way_notes_the_kind_and_no_content(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/other") as app:
        await app.tap("other-app")
    assert attempts(door, aase) == [("other", "done")]


async def test_the_wished_way_is_filled_and_nearest_the_thumb(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    only_calls = ("respect", {"wishes": ["call_only"], "said_on": "2026-11-01"})
    door.begin("open", seed=lambda desk: ids.append(due(desk, more=(only_calls,))))
    async with behind(door, f"/citizen/{ids[0]}/reach") as app:
        assert {"Sådan vil Åse gerne kontaktes", "Kun opkald"} <= set(app.texts())
        acts = [name for name in app.identifiers() if name.startswith("reach-")]
        assert acts[-1] == "reach-call"


async def test_without_a_number_it_asks_for_one(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, met=(19,), phone=None, more=(ICM, REGULAR))))
    assert door.desk is not None
    citizens.set_phone(door.desk, ids[0], "")
    async with behind(door, f"/citizen/{ids[0]}/reach") as app:
        await app.tap("reach-call")
        assert app.page.route == f"/citizen/{ids[0]}/say/phone"
        assert door.platform.opened == []


async def test_the_number_is_never_on_the_screen(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "ender på 34" in app.texts()
        assert "00 00" not in app.all_text()


async def test_attempts_are_told_in_one_sentence_about_what_matters(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, tried=(5, 3))))
    async with behind(door, f"/citizen/{ids[0]}/reach") as app:
        assert "I har rakt ud 2 gange. Det betyder noget, også uden svar." in app.texts()


async def test_on_a_full_disk_the_answer_can_be_given_again(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    disk = door.disk = FullDisk()
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    async with behind(door, f"/citizen/{ids[0]}/reach/call") as app:
        disk.full = True
        await app.tap("outcome-talked")
        assert any("Telefonen er fuld" in text for text in app.texts())
        disk.full = False
        await app.tap("outcome-talked")
    assert attempts(door, ids[0]) == [("call", "talked")]


async def test_with_large_text_the_acts_come_first(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach", width=360, height=640) as app:
        await app.text_scale(2.0)
        acts = [name for name in app.identifiers() if name.startswith("reach-")]
        assert acts[0] == "reach-text" and len(acts) == 4
