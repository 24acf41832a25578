"""What goes on around the screens: hide, lock, come back; the sync line; light, dark, language, wide."""

import flet as ft
import pytest

from fieldapp.actions import drafts
from fieldapp.views import theme
from fieldapp.views.field import Field
from tests.desks import seed
from tests.fake_client import FakeClient
from tests.gates import Door
from tests.proof.disks import FullDisk
from tests.views.conftest import Behind, Steady
from tests.views.test_first_start import type_pin


@pytest.fixture
def open_door(door: Door) -> Door:
    door.begin("open", seed=lambda desk: seed(desk, "Åse", met=(19,)))
    return door


def veiled(app: FakeClient) -> bool:
    return bool(app.root._veil.visible)  # type: ignore[attr-defined]


async def test_hide_shows_the_clock_and_drops_the_key_at_once(open_door: Door, behind: Behind) -> None:
    async with behind(open_door) as app:
        await app.tap("hide")
        assert open_door.state == "locked"
        assert "9.00" not in app.texts()  # the clock is the wall's, not the test's
        assert "Tryk for at komme tilbage" in app.texts()
        await app.tap("cover")
        assert "Indtast din kode" in app.texts()


async def test_after_unlock_one_is_back_on_the_same_page(open_door: Door, behind: Behind) -> None:
    async with behind(open_door, "/more/settings") as app:
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert "Indstillinger" in app.texts()
        assert app.page.route == "/more/settings"


async def test_two_minutes_without_a_touch_lock(open_door: Door, behind: Behind, steady: Steady) -> None:
    async with behind(open_door) as app:
        steady.seconds += 119
        app.root.tick()  # type: ignore[attr-defined]
        assert open_door.state == "open"
        steady.seconds += 1
        app.root.tick()  # type: ignore[attr-defined]
        await app.settle()
        assert open_door.state == "locked" and "Indtast din kode" in app.texts()


async def test_a_tap_keeps_it_open(open_door: Door, behind: Behind, steady: Steady) -> None:
    async with behind(open_door) as app:
        steady.seconds += 119
        await app.tap("go-more")
        steady.seconds += 119
        app.root.tick()  # type: ignore[attr-defined]
        assert open_door.state == "open"


@pytest.mark.parametrize("state", ["hide", "pause"])
async def test_behind_another_app_it_is_covered_at_once_and_open_again_within_a_minute(
    open_door: Door, behind: Behind, steady: Steady, state: str
) -> None:
    async with behind(open_door) as app:
        await app.lifecycle(state)
        assert veiled(app) and open_door.state == "open"
        steady.seconds += 59
        await app.lifecycle("resume")
        assert not veiled(app) and "Åse" in app.texts()
        assert open_door.asked[-2:] == ["hidden", "shown"], "sending rests meanwhile and goes on at once"


async def test_after_a_minute_away_it_is_locked(open_door: Door, behind: Behind, steady: Steady) -> None:
    async with behind(open_door) as app:
        await app.lifecycle("hide")
        steady.seconds += 60
        await app.lifecycle("resume")
        assert open_door.state == "locked" and "Indtast din kode" in app.texts() and not veiled(app)


async def test_left_on_purpose_it_waits_ten_minutes(open_door: Door, behind: Behind, steady: Steady) -> None:
    async with behind(open_door) as app:
        app.root.screen.leave()  # type: ignore[attr-defined]
        await app.lifecycle("hide")
        steady.seconds += 599
        await app.lifecycle("resume")
        assert open_door.state == "open" and "Åse" in app.texts()


@pytest.mark.parametrize(("platform", "covered"), [("android", True), ("ios", True), ("linux", False)])
async def test_the_app_switcher_meets_a_cover_on_phones(
    open_door: Door, behind: Behind, platform: str, covered: bool
) -> None:
    async with behind(open_door, platform=platform) as app:
        await app.lifecycle("inactive")
        assert veiled(app) is covered
        await app.lifecycle("resume")
        assert not veiled(app)


