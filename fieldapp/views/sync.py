"""*Gemt og sendt*: what is safe, what waits since when and why, and what needs a person."""

from datetime import datetime

import flet as ft

from fieldapp.actions.sending import Sending
from fieldapp.texts import _, ngettext
from fieldapp.views import days, sync_words
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import MUTED, button, disc, icon, icon_disc, line, space, text
from fieldapp.views.rows import group, pair, row, section
from fieldapp.views.state import use_screen


@ft.component
@shielded
def Sync() -> ft.Control:
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
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
        *_needs_you(told),
        *_waiting(told, now),
        section(_("What the signs mean")),
        _legend(),
    ]
    return page(body, act_bar(send, back=screen.back, hide=screen.hide), name="sync")


def _safe(sending: Sending, now: datetime) -> ft.Control:
    sent = sync_words.last_sent_long(sending, now)
    head = ft.Column(
        [text(_("Safe on this phone"), "title"), text(sent, "meta", MUTED)], spacing=2, tight=True, expand=True
    )
    return card(
        line(icon_disc(ft.Icons.SMARTPHONE, "pine", 52), head, gap=14),
        text(sync_words.why_waiting(sending), "reason", MUTED),
        gap=12,
    )


def _needs_you(sending: Sending) -> list[ft.Control]:
    rows = []
    if sending.conflicts:
        words = ngettext(
            "In {count} place. Both texts are saved.", "In {count} places. All texts are saved.", sending.conflicts
        )
        rows.append(row(_("Two people wrote about the same thing"), words, lead=icon_disc(ft.Icons.CALL_SPLIT, "clay")))
    if sending.refused:
        words = ngettext(
            "{count} note could not be received. It is still on the phone. Show it to your leader.",
            "{count} notes could not be received. They are still on the phone. Show them to your leader.",
            sending.refused,
        )
        rows.append(row(_("Not received"), words, lead=icon_disc(ft.Icons.REPLAY, "clay")))
    return [section(_("Needs you"), sending.conflicts + sending.refused), group(rows)] if rows else []


def _waiting(sending: Sending, now: datetime) -> list[ft.Control]:
    if not sending.waiting:
        return []
    since = sending.waiting_since
    meta = _("Since {when}", when=days.moment(since, now)) if since else None
    one = row(
        sync_words.waiting(sending),
        _("Safe on this phone until it is with the server."),
        meta,
        lead=icon_disc(ft.Icons.SMARTPHONE),
        meta_icon=ft.Icons.SCHEDULE,
    )
    return [section(_("Waiting to be sent"), sending.waiting), group([one])]


def _legend() -> ft.Control:
    def sign(look: sync_words.Look, words: str) -> ft.Control:
        return line(disc(icon(look[0], 20, look[1]), 36, None), text(words, "meta", MUTED, expand=True), gap=6)

    first = pair(sign(sync_words.HERE, _("Saved here")), sign(sync_words.MOVING, _("On its way")), gap=8)
    second = pair(sign(sync_words.THERE, _("With the server")), sign(sync_words.NEEDS_YOU, _("Needs you")), gap=8)
    return ft.Column([first, second], spacing=4, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
