"""A code of one's own, chosen: a PIN typed twice, or words, of which some are proposed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from fieldapp.texts import _
from fieldapp.views import step
from fieldapp.views.cards import card
from fieldapp.views.field import Field
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call
from fieldapp.views.parts import C, text
from fieldapp.views.pin import Pin

Choose = Callable[[str], Awaitable[str | None]]
"""What happens with the new code: None when it went well, else the sentence."""


@ft.component
def NewPin(title: str, reason: str, choose: Choose, foot: ft.Control | None = None) -> ft.Control:
    """Twice the same; else, and when it is refused, from the start with the reason."""
    first, set_first = ft.use_state("")
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def typed(pin: str) -> None:
        set_problem("")
        if not first:
            set_first(pin)
        elif pin != first:
            set_first("")
            set_problem(_("The two codes differ. Try again."))
        else:
            set_busy(True)
            refused = await choose(pin)
            set_busy(False)
            set_first("")
            set_problem(refused or "")

    if first:
        return Pin(_("Once more"), _("Type it once more"), typed, problem, busy, foot=foot, working=_("One moment"))
    return Pin(title, reason, typed, problem, busy, foot=foot)


@dataclass
class NewWords:
    """As they are typed. `old` only where there are some."""

    words: str = ""
    again: str = ""
    old: str = ""

    @property
    def chosen(self) -> str | None:
        """None when the two are not the same."""
        words, again = (" ".join(each.split()) for each in (self.words, self.again))
        return words if words == again else None


@ft.component
def ChooseWords(gate: Gate, title: str, reason: str, choose: Choose, second: ft.Control | None = None) -> ft.Control:
    typed = ft.use_memo(NewWords, [])
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def send() -> None:
        if busy:
            return
        words = typed.chosen
        if words is None:
            set_problem(not_the_same())
            return
        set_busy(True)
        refused = await choose(words)
        set_busy(False)
        set_problem(refused or "")

    fields = word_fields(typed, gate.proposed_words, send)
    body = [*step.lead(title, reason), *fields, *step.problem(problem)]
    return step.step(body, _("Choose"), send, busy, "choose", second=second)


def word_fields(typed: NewWords, proposed: str, send: Call) -> list[ft.Control]:
    ink = C.ON_SECONDARY_CONTAINER
    proposal = card(
        text(_("A proposal, made for you"), "small", ink, weight=600),
        text(proposed, "title", ink),
        text(_("Write it down, and keep the paper at home."), "meta", ink),
        tone="slate",
        gap=6,
    )
    return [
        proposal,
        Field(typed, "words", _("Four words, or at least 12 characters"), identifier="words"),
        Field(typed, "again", _("Type it once more"), submitted=send, identifier="again"),
    ]


def not_the_same() -> str:
    return _("The two are not the same. Try again.")
