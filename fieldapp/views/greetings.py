"""What a text to a citizen is called on the pages, its icon, and the form it is changed in."""

from dataclasses import dataclass, replace

import flet as ft

from fieldapp.actions.attempts import TextChoice
from fieldapp.words import P_, named

TAGS = {
    "s1": (P_("greeting", "Just a hello"), ft.Icons.WAVING_HAND_OUTLINED),
    "s2": (P_("greeting", "No need to answer"), ft.Icons.WAVING_HAND_OUTLINED),
    "s3": (P_("greeting", "No hurry"), ft.Icons.SCHEDULE),
    "s4": (P_("greeting", "After some time"), ft.Icons.SCHEDULE),
    "s5": (P_("greeting", "We didn't meet"), ft.Icons.EVENT_OUTLINED),
    "s6": (P_("greeting", "We meet"), ft.Icons.EVENT_OUTLINED),
    "s7": (P_("greeting", "A cup of coffee"), ft.Icons.COFFEE_OUTLINED),
    "s8": (P_("greeting", "You get space"), ft.Icons.NIGHTS_STAY_OUTLINED),
    "s9": (P_("greeting", "I hope it goes well"), ft.Icons.FAVORITE_BORDER),
    "s10": (P_("greeting", "Thanks for last time"), ft.Icons.SPA_OUTLINED),
    "s11": (P_("greeting", "Birthday, with a yes"), ft.Icons.CAKE_OUTLINED),
    "s12": (P_("greeting", "A new colleague"), ft.Icons.HANDSHAKE_OUTLINED),
    "s13": (P_("greeting", "When you are off"), ft.Icons.EVENT_OUTLINED),
    "s15": (P_("greeting", "Is this the right number?"), ft.Icons.HELP_OUTLINE),
    "s16": (P_("greeting", "Goodbye"), ft.Icons.WAVING_HAND_OUTLINED),
    "s14": (P_("greeting", "Good that you are back"), ft.Icons.HOME_OUTLINED),
}
_PLAIN = (P_("greeting", "A greeting"), ft.Icons.WAVING_HAND_OUTLINED)


@dataclass
class TextForm:
    """`template` is the text it was made from, None for the worker's own."""

    text: str = ""
    template: str | None = None
    nameless: bool | None = None  # None: as last time


def tag(choice: TextChoice) -> tuple[str, ft.IconData]:
    """A team's text is called what the team calls it."""
    words, mark = TAGS.get(choice.template, _PLAIN)
    return choice.about or named(words), mark


def without_name(choice: TextChoice) -> TextChoice:
    return replace(choice, text=choice.nameless)
