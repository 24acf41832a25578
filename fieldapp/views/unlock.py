"""Locked: the code, or the words, and nothing about anybody; and the ways in when that does not do."""

from collections.abc import Awaitable, Callable
from typing import Literal

import flet as ft

from fieldapp import errors
from fieldapp.texts import _, ngettext
from fieldapp.views import step, theme
from fieldapp.views.cards import note, pill
from fieldapp.views.field import Field
from fieldapp.views.forgotten import AskLeader, ChooseAgain
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, told
from fieldapp.views.parts import MUTED, C, button, column, heading, link, space, text
from fieldapp.views.pin import Pin
from fieldapp.views.sentences import sentence

Unlocks = Callable[[str], Awaitable[None]]
Face = Literal["code", "older", "accept", "ask", "choose"]
"""code: type it · older: it is an older copy · accept: type it again to open that · ask: a leader can help · choose: a
new code in place of the forgotten one."""


@ft.component
def Unlock(gate: Gate) -> ft.Control:
    usual: Face = "choose" if gate.can_recover else "code"
    face, show = ft.use_state(usual)
    older, set_older = ft.use_state("")
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def opened(opening: Awaitable[None]) -> None:
        try:
            await opening
        except errors.VaultOlder as copy:
            set_older(sentence(copy))
            show("older")

    async def unlock(secret: str) -> None:
        set_busy(True)
        words = await told(lambda: opened(gate.unlock(secret, accept_older=face == "accept")))
        set_busy(False)
        set_problem(words or "")

    async def by_finger() -> None:
        set_busy(True)
        words = await told(lambda: opened(gate.unlock_by_biometric()))
        set_busy(False)
        set_problem(words or "")

    async def choose(secret: str) -> str | None:
        return await told(lambda: opened(gate.recover(secret)))

    def leave() -> None:
        set_problem("")
        show("code")

    match face:
        case "older":
            return _older(older, lambda: show("accept"), leave)
        case "ask":
            asked: ft.Control = AskLeader(gate, lambda: show("choose"), leave)
            return asked
        case "choose":
            return ChooseAgain(gate, choose, leave)
    accepts = face == "accept"
    help_me = "choose" if gate.can_recover else "ask"
    foot = link(_("Back"), leave, identifier="leave") if accepts else _foot(gate, lambda: show(help_me))
    title = _("Get it from the server") if accepts else "Vedhold"
    if gate.secret_form == "words":
        reason = _("Your words once more, then it is fetched") if accepts else _("Write your words")
        return _Words(title, reason, unlock, problem, busy, foot, gate.typing)
    reason = _("Your code once more, then it is fetched") if accepts else _("Enter your code")
    finger = by_finger if gate.biometric == "on" and not accepts else None
    return Pin(title, reason, unlock, problem, busy, foot=foot, finger=finger, begun=gate.typing)


def _older(words: str, get: Call, leave: Call) -> ft.Control:
    """What is missing is fetched only when the worker says so, and types the code again."""
    told_first = note(words, ft.Icons.HISTORY, live=True, identifier="older")
    name = [] if theme.is_large() else [heading("Vedhold", color=C.PRIMARY), space(4)]
    body: list[ft.Control] = [*name, told_first]
    second = link(_("Talk to your leader first"), leave, identifier="leave")
    return step.step(body, _("Get it from the server"), get, False, "get-newer", drawing=True, second=second)


@ft.component
def _Words(
    title: str, reason: str, unlock: Unlocks, problem: str, busy: bool, foot: ft.Control, begun: Call
) -> ft.Control:
    typed = ft.use_memo(_Typed, [])

    async def send() -> None:
        if typed.words and not busy:
            await unlock(typed.words)

    label = _("Opening") if busy else _("Unlock")
    above = ft.ListView(
        [
            column(
                heading(title, color=C.PRIMARY),
                text(reason, "body", MUTED),
                space(16),
                Field(
                    typed,
                    "words",
                    _("Your words"),
                    secret=True,
                    autofocus=True,
                    submitted=send,
                    changed=None if busy else begun,
                    identifier="words",
                ),
                *step.problem(problem),
                gap=12,
            )
        ],
        expand=True,
        padding=ft.Padding.only(top=48),
    )
    main = button(label, send, ft.Icons.LOCK_OPEN_OUTLINED, identifier="unlock")
    return column(above, main, foot, gap=8, expand=True)


class _Typed:
    words = ""


def _foot(gate: Gate, help_me: Call) -> ft.Control:
    unsent = ngettext("{count} waits to be sent.", "{count} wait to be sent.", gate.unsent)
    # A pill is one line: where the letters are large it is a text, which breaks.
    shown = text(unsent, "meta", align=ft.TextAlign.CENTER) if theme.is_large() else pill(unsent, ft.Icons.SMARTPHONE)
    return ft.Column(
        [link(_("Can't get in?"), help_me, identifier="help"), *([shown] if gate.unsent else [])],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
