"""*Kan du ikke komme ind?*: a leader says yes, and a new code takes the forgotten one's place. The notes stay."""

from collections.abc import Awaitable, Callable

import flet as ft

from fieldapp import errors
from fieldapp.texts import _
from fieldapp.views import step
from fieldapp.views.cards import note
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, told
from fieldapp.views.parts import MUTED, C, heading, link, text
from fieldapp.views.secret import ChooseWords, NewPin


@ft.component
def AskLeader(gate: Gate, came: Call, leave: Call) -> ft.Control:
    """`came()` when the leader has said yes."""
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def ask() -> None:
        if busy:
            return
        set_busy(True)
        no_network = _("You need a network for this. Your notes are safe meanwhile.")
        refused = await told(gate.ask_for_recovery, {errors.NoConnection: no_network})
        set_busy(False)
        set_problem(refused or "")
        if refused is None:
            came()

    safe = _("Forgotten the code? Your leader can help. The notes stay on the phone.")
    how = _("Call your leader. When your leader has said yes, you choose a new code here.")
    body = [
        heading(_("Can't get in?"), color=C.PRIMARY),
        *step.problem(problem),  # first, or large text would push it out of sight
        note(safe, ft.Icons.SUPPORT_OUTLINED),
        text(how, "body", MUTED),
    ]
    back = link(_("Back"), leave, identifier="leave")
    return step.step(body, _("Your leader has said yes"), ask, busy, "leader-said-yes", second=back)


def ChooseAgain(gate: Gate, choose: Callable[[str], Awaitable[str | None]], leave: Call) -> ft.Control:
    """A new code, twice; who remembers the old one after all goes back."""
    back = link(_("Back"), leave, identifier="leave")
    if gate.secret_form == "words":
        reason = _("Your leader has said yes. What you have written is still here.")
        words: ft.Control = ChooseWords(gate, _("Your new words"), reason, choose, back)
        return words
    pin: ft.Control = NewPin(_("Your new code"), _("Choose a code of at least 6 digits"), choose, back)
    return pin
