"""The worker's own settings on this device: how the app looks and speaks, and how soon it locks."""

from dataclasses import dataclass, fields
from typing import Any

from fieldapp.actions.desk import Desk
from fieldapp.errors import RecordError
from fieldapp.settings import DEFAULTS
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.texts import LANGUAGES

THEMES = ("auto", "light", "dark")
IDLE = (30, 600)
"""Seconds: a screen nobody touches may stay open this long at the least and at the most."""
_PREFIX = "own."


@dataclass(frozen=True)
class OwnSettings:
    """`idle` is in seconds. `theme` auto follows the phone. `late`: works in the evening or at night."""

    language: str = "da"
    theme: str = "auto"
    idle: int = DEFAULTS.idle
    late: bool = False


def read(desk: Desk) -> OwnSettings:
    """Whatever is there and makes sense; the defaults for the rest."""
    with desk.store.reading() as session:
        rows = {f.name: session.get(SettingRow, _PREFIX + f.name) for f in fields(OwnSettings)}
        kept = {name: row.value for name, row in rows.items() if row is not None}
    return OwnSettings(**{name: value for name, value in kept.items() if _makes_sense(name, value)})


def keep(desk: Desk, **changes: Any) -> OwnSettings:
    """Raises RecordError("malformed", name) for a value that makes no sense."""
    for name, value in changes.items():
        if not _makes_sense(name, value):
            raise RecordError("malformed", name)
    with desk.store.transaction() as session:
        for name, value in changes.items():
            session.merge(SettingRow(name=_PREFIX + name, value=value))
    return read(desk)


def _makes_sense(name: str, value: object) -> bool:
    match name:
        case "language":
            return value in LANGUAGES
        case "theme":
            return value in THEMES
        case "idle":
            return isinstance(value, int) and IDLE[0] <= value <= IDLE[1]
        case "late":
            return isinstance(value, bool)
    return False
