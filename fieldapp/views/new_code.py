"""A new code from the leader for a phone that the server knows no more; what was written stays and is sent."""

from dataclasses import dataclass

import flet as ft

from fieldapp import errors
from fieldapp.texts import _
from fieldapp.views import notices, step
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.first_start import code_field
from fieldapp.views.guard import shielded, told
from fieldapp.views.parts import button, column, space
from fieldapp.views.state import use_screen


@dataclass
class _Typed:
    code: str = ""


@ft.component
@shielded
def NewCode() -> ft.Control:
    screen = use_screen()
    typed = ft.use_memo(_Typed, [])
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def send() -> None:
        if busy:
            return
        set_busy(True)
        no_network = _("You need a network for this. Your notes are safe meanwhile.")
        refused = await told(lambda: screen.gate.enrol_again(typed.code.strip()), {errors.NoConnection: no_network})
        set_busy(False)
        set_problem(refused or "")
        if refused is None and screen.gate.desk is screen.desk:
            screen.back()
            notices.show(_("The server knows this phone again."), ft.Icons.CHECK)

    body = [
        page_head(
            _("New code"), _("The server does not know this phone any more. Your leader can give you a new code.")
        ),
        space(16),
        code_field(typed, send),
        space(16),
        note(_("What you have written stays on the phone and is sent afterwards."), ft.Icons.SMARTPHONE),
    ]
    words = _("One moment") if busy else _("Connect again")
    main = button(words, send, ft.Icons.SYNC, expand=True, identifier="connect")
    said = column(*step.problem(problem)) if problem else None
    return page(body, act_bar(main, back=screen.back, hide=screen.hide), above_bar=said, name="new-code")
