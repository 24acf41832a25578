"""On I dag: whom the worker stands in for, what waits for their decision, and what others have decided."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from fieldapp.actions import away, notices, quarantine
from fieldapp.actions.desk import Desk
from fieldapp.actions.notices import Cover, Notice
from fieldapp.actions.quarantine import Kept
from fieldapp.domain.values import NoticeWord
from fieldapp.texts import _, ngettext
from fieldapp.views import news_words, paths
from fieldapp.views.cards import note
from fieldapp.views.days import capital, moment
from fieldapp.views.guard import Call, attempt
from fieldapp.views.parts import act, button, column, icon_disc, initial, space
from fieldapp.views.rows import group, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen

AT_MOST = 3
"""Notices before *Vis flere*."""
_ICONS = {
    NoticeWord.LOST: ft.Icons.SYNC_ALT,
    NoticeWord.QUARANTINED: ft.Icons.HOURGLASS_EMPTY,
    NoticeWord.ACCEPTED: ft.Icons.CHECK,
    NoticeWord.REJECTED: ft.Icons.REPLAY,
    NoticeWord.RECOVERED: ft.Icons.LOCK_OUTLINE,
    NoticeWord.LOGIN: ft.Icons.LOCK_OUTLINE,
}


@dataclass(frozen=True)
class New:
    covers: tuple[Cover, ...]
    kept: tuple[Kept, ...]
    notices: tuple[Notice, ...]


def read(desk: Desk) -> New:
    mine = tuple(each for each in quarantine.waiting(desk) if each.mine)
    return New(notices.covers(desk), mine, notices.read(desk))


@ft.component
def News() -> ft.Control:
    screen = use_screen()
    new = use_long_reading(read)
    unfolded, unfold = ft.use_state(False)
    standing_in = bool(new and new.covers)

    async def seen() -> None:
        if standing_in and await asyncio.to_thread(away.mark_seen, screen.desk):
            screen.changed()

    async def tell() -> None:
        """Whoever is away can see that the list has arrived."""
        await attempt(seen)

    ft.use_effect(tell, [standing_in])
    if new is None:
        return ft.Container()
    covers = [note(news_words.cover(each), ft.Icons.PEOPLE_OUTLINE) for each in new.covers]
    return column(
        *([space(8)] if covers else []),
        *covers,
        *_kept(new.kept, screen),
        *_told(new.notices, screen, unfolded, lambda: unfold(True)),
        gap=0,
    )


def _kept(kept: Sequence[Kept], screen: Screen) -> list[ft.Control]:
    """A row for each citizen and writer: one person has the same to say of all that another wrote."""
    about: dict[tuple[str, str], list[Kept]] = {}
    for each in kept:
        about.setdefault((each.citizen, each.who), []).append(each)
    rows = [_waits(pieces, screen) for pieces in about.values()]
    return [section(_("Waits for you"), len(rows)), group(rows)] if rows else []


def _waits(pieces: list[Kept], screen: Screen) -> ft.Container:
    first = pieces[0]
    page = paths.decide(first.id) if len(pieces) == 1 else paths.DECIDE

    def see() -> None:
        screen.open(page)

    words = news_words.kept(len(pieces), first.who, first.name)
    side = act(_("See"), ft.Icons.VISIBILITY_OUTLINED, see, who=first.name, identifier=f"decide-{first.citizen}")
    lead = initial(first.citizen, first.name)
    return row(first.name, words, None, lead=lead, side=side, call=see, identifier=f"kept-{first.citizen}")


def _told(told: Sequence[Notice], screen: Screen, unfolded: bool, unfold: Call) -> list[ft.Control]:
    if not told:
        return []
    shown = told if unfolded else told[:AT_MOST]
    rest = len(told) - len(shown)
    more = ngettext("Show {count} more", "Show {count} more", rest)
    tail = [space(8), button(more, unfold, None, "quiet", small=True, identifier="more-news")] if rest else []
    return [section(_("New for you"), len(told)), group([_notice(each, screen) for each in shown]), *tail]


def _notice(each: Notice, screen: Screen) -> ft.Container:
    now = screen.desk.now()
    title = news_words.title(each, now)

    def seen() -> None:
        notices.mark_read(screen.desk, [each])
        screen.changed()

    alone = each.citizens[0][0] if len(each.citizens) == 1 else None
    lead = initial(alone, title) if alone and each.what == NoticeWord.GAINED else icon_disc(_icon(each))
    return row(
        title,
        news_words.sentence(each),
        capital(moment(each.at, now)),
        lead=lead,
        side=act(_("Got it"), ft.Icons.CHECK, seen, who=title, look="plain", identifier=f"seen-{each.ids[0]}"),
        call=(lambda: screen.citizen(alone)) if alone else None,
        identifier=f"notice-{each.ids[0]}",
    )


def _icon(each: Notice) -> ft.IconData:
    return _ICONS.get(NoticeWord(each.what), ft.Icons.PEOPLE_OUTLINE)
