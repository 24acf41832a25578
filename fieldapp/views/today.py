"""I dag (F1): who is agreed, who is to be reached out to and why, and what can wait."""

import asyncio
from collections.abc import Sequence
from datetime import date

import flet as ft

from fieldapp.actions import asking, contacts
from fieldapp.actions import today as actions
from fieldapp.actions.today import TodayRow
from fieldapp.domain.facts import Why
from fieldapp.texts import _, ngettext
from fieldapp.views import days_off, paths, theme
from fieldapp.views.asked import Asked
from fieldapp.views.bars import bottom_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.days import bare, clock, full_day
from fieldapp.views.guard import Call, shielded
from fieldapp.views.news import News
from fieldapp.views.parts import MUTED, act, button, column, initial, line, space, text, time_chip
from fieldapp.views.reasons import sentence, since
from fieldapp.views.rows import group, pair, row, section
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.views.sync_line import SyncLine
from fieldapp.views.unfinished import Unfinished

WAYS = {
    "text": ft.Icons.SMS_OUTLINED,
    "call": ft.Icons.CALL_OUTLINED,
    "bell": ft.Icons.DOORBELL_OUTLINED,
    "known_place": ft.Icons.PLACE_OUTLINED,
}
_PLANNED = frozenset({Why.AGREED_TIME, Why.AGREED_DAY, Why.PLANNED})


@ft.component
@shielded
def Today() -> ft.Control:
    screen = use_screen()
    day = use_long_reading(actions.read)
    unfolded, unfold = ft.use_state(False)

    async def move_all(rows: Sequence[TodayRow], to: date, on: date) -> None:
        saved = await asyncio.to_thread(actions.move_later, screen.desk, [each.citizen for each in rows], to)
        words = _("Moved to {day}. Nobody drops off.", day=bare(to, on))
        screen.saved(words, undo=lambda: contacts.undo(screen.desk, saved))

    body: list[ft.Control] = [
        page_head(_("Today"), in_words(day) if day else None),
        SyncLine(),
        Unfinished(),
        News(),
    ]
    if day:
        body += [
            *days_off.meanwhile(day.off),
            *_first(day, screen),
            *_section(_("Agreed today"), day.agreed, day.on, screen),
            *_section(_("Urgent today"), day.urgent, day.on, screen),
            *_section(_("Reach out today"), day.reach, day.on, screen),
            *days_off.soon(day.off, day.on, screen),
            *_section(_("Moving in or home soon"), day.home, day.on, screen),
            *_colleagues(day, screen),
            *_later(day, screen, unfolded, lambda: unfold(True), lambda: move_all(day.later, day.later_on, day.on)),
            Asked(),
            *_section(_("Getting to know each other"), day.contact_making, day.on, screen),
            *_round(day, screen),
            *_section(_("Elsewhere right now"), day.elsewhere, day.on, screen),
            *_section(_("On pause"), day.paused, day.on, screen),
            *_last(day, screen),
        ]
    return page(
        body,
        bottom_bar("today", screen.go, note=lambda: screen.open(paths.WHO), hide=screen.hide),
        name="today",
    )


def in_words(day: actions.Today) -> str:
    """onsdag 25. november · 2 aftaler, 3 at række ud til"""
    agreed = ngettext("{count} appointment", "{count} appointments", len(day.agreed)) if day.agreed else ""
    reach = ngettext("{count} to reach out to", "{count} to reach out to", len(day.reach)) if day.reach else ""
    counted = ", ".join(filter(None, (agreed, reach)))
    return " · ".join(filter(None, (full_day(day.on), counted)))


def _first(day: actions.Today, screen: Screen) -> list[ft.Control]:
    """The calm pages: nobody here yet, nothing agreed today, or everybody has heard from the worker."""
    if not day.citizens:
        new = button(_("New person"), lambda: screen.open(paths.NEW), ft.Icons.ADD, "tonal", identifier="new")
        words = _("No citizens here yet. They appear when you are assigned to somebody, or when you meet somebody new.")
        return [empty(_("A quiet start"), words, new)]
    if not (day.agreed or day.urgent or day.reach):
        show = button(
            _("Show them"), lambda: screen.go(paths.CITIZENS), ft.Icons.WAVING_HAND_OUTLINED, "tonal", identifier="all"
        )
        return [empty(_("No appointments today"), _("Would you like to say hello to somebody?"), show)]
    if not (day.reach or day.urgent):
        return [space(theme.M), note(_("Everybody has heard from you lately."), ft.Icons.SPA_OUTLINED)]
    return []


def _section(title: str, rows: Sequence[TodayRow], on: date, screen: Screen) -> list[ft.Control]:
    return [section(title, len(rows)), group([person(each, on, screen) for each in rows])] if rows else []


