"""Notér: a meeting in three taps without a letter; what is typed survives everything; a correction is added."""

import errno
from datetime import UTC, date, datetime, time, timedelta, timezone

import flet as ft
import pytest
from flet.controls.base_control import BaseControl

from fieldapp.actions import contacts, drafts
from fieldapp.actions.contacts import ContactForm
from fieldapp.store.disk import Disk
from fieldapp.views.choosing import day_of
from tests.desks import seed
from tests.examples import CET, NOW, an_id
from tests.fake_client import FakeClient
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import agreed, in_full, moments
from tests.views.test_first_start import type_pin


class FullDisk(Disk):
    """Full while `full`."""

    full = False

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "full")
        return super().write(file, content, at)


@pytest.fixture
def bent(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(agreed(desk)))
    return ids[0]


async def test_a_meeting_takes_three_taps_and_not_a_letter(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door) as app:
        await app.tap(f"note-{bent}")
        await app.tap("note-met")
        await app.tap("save")
        assert app.page.route == "/"
        assert any(text.startswith("Gemt. Næste skridt: Ræk ud") for text in app.texts())
        assert "Aftalt i dag" not in app.texts()
    first, *_ = moments(door, bent)
    assert (first.kind, first.word, first.at) == ("contact", "met", NOW)
    assert "wrote" in door.asked


@pytest.mark.parametrize("mode", ["met", "talked", "wrote", "citizen_called", "citizen_came", "not_met"])
async def test_each_thing_that_happens_can_be_noted(door: Door, behind: Behind, bent: str, mode: str) -> None:
    async with behind(door, f"/citizen/{bent}/note") as app:
        await app.tap(f"note-{mode}")
        await app.tap("save")
    assert moments(door, bent)[0].word == mode


