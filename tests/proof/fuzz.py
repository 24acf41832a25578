"""Damaged vaults by the hundred thousand: `python -m tests.proof.fuzz N [SEED]`.

The reader of the log meets N of them, the reader of the keyring a tenth as many with a stretching that takes no time
and one four-hundredth with the real one. Whatever it meets, it answers with a VaultError or with exactly a state the
vault once had, never an older one that something authentic stands behind; within 2 s of processor time and with no
more memory than 4 times the file and 256 KB.
"""

import contextlib
import random
import signal
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.proof import chunks, fuzz_keyring, fuzz_log

PIECE = 500
_SECONDS = 2.0
_ALLOWED = 256_000


class Slow(BaseException):
    """Not an Exception: nothing on its way may take it for one of its own."""


def _too_slow(_number: int, frame: FrameType | None) -> None:
    """Not in the middle of what measures coverage, which would hold its own lock for ever: a moment later."""
    if frame is not None and "coverage" in Path(frame.f_code.co_filename).parts:
        signal.setitimer(signal.ITIMER_PROF, 0.001)
        return
    raise Slow


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Of processor time: other people's load is not our slowness."""
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def answer(judge: Callable[[bytes], str | None], damaged: bytes, seconds: float = _SECONDS) -> str | None:
    """What is wrong with the answer to these bytes."""
    tracemalloc.start()
    try:
        with within(seconds):
            wrong = judge(damaged)
        _, most = tracemalloc.get_traced_memory()
    except Slow:
        return f"more than {seconds} s for {len(damaged)} bytes"
    except Exception as error:  # noqa: BLE001  # this is what is looked for
        return f"{type(error).__name__}: {error}"
    finally:
        tracemalloc.stop()
    if wrong is None and most > 4 * len(damaged) + _ALLOWED:
        return f"{most} bytes of memory for {len(damaged)}"
    return wrong


def logs(count: int, seed: str, seconds: float = _SECONDS) -> list[str]:
    rng, found = random.Random(seed), []
    originals = fuzz_log.originals(rng)
    for number in range(count):
        original = rng.choice(originals)
        damaged, how = fuzz_log.damage(original, originals, rng)
        if wrong := answer(original.judge, damaged, seconds):
            found.append(f"log {number}, {' and '.join(how)}: {wrong}")
    return found


def keyrings(count: int, seed: str) -> list[str]:
    return _keyrings(count, seed, real=False)


def stretched(count: int, seed: str) -> list[str]:
    return _keyrings(count, seed, real=True)


def _keyrings(count: int, seed: str, *, real: bool) -> list[str]:
    rng, found = random.Random(seed), []
    with contextlib.ExitStack() as stack:
        original = fuzz_keyring.original(stack, real)
        for number in range(count):
            damaged, how = fuzz_keyring.damage(original, rng)
            # scrypt's own memory is its cost in KiB, of which tracemalloc sees nothing.
            if wrong := answer(original.judge, damaged):
                found.append(f"keyring {number}, {' and '.join(how)}: {wrong}")
    return found


def main(count: int, seed: int) -> tuple[int, list[str]]:
    """How many files there were, and what was wrong."""
    found = chunks.run(logs, count, PIECE, seed)
    found += chunks.run(keyrings, count // 10, PIECE, seed)
    found += chunks.run(stretched, count // 400, PIECE // 10, seed)
    return count + count // 10 + count // 400, found


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    total, bad = main(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(*bad[:50], sep="\n", end="\n" if bad else "")
    print(f"fuzz {total} bad {len(bad)}")
    sys.exit(bool(bad))
