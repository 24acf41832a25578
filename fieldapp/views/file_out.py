"""Something leaves the encryption as a file: written down with whom it is about before the file is handed on."""

import asyncio
from collections.abc import Sequence

from fieldapp.actions import contacts, exports
from fieldapp.domain.values_life import Exported
from fieldapp.views.state import Screen


async def hand_out(
    screen: Screen, name: str, data: bytes, about: Sequence[str], what: Exported, form: str
) -> bool | None:
    """As the platform says: None when no place was chosen, False when this machine cannot keep a file; then nothing has
    left. No file of ours lies anywhere meanwhile.

    Whoever chooses a place for it is outside the app: locked or killed there, the log has it all the same.
    """
    noted = await asyncio.to_thread(exports.exported, screen.desk, about, what, form)
    screen.leave()
    kept = await screen.gate.platform.save_file(name, data)
    if not kept:
        await asyncio.to_thread(contacts.undo, screen.desk, noted)
    screen.changed()
    return kept