async def test_everything_typed_and_chosen_is_saved(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.tap("place-street")
        await app.tap("more-about")
        await app.tap("dimensions-finances")
        await app.tap("content-went_along")
        await app.write("own-words", "Jeg ringer selv.")
        await app.write("professional-view", "Rolig samtale.")
        await app.tap("progress")
        await app.write("progress-text", "Ringede selv til dem.")
        await app.tap("next-3")
        await app.tap("save")
        assert any("Gemt. Næste skridt: Ræk ud på lørdag." in text for text in app.texts())
    note = moments(door, bent)[0]
    assert (note.place, note.own_words, note.professional_view) == ("street", "Jeg ringer selv.", "Rolig samtale.")
    assert (note.progress, note.dimensions, note.content) == ("Ringede selv til dem.", ("finances",), ("went_along",))


async def test_what_is_sensitive_is_folded_until_somebody_taps(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("own-words", "Det her er svært.")
        await app.tap("sensitive")
        assert "Skjult i lister, søgning og udskrift" in app.all_text()
        await app.tap("save")
        await app.go(f"/citizen/{bent}")
        await app.tap("tab-timeline")
        assert "Følsomt. Tryk for at læse." in app.texts()
        assert "Det her er svært." not in app.all_text()
        await app.tap(f"moment-{moments(door, bent)[0].id}")
        assert "“Det her er svært.”" in app.texts()


async def test_another_time_is_two_taps(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/talked") as app:
        await app.tap("change-when")
        await app.tap("on-1")
        await app.tap("save")
    assert [each.at for each in moments(door, bent) if each.word == "talked"] == [NOW - timedelta(days=1)]


async def test_where_they_met_last_is_filled_in(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    met = {"occurred_at": NOW - timedelta(days=2), "mode": "met", "place": "drop_in"}
    door.begin("open", seed=lambda desk: ids.append(seed(desk, more=(("contact", met),))))
    async with behind(door, f"/citizen/{ids[0]}/note/met") as app:
        await app.tap("save")
    assert moments(door, ids[0])[0].place == "drop_in"


async def test_the_dimensions_of_the_goals_come_first(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(in_full(desk)))
    async with behind(door, f"/citizen/{ids[0]}/note/met") as app:
        tags = [name for name in app.identifiers() if name.startswith("dimensions-")]
        assert tags[0] == "dimensions-housing" and len(tags) == 4


async def test_fortryd_takes_it_back_and_the_text_is_a_draft_again(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("own-words", "Kom bare igen.")
        await app.tap("save")
        await app.tap("undo")
        assert "Fortrudt." in app.texts()
        assert [each.word for each in moments(door, bent)] == ["met"]
        await app.tap(f"note-{bent}")
        await app.tap("continue")
        assert app.field("own-words").value == "Kom bare igen."


async def test_ret_beside_fortryd_changes_the_next_step(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.tap("save")
        await app.tap("change")
        assert app.page.route == f"/citizen/{bent}/next"
        await app.write("plan-text", "Ringe sammen")
        await app.tap("day-7")
        await app.tap("save")
        assert "Gemt. Næste skridt: Ringe sammen den 2. december." in app.texts()


async def test_what_is_typed_survives_a_lock_in_mid_sentence(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("own-words", "Jeg var lige ved at")
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert app.page.route == f"/citizen/{bent}/note/met"
        assert app.field("own-words").value == "Jeg var lige ved at"
        assert "Din tekst fra kl. 9.00 er her endnu." in app.texts()


async def test_whoever_leaves_a_field_has_it_written_now(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.write("own-words", "Halvt skrevet")
        assert drafts.read(door.desk, contacts.draft_key(bent)) is None
        await app.leave("own-words")
        kept = drafts.read(door.desk, contacts.draft_key(bent))
        assert kept is not None and kept.values["own_words"] == "Halvt skrevet"


async def test_a_draft_waits_and_is_deleted_only_when_asked_twice(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    key = contacts.draft_key(bent)
    drafts.keep(door.desk, key, drafts.values_of(ContactForm(mode="talked", own_words="Halvt skrevet")))
    async with behind(door, f"/citizen/{bent}/note") as app:
        await app.tap("delete-draft")
        assert drafts.read(door.desk, key) is not None
        await app.tap("delete-draft")
        assert drafts.read(door.desk, key) is None
        assert "continue" not in app.identifiers()


async def test_another_way_of_meeting_keeps_the_text(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    form = ContactForm(mode="talked", own_words="Halvt skrevet")
    drafts.keep(door.desk, contacts.draft_key(bent), drafts.values_of(form))
    async with behind(door, f"/citizen/{bent}/note") as app:
        await app.tap("note-met")
        await app.tap("save")
    assert (moments(door, bent)[0].word, moments(door, bent)[0].own_words) == ("met", "Halvt skrevet")


async def test_on_a_full_disk_the_sentence_says_so_and_the_text_stays(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    disk = door.disk = FullDisk()
    door.begin("open", seed=lambda desk: ids.append(agreed(desk)))
    async with behind(door, f"/citizen/{ids[0]}/note/met") as app:
        await app.write("own-words", "Det her må ikke forsvinde.")
        disk.full = True
        await app.tap("save")
        assert any("Telefonen er fuld" in text for text in app.texts())
        assert app.field("own-words").value == "Det her må ikke forsvinde."
        disk.full = False
        await app.tap("save")
    assert moments(door, ids[0])[0].own_words == "Det her må ikke forsvinde."


async def test_two_taps_on_gem_save_once(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/talked") as app:
        await app.tap_at_once("save", "save")
    assert [each.word for each in moments(door, bent)] == ["talked", "met"]


async def test_a_correction_is_added_and_the_original_stays(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    note = an_id()
    met = {"id": note, "occurred_at": NOW - timedelta(days=2), "mode": "met", "own_words": "I torsdags."}
    door.begin("open", seed=lambda desk: ids.append(seed(desk, more=(("contact", met),))))
    async with behind(door, f"/citizen/{ids[0]}") as app:
        await app.tap("tab-timeline")
        await app.tap(f"moment-{note}")
        await app.tap("correct")
        assert app.field("own-words").value == "I torsdags."
        await app.write("own-words", "I fredags.")
        await app.tap("save")
        await app.go(f"/citizen/{ids[0]}")
        await app.tap("tab-timeline")
        assert "Rettet 25. november af Freja Sivmose. Det oprindelige står nedenfor." in app.texts()
        assert {"“I fredags.”", "“I torsdags.”"} <= set(app.texts())
    newest, first = moments(door, ids[0])
    assert (newest.corrects, newest.at, first.corrected) == (note, first.at, True)


async def test_a_correction_does_not_disturb_a_note_being_written(door: Door, behind: Behind, bent: str) -> None:
    assert door.desk is not None
    key = contacts.draft_key(bent)
    drafts.keep(door.desk, key, drafts.values_of(ContactForm(own_words="Ny note")))
    first = moments(door, bent)[0]
    async with behind(door, f"/citizen/{bent}/correct/{first.id}") as app:
        assert app.field("own-words").value == ""
        await app.write("own-words", "Rettelsen")
        await app.tap("save")
    kept = drafts.read(door.desk, key)
    assert kept is not None and kept.values["own_words"] == "Ny note"


async def test_the_bar_asks_who_first(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door) as app:
        await app.tap("note")
        assert "Hvem handler det om?" in app.texts()
        await app.tap(f"row-{bent}")
        assert app.page.route == f"/citizen/{bent}/note"


async def test_with_large_text_it_is_all_there(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met", width=360, height=640) as app:
        await app.text_scale(2.0)
        assert {"save", "own-words", "professional-view", "progress", "sensitive"} <= set(app.identifiers())


async def test_the_saved_bar_goes_away_with_the_page_it_was_said_on(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.tap("save")
        assert "undo" in app.identifiers()
        await app.tap(f"reach-{bent}")
        assert "undo" not in app.identifiers()


def the(app: FakeClient, kind: type[BaseControl]) -> BaseControl:
    return next(control for control in app.walk() if isinstance(control, kind))


async def test_a_day_and_a_time_from_the_calendar_and_the_clock(door: Door, behind: Behind, bent: str) -> None:
    async with behind(door, f"/citizen/{bent}/note/met") as app:
        await app.tap("next-pick")
        await app.fire(the(app, ft.DatePicker), "change", value=datetime(2026, 12, 10, tzinfo=CET))
        assert "Den 10. december" in app.texts()
        await app.tap("change-when")
        await app.tap("at-pick")
        await app.fire(the(app, ft.TimePicker), "change", value=time(8, 15))
        assert "Bent · i dag kl. 8.15 · dig" in app.texts()
        await app.tap("save")
        assert any("Næste skridt: Ræk ud den 10. december." in text for text in app.texts())
    assert moments(door, bent)[0].at == NOW.replace(hour=8, minute=15)


@pytest.mark.parametrize("hours", [-11, -5, 0, 1, 2, 9, 12])
def test_the_day_tapped_in_the_calendar_is_the_day_meant_wherever_the_phone_is(hours: int) -> None:
    midnight = datetime(2026, 12, 10, tzinfo=timezone(timedelta(hours=hours)))

    assert day_of(midnight) == date(2026, 12, 10)
    assert day_of(midnight.astimezone(UTC)) == date(2026, 12, 10)
