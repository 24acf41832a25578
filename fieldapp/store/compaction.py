"""Writing the live pages again, under a new data key: small again, and what was erased is gone for good.

The new log is whole and synced before the keyring names it; replacing the keyring is the one step that counts. Cut
off anywhere, the vault is the old one or the new one, and what is left of the other goes at the next opening.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

from fieldapp.errors import NotSaved, VaultError
from fieldapp.store import keyring
from fieldapp.store.disk import Disk
from fieldapp.store.keyring import Keyring
from fieldapp.store.log import End, Log

#: This many bytes that serve only older commits, and more of them than of the others.
_GARBAGE = 4_000_000
#: This many commits, and more than one for so many pages: opening reads each, about 5 µs on a PC.
_COMMITS, _PAGES = 2_000, 4


def is_worth_it(log: Log) -> bool:
    return log.garbage > max(_GARBAGE, log.live) or log.records > max(_COMMITS, log.size // _PAGES)


def compact(folder: Path, log: Log, master: bytes, disk: Disk, stop: Callable[[], bool]) -> End | None:
    """Where the new log ends. None when a full or failing disk, or a worker who is back (`stop`), left it as it was.

    The other log is removed by `tidy`, when it is closed.
    """
    end: End | None = None

    def next_log(ring: Keyring) -> Keyring:
        nonlocal end
        following, key = ring.next_generation(master)
        end = log.copy(folder / following.log_name, key, stop)
        if end is None or stop():
            raise NotSaved("stopped")
        return following

    with contextlib.suppress(VaultError, OSError):
        keyring.change(folder, next_log, disk)
        return end
    return None


def tidy(folder: Path, ring: Keyring, disk: Disk) -> None:
    """Remove what a cut-off compaction or change of secret left: other generations, half a keyring."""
    stem = Path(ring.log_name).stem
    left = [path for path in ours(folder) if path.name != "tries" and path.stem != stem]
    with contextlib.suppress(OSError):
        if left:
            disk.sync_folder(folder)  # or a power cut could bring back a keyring that names what is removed here
        for path in left:
            disk.remove(path)


def ours(folder: Path) -> list[Path]:
    """The files of a vault beside its keyring and its lock."""
    return [p for p in folder.iterdir() if p.name.startswith("vault-") or p.name in ("tries", "keyring.tmp")]
