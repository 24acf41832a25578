"""Every call the store makes of its disk, failing in turn, in a life with everything in it: what was refused is not
there, and nothing else is lost.
"""

import errno
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.errors import DiskFull, NotReadable, NotSaved
from tests.proof import lives, quick
from tests.proof.disks import FaultyDisk
from tests.proof.known import Known, fault

_CALLS = ("open", "close", "size", "read", "write", "sync", "cut", "replace", "remove", "sync_folder", "lock")


def _disk(**how: Any) -> FaultyDisk:
    return FaultyDisk(calls=_CALLS, **how)


#: How the call fails: once; with the disk full, some of it written before; from then on.
WAYS: dict[str, dict[str, Any]] = {
    "once": {"error": errno.EIO},
    "full": {"error": errno.ENOSPC, "written": 700},
    "lasting": {"error": errno.EIO, "lasting": True},
}


def faults(seed: str, share: int = 1) -> Iterator[str]:
    """Of the calls every `share`th, in each way; what went wrong."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        whole = _disk()
        lives.one_of_each(Path(place, "whole"), known := Known(), known.take, whole)
        for number in range(rng.randrange(share), len(whole.seen), share):
            for way, how in WAYS.items():
                if wrong := _fault(Path(place, "vault"), _disk(number=number, **how)):
                    yield f"{whole.seen[number]}, call {number}, failing {way}: {wrong}"
                shutil.rmtree(Path(place, "vault"), ignore_errors=True)


def _fault(folder: Path, disk: FaultyDisk) -> str | None:
    known = Known()
    try:
        lives.one_of_each(folder, known, known.take, disk, lasting=disk.lasting)
    except (NotSaved, NotReadable) as refused:
        if not disk.lasting:
            return f"refused, though it failed once: {refused}"
        if isinstance(refused, DiskFull):
            return "called full"
    except Exception as error:  # noqa: BLE001  # anything else is an answer nobody expects
        return f"{type(error).__name__} ({error})"
    return fault(folder, known, starts=2)