async def test_a_bar_about_somebody_is_gone_when_hidden(open_door: Door, behind: Behind) -> None:
    async with behind(open_door) as app:
        app.root.screen.saved("Gemt. Åse på torsdag.")  # type: ignore[attr-defined]
        await app.settle()
        assert "Gemt. Åse på torsdag." in app.texts()
        await app.lifecycle("hide")
        assert "Gemt. Åse på torsdag." not in app.texts()


async def test_what_is_half_written_survives_hide_now(open_door: Door, behind: Behind) -> None:
    from fieldapp.actions.contacts import ContactForm

    async with behind(open_door) as app:
        kept = app.root.screen.drafts.open("contact:x", ContactForm)  # type: ignore[attr-defined]
        kept.form.own_words = "Halvt skrevet"
        kept.changed()
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert open_door.desk is not None
        draft = drafts.read(open_door.desk, "contact:x")
        assert draft is not None and draft.values["own_words"] == "Halvt skrevet"


async def test_on_a_full_disk_hide_drops_the_key_and_what_is_half_written_is_there_after_unlock(
    open_door: Door, behind: Behind
) -> None:
    from fieldapp.actions.contacts import ContactForm

    open_door.disk = disk = FullDisk()
    open_door.lock()
    open_door.begin("open")
    async with behind(open_door) as app:
        kept = app.root.screen.drafts.open("contact:x", ContactForm)  # type: ignore[attr-defined]
        kept.form.own_words = "Halvt skrevet"
        kept.changed()
        room, disk.room = disk.room, 0
        await app.tap("hide")
        assert open_door.state == "locked"
        disk.room = room
        await app.tap("cover")
        await type_pin(app)
        again = app.root.screen.drafts.open("contact:x", ContactForm)  # type: ignore[attr-defined]
        assert again.form.own_words == "Halvt skrevet"
        app.root.lock()  # type: ignore[attr-defined]
        await app.settle()
        await type_pin(app)
        assert open_door.desk is not None
        draft = drafts.read(open_door.desk, "contact:x")
        assert draft is not None and draft.values["own_words"] == "Halvt skrevet"


async def test_what_was_saved_while_hiding_says_nothing_on_the_cover(open_door: Door, behind: Behind) -> None:
    """The answer of a write still in its thread comes when it is locked already."""
    async with behind(open_door) as app:
        screen = app.root.screen  # type: ignore[attr-defined]
        await app.tap("hide")
        screen.saved("Gemt. Åse på torsdag.", undo=lambda: None)
        await app.settle()
        assert "Gemt. Åse på torsdag." not in app.texts()


async def test_a_tab_that_was_closed_has_written_its_drafts(open_door: Door, behind: Behind) -> None:
    from fieldapp.actions.contacts import ContactForm

    async with behind(open_door) as app:
        kept = app.root.screen.drafts.open("contact:x", ContactForm)  # type: ignore[attr-defined]
        kept.form.own_words = "Halvt skrevet"
        kept.changed()
        await app.gone()
        assert open_door.desk is not None
        draft = drafts.read(open_door.desk, "contact:x")
        assert draft is not None and draft.values["own_words"] == "Halvt skrevet"


async def test_undo_is_offered_and_done(open_door: Door, behind: Behind) -> None:
    undone: list[str] = []
    async with behind(open_door) as app:
        screen = app.root.screen  # type: ignore[attr-defined]
        screen.saved("Gemt.", undo=lambda: undone.append("ja"))
        await app.settle()
        assert "wrote" in open_door.asked
        await app.tap("undo")
        assert undone == ["ja"] and "Fortrudt." in app.texts()


