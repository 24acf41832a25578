"""Settings: how the app looks and speaks, how soon it locks, and what happens to what is written in it."""

from collections.abc import Callable

import flet as ft

from fieldapp import errors
from fieldapp.actions import settings
from fieldapp.texts import LANGUAGES, _, ngettext
from fieldapp.views import notices, paths
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.guard import shielded, told
from fieldapp.views.parts import MUTED, icon_disc, padding, space, text
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen

IDLE = (30, 60, 120, 300)


@ft.component
@shielded
def Settings() -> ft.Control:
    screen = use_screen()
    own = use_reading(settings.read)
    asking, set_asking = ft.use_state(False)

    def choose(name: str, value: object) -> None:
        screen.set_own(settings.keep(screen.desk, **{name: value}))
        notices.show(_("Saved."), ft.Icons.CHECK, seconds=3)

    async def turn(to: str) -> None:
        set_asking(True)
        may_not = _("That did not work. Does the phone know a finger or a face of yours?")
        refused = await told(lambda: screen.gate.use_biometric(to == "on"), {errors.NotRecognised: may_not})
        set_asking(False)
        if refused:
            notices.show(refused, ft.Icons.ERROR_OUTLINE)

    themes = [("auto", _("As the phone")), ("light", _("Light")), ("dark", _("Dark"))]
    body = [
        page_head(_("Settings"), _("Only for you, on this phone")),
        section(_("Language")),
        choice(LANGUAGES.items(), {own.language}, lambda code: choose("language", code), name="language"),
        section(_("Light and dark")),
        choice(themes, {own.theme}, lambda theme: choose("theme", theme), name="theme"),
        section(_("Locks by itself after")),
        choice(_idle(), {str(own.idle)}, lambda idle: choose("idle", int(idle)), name="idle"),
        _small(_("Counted from your last touch. Behind another app it locks after a minute.")),
        section(_("When you work")),
        choice(_late(), {"late" if own.late else "day"}, lambda when: choose("late", when == "late"), name="work"),
        _small(_("By day the app asks before you reach out early or late. In the evening and at night it doesn't.")),
        section(_("What you write")),
        note(_("Everything is saved here first, encrypted, and opens only with your code."), ft.Icons.SMARTPHONE),
        space(8),
        note(
            _("The citizen can ask to read it. Opening a citizen's page is written down too."),
            ft.Icons.MENU_BOOK_OUTLINED,
        ),
        space(8),
        note(
            _("No notices with names, no copy in the phone's backup, no spell checker that learns your words."),
            ft.Icons.SHIELD_OUTLINED,
        ),
        section(_("Your code")),
        group([_change(screen)]),
        *_biometric(screen, asking, turn),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="settings")


def _biometric(screen: Screen, asking: bool, turn: Callable[[str], object]) -> list[ft.Control]:
    """Only where the platform itself gives out a key for it."""
    now = screen.gate.biometric
    if now == "none":
        return []
    words = (
        _("Waiting for the phone") if asking else _("The phone gives out the key to you alone. Your code always works.")
    )
    options = [("on", _("On")), ("off", _("Off"))]
    return [section(_("Fingerprint or face")), choice(options, {now}, turn, name="biometric"), _small(words)]


def _change(screen: Screen) -> ft.Container:
    words = _("Change words") if screen.gate.secret_form == "words" else _("Change code")
    reason = _("What you have written in the app stays as it is.")
    lead = icon_disc(ft.Icons.KEY_OUTLINED)
    return row(words, reason, lead=lead, call=lambda: screen.open(paths.SECRET), identifier="change-secret")


def _late() -> list[tuple[str, str]]:
    return [("day", _("By day")), ("late", _("In the evening or at night"))]


def _idle() -> list[tuple[str, str]]:
    def words(seconds: int) -> str:
        if seconds < 60:
            return ngettext("{count} second", "{count} seconds", seconds)
        return ngettext("{count} minute", "{count} minutes", seconds // 60)

    return [(str(seconds), words(seconds)) for seconds in IDLE]


def _small(words: str) -> ft.Control:
    return ft.Container(text(words, "meta", MUTED), padding=padding(4, 8))
