"""Ræk ud with respect: asked once, a yes before the network, a worry, a card for the door, a name left out."""

from datetime import timedelta

import pytest

from fieldapp.actions import attempts as actions
from fieldapp.actions import contacts, drafts, local_texts, next_steps, settings
from fieldapp.domain.values import Way
from tests.desks import TEAM, Clock, a_row, arrive
from tests.domain.test_card import lines
from tests.examples import TODAY, an_id
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import attempts, due, moments

SAID_YES = (
    "consent",
    {"given_on": "2026-11-01", "answer": "yes", "to": "Min søster", "purpose": "En hilsen.", "about": "network"},
)


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk)))
    return ids[0]


def tried_twice(door: Door, citizen: str) -> None:
    assert door.desk is not None
    actions.save(door.desk, citizen, Way.TEXT, "sent", text="Hej")
    actions.save(door.desk, citizen, Way.BELL, "nobody_opened")


async def test_the_third_try_in_a_day_is_asked_about_once_before_the_phone_opens(
    door: Door, behind: Behind, aase: str
) -> None:
    tried_twice(door, aase)
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("reach-call")
        assert "I har rakt ud 2 gange det seneste døgn. Vil du vente lidt, eller er du bekymret?" in app.texts()
        assert door.platform.opened == []
        await app.tap("reach-now")
        assert door.platform.opened == [("call", "00 00 12 34")]
        assert "Hvordan gik det?" in app.texts()
        await app.tap("outcome-no_answer")
    assert attempts(door, aase)[0] == ("call", "no_answer")


async def test_waiting_keeps_a_date_and_says_it(door: Door, behind: Behind, aase: str) -> None:
    tried_twice(door, aase)
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("reach-call")
        await app.tap("wait")
        assert app.page.route == "/"
        assert any(text.startswith("Gemt.") and "i morgen" in text for text in app.texts())
    assert door.desk is not None
    step = next_steps.read(door.desk, aase)
    assert step is not None and step.on == TODAY + timedelta(days=1)


async def test_who_answers_what_the_citizen_wrote_is_not_asked(door: Door, behind: Behind, aase: str) -> None:
    tried_twice(door, aase)
    assert door.desk is not None
    contacts.note(door.desk, aase, contacts.ContactForm(mode="citizen_wrote"))
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("reach-text")
        assert app.page.route.endswith("/reach/text")


async def test_that_the_citizen_wrote_is_asked_about_until_it_is_answered(
    door: Door, behind: Behind, aase: str
) -> None:
    """H14: a call or a message from the citizen resets the rhythm, and opens *Har du svaret?*"""
    assert door.desk is not None
    before = next_steps.read(door.desk, aase)
    contacts.note(door.desk, aase, contacts.ContactForm(mode="citizen_wrote"))
    after = next_steps.read(door.desk, aase)
    assert before is not None and after is not None and before.on <= TODAY
    drafts.keep(door.desk, contacts.draft_key(aase), {"own_words": "Halvt skrevet"})
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "Skrev til dig i dag. Har du svaret?" in app.texts()
        await app.tap("answered")
        assert drafts.read(door.desk, contacts.draft_key(aase)) is not None, "a note being written is not lost"
        assert "wrote" not in app.identifiers()
    step = next_steps.read(door.desk, aase)
    assert step is not None and step.on > TODAY
    assert [each.word for each in moments(door, aase)[:2]] == ["wrote", "citizen_wrote"]


async def test_late_it_says_the_hour_and_offers_tomorrow(door: Door, behind: Behind, aase: str, clock: Clock) -> None:
    clock.move(hours=12, minutes=15)
    async with behind(door, f"/citizen/{aase}/reach") as app:
        await app.tap("reach-text")
        assert "Klokken er 21.15. Vil du række ud nu eller i morgen kl. 9.00?" in app.texts()
        assert "Vent til i morgen kl. 9.00" in app.texts()
        await app.tap("reach-now")
        assert app.page.route.endswith("/reach/text"), "it warns, and never blocks"


async def test_late_the_app_does_not_ask_those_who_work_then(
    door: Door, behind: Behind, aase: str, clock: Clock
) -> None:
    clock.move(hours=12)
    async with behind(door, "/more/settings") as app:
        await app.tap("work-late")
        await app.go(f"/citizen/{aase}/reach")
        await app.tap("reach-bell")
        assert app.page.route.endswith("/reach/bell")
    assert door.desk is not None and settings.read(door.desk).late


async def test_late_an_answer_to_who_just_wrote_is_fine_and_the_page_says_so(
    door: Door, behind: Behind, aase: str, clock: Clock
) -> None:
    clock.move(hours=12)
    assert door.desk is not None
    contacts.note(door.desk, aase, contacts.ContactForm(mode="citizen_wrote"))
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "Borgeren skrev til dig for nylig, så du kan roligt svare." in app.texts()
        await app.tap("reach-text")
        assert app.page.route.endswith("/reach/text")


