"""The file in which who runs the server changes its settings; no phone reads one."""

import tomllib
from dataclasses import replace
from pathlib import Path

from fieldapp.errors import VedholdError
from fieldapp.settings import DEFAULTS, Settings

#: The app's own, which no server's file changes.
OF_THE_APP = frozenset(
    {
        "idle",
        "hidden",
        "away_on_purpose",
        "together",
        "draft_after",
        "draft_at_latest",
        "retry_first",
        "retry_longest",
        "rows_in_a_list",
        "notes_in_a_list",
        "reach_out_at_most",
    }
)
#: Neither forgotten zeros nor a moment that no calendar has.
LARGEST = 100_000


class SettingsError(VedholdError):
    """`why` is unreadable | unknown | value | lease; `name`: of which setting."""

    kind = "settings"

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why)
        self.name = name


def from_file(path: Path) -> Settings:
    """The defaults, and what this TOML file says instead. Raises SettingsError: a slip of the pen changes nothing
    silently."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise SettingsError("unreadable") from None
    for name, value in said.items():
        usual = None if name in OF_THE_APP else getattr(DEFAULTS, name, None)
        if usual is None or name not in DEFAULTS.__dataclass_fields__:
            raise SettingsError("unknown", name)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not (whole or (isinstance(usual, float) and isinstance(value, float))) or not 0 < value < LARGEST:
            raise SettingsError("value", name)
    settings = replace(DEFAULTS, **said)
    if settings.lease_lock_days >= settings.lease_erase_days:
        raise SettingsError("lease", "lease_lock_days")
    return settings
