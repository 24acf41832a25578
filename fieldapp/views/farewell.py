"""The goodbye text (S16): offered where the support changes hands; opened in the page of texts to be changed first."""

import flet as ft

from fieldapp.actions import attempts
from fieldapp.actions.attempts import TextChoice
from fieldapp.texts import _
from fieldapp.views.filling import use_form
from fieldapp.views.greetings import TextForm, tag, without_name
from fieldapp.views.parts import button
from fieldapp.views.state import use_reading, use_screen

GOODBYE = "s16"


@ft.component
def Farewell(citizen: str, new: str = "", phone: str = "") -> ft.Control:
    """`new` and `phone`: whom the citizen can write to from now on, where it is known; gaps are left standing."""
    screen = use_screen()
    out = use_reading(attempts.read, citizen)
    filling = use_form(f"text:{citizen}", TextForm)
    offered = next((each for each in out.other_texts if each.template == GOODBYE), None) if out else None
    if out is None or offered is None or not out.phone:
        return ft.Container()

    def write() -> None:
        text = _filled(without_name(offered) if out.nameless else offered, new, phone)
        filling.put(text=text, template=offered.template)
        screen.citizen(citizen, "reach/text")

    return button(
        _("Write a goodbye: {about}", about=tag(offered)[0]), write, ft.Icons.SMS_OUTLINED, "quiet", small=True,
        identifier="farewell",
    )  # fmt: skip


def _filled(choice: TextChoice, new: str, phone: str) -> str:
    text = choice.text
    for gap, value in (("{ny}", new.partition(" ")[0]), ("{nummer}", phone)):
        text = text.replace(gap, value) if value else text
    return text
