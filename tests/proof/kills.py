"""kill -9 while a worker works: `python -m tests.proof.kills N [SEED]`.

A process of its own lives the app's lives over a real folder and tells through a pipe what was saved; it is killed at a
random moment, or in one of its calls of the disk (before it, or with half of it written): in a commit, a compaction,
a change of secret, a migration, while opening. Then the vault must hold all that was told, whole.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from fieldapp.store.disk import Disk
from tests.proof import chunks, lives, quick
from tests.proof.known import Known, fault

#: Kills of one vault.
PIECE = 50
_LONGEST = 0.12


class DyingDisk(Disk):
    """The process is killed in the `dies`th of the calls that change something."""

    def __init__(self, dies: int) -> None:
        self._left = dies

    def _comes(self) -> bool:
        self._left -= 1
        return self._left < 0

    def _dies_here(self) -> None:
        if self._comes():
            os.kill(os.getpid(), signal.SIGKILL)

    def open(self, path: Path, *, new: bool = False) -> int:
        if new:
            self._dies_here()
        return super().open(path, new=new)

    def write(self, file: int, content: bytes | memoryview, at: int) -> int:
        if self._comes():
            super().write(file, content[: len(content) // 2], at)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(file, content, at)

    def cut(self, file: int, size: int) -> None:
        self._dies_here()
        super().cut(file, size)

    def sync(self, file: int) -> None:
        self._dies_here()
        super().sync(file)

    def replace(self, source: Path, target: Path) -> None:
        self._dies_here()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._dies_here()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._dies_here()
        super().sync_folder(folder)


def _work(folder: Path, known: Known, pipe: int, seed: str, dies: int | None) -> None:
    """The process that is killed."""

    def tell(what: str, now: Any) -> None:
        os.write(pipe, json.dumps([what, now]).encode() + b"\n")
        known.take(what, now)

    rng = random.Random(seed)
    disk = DyingDisk(1 << 60 if dies is None else dies)
    os.write(pipe, b"\n")  # it has begun
    while True:
        lives.live(folder, known, tell, rng, disk)


def _kill(folder: Path, known: Known, seed: str) -> str | None:
    """Start a worker and kill it; `known` is then what it told before. What is wrong with how it ended."""
    rng = random.Random(seed)
    dies, after = (rng.randrange(80), None) if rng.random() < 0.5 else (None, rng.uniform(0.0, _LONGEST))
    told, pipe = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(told)
        try:
            _work(folder, known, pipe, seed, dies)
        finally:
            os._exit(1)  # never on into the code of the process it was copied from
    os.close(pipe)
    said = os.read(told, 1)
    if after is not None:
        time.sleep(after)
        os.kill(worker, signal.SIGKILL)
    while more := os.read(told, 65_536):
        said += more
    os.close(told)
    _, status = os.waitpid(worker, 0)
    for line in said.split(b"\n")[:-1]:
        if line:
            known.take(*json.loads(line))
    return None if os.WIFSIGNALED(status) else "the worker ended by itself"


def faults(kills: int, seed: str) -> list[str]:
    """Kill the workers of one vault so many times; what went wrong, after which that vault is of no use."""
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        folder, known = Path(place, "vault"), Known()
        for number in range(kills):
            ended = _kill(folder, known, f"{seed}/{number}")
            if wrong := ended or fault(folder, known):
                return [f"kill {number}: {wrong}"]
    return []


def main(kills: int, seed: int) -> list[str]:
    """What was lost, over all processors."""
    return chunks.run(faults, kills, PIECE, seed)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    given = sys.argv[2] if len(sys.argv) > 2 else "1"
    lost = faults(wanted, given) if "/" in given else main(wanted, int(given))  # one piece again, or all
    print(*lost, sep="\n", end="\n" if lost else "")
    print(f"kills {wanted} lost {len(lost)}")
    sys.exit(bool(lost))