async def test_within_the_peace_it_is_asked_first(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    peace = ("respect", {"wishes": ["peace_until"], "said_on": "2026-11-20", "peace_until": "2026-12-01"})
    door.begin("open", seed=lambda desk: ids.append(due(desk, more=(peace,))))
    async with behind(door, f"/citizen/{ids[0]}/reach") as app:
        await app.tap("reach-text")
        assert "asked" in app.identifiers()
        assert any("Ønsker ro til og med" in text for text in app.texts())


async def test_the_network_is_closed_and_leads_to_where_a_yes_is_noted(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/network") as app:
        assert "Kun med borgerens ja. Spørg, når I ses." in app.texts()
        await app.tap("note-consent")
        assert app.page.route == f"/citizen/{aase}/consent/new/network"
    assert attempts(door, aase) == []


async def test_with_a_yes_a_greeting_is_passed_on_through_the_network(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, more=(SAID_YES,))))
    async with behind(door, f"/citizen/{ids[0]}/reach/more") as app:
        await app.tap("reach-network")
        assert "Borgeren sagde ja den 1. november: Min søster. En hilsen." in app.texts()
        await app.tap("outcome-passed_on")
    assert attempts(door, ids[0]) == [("network", "passed_on")]


async def test_another_way_shows_what_the_team_has_agreed(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/other") as app:
        assert any("Teamet har ikke skrevet det her endnu." in text for text in app.texts())
        await app.tap("agreed-messages")
        await app.write("local-text", "Kun brev og sms.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/reach"
        await app.go(f"/citizen/{aase}/reach/other")
        assert "Kun brev og sms." in app.texts()
        await app.tap("other-letter")
    (told,) = [each for each in moments(door, aase) if each.kind == "attempt"]
    assert (told.word, told.place, told.text) == ("other", "Et brev", None)


async def test_a_way_of_ones_own_is_told_in_few_words(door: Door, behind: Behind, aase: str) -> None:
    """H9: how and where, in the worker's words, beside the kind."""
    async with behind(door, f"/citizen/{aase}/reach/other") as app:
        await app.write("how", "Spillede guitar i gården")
        await app.tap("other-own")
    (told,) = [each for each in moments(door, aase) if each.kind == "attempt"]
    assert (told.word, told.place, told.text) == ("other", "På din egen måde", "Spillede guitar i gården")


async def test_a_worry_has_112_the_leader_a_colleague_and_the_local_agreement(
    door: Door, behind: Behind, aase: str
) -> None:
    assert door.desk is not None
    head = a_row("colleague", an_id(), worker=an_id(), name="Birgit Opfundet", job="Leder", phone="00 00 00 09")
    arrive(door.desk, head.model_copy(update={"scope": f"team:{TEAM}"}))
    local_texts.keep(door.desk, "concern", "Ring til hinanden først.")
    async with behind(door, f"/citizen/{aase}/reach/more") as app:
        await app.tap("worried")
        assert {"Fare for liv: ring 112", "Birgit Opfundet", "Karim Lyngå", "Ring til hinanden først."} <= set(
            app.texts()
        )
        await app.tap("call-112")
        await app.tap("call-leader")
        assert door.platform.opened == [("call", "112"), ("call", "00 00 00 09")]
        await app.tap("save")
        assert "Vælg, hvad du gjorde, eller skriv få ord." in app.texts()
        await app.tap("did-leader")
        await app.write("concern-text", "Gardinet er trukket for siden i søndags.")
        await app.tap("save")
        assert app.page.route == f"/citizen/{aase}/reach"
        await app.go(f"/citizen/{aase}")
        await app.tap("tab-timeline")
        assert {"En bekymring", "Talte med lederen."} <= set(app.texts())
    (told,) = [each for each in moments(door, aase) if each.kind == "concern"]
    assert (told.content, told.text) == (("leader",), "Gardinet er trukket for siden i søndags.")


async def test_a_shared_phone_gets_texts_without_the_name(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        assert any("Hej Åse" in text for text in app.texts())
        await app.tap("without-name")
        await app.tap(next(name for name in app.identifiers() if name.startswith("text-")))
        ((_how, sent),) = door.platform.opened
        assert "Åse" not in sent and sent.startswith("Hej") and "Freja" in sent
        await app.tap("sent-yes")
        await app.go(f"/citizen/{aase}/reach/text")
        assert not any("Hej Åse" in text for text in app.texts()), "as last time"


async def test_the_other_texts_are_changed_first_and_a_gap_is_said_before_it_is_opened(
    door: Door, behind: Behind, aase: str
) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("other-texts")
        assert {"En ny kollega", "Når du holder fri", "Farvel"} <= set(app.texts())
        assert "other-s15" not in app.identifiers(), "they have talked: nobody asks whose number it is"
        await app.tap("other-s12")
        assert app.page.route == f"/citizen/{aase}/reach/text"
        assert "{kollega}" in str(app.field("own-text").value)
        await app.tap("open-messages")
        assert "Skriv selv det her først: {kollega}" in app.texts() and door.platform.opened == []
        await app.write("own-text", str(app.field("own-text").value).replace("{kollega}", "Karim"))
        await app.tap("open-messages")
    ((_how, sent),) = door.platform.opened
    assert sent.startswith("Hej Åse. Jeg hedder Freja og arbejder sammen med Karim.")


async def test_a_text_tapped_twice_is_kept_once(door: Door, behind: Behind, aase: str) -> None:
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        texts = [name for name in app.identifiers() if name.startswith("text-")]
        await app.tap_at_once(texts[0], texts[0], texts[1])
    assert len(door.platform.opened) == 1
    assert attempts(door, aase) == [("text", "unconfirmed")]


async def test_killed_while_the_messages_are_open_it_is_kept_once_and_asked_quietly(
    door: Door, behind: Behind, aase: str
) -> None:
    """The app dies in the middle of opening: nothing after that call has run."""

    async def killed(number: str, text: str) -> bool:
        door.lock()  # the key and the screens are gone
        return True

    door.platform.open_sms = killed  # type: ignore[method-assign]
    async with behind(door, f"/citizen/{aase}/reach/text") as app:
        await app.tap("write-own")
        await app.write("own-text", "Hej Åse. Ses vi? Freja")
        await app.leave("own-text")  # the draft is on the disk
        await app.tap("open-messages")
    door.begin("open")
    assert attempts(door, aase) == [("text", "unconfirmed")]
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "Blev den sidste sms sendt?" in app.texts()
        await app.go(f"/citizen/{aase}/reach/text")
        assert "own-text" not in app.identifiers(), "what was opened does not wait to be opened once more"
        await app.go(f"/citizen/{aase}/reach")
        await app.tap("was-sent")
    assert attempts(door, aase) == [("text", "sent")]


async def test_a_card_for_the_door_is_a_file_whose_name_says_nothing(door: Door, behind: Behind, aase: str) -> None:
    """Acceptance test 19, its part about files: no name in it, and outside the card stands the first name alone."""
    async with behind(door, f"/citizen/{aase}/reach/note") as app:
        assert any("Filen er ikke krypteret, når den forlader appen." in text for text in app.texts())
        await app.tap("note-n2")
        await app.tap("print-card")
    ((name, file),) = door.platform.files
    assert name == "kort.pdf"
    drawn = lines(file)
    assert [text for _size, turned, *_at, text in drawn if not turned] == ["Åse"]
    assert "Jeg ringede på i dag" in " ".join(text for _size, turned, *_at, text in drawn if turned)
    assert attempts(door, aase) == [], "a card that is printed has not been left anywhere"


async def test_where_no_file_can_be_kept_the_words_are_copied_by_hand(door: Door, behind: Behind, aase: str) -> None:
    async def nowhere(name: str, data: bytes) -> bool:
        return False

    door.platform.save_file = nowhere  # type: ignore[method-assign]
    async with behind(door, f"/citizen/{aase}/reach/note") as app:
        await app.tap("print-card")
        assert "Her kan filen ikke gemmes. Skriv ordene af i hånden." in app.texts()


async def test_a_name_no_printer_writes_is_copied_by_hand(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(due(desk, "Łucja")))
    async with behind(door, f"/citizen/{ids[0]}/reach/note") as app:
        assert "Et bogstav i teksten kan ikke trykkes. Skriv den af i hånden." in app.texts()
        assert "print-card" not in app.identifiers()


async def test_how_it_was_tried_is_told_as_care_and_in_the_same_ink(door: Door, behind: Behind, aase: str) -> None:
    """H5, J6: what was done first, the result second and short; no word of failing, no count of a worker's."""
    for way, outcome in ((Way.BELL, "nobody_opened"), (Way.CALL, "no_answer"), (Way.TEXT, "sent"), (Way.NOTE, "left")):
        actions.save(door.desk, aase, way, outcome)  # type: ignore[arg-type]
    async with behind(door, f"/citizen/{aase}/reach") as app:
        assert "I har rakt ud 4 gange. Det betyder noget, også uden svar." in app.texts()
        await app.go(f"/citizen/{aase}")
        await app.tap("tab-timeline")
        told = app.all_text().casefold()
    assert "ingen åbnede" in told
    for word in ("forgæves", "udeblev", "mislykk", "fejl", "overskredet", "freja har rakt"):
        assert word not in told
