"""Settings: how the app looks and speaks, how soon it locks, and what happens to what is written in it."""

import flet as ft

from fieldapp.actions import settings
from fieldapp.texts import LANGUAGES, _, ngettext
from fieldapp.views import notices, paths
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, icon_disc, padding, space, text
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen

IDLE = (30, 60, 120, 300)


@ft.component
@shielded
def Settings() -> ft.Control:
    screen = use_screen()
    own = use_reading(settings.read)

    def choose(name: str, value: object) -> None:
        screen.set_own(settings.keep(screen.desk, **{name: value}))
        notices.show(_("Saved."), ft.Icons.CHECK, seconds=3)

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
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="settings")


def _change(screen: Screen) -> ft.Container:
    words = _("Change words") if screen.gate.secret_form == "words" else _("Change code")
    reason = _("What you have written in the app stays as it is.")
    lead = icon_disc(ft.Icons.KEY_OUTLINED)
    return row(words, reason, lead=lead, call=lambda: screen.open(paths.SECRET), identifier="change-secret")


def _idle() -> list[tuple[str, str]]:
    def words(seconds: int) -> str:
        if seconds < 60:
            return ngettext("{count} second", "{count} seconds", seconds)
        return ngettext("{count} minute", "{count} minutes", seconds // 60)

    return [(str(seconds), words(seconds)) for seconds in IDLE]


def _small(words: str) -> ft.Control:
    return ft.Container(text(words, "meta", MUTED), padding=padding(4, 8))
