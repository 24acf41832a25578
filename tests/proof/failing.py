"""Every call the store makes of its disk, failing in turn, in a life with everything in it: what was refused is not
there, and nothing else is lost. `python -m tests.proof.failing [SEED]` tries each call.
"""

import errno
import itertools
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.errors import DiskFull, NotReadable, NotSaved
from tests.proof import lives, quick
from tests.proof.disks import FaultyDisk
from tests.proof.known import Known, fault

WRITING = ("write", "sync", "cut", "replace", "remove", "sync_folder")
EVERY = ("open", "close", "size", "read", "lock", *WRITING)

#: How the call fails: once; with the disk full, some of it written before; from then on.
WAYS: dict[str, dict[str, Any]] = {
    "once": {"error": errno.EIO},
    "full": {"error": errno.ENOSPC, "written": 700},
    "lasting": {"error": errno.EIO, "lasting": True},
}


def faults(seed: str, calls: tuple[str, ...] = EVERY, most: int | None = None) -> Iterator[str]:
    """Of these calls all or the first `most`, in any order, each in every way; what went wrong."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        whole = FaultyDisk(calls)
        lives.one_of_each(Path(place, "whole"), known := Known(), known.take, whole)
        numbers = rng.sample(range(len(whole.seen)), len(whole.seen))
        for number, (way, how) in itertools.product(numbers[:most], WAYS.items()):
            if wrong := _fault(Path(place, "vault"), FaultyDisk(calls, number, **how)):
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


if __name__ == "__main__":
    found = list(faults(sys.argv[1] if len(sys.argv) > 1 else "1"))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"failing calls: {len(found)} wrong answers")
    sys.exit(bool(found))
