"""Transition and ending: where the course is, who else is there, and, slower than all else, its end (F9)."""

import flet as ft

from fieldapp.actions import closings
from fieldapp.actions.closings import Ending
from fieldapp.domain.values import Support
from fieldapp.texts import _, ngettext
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.course_strip import strip
from fieldapp.views.ended import ended_words, has_died
from fieldapp.views.gone import gone
from fieldapp.views.guard import shielded
from fieldapp.views.parts import icon_disc, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen


@ft.component
@shielded
def TheEnding() -> ft.Control:
    screen = use_screen()
    found = use_reading(closings.read, ft.use_route_params()["citizen"])
    if found is None:
        return gone(screen)
    over = found.standing.support == Support.CLOSED
    body = [
        person_head(found.citizen, found.name, _("Transition and ending")),
        space(theme.L),
        strip(found.course),
        space(theme.S),
        *([note(ended_words(found.standing, found.name), ft.Icons.FLAG_OUTLINED)] if over else []),
        section(_("Who else is there")),
        group(_others(found, screen)),
        *([] if has_died(found.standing) else [section(_("The end of the course")), group(_end(found, screen, over))]),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="ending")


def _others(found: Ending, screen: Screen) -> list[ft.Container]:
    bridges = ngettext("{count} bridge is noted", "{count} bridges are noted", found.bridges) if found.bridges else None
    handed = _("{count} of eight dimensions", count=found.handed_over) if found.handed_over else None
    change = _("Your leader can see it") if found.change else None

    def to(title: str, reason: str, mark: ft.IconData, then: str) -> ft.Container:
        return _row(found, screen, title, reason, mark, then)

    return [
        to(
            _("Building bridges"),
            bridges or _("To offers for everybody, with a meeting together"),
            ft.Icons.DIVERSITY_3_OUTLINED,
            "bridges",
        ),
        to(
            _("Who takes over"),
            handed or _("Dimension by dimension, with a first meeting together"),
            ft.Icons.HANDSHAKE_OUTLINED,
            "takeovers",
        ),
        to(
            _("Another support person"),
            change or _("Say goodbye and hello together"),
            ft.Icons.SWAP_HORIZ,
            "change",
        ),
        to(
            _("Moves to another municipality"),
            _("The transition happens together"),
            ft.Icons.MOVE_DOWN,
            "move",
        ),
    ]


def _end(found: Ending, screen: Screen, over: bool) -> list[ft.Container]:
    """That somebody has died is often heard of long after the course with them had ended."""
    ends = (
        []
        if over
        else [
            _row(
                found,
                screen,
                _("End the course …"),
                _("When other support has begun, or {name} has decided it", name=found.name),
                ft.Icons.FLAG_OUTLINED,
                "close",
            )
        ]
    )
    return [
        *ends,
        _row(
            found,
            screen,
            _("The citizen has died"),
            _("All reminders are turned off"),
            ft.Icons.LOCAL_FLORIST_OUTLINED,
            "death",
        ),
    ]


def _row(found: Ending, screen: Screen, title: str, reason: str, mark: ft.IconData, then: str) -> ft.Container:
    return row(
        title,
        reason,
        lead=icon_disc(mark),
        call=lambda: screen.citizen(found.citizen, f"ending/{then}"),
        identifier=f"ending-{then}",
    )
