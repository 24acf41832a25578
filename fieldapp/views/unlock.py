"""Locked: the code, or the words, and nothing about anybody."""

from collections.abc import Awaitable, Callable

import flet as ft

from fieldapp import errors
from fieldapp.texts import _, ngettext
from fieldapp.views import step, theme
from fieldapp.views.cards import note, pill
from fieldapp.views.field import Field
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, told
from fieldapp.views.parts import MUTED, C, button, column, heading, link, space, text
from fieldapp.views.pin import Pin
from fieldapp.views.sentences import sentence

Unlocks = Callable[[str], Awaitable[None]]


@ft.component
def Unlock(gate: Gate) -> ft.Control:
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)
    helping, set_helping = ft.use_state(False)
    older, set_older = ft.use_state("")
    accepts, set_accepts = ft.use_state(False)

    async def open_it(secret: str) -> None:
        try:
            await gate.unlock(secret, accept_older=accepts)
        except errors.VaultOlder as copy:
            set_older(sentence(copy))

    async def unlock(secret: str) -> None:
        set_busy(True)
        words = await told(lambda: open_it(secret))
        set_busy(False)
        set_problem(words or "")

    def leave() -> None:
        set_older("")
        set_accepts(False)

    if older and not accepts:
        return _older(older, lambda: set_accepts(True), leave)
    foot = link(_("Back"), leave, identifier="leave") if accepts else _foot(gate, lambda: set_helping(not helping))
    aside = _("Forgotten the code? Your leader can help. The notes stay on the phone.") if helping else None
    if gate.secret_form == "words":
        reason = _("Your words once more, then it is fetched") if accepts else _("Write your words")
        return _Words(reason, unlock, problem, busy, aside, foot)
    reason = _("Your code once more, then it is fetched") if accepts else _("Enter your code")
    return Pin("Vedhold", reason, unlock, problem, busy, aside, foot)


def _older(words: str, get: Call, leave: Call) -> ft.Control:
    """What is missing is fetched only when the worker says so, and types the code again."""
    first = note(words, ft.Icons.HISTORY, live=True, identifier="older")
    body: list[ft.Control] = [heading("Vedhold", color=C.PRIMARY), space(4), first]
    second = link(_("Talk to your leader first"), leave, identifier="leave")
    return step.step(body, _("Get it from the server"), get, False, "get-newer", drawing=True, second=second)


@ft.component
def _Words(reason: str, unlock: Unlocks, problem: str, busy: bool, aside: str | None, foot: ft.Control) -> ft.Control:
    typed = ft.use_memo(_Typed, [])

    async def send() -> None:
        if typed.words and not busy:
            await unlock(typed.words)

    said: list[ft.Control] = (
        [note(problem, ft.Icons.REPLAY, "clay", live=True, identifier="problem")] if problem else []
    )
    if aside:
        said = [note(aside, ft.Icons.SUPPORT_OUTLINED, live=True)]
    label = _("Opening") if busy else _("Unlock")
    above = ft.ListView(
        [
            column(
                heading("Vedhold", color=C.PRIMARY),
                text(reason, "body", MUTED),
                space(16),
                Field(typed, "words", _("Your words"), secret=True, autofocus=True, submitted=send, identifier="words"),
                *said,
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
    pills = [pill(unsent, ft.Icons.SMARTPHONE)] if gate.unsent and not theme.is_large() else []
    return ft.Column(
        [link(_("Can't get in?"), help_me, identifier="help"), *pills],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