def _round(day: actions.Today, screen: Screen) -> list[ft.Control]:
    """From those who are being got to know to all whom the team looks for, by place."""
    if not day.contact_making:
        return []
    words = _("Tracing list, by place")
    trace = button(words, lambda: screen.open(paths.TRACE), ft.Icons.PLACE_OUTLINED, "quiet", small=True,
                   identifier="trace")  # fmt: skip
    return [space(theme.S), trace]


def person(each: TodayRow, on: date, screen: Screen) -> ft.Container:
    """A sentence about a person, and both acts: the likelier in colour and outermost."""
    why = _why(each, on)
    last = since(each.last, on)
    return row(
        each.name,
        why,
        "" if last and last in why else last,
        lead=time_chip(clock(each.at)) if each.at else initial(each.citizen, each.name),
        side=_acts(each, screen),
        call=lambda: screen.citizen(each.citizen),
        identifier=f"row-{each.citizen}",
        chosen=screen.shows(each.citizen),
    )


def _colleagues(day: actions.Today, screen: Screen) -> list[ft.Control]:
    """What they ask: each its own row, with one tap that says it is done."""
    rows = [_asked(each, day.on, screen) for each in day.colleagues]
    return [section(_("From colleagues"), len(rows)), group(rows)] if rows else []


def _asked(each: TodayRow, on: date, screen: Screen) -> ft.Container:
    def done() -> None:
        saved = asking.answer(screen.desk, each.about or "")
        screen.saved(_("Done. {name} can see it.", name=each.reason.who or _("The colleague")),
                     undo=lambda: contacts.undo(screen.desk, saved))  # fmt: skip

    side = act(_("Done"), ft.Icons.CHECK, done, who=each.name, look="plain", identifier=f"done-{each.about}")
    lead = initial(each.citizen, each.name)
    return row(
        each.name,
        sentence(each.reason, on),
        lead=lead,
        side=side,
        call=lambda: screen.citizen(each.citizen, "ask"),
        identifier=f"asked-{each.about}",
    )


def _why(each: TodayRow, on: date) -> str:
    """What was planned says it best; the time stands in the chip already."""
    if each.text and each.reason.why in _PLANNED:
        return each.text
    return sentence(each.reason, on)


def _acts(each: TodayRow, screen: Screen) -> ft.Control:
    def one(words: str, icon_name: ft.IconData, then: str, main: bool) -> ft.Control:
        return act(
            words,
            icon_name,
            lambda: screen.citizen(each.citizen, then),
            who=each.name,
            look="tonal" if main else "plain",
            width=60,
            identifier=f"{then}-{each.citizen}",
        )

    noting = each.act == "note"
    noted = one(_("Note"), ft.Icons.EDIT_NOTE, "note", noting)
    reached = one(_("Reach out"), WAYS.get(each.act, ft.Icons.WAVING_HAND_OUTLINED), "reach", not noting)
    main, other = (noted, reached) if noting else (reached, noted)
    return column(main, other, gap=4) if theme.is_large() else line(other, main, gap=2, tight=True)


def _later(day: actions.Today, screen: Screen, unfolded: bool, unfold: Call, move: Call) -> list[ft.Control]:
    """Folded: their names, and one button that gives them all a new day."""
    if not day.later:
        return []
    until = bare(day.later_on, day.on)
    head = section(_("Can wait until {day}", day=until), len(day.later))
    if unfolded:
        rows = group([person(each, day.on, screen) for each in day.later])
        return [head, rows, space(theme.S), button(_("Move all"), move, ft.Icons.EVENT_OUTLINED, "tonal")]
    names = " · ".join(each.name for each in day.later)
    side = act(_("Move all"), ft.Icons.EVENT_OUTLINED, move, look="quiet", identifier="move-all")
    folded = row(
        names, _("Busy day? Move what can wait. Nobody drops off."), side=side, call=unfold, identifier="later"
    )
    return [head, group([folded])]


def _last(day: actions.Today, screen: Screen) -> list[ft.Control]:
    if not day.citizens:
        return []
    everybody = button(
        _("All my citizens"), lambda: screen.go(paths.CITIZENS), None, "quiet", small=True, identifier="all-citizens"
    )
    new = button(_("New person"), lambda: screen.open(paths.NEW), ft.Icons.ADD, "quiet", small=True, identifier="new")
    order = _(
        "The order: appointments first, then what is urgent, then those who have waited longest to hear from you."
    )
    done = button(
        _("Done for today"), lambda: screen.open(paths.DONE), ft.Icons.BEDTIME_OUTLINED, "quiet", small=True,
        identifier="done-for-today",
    )  # fmt: skip
    return [
        space(theme.XL), pair(everybody, new, gap=theme.S), space(theme.S), done,
        space(theme.L), text(order, "hint", MUTED),
    ]  # fmt: skip
