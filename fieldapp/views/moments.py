"""One entry of the timeline: its bead on the thread, and what happened; a tap opens what is folded.

A correction is added, never written over: the first version stays below it.
"""

from collections.abc import Callable
from datetime import datetime

import flet as ft

from fieldapp.actions import timeline as actions
from fieldapp.actions.timeline import Moment
from fieldapp.domain.values import ActDimension, ContactMode, Content, Dimension, Outcome, Way
from fieldapp.domain.values_day import FocusArea, Tool
from fieldapp.domain.values_life import Chime
from fieldapp.texts import _
from fieldapp.views import story, theme
from fieldapp.views.days import long_date, moment, short_date
from fieldapp.views.parts import MUTED, C, border, column, disc, icon, line, link, padding, tappable, text
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import words

_MARKS: dict[str, ft.IconData] = {
    ContactMode.MET: ft.Icons.HANDSHAKE,
    ContactMode.TALKED: ft.Icons.PHONE_IN_TALK,
    ContactMode.WROTE: ft.Icons.FORUM,
    ContactMode.CITIZEN_CALLED: ft.Icons.PHONE_CALLBACK,
    ContactMode.CITIZEN_WROTE: ft.Icons.MARK_CHAT_READ,
    ContactMode.CITIZEN_CAME: ft.Icons.EMOJI_PEOPLE,
    ContactMode.NOT_MET: ft.Icons.EVENT_OUTLINED,
    Way.TEXT: ft.Icons.SMS_OUTLINED,
    Way.CALL: ft.Icons.CALL_OUTLINED,
    Way.BELL: ft.Icons.DOORBELL_OUTLINED,
    Way.NOTE: ft.Icons.STICKY_NOTE_2_OUTLINED,
    Way.KNOWN_PLACE: ft.Icons.PLACE_OUTLINED,
    Way.NETWORK: ft.Icons.DIVERSITY_3_OUTLINED,
}

_COURSE = {
    "closing": ft.Icons.FLAG_OUTLINED,
    "reopening": ft.Icons.PLAY_ARROW,
    "pause": ft.Icons.PAUSE_CIRCLE_OUTLINE,
    "phase": ft.Icons.ROUTE,
    "review": ft.Icons.EVENT_REPEAT,
    "neighbour_contact": ft.Icons.HOME_WORK_OUTLINED,
}


@ft.component
def Node(citizen: str, each: Moment, name: str, opened: bool, toggle: Callable[[], None], last: bool) -> ft.Control:
    screen = use_screen()
    rest = ft.Container(width=3, expand=True, border_radius=2, bgcolor=None if last else C.OUTLINE_VARIANT)
    bead = ft.Column([_bead(each), rest], spacing=0, width=44, horizontal_alignment=ft.CrossAxisAlignment.CENTER)
    told = ft.Container(_told(citizen, each, name, opened, screen), expand=True, padding=padding(0, 8, 4, 18))
    inner = ft.Row([bead, told], spacing=12, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)
    return tappable(inner, toggle, identifier=f"moment-{each.id}", radius=theme.CHIP)


def _bead(each: Moment) -> ft.Control:
    """Filled when we met or talked, a ring when somebody reached out: the same ink, never a cross."""
    if each.kind == "progress":
        return disc(icon(ft.Icons.SPA, 20, C.ON_SECONDARY_FIXED), 40, C.SECONDARY_FIXED)
    if each.kind == "own_words":
        return disc(icon(ft.Icons.FORMAT_QUOTE, 20, C.TERTIARY), 40, C.TERTIARY_CONTAINER)
    if each.kind == "concern":
        return disc(icon(ft.Icons.FAVORITE_BORDER, 20, C.ON_SURFACE), 40, C.SURFACE_CONTAINER_HIGH)
    if each.kind == "intensity":
        return disc(icon(ft.Icons.TUNE, 20, C.PRIMARY), 40, C.PRIMARY_CONTAINER)
    if each.kind in _COURSE:
        return disc(icon(_COURSE[each.kind], 20, C.ON_SURFACE), 40, C.SURFACE_CONTAINER_HIGH)
    if each.outcome == Outcome.WANTS_PEACE:
        return disc(icon(ft.Icons.NIGHTS_STAY_OUTLINED, 20, C.ON_SURFACE), 40, C.SURFACE_CONTAINER_HIGH)
    mark = _MARKS.get(each.word, ft.Icons.WAVING_HAND_OUTLINED)
    if story.is_contact(each):
        return disc(icon(mark, 20, C.ON_PRIMARY), 40, C.PRIMARY)
    return disc(icon(mark, 20, C.PRIMARY), 40, C.SURFACE, border(C.PRIMARY, 2))


