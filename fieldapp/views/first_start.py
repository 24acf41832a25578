"""First start: the address and the code from the leader, a code of one's own, and the first citizens."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from fieldapp import errors
from fieldapp.domain import invitation
from fieldapp.domain.invitation import Invitation
from fieldapp.texts import _
from fieldapp.views import step, sync_words
from fieldapp.views.cards import note
from fieldapp.views.field import Field
from fieldapp.views.gate import Gate
from fieldapp.views.guard import Call, told
from fieldapp.views.parts import MUTED, C, column, link, text
from fieldapp.views.secret import ChooseWords, NewPin
from fieldapp.views.state import SendingNow


@dataclass
class _Typed:
    address: str = ""
    code: str = ""
    fingerprint: str = ""  # of the server's key, when it came by the leader's link


def _typed(invited: Invitation | None) -> _Typed:
    return _Typed(invited.address, invited.code, invited.fingerprint) if invited else _Typed()


@ft.component
def Enrol(gate: Gate, invited: Invitation | None = None) -> ft.Control:
    """The address and the one-time code; the leader's link, put into either field, fills both, as one that opened the
    app does."""
    typed, set_typed = ft.use_state(_typed(invited))
    problem, set_problem = ft.use_state("")
    busy, set_busy = ft.use_state(False)

    def written() -> None:
        take(invitation.read(typed.address) or invitation.read(typed.code))

    def take(found: Invitation | None) -> None:
        if found is not None:
            set_typed(_typed(found))

    ft.use_effect(lambda: take(invited), [invited])  # the link may come while the page is there

    async def send() -> None:
        if busy:
            return
        set_busy(True)
        words = await told(
            lambda: gate.enrol(typed.address.strip(), typed.code.strip(), typed.fingerprint),
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
            changed=written,
        ),
        code_field(typed, send, written),
    ]
    lead = step.lead(
        _("Welcome"), _("Type the address and the code from your leader. You need a network this one time.")
    )
    before = [note(_gone(gate), ft.Icons.PHONELINK_ERASE, identifier="gone")] if gate.gone else []
    body = [*before, *lead, *fields, *step.problem(problem)]
    return step.step(body, _("Continue"), send, busy, "enrol", drawing=True)


def _gone(gate: Gate) -> str:
    match gate.gone:
        case "lost":
            return _("This phone was reported lost. What was on it has been erased. Call your leader.")
        case "retired":
            return _(
                "This phone has been retired. Everything was sent, and it has been erased here. "
                "Ask your leader if this is wrong."
            )
    return _(
        "This phone had no network for so long that what was on it has been erased. Everything had been sent. "
        "Ask your leader for a new code."
    )


def code_field(typed: object, send: Call, changed: Callable[[], object] | None = None) -> ft.Control:
    """For the leader's one-time code, in `typed.code`."""
    field: ft.Control = Field(
        typed,
        "code",
        _("Code"),
        hint=_("As your leader gave it to you"),
        icon_name=ft.Icons.KEY_OUTLINED,
        submitted=send,
        identifier="code",
        changed=changed,
    )
    return field


@ft.component
def ChooseSecret(gate: Gate) -> ft.Control:
    """A PIN twice, or words twice, as the machine's keystore allows."""

    async def choose(secret: str) -> str | None:
        return await told(lambda: gate.choose_secret(secret))

    if gate.secret_form == "words":
        reason = _("They open the app on this machine. Nobody else has them.")
        return ChooseWords(gate, _("Your own words"), reason, choose)
    return NewPin(_("Your own code"), _("Choose a code of at least 6 digits"), choose)


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
        *step.lead(
            _("Ready. You can work offline."), _("Everything on this phone is encrypted and opens only with your code.")
        ),
        ft.Semantics(content=column(bar, words), live_region=True, container=True, identifier="progress"),
        *([note(sync_words.why_waiting(told_now), ft.Icons.CLOUD_OFF_OUTLINED, live=True)] if waits else []),
    ]
    if waits:
        return step.step(
            body, _("Try again"), retry, False, "retry", second=link(_("Go on without"), go_on, identifier="go-on")
        )
    return step.step(body, _("To today"), go_on, False, "go-on", drawing=True)
