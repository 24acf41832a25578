"""*Gemt og sendt*: what is safe, what waits since when and why, and what needs a person."""

from datetime import datetime

import flet as ft

from fieldapp import errors
from fieldapp.actions import conflicts, erased, outbox, quarantine, unread
from fieldapp.actions.conflicts import Conflict
from fieldapp.actions.outbox import Unsent
from fieldapp.actions.quarantine import Kept
from fieldapp.actions.sending import Sending
from fieldapp.texts import _, ngettext
from fieldapp.views import days, paths, sync_words
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, Tone, act, button, disc, icon, icon_disc, line, padding, space, text
from fieldapp.views.rows import group, pair, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.views.unsent_words import field_name, icon_of, title

AT_MOST = 50
"""Rows of what waits; the rest is a number."""


@ft.component
@shielded
def Sync() -> ft.Control:
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
    unsent, disputed, kept = use_reading(outbox.waiting), use_reading(conflicts.read), use_reading(quarantine.waiting)
    now, told = screen.desk.now(), sending.value
    send = button(
        _("Sending") if told.state == "moving" else _("Try to send now"),
        screen.gate.sync_now,
        ft.Icons.SYNC,
        "tonal",
        expand=True,
        identifier="send-now",
    )
    body = [
        page_head(_("Saved and sent"), sync_words.headline(told)),
        space(16),
        _safe(told, now),
        *_unknown_here(screen, told),
        *_erased(screen, use_reading(erased.waits_for_lock)),
        *_needs_you(screen, disputed, [each for each in unsent if each.state == "needs_you"]),
        *_to_decide(screen, [each for each in kept if each.mine]),
        *_waiting([each for each in unsent if each.state == "here"], now),
        *_handed_on([each for each in unsent if each.state == "quarantined"], now),
        *_unread(use_reading(unread.count)),
        section(_("What the signs mean")),
        _legend(),
    ]
    return page(body, act_bar(send, back=screen.back, hide=screen.hide), name="sync")


def _safe(sending: Sending, now: datetime) -> ft.Control:
    sent = sync_words.last_sent_long(sending, now)
    head = ft.Column(
        [text(_("Safe on this phone"), "title"), text(sent, "meta", MUTED)], spacing=2, tight=True, expand=True
    )
    waits = sending.waiting or sending.why
    why = sync_words.whole_story(sending, now) if waits else _("Nothing waits to be sent.")
    return card(line(icon_disc(ft.Icons.SMARTPHONE, "pine", 52), head, gap=14), text(why, "reason", MUTED), gap=12)


def _unknown_here(screen: Screen, sending: Sending) -> list[ft.Control]:
    """After a restore from a backup, say, that is older than this phone's enrolment."""
    if sending.why != errors.LoginAgain.kind:
        return []
    words, reason = _("I have a new code"), _("From your leader, so that the server knows this phone again.")
    return [space(12), group([_see(words, reason, ft.Icons.KEY_OUTLINED, paths.CODE, screen)])]


def _erased(screen: Screen, waits: bool) -> list[ft.Control]:
    if not waits:
        return []
    reason = _("It is gone for good the next time the app locks.")
    lead = icon_disc(ft.Icons.DELETE_SWEEP_OUTLINED)
    now = act(_("Lock now"), ft.Icons.LOCK_OUTLINE, screen.lock, look="quiet", identifier="lock-now")
    return [space(12), group([row(_("Something has been deleted here"), reason, lead=lead, side=now)])]


def _unread(count: int) -> list[ft.Control]:
    """A newer app's words, or somebody's fault: never silent, though nothing of it can be shown."""
    if not count:
        return []
    words = ngettext("{count} thing cannot be read here", "{count} things cannot be read here", count)
    reason = _("It is kept as it came. Update the app. If it still says so then, tell your leader.")
    return [space(12), group([row(words, reason, lead=icon_disc(ft.Icons.VISIBILITY_OFF_OUTLINED))])]