def _told(citizen: str, each: Moment, name: str, opened: bool, screen: Screen) -> ft.Control:
    now = screen.desk.now()
    day = text(short_date(each.at.astimezone(now.tzinfo).date()), "small", MUTED)
    large = theme.is_large()
    title = text(story.title(each, screen.desk.worker_name, name), "name", expand=not large)
    head = [title, line(*_unsent(each), day)] if large else [line(title, *_unsent(each), day, top=True)]
    pieces: list[ft.Control] = [*head, *_corrected(each)]
    if outcome := story.outcome(each):
        pieces.append(text(outcome, "reason", MUTED))
    if not each.sensitive:
        pieces += said(each)
    elif opened:
        pieces.append(Hidden(each.id))
    else:
        pieces.append(_line(ft.Icons.LOCK_OUTLINE, _("Sensitive. Tap to read.")))
    if opened:
        pieces += _more(citizen, each, screen, now)
    return column(*pieces, gap=3)


@ft.component
def Hidden(contact: str) -> ft.Control:
    """What was marked sensitive: read from the store only now."""
    whole = use_reading(actions.one, contact)
    return column(*(said(whole) if whole else []), gap=3)


def said(each: Moment) -> list[ft.Control]:
    """The two voices: the professional's plain, the citizen's with the heather bar."""
    pieces: list[ft.Control] = []
    if each.professional_view:
        pieces.append(text(each.professional_view, "reason", MUTED))
    if each.text:
        pieces.append(text(each.text if each.kind == "intensity" else f"“{each.text}”", "reason", MUTED))
    if each.own_words:
        pieces.append(quoted(each.own_words))
    if each.progress and each.kind == "contact":
        pieces.append(_line(ft.Icons.SPA_OUTLINED, each.progress, C.SECONDARY_FIXED_DIM))
    elif each.progress:
        pieces.append(text(each.progress, "reason", MUTED))
    return pieces


def quoted(own_words: str) -> ft.Control:
    bar = ft.BorderSide(3, C.TERTIARY)
    return ft.Container(
        ft.Container(text(f"“{own_words}”", "reason"), border=ft.Border(left=bar), padding=ft.Padding(12, 2, 0, 2)),
        padding=padding(0, 5),
    )


def _line(icon_name: ft.IconData, words_: str, color: ft.Colors = MUTED) -> ft.Control:
    return line(icon(icon_name, 16, color), text(words_, "reason", MUTED, expand=True), gap=6, top=True)


def _unsent(each: Moment) -> list[ft.Control]:
    if each.state == "here":
        return [icon(ft.Icons.SMARTPHONE, 16, say=_("Saved on this phone"))]
    if each.state == "needs_you":
        return [icon(ft.Icons.CALL_SPLIT, 16, C.ERROR, say=_("Needs you"))]
    return []


def _corrected(each: Moment) -> list[ft.Control]:
    if each.corrects:
        who = each.by or _("A colleague")
        said = _("Corrected by {name}. The original is below.", name=who)
        if each.written_on is not None:
            said = _("Corrected {date} by {name}. The original is below.", date=long_date(each.written_on), name=who)
        return [_line(ft.Icons.EDIT_OUTLINED, said)]
    if each.corrected:
        return [_line(ft.Icons.HISTORY, _("The original. A correction was added."))]
    return []


def _more(citizen: str, each: Moment, screen: Screen, now: datetime) -> list[ft.Control]:
    when = _("{when} by {name}", when=moment(each.at, now), name=each.by) if each.by else moment(each.at, now)
    pieces: list[ft.Control] = [text(told, "small", MUTED) for told in (*_about(each), when) if told]
    if each.supervision:
        pieces.append(_line(ft.Icons.FORUM_OUTLINED, _("Bring to supervision")))
    if each.to_case_system:
        pieces.append(_line(ft.Icons.DRIVE_FILE_MOVE_OUTLINE, _("Also belongs in the case system")))
    if each.kind == "contact" and not each.corrected:
        correct = link(
            _("Add a correction"), lambda: screen.citizen(citizen, f"correct/{each.id}"), identifier="correct"
        )
        pieces.append(ft.Row([correct]))
    return pieces


def _about(each: Moment) -> tuple[str, ...]:
    """What it was about and what was done, a line each."""
    return (
        words(Dimension, each.dimensions),
        words(Content, each.content) if each.kind == "contact" else "",
        words(ActDimension, each.act_dimensions),
        words(FocusArea, each.focus_areas),
        words(Tool, each.tools),
        words(Chime, each.reflections),
        _("With {names}.", names=each.with_whom) if each.with_whom else "",
        _("With a yes about {who}", who=each.yes) if each.yes else "",
    )
