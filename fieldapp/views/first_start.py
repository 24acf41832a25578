"""First start: the address and the code from the leader, a code of one's own, and the first citizens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from fieldapp import errors
from fieldapp.texts import _
from fieldapp.views import sync_words, theme
from fieldapp.views.cards import card, note
from fieldapp.views.drawings import landscape
from fieldapp.views.field import Field
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, told
from fieldapp.views.parts import MUTED, C, button, column, heading, line, link, space, text
from fieldapp.views.pin import Pin
from fieldapp.views.state import SendingNow


@dataclass
class _Typed:
    address: str = ""
    code: str = ""
    words: str = ""
    again: str = ""


@ft.component
def Enrol(gate: Gate) -> ft.Control:
    """The address and the one-time code."""
    typed = ft.use_memo(_Typed, [])
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def send() -> None:
        if busy:
            return
        set_busy(True)
        words = await told(
            lambda: gate.enrol(typed.address.strip(), typed.code.strip()),
            {errors.NoConnection: _("You need a network the first time. Check the address, and try again.")},
        )
        set_busy(False)
        set_problem(words or "")

    fields = [
        Field(
            typed,
            "address",
            _("Address"),
            hint=_("vedhold.yourmunicipality.dk"),
            icon_name=ft.Icons.DNS_OUTLINED,
            keyboard=ft.KeyboardType.URL,
            identifier="address",
        ),
        Field(
            typed,
            "code",
            _("Code"),
            hint=_("As your leader gave it to you"),
            icon_name=ft.Icons.KEY_OUTLINED,
            submitted=send,
            identifier="code",
        ),
    ]
    lead = _lead(_("Welcome"), _("Type the address and the code from your leader. You need a network this one time."))
    return _step([*lead, *fields, *_problem(problem)], _("Continue"), send, busy, "enrol", drawing=True)


@ft.component
def ChooseSecret(gate: Gate) -> ft.Control:
    """A PIN twice, or words twice, as the machine's keystore allows."""
    problem, set_problem = ft.use_state("")
    first, set_first = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    async def choose(secret: str) -> None:
        set_busy(True)
        words = await told(lambda: gate.choose_secret(secret))
        set_busy(False)
        set_first("")
        set_problem(words or "")

    async def pin(typed: str) -> None:
        set_problem("")
        if not first:
            set_first(typed)
        elif typed != first:
            set_first("")
            set_problem(_("The two codes differ. Try again."))
        else:
            await choose(typed)

    if gate.secret_form == "words":
        return _ChooseWords(gate, choose, problem, busy)
    if first:
        return Pin(_("Once more"), _("Type it once more"), pin, problem, busy)
    return Pin(_("Your own code"), _("Choose a code of at least 6 digits"), pin, problem, busy)


@ft.component
def _ChooseWords(gate: Gate, choose: Callable[[str], Awaitable[None]], problem: str, busy: bool) -> ft.Control:
    typed = ft.use_memo(_Typed, [])
    differ, set_differ = ft.use_state(False)

    async def send() -> None:
        words, again = (" ".join(each.split()) for each in (typed.words, typed.again))
        set_differ(words != again)
        if words == again and not busy:
            await choose(words)

    proposal = card(
        text(_("A proposal, made for you"), "small", C.ON_SECONDARY_CONTAINER, weight=600),
        text(gate.proposed_words, "title", C.ON_SECONDARY_CONTAINER),
        text(_("Write it down, and keep the paper at home."), "meta", C.ON_SECONDARY_CONTAINER),
        tone="slate",
        gap=6,
    )
    fields = [
        Field(typed, "words", _("Four words, or at least 12 characters"), identifier="words"),
        Field(typed, "again", _("Type it once more"), submitted=send, identifier="again"),
    ]
    wrong = _("The two are not the same. Try again.") if differ else problem
    lead = _lead(_("Your own words"), _("They open the app on this machine. Nobody else has them."))
    return _step([*lead, proposal, *fields, *_problem(wrong)], _("Choose"), send, busy, "choose")


@ft.component
def Fetching(sending: SendingNow, retry: Call, go_on: Call) -> ft.Control:
    """The first citizens are on their way; nobody has to wait for them."""
    now, _set = ft.use_state(sending)
    told_now = now.value
    part = told_now.done / told_now.total if told_now.total else None
    bar = ft.ProgressBar(
        value=part, bar_height=8, border_radius=4, color=C.PRIMARY, bgcolor=C.SURFACE_CONTAINER_HIGHEST
    )
    words = text(sync_words.fetching(told_now), "meta", MUTED)
    waits = told_now.why is not None
    body = [
        *_lead(
            _("Ready. You can work offline."), _("Everything on this phone is encrypted and opens only with your code.")
        ),
        ft.Semantics(content=column(bar, words), live_region=True, container=True, identifier="progress"),
        *([note(sync_words.why_waiting(told_now), ft.Icons.CLOUD_OFF_OUTLINED, live=True)] if waits else []),
    ]
    if waits:
        return _step(
            body, _("Try again"), retry, False, "retry", second=link(_("Go on without"), go_on, identifier="go-on")
        )
    return _step(body, _("To today"), go_on, False, "go-on", drawing=True)


def _lead(title: str, reason: str) -> list[ft.Control]:
    return [heading(title, color=C.PRIMARY), text(reason, "body", MUTED), space(4)]


def _problem(words: str) -> list[ft.Control]:
    return [note(words, ft.Icons.REPLAY, "clay", live=True, identifier="problem")] if words else []


def _step(
    body: list[ft.Control],
    act: str,
    call: Call,
    busy: bool,
    identifier: str,
    *,
    drawing: bool = False,
    second: ft.Control | None = None,
) -> ft.Control:
    """What is read scrolls; what is done stays under the thumb."""
    drawn = drawing and not theme.is_large()
    top = [ft.Row([landscape(150)]), space(8)] if drawn else [space(24)]
    above = ft.ListView([column(*top, *body, gap=12)], expand=True, padding=ft.Padding.symmetric(vertical=16))
    ring = ft.ProgressRing(width=18, height=18, stroke_width=2)
    waiting = line(ring, text(_("One moment"), "meta", MUTED), gap=10, align=ft.MainAxisAlignment.CENTER)
    main = button(act, call, ft.Icons.ARROW_FORWARD, identifier=identifier)
    return column(above, *([waiting] if busy else []), main, *([second] if second else []), gap=12, expand=True)
