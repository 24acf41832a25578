"""The timeline: the thread with one sentence, then what happened, newest first."""

from collections.abc import Callable

import flet as ft

from fieldapp.actions import timeline as actions
from fieldapp.actions.timeline import Moment
from fieldapp.texts import _
from fieldapp.views import story, theme
from fieldapp.views.bars import empty
from fieldapp.views.cards import card
from fieldapp.views.days import short_date
from fieldapp.views.drawings import thread
from fieldapp.views.moments import Node
from fieldapp.views.parts import MUTED, column, line, link, space, text
from fieldapp.views.state import use_long_reading

FIRST, MORE, MOST = 30, 85, 200
"""So many at first, so many more at a tap, and never more in one list (architecture 9): a search finds the rest."""


@ft.component
def Timeline(citizen: str, name: str) -> ft.Control:
    limit, reach_back = ft.use_state(FIRST)
    moments = use_long_reading(actions.timeline, citizen, limit)
    opened, open_one = ft.use_state("")
    if moments is None:
        return space(1)
    if not moments:
        return empty(_("A quiet start"), _("What you note and how you reach out is shown here."))

    def toggle(id: str) -> Callable[[], None]:
        return lambda: open_one("" if id == opened else id)

    last = moments[-1].id
    nodes = [Node(citizen, each, name, each.id == opened, toggle(each.id), each.id == last) for each in moments]
    earlier = link(_("Show earlier"), lambda: reach_back(min(MOST, limit + MORE)), identifier="earlier")
    return column(*_thread(moments), *nodes, *([earlier] if len(moments) == limit < MOST else []), gap=0)


def _thread(moments: tuple[Moment, ...]) -> list[ft.Control]:
    shown = story.on_thread(moments)
    if not shown:
        return []
    since = text(_("since {date}", date=short_date(shown[-1].at.date())), "small", MUTED)
    beads = story.beads(moments)
    drawn = thread(beads)
    head = column(drawn, since) if theme.is_large() else line(drawn, ft.Container(expand=True), since)
    return [card(head, text(story.thread_sentence(beads), "reason")), space(theme.M)]