async def test_the_sync_line_follows_the_sending_and_a_field_is_not_drawn_again(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more") as app:
        assert "Gemt på telefonen. Sidst sendt kl. 7.52." in app.texts()
        door.told(state="moving")
        await app.settle()
        assert "Gemt på telefonen. Sendes nu." in app.texts()
        door.told(state="waiting", waiting=2, why="no_connection")
        await app.settle()
        assert "Ingen forbindelse. Alt gemmes på telefonen og bliver sendt, når der er net igen." in app.texts()
        door.told(state="needs_you", conflicts=1, refused=1, waiting=0)
        await app.settle()
        assert "Gemt på telefonen. 2 har brug for dig." in app.texts()


async def test_practice_says_so_on_every_page(door: Door, behind: Behind) -> None:
    door.begin("open", practice=True)
    async with behind(door, "/more/sync") as app:
        assert "Øvetilstand. Alle personer er opfundet." in app.texts()


async def test_english_and_dark_take_effect_at_once_and_are_kept(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more/settings") as app:
        await app.tap("language-en")
        assert "Settings" in app.texts()
        await app.tap("theme-dark")
        assert app.page.theme_mode == ft.ThemeMode.DARK
        await app.tap("hide")
        await app.tap("cover")
        await type_pin(app)
        assert "Settings" in app.texts() and app.page.theme_mode == ft.ThemeMode.DARK


async def test_the_worker_chooses_how_soon_it_locks(door: Door, behind: Behind, steady: Steady) -> None:
    door.begin("open")
    async with behind(door, "/more/settings") as app:
        await app.tap("idle-30")
        steady.seconds += 30
        app.root.tick()  # type: ignore[attr-defined]
        assert door.state == "locked"


async def test_on_a_wide_window_the_list_stands_beside_what_was_opened_from_it(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more/settings", width=1280) as app:
        assert "Indstillinger" in app.texts() and "Freja Sivmose" in app.texts()
        assert "more-sync" in app.identifiers()
        assert app.identifiers().count("hide") == 1
        await app.resize(390)
        assert "Freja Sivmose" not in app.texts()


async def test_large_text_is_noticed(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door) as app:
        await app.text_scale(2.0)
        assert theme.is_large()


async def test_a_new_screen_does_not_inherit_the_last_ones_text_size(door: Door, behind: Behind) -> None:
    theme.use_text_scale(2.0)
    async with behind(door):
        assert not theme.is_large()


async def test_the_systems_back_leads_to_the_list_and_never_out_of_the_app(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more/settings") as app:
        assert app.top.can_pop
        await app.back()
        assert app.page.route == "/more" and not app.top.can_pop


async def test_a_note_fields_words_stay_out_of_the_keyboards_dictionary() -> None:
    class Form:
        words = ""

    def main(page: ft.Page) -> None:
        page.render(lambda: Field(Form(), "words", "Borgerens ord", voice="citizen", lines=3))

    async with FakeClient(main) as app:
        field = app.field("Borgerens ord")
        assert not (field.autocorrect or field.enable_suggestions or field.enable_ime_personalized_learning)


async def test_the_row_of_the_open_page_is_chosen_beside_it_and_nowhere_else(door: Door, behind: Behind) -> None:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.extend([seed(desk, "Åse", met=(19,)), seed(desk, "Bo", met=(19,))]))
    async with behind(door, f"/citizen/{ids[0]}", width=1280) as app:
        rows = {name: row for name, row in app.surfaces().items() if name.startswith("row-")}
        assert rows[f"row-{ids[0]}"].bgcolor == ft.Colors.SURFACE_CONTAINER_HIGH
        assert rows[f"row-{ids[1]}"].bgcolor == ft.Colors.SURFACE_CONTAINER_LOWEST


async def test_in_more_too_the_row_of_the_open_page_is_chosen(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more", width=1280) as app:
        await app.tap("more-law")
        rows = app.surfaces()
        assert rows["more-law"].bgcolor == ft.Colors.SURFACE_CONTAINER_HIGH
        assert rows["more-settings"].bgcolor == ft.Colors.SURFACE_CONTAINER_LOWEST


async def test_with_large_text_a_hint_has_room_to_be_read_to_its_end(door: Door, behind: Behind) -> None:
    door.begin("open")
    async with behind(door, "/more") as app:
        await app.text_scale(2.0)
        await app.go("/more/law/new")
        assert (app.field("Med korte ord").hint_max_lines or 0) > 3


async def test_a_wrong_code_moves_no_key(door: Door, behind: Behind) -> None:
    async with behind(door) as app:
        before = app.identifiers()
        await type_pin(app, "111111")
        assert [each for each in app.identifiers() if each != "problem"] == before
