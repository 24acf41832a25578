"""*Ville jeg være tryg ved, at borgeren læste det her?*: asked the first times, then only of what is sensitive.

Asked every time it would be wallpaper (review.md 2.5). The count is this device's alone.
"""

from sqlmodel import Session

from fieldapp.actions.desk import Desk
from fieldapp.store.bookkeeping import SettingRow

TIMES = 10
_NAME = "note.asked_readable"


def still_asked(desk: Desk) -> bool:
    with desk.store.reading() as session:
        return _times(session) < TIMES


def count(session: Session) -> None:
    """A note is saved, and the question stood above *Gem*."""
    if (times := _times(session)) < TIMES:
        session.merge(SettingRow(name=_NAME, value=times + 1))


def _times(session: Session) -> int:
    row = session.get(SettingRow, _NAME)
    return row.value if row is not None and isinstance(row.value, int) else 0
