"""*Mere*: what is not needed every day."""

from collections.abc import Sequence

import flet as ft

from fieldapp.actions import away, quarantine
from fieldapp.actions.away import Away
from fieldapp.texts import _, ngettext
from fieldapp.views import paths, sync_words
from fieldapp.views.bars import bottom_bar, page
from fieldapp.views.cards import page_head
from fieldapp.views.deputy import told
from fieldapp.views.guard import Call, shielded
from fieldapp.views.parts import icon_disc, space
from fieldapp.views.rows import group, row
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def More() -> ft.Control:
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
    kept, out = use_reading(quarantine.waiting), use_reading(quarantine.left_out)
    away_now = use_reading(away.read)
    saved = sync_words.line(sending.value, screen.desk.now())
    mark, _color = sync_words.look(sending.value)
    lines = [
        _line(_("Saved and sent"), saved, mark, lambda: screen.open(paths.SYNC), "more-sync"),
        *(_to_decide(screen, len(kept)) if kept or out else []),
        *_team(screen),
        _line(
            _("Deputy"),
            _away(away_now),
            ft.Icons.PEOPLE_OUTLINE,
            lambda: screen.open(paths.AWAY),
            "more-away",
        ),
        _line(
            _("Texts"),
            _("What you can send, and what you have agreed"),
            ft.Icons.SMS_OUTLINED,
            lambda: screen.open(paths.TEXTS),
            "more-texts",
        ),
        _line(
            _("About the approach"),
            _("Housing First in eight principles"),
            ft.Icons.MENU_BOOK_OUTLINED,
            lambda: screen.open(paths.APPROACH),
            "more-approach",
        ),
        _line(
            _("Words"),
            _("What could be said better, chosen by the team"),
            ft.Icons.SPELLCHECK,
            lambda: screen.open(paths.WORDS),
            "more-words",
        ),
        _line(
            _("Settings"),
            _("Language, light and dark, when it locks"),
            ft.Icons.SETTINGS_OUTLINED,
            lambda: screen.open(paths.SETTINGS),
            "more-settings",
        ),
        _line(
            _("Hide now"),
            _("Shows a clock. The app opens with your code."),
            ft.Icons.VISIBILITY_OFF_OUTLINED,
            screen.hide,
            "more-hide",
        ),
    ]
    body = [page_head(_("More"), screen.desk.worker_name), space(16), group(lines)]
    bar = bottom_bar("more", screen.go, note=lambda: screen.open(paths.WHO), hide=screen.hide)
    return page(body, bar, name="more")


def _away(known: Sequence[Away]) -> str:
    """The worker's own absence first, then who else is away."""
    if known and known[0].mine:
        return told(known[0])
    names = ", ".join(each.name for each in known)
    return _("Away: {names}", names=names) if names else _("I am away …")


def _team(screen: Screen) -> list[ft.Container]:
    """What the team shares for the street, and what can be shown to others."""
    pages = [
        (_("Walk-in hours"), _("Where somebody can be met without an appointment"), ft.Icons.SCHEDULE, paths.HOURS),
        (_("Who can help with …"), _("Your team's own list"), ft.Icons.SUPPORT_OUTLINED, paths.HELPERS),
        (_("Worry about a child"), _("What to do, and whom to call"), ft.Icons.CHILD_CARE, paths.CHILD),
        (_("What we do"), _("To show to those who may make us aware"), ft.Icons.ARTICLE_OUTLINED, paths.TELL),
    ]

    def one(title: str, reason: str, icon_name: ft.IconData, to: str) -> ft.Container:
        return _line(title, reason, icon_name, lambda: screen.open(to), f"more-{to}")

    return [one(*each) for each in pages]


def _to_decide(screen: Screen, count: int) -> list[ft.Container]:
    """Only when there is something: it is rare."""
    words = ngettext("{count} thing by a colleague", "{count} things by colleagues", count) if count else _("Left out")
    page = _("Shall it be taken along?")
    return [_line(page, words, ft.Icons.HOURGLASS_EMPTY, lambda: screen.open(paths.DECIDE), "more-decide")]


def _line(title: str, reason: str, icon_name: ft.IconData, call: Call, identifier: str) -> ft.Container:
    return row(title, reason, lead=icon_disc(icon_name), call=call, identifier=identifier)