def _needs_you(screen: Screen, disputed: tuple[Conflict, ...], refused: list[Unsent]) -> list[ft.Control]:
    rows = [_disputed(each, screen) for each in disputed] + [_refused(each, screen) for each in refused]
    return [section(_("Needs you"), len(rows)), group(rows)] if rows else []


def _to_decide(screen: Screen, kept: list[Kept]) -> list[ft.Control]:
    """What others wrote: it waits with the server, not here."""
    if not kept:
        return []
    words = ngettext("{count} thing waits for your decision", "{count} things wait for your decision", len(kept))
    reason = _("Written by colleagues who don't support the citizen any more.")
    row = _see(words, reason, ft.Icons.HOURGLASS_EMPTY, paths.DECIDE, screen, "sand")
    return [section(_("Waits for you"), len(kept)), group([row])]


def _disputed(each: Conflict, screen: Screen) -> ft.Container:
    about = " · ".join((each.name, field_name(each.kind, each.field), _both(each)))
    return _see(
        _("Two people wrote about the same thing"),
        about,
        ft.Icons.CALL_SPLIT,
        f"{paths.SYNC}/conflict/{each.id}",
        screen,
    )


def _both(each: Conflict) -> str:
    if each.own:
        return _("you and {name}", name=each.who) if each.who else _("you and a colleague")
    names = [name or _("a colleague") for name in (each.other, each.who)]
    return _("{name} and {other}", name=names[0], other=names[1])


def _refused(each: Unsent, screen: Screen) -> ft.Container:
    reason = _("It could not be received. It is still on the phone.")
    return _see(title(each), reason, ft.Icons.REPLAY, f"{paths.SYNC}/refused/{each.record}", screen)


def _see(
    words: str, reason: str, icon_name: ft.IconData, page: str, screen: Screen, tone: Tone = "clay"
) -> ft.Container:
    name = page.rpartition("/")[2]
    see = act(_("See"), ft.Icons.VISIBILITY_OUTLINED, lambda: screen.open(page), who=words, identifier=f"see-{name}")
    lead = icon_disc(icon_name, tone)
    return row(words, reason, lead=lead, side=see, call=lambda: screen.open(page), identifier=f"needs-{name}")


def _waiting(waiting: list[Unsent], now: datetime) -> list[ft.Control]:
    def one(each: Unsent) -> ft.Container:
        since = _("Since {when}", when=days.moment(each.since, now))
        lead = icon_disc(icon_of(each.kind, each.word))
        return row(title(each), None, since, lead=lead, meta_icon=ft.Icons.SMARTPHONE)

    shown = [one(each) for each in waiting[:AT_MOST]]
    rest = len(waiting) - len(shown)
    more = ngettext("And {count} more.", "And {count} more.", rest)
    tail = [ft.Container(text(more, "meta", MUTED), padding=padding(4, 8))] if rest else []
    return [section(_("Waiting to be sent"), len(waiting)), group(shown), *tail] if waiting else []


def _handed_on(sent: list[Unsent], now: datetime) -> list[ft.Control]:
    """With the server: the one who supports the citizen now decides."""

    def one(each: Unsent) -> ft.Container:
        words = _("Sent. Waits for the one who supports the citizen now.")
        since = _("Since {when}", when=days.moment(each.since, now))
        return row(title(each), words, since, lead=icon_disc(ft.Icons.HOURGLASS_EMPTY))

    rows = [one(each) for each in sent[:AT_MOST]]
    return [section(_("Sent, others decide"), len(sent)), group(rows)] if rows else []


def _legend() -> ft.Control:
    def sign(look: sync_words.Look, words: str) -> ft.Control:
        return line(disc(icon(look[0], 20, look[1]), 36, None), text(words, "meta", MUTED, expand=True), gap=6)

    first = pair(sign(sync_words.HERE, _("Saved here")), sign(sync_words.MOVING, _("On its way")), gap=8)
    second = pair(sign(sync_words.THERE, _("With the server")), sign(sync_words.NEEDS_YOU, _("Needs you")), gap=8)
    return ft.Column([first, second], spacing=4, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
