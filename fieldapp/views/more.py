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
from fieldapp.views.guard import shielded
from fieldapp.views.parts import icon_disc, space
from fieldapp.views.rows import group, row, section
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
    first = [
        _page(screen, _("Saved and sent"), saved, mark, paths.SYNC),
        *(_to_decide(screen, len(kept)) if kept or out else []),
        _page(screen, _("Deputy"), _away(away_now), ft.Icons.PEOPLE_OUTLINE, paths.AWAY),
    ]
    body = [
        page_head(_("More"), screen.desk.worker_name),
        space(16),
        group(first),
        section(_("For the street")),
        group(_street(screen)),
        section(_("The team's own")),
        group(_team(screen)),
        section(_("The app")),
        group(_app(screen)),
    ]
    bar = bottom_bar("more", screen.go, note=lambda: screen.open(paths.WHO), hide=screen.hide)
    return page(body, bar, name="more")


def _away(known: Sequence[Away]) -> str:
    """The worker's own absence first, then who else is away."""
    if known and known[0].mine:
        return told(known[0])
    names = ", ".join(each.name for each in known)
    return _("Away: {names}", names=names) if names else _("I am away …")


def _street(screen: Screen) -> list[ft.Container]:
    hours = _("Where somebody can be met without an appointment")
    return [
        _page(
            screen,
            _("Tracing list"),
            _("Those you are looking for, place by place"),
            ft.Icons.MAP_OUTLINED,
            paths.TRACE,
        ),
        _page(screen, _("Walk-in hours"), hours, ft.Icons.SCHEDULE, paths.HOURS),
        _page(screen, _("Who can help with …"), _("Your team's own list"), ft.Icons.SUPPORT_OUTLINED, paths.HELPERS),
        _page(screen, _("Worry about a child"), _("What to do, and whom to call"), ft.Icons.CHILD_CARE, paths.CHILD),
    ]


def _team(screen: Screen) -> list[ft.Container]:
    texts, words = _("What you can send, and what you have agreed"), _("What could be said better, chosen by the team")
    tell = _("To show to those who may make us aware")
    approach = _("Housing First in eight principles")
    return [
        _page(
            screen,
            _("For the case system"),
            _("What you marked, and is not there yet"),
            ft.Icons.DRIVE_FILE_MOVE_OUTLINE,
            paths.EXPORT,
        ),
        _page(screen, _("Texts"), texts, ft.Icons.SMS_OUTLINED, paths.TEXTS),
        _page(screen, _("Words"), words, ft.Icons.SPELLCHECK, paths.WORDS),
        _page(screen, _("About the approach"), approach, ft.Icons.MENU_BOOK_OUTLINED, paths.APPROACH),
        _page(
            screen, _("The three methods"), _("CTI, ICM and ACT, as the manual has them"), ft.Icons.ROUTE, paths.METHODS
        ),
        _page(
            screen,
            _("ICM's focus areas"),
            _("What your team works with, in your own list"),
            ft.Icons.CENTER_FOCUS_STRONG,
            paths.FOCUS,
        ),
        _page(screen, _("The law"), _("The paragraphs, in short words"), ft.Icons.GAVEL, paths.LAW),
        _page(screen, _("What we do"), tell, ft.Icons.ARTICLE_OUTLINED, paths.TELL),
    ]


def _app(screen: Screen) -> list[ft.Container]:
    settings = _("Language, light and dark, when it locks")
    cover = _("Shows a clock. The app opens with your code.")
    return [
        _page(screen, _("Settings"), settings, ft.Icons.SETTINGS_OUTLINED, paths.SETTINGS),
        row(
            _("Hide now"),
            cover,
            lead=icon_disc(ft.Icons.VISIBILITY_OFF_OUTLINED),
            call=screen.hide,
            identifier="more-hide",
        ),
    ]


def _page(screen: Screen, title: str, reason: str, icon_name: ft.IconData, to: str) -> ft.Container:
    return row(
        title,
        reason,
        lead=icon_disc(icon_name),
        call=lambda: screen.open(to),
        identifier=f"more-{to}",
        chosen=screen.shows(to),
    )


def _to_decide(screen: Screen, count: int) -> list[ft.Container]:
    """Only when there is something: it is rare."""
    words = ngettext("{count} thing by a colleague", "{count} things by colleagues", count) if count else _("Left out")
    return [_page(screen, _("Shall it be taken along?"), words, ft.Icons.HOURGLASS_EMPTY, paths.DECIDE)]
