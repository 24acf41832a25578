"""Pages of no citizen that are only read: a worry for a child (Q3), and the approach on one page to share (E8)."""

import re

import flet as ft

from fieldapp.actions import local_texts
from fieldapp.domain.values_day import LocalText
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import card, note, page_head
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, space, text
from fieldapp.views.state import use_reading, use_screen

_NUMBER = re.compile(r"(?<!\d)(?:\+45 ?)?(?:\d ?){8}(?!\d)")


@ft.component
@shielded
def Child() -> ft.Control:
    screen = use_screen()
    own = use_reading(local_texts.read, LocalText.CHILD)
    found = _NUMBER.search(own)
    number = found.group().strip() if found else None

    async def call(to: str) -> None:
        screen.leave()
        await screen.gate.platform.open_call(to)

    local = own or _("Your leader can write your own agreement and the number to call here.")
    body = [
        page_head(_("Worry about a child")),
        space(theme.L),
        note(_("A child in danger right now: call 112."), ft.Icons.ERROR_OUTLINE, "clay"),
        space(theme.M),
        card(
            text(
                _("Whoever works with people has a duty to tell the municipality when a child may need help."), "body"
            ),
            text(_("Talk to your leader today. What is written here is never sent as a notification."), "body"),
            gap=theme.M,
        ),
        space(theme.M),
        note(local, ft.Icons.HANDSHAKE_OUTLINED, title=_("Your local agreement")),
    ]
    emergency = button(_("Call 112"), lambda: call("112"), ft.Icons.CALL_OUTLINED, "tonal", expand=True,
                       identifier="call-112")  # fmt: skip
    local_call = button(_("Call the number"), lambda: call(number or ""), ft.Icons.CALL_OUTLINED, expand=True,
                        identifier="call-local")  # fmt: skip
    acts = [emergency, local_call] if number else [emergency]
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name="child")


@ft.component
@shielded
def Tell() -> ft.Control:
    """To show or read aloud to those who may make us aware: no word about anybody."""
    screen = use_screen()
    said = [
        _("We look for people who live in homelessness or may lose their home, and who do not always seek help."),
        _("A home comes first. Nobody has to be ready for it, or to change first."),
        _("The person decides what we work on, and how fast. We keep in touch, also when it takes time."),
        _("You can tell us about a place or a person. Ask the person first if you can."),
        _("We thank you, but cannot tell you whether we know the person or have found anybody."),
    ]
    body = [
        page_head(_("What we do"), _("To show to those who may make us aware")),
        space(theme.L),
        card(*(text(each, "body") for each in said), gap=theme.L),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="tell")
