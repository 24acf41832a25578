"""The line at the top of a page that says where everything is; it changes without drawing anything else again."""

import flet as ft

from fieldapp.views import paths, sync_words
from fieldapp.views.parts import MUTED, icon, line, padding, tappable, text
from fieldapp.views.state import use_screen


@ft.component
def SyncLine() -> ft.Control:
    """Tap it for the whole story."""
    screen = use_screen()
    sending, _set = ft.use_state(screen.sending)
    mark, color = sync_words.look(sending.value)
    words = sync_words.line(sending.value, screen.desk.now())
    return tappable(
        line(icon(mark, 18, color), text(words, "meta", MUTED, expand=True)),
        lambda: screen.open(paths.SYNC),
        identifier="sync-line",
        radius=12,
        pad=padding(0, 19, 8),
    )
