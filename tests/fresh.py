"""A fresh vault as a copy of one made once in this process: making its tables takes most of a short test's time."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from fieldapp.store.disk import DISK, Disk
from fieldapp.store.vault import Vault, open_with_key, vault_exists

KEY = bytes(range(32))


def open_fresh(folder: Path, disk: Disk = DISK) -> Vault:
    """As `open_with_key(folder, KEY)`; what is made anew has the id of every other fresh one."""
    if not vault_exists(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in _made().items():
            path = folder / name
            path.write_bytes(content)
            path.chmod(0o600)
    return open_with_key(folder, KEY, disk=disk)


@cache
def _made() -> dict[str, bytes]:
    folder = Path(tempfile.mkdtemp(prefix="vedhold-fresh-"))
    try:
        open_with_key(folder, KEY).close()
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    finally:
        shutil.rmtree(folder)
