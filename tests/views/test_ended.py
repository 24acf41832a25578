"""The page of somebody whose support has ended, and death as a flow of its own."""

from datetime import timedelta

import pytest

from fieldapp.actions import citizens, closings, timeline, today
from fieldapp.actions.closings import ClosingForm
from fieldapp.domain.values import Support
from tests.desks import FREJA, KARIM, a_row, arrive, seed
from tests.examples import TODAY
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.test_closing import bent as bent
from tests.views.test_closing import can_be_ended as can_be_ended
from tests.views.test_closing import page as page
from tests.views.test_closing import support as support


class TestAfterwards:
    @pytest.fixture
    def ended(self, door: Door, bent: str) -> str:
        assert door.desk is not None
        form = ClosingForm("manages_own_judgement", own_words="Nu kan jeg godt selv.")
        closings.close(door.desk, bent, form)
        seed(door.desk, "Åse", met=(1,))
        return bent

    async def test_who_has_ended_is_folded_away_and_a_search_finds_them(
        self, door: Door, behind: Behind, ended: str
    ) -> None:
        async with behind(door, "/citizens") as app:
            assert "Åse" in app.texts() and "Bent" not in app.texts()
            await app.tap("show-ended")
            assert {"Bent", "Afsluttet"} <= set(app.texts())
            await app.tap(f"row-{ended}")
            assert app.page.route == f"/citizens/{ended}"
        async with behind(door, "/citizens") as app:
            await app.write("search", "ben")
            assert "Bent" in app.texts()

    async def test_k10_taken_up_again_in_one_tap_with_all_that_was_written(
        self, door: Door, behind: Behind, ended: str
    ) -> None:
        assert door.desk is not None
        assert today.read(door.desk).citizens == 1
        async with behind(door, f"/citizen/{ended}") as app:
            assert "Læs historien først, så Bent ikke skal fortælle den igen." in app.texts()
            assert not {"reach", "more-away", "urgent", "more-pause"} & set(app.identifiers())
            assert not [name for name in app.identifiers() if name.startswith("aim-")], "CTI helps with nothing now"
            assert "“At sove en hel nat.”" in app.texts()
            await app.tap("resume")
            assert support(door, ended) is Support.ACTIVE and today.read(door.desk).citizens == 2
            assert {"reach", "more-away", "more-pause"} <= set(app.identifiers()), "as it was before"
            await app.tap("tab-timeline")
            told = [(each.kind, each.own_words) for each in timeline.timeline(door.desk, ended)]
            assert told[:2] == [("reopening", None), ("closing", "Nu kan jeg godt selv.")]
            assert [kind for kind, _words in told[2:]] == ["contact", "own_words"]
            assert "“Nu kan jeg godt selv.”" in app.texts()
            await app.tap("Fortryd")
            assert support(door, ended) is Support.CLOSED

    async def test_what_was_said_at_the_door_and_the_last_meeting_can_be_read_afterwards(
        self, door: Door, behind: Behind, bent: str
    ) -> None:
        assert door.desk is not None
        async with behind(door, page(bent)) as app:
            await app.tap("ground-manages_own_judgement")
            await app.write("own-words", "Nu kan jeg godt selv.")
            await app.tap("last-meeting-on--1")
            await app.write("open-door", "Døren er åben. Kig forbi Kilden (opfundet).")
            await app.tap("end-course")
            await app.tap("yes-end")
            assert app.page.route == f"/citizen/{bent}"
            said = {"Sagt til Bent", "Døren er åben. Kig forbi Kilden (opfundet).", "I mødtes for sidste gang i går."}
            assert said <= set(app.texts())
            await app.tap("resume")
            assert "Sagt til Bent" not in app.texts()
            await app.tap("tab-timeline")
            assert "“Døren er åben. Kig forbi Kilden (opfundet).”" in app.texts(), "it is in the history"

    async def test_a_last_meeting_that_lies_ahead_is_told(self, door: Door, behind: Behind, bent: str) -> None:
        assert door.desk is not None
        ahead = TODAY + timedelta(days=1)
        form = ClosingForm("manages_own_judgement", own_words="Nu kan jeg.", last_meeting_on=ahead)
        closings.close(door.desk, bent, form)
        async with behind(door, f"/citizen/{bent}") as app:
            assert "I mødes for sidste gang i morgen." in app.texts()

    async def test_on_the_day_it_was_resumed_it_does_not_end_again(
        self, door: Door, behind: Behind, ended: str
    ) -> None:
        async with behind(door, f"/citizen/{ended}") as app:
            await app.tap("resume")
            await app.go(page(ended))
            await app.tap("ground-manages_own_judgement")
            await app.write("own-words", "Alligevel.")
            assert not can_be_ended(app)
            assert "Støtten er genoptaget i dag. Den kan afsluttes fra i morgen." in app.texts()


