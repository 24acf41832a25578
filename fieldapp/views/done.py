"""*Slut for i dag*: what is sent, what is not, what somebody still waits for; and then nothing more."""

import flet as ft

from fieldapp.actions import today as actions
from fieldapp.actions.today import Today
from fieldapp.texts import _, ngettext
from fieldapp.views import paths, theme
from fieldapp.views.bars import act_bar, empty, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import group, row
from fieldapp.views.state import Screen, use_long_reading, use_screen
from fieldapp.views.sync_words import needs_you


@ft.component
@shielded
def Done() -> ft.Control:
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
    day = use_long_reading(actions.read)
    waiting = sending.value.waiting
    body: list[ft.Control] = [page_head(_("Done for today"), screen.desk.worker_name), space(theme.L)]
    if waiting:
        words = ngettext(
            "{count} note is not sent yet. It is safe on the phone, and is sent when there is a connection.",
            "{count} notes are not sent yet. They are safe on the phone, and are sent when there is a connection.",
            waiting,
        )
        body += [note(words, ft.Icons.CLOUD_UPLOAD_OUTLINED, live=True, identifier="unsent"), space(theme.M)]
    elif sending.value.refused + sending.value.conflicts:
        body += [note(needs_you(sending.value), ft.Icons.CALL_SPLIT, live=True, identifier="needs-you"), space(theme.M)]
    else:
        body += [empty(_("Everything is sent. Thank you for today.")), space(theme.L)]
    if day is not None:
        body += _left(day, screen)
    acts = []
    if waiting:
        acts.append(
            button(_("Send now"), screen.gate.sync_now, ft.Icons.SYNC, "tonal", expand=True, identifier="send-now")
        )
    acts.append(button(_("Lock"), screen.lock, ft.Icons.LOCK_OUTLINE, expand=True, identifier="lock"))
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name="done")


def _left(day: Today, screen: Screen) -> list[ft.Control]:
    """Nothing to be ashamed of: it can be moved, and nobody is lost by it."""
    left = [*day.agreed, *day.urgent, *day.reach, *day.later]
    if not left:
        return []
    names = " · ".join(each.name for each in left)
    title = ngettext("{count} is still on the list", "{count} are still on the list", len(left))
    about = row(
        title,
        names,
        lead=icon_disc(ft.Icons.EVENT_OUTLINED),
        call=lambda: screen.go(paths.TODAY),
        identifier="still-there",
    )
    return [group([about])]
