"""kill -9 while a worker writes: `python -m tests.proof.kills N`.

A process of its own writes transactions and tells through a pipe when each was saved; it is killed at a random
moment, in a write, in a compaction, while opening. Then the vault must hold all that was told, whole.
"""

import os
import random
import signal
import struct
import sys
import tempfile
import threading
import time
from pathlib import Path

from fieldapp.errors import VaultError
from tests.proof import history

_TOLD = struct.Struct("<q")


def _work(folder: Path, pipe: int) -> None:
    """The process that is killed."""
    rng = random.Random(os.urandom(8))
    store = history.opened(folder)
    number = history.count(store)
    os.write(pipe, _TOLD.pack(number))
    while True:
        number += 1
        history.write(store, number, rng)
        os.write(pipe, _TOLD.pack(number))
        if rng.random() < 0.1:
            history.ask_for_compaction(store)
            store.close()
            store = history.opened(folder)


def _killed(folder: Path, after: float) -> int:
    """Start a worker and kill it `after` its first word; the last transaction it said was saved."""
    told, pipe = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(told)
        try:
            _work(folder, pipe)
        finally:
            os._exit(1)  # never on into the code of the process it was copied from
    os.close(pipe)
    said = os.read(told, _TOLD.size)
    time.sleep(after)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    while more := os.read(told, 65_536):
        said += more
    os.close(told)
    return int(_TOLD.unpack(said[-_TOLD.size :])[0])


def faults(kills: int, seed: int) -> tuple[list[str], int]:
    """What went wrong in so many kills, and how many transactions there were."""
    rng, found, saved = random.Random(seed), [], 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "vault")
        store = history.opened(folder)
        history.begin(store)
        store.close()
        for number in range(kills):
            saved = max(saved, _killed(folder, rng.uniform(0.0, 0.4)))
            try:
                store = history.opened(folder)
            except VaultError as error:
                return [*found, f"kill {number}: {error}"], saved
            try:
                if wrong := history.fault(store, saved):
                    found.append(f"kill {number}: {wrong}")
                saved = history.count(store)
            finally:
                store.close()
    return found, saved


def main(kills: int, seed: int) -> bool:
    """Say what was found; whether it was nothing."""
    assert threading.active_count() == 1, "a fork copies one thread only"
    wrong, saved = faults(kills, seed)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"kills: {kills}, {saved} transactions, seed {seed}, bad {len(wrong)}")
    return not wrong


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    sys.exit(not main(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else int.from_bytes(os.urandom(3))))