class TestDeath:
    async def test_it_asks_once_and_turns_everything_off(self, door: Door, behind: Behind, bent: str) -> None:
        assert door.desk is not None
        step = {"on": TODAY, "text": "Kaffe", "agreed": True, "worker": FREJA}
        asked = {"on": TODAY, "text": "Husk lægen", "worker": FREJA}
        arrive(door.desk, a_row("next_step", bent, **step), a_row("colleague_request", bent, author=KARIM, **asked))
        arrive(door.desk, a_row("urgent_mark", bent, on=TODAY))
        async with behind(door, f"/citizen/{bent}/ending") as app:
            await app.tap("ending-death")
            await app.tap("note-death")
            assert support(door, bent) is Support.ACTIVE, "not before the answer"
            await app.tap("yes-died")
            assert app.page.route == f"/citizen/{bent}"
            texts = set(app.texts())
            assert {"Bent er død.", "Alle påmindelser er slået fra, også hos kollegerne."} <= texts
            assert "Det gør os ondt. Alle påmindelser er slået fra, også hos kollegerne." in texts
            assert not {"reach", "resume", "more-pause", "more-away"} & set(app.identifiers())
            assert not {"more-review", "more-ask", "more-coping", "more-support"} & set(app.identifiers())
            assert {"more-home", "more-details", "more-ending"} <= set(app.identifiers())
            assert not {"add-words", "add-strength", "respect", "phone", "places", "name"} & set(app.identifiers())
            assert "Hvad ønsker du dig?" not in app.all_text()
            assert not any("fslut" in text for text in texts if "Overgang" not in text and "enden" not in text)
            for way in ("reach", "reach/text", "reach/texts", "reach/call", "reach/more"):
                await app.go(f"/citizen/{bent}/{way}")
                assert "ended" in app.identifiers() and not [i for i in app.identifiers() if i.startswith("text-")], way
        found = today.read(door.desk)
        assert found.citizens == 0
        assert not [*found.agreed, *found.urgent, *found.colleagues, *found.reach, *found.later, *found.home]
        shown = citizens.read(door.desk, bent)
        assert shown is not None and shown.next_step is None

    async def test_what_was_said_is_kept_and_nothing_more_is_asked(self, door: Door, behind: Behind, bent: str) -> None:
        assert door.desk is not None
        citizens.say(door.desk, bent, "wish", "En have (opfundet)")
        citizens.note_strength(door.desk, bent, "Kan få alt til at gro")
        closings.died(door.desk, bent)
        async with behind(door, f"/citizen/{bent}") as app:
            assert {"“En have (opfundet)”", "Kan få alt til at gro"} <= set(app.texts())
            assert not {"add-words", "add-strength", "all-words"} & set(app.identifiers())
            await app.tap("tab-goals")
            assert not {"choose-focus", "goals/new", "say/progress"} & set(app.identifiers())

    async def test_in_the_lists_the_word_is_dead(self, door: Door, behind: Behind, bent: str) -> None:
        assert door.desk is not None
        closings.died(door.desk, bent)
        async with behind(door, "/citizens") as app:
            await app.tap("show-ended")
            assert {"Bent", "Død"} <= set(app.texts()) and "Afsluttet" not in app.texts()

    async def test_it_is_noted_of_somebody_whose_course_had_ended(self, door: Door, behind: Behind, bent: str) -> None:
        """Heard of later, and perhaps from before it ended: they are not said to be able to come back."""
        assert door.desk is not None
        closings.close(door.desk, bent, ClosingForm("manages_own_judgement", own_words="Nu kan jeg godt selv."))
        async with behind(door, page(bent)) as app:
            assert any(text.startswith("Afsluttet 25. november. Bent kan altid komme") for text in app.texts())
            assert not any("ikke på din telefon" in text for text in app.texts())
            await app.go(f"/citizen/{bent}/ending")
            assert "ending-close" not in app.identifiers()
            await app.tap("ending-death")
            await app.tap("day--1")
            await app.tap("note-death")
            await app.tap("yes-died")
            assert "Bent er død." in app.texts() and "resume" not in app.identifiers()
            await app.go(f"/citizen/{bent}/ending")
            assert "ending-death" not in app.identifiers()
            await app.go(f"/citizen/{bent}/ending/death")
            assert "Bent er død." in app.texts() and not any("ikke på din telefon" in text for text in app.texts())
            await app.go(f"/citizen/{bent}")
            await app.tap("not-dead")
            assert "resume" in app.identifiers() and support(door, bent) is Support.CLOSED

    async def test_a_mistake_is_taken_back_also_later(self, door: Door, behind: Behind, bent: str) -> None:
        assert door.desk is not None
        closings.died(door.desk, bent)
        closings.died(door.desk, bent)
        async with behind(door, f"/citizen/{bent}") as app:
            await app.tap("not-dead")
            assert support(door, bent) is Support.ACTIVE
            assert "reach" in app.identifiers()

    async def test_a_text_that_was_being_written_is_not_held_out_any_more(
        self, door: Door, behind: Behind, bent: str
    ) -> None:
        async with behind(door, f"/citizen/{bent}/reach/text") as app:
            await app.tap("write-own")
            await app.write("own-text", "Hej Bent, skal vi")
            await app.leave("own-text")
            await app.go("/")
            assert f"draft-text:{bent}" in app.identifiers()
            assert door.desk is not None
            closings.died(door.desk, bent)
            await app.go("/more")
            await app.go("/")
            assert f"draft-text:{bent}" not in app.identifiers()
