"""A few lines to remember a tool by, where it is chosen: not a course, and nothing is required (N7, N11-N13)."""

import flet as ft

from fieldapp.domain.values_day import Tool
from fieldapp.views import theme
from fieldapp.views.cards import note
from fieldapp.words import P_, named, word

REMINDERS: dict[str, tuple[str, str]] = {
    Tool.MOTIVATIONAL_INTERVIEW: P_(
        "reminder",
        "Open questions. Listen for the wish to change. Say what is strong. Sum up, and ask what comes next.",
    ),
    Tool.SMALL_STEPS: P_(
        "reminder", "What is the smallest step that still counts? Who does it, and when? Notice when it is done."
    ),
    Tool.NETWORK_MAP: P_("reminder", "Draw it together under Network. The citizen chooses who stands where."),
    Tool.COPING_PLAN: P_("reminder", "Write it together under When it gets hard, on a calm day."),
    Tool.OPEN_DIALOGUE: P_(
        "reminder", "Everybody is heard, nobody is talked about. Plan it under Meetings, with the citizen's yes."
    ),
    Tool.LIFE_STORY: P_(
        "reminder", "Read what is here first: nobody shall have to tell the hard parts again. The citizen chooses."
    ),
}


def reminder(tool: str) -> ft.Control:
    return ft.Container(
        note(named(REMINDERS[tool]), ft.Icons.LIGHTBULB_OUTLINE, title=word(Tool, tool)),
        padding=ft.Padding(top=theme.M),
    )
