"""Power cuts, simulated under the real store: `python -m tests.proof.power CUTS [SEED]`.

A recording of the app's lives (recording.py) is cut at a random call, and the app started on what is left: everything
said to be saved must be there, whole, and the vault must go on. What it cannot show: a disk that says synced and is
not, and one that spoils bytes it holds because other bytes of their sector are written.
"""

import random
import shutil
import sys
import tempfile
from pathlib import Path

from fieldapp.errors import VaultError
from tests.proof import chunks, quick
from tests.proof.known import fault
from tests.proof.recording import after_a_cut, moments, record

#: Cuts of one recording.
PIECE = 25


def faults(cuts: int, seed: str) -> list[str]:
    """Cut one recorded history so many times; what went wrong."""
    rng, found = random.Random(seed), []
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        try:
            calls = record(Path(place, "recorded"), rng)
        except VaultError as error:
            return [f"without a cut: {error}"]
        kinds = moments(calls)
        for number in range(cuts):
            at = rng.choice(kinds[number % len(kinds)])
            files, known = after_a_cut(calls[:at], rng)
            left = Path(place, "left")
            left.mkdir()
            for name, content in files.items():
                (left / name).write_bytes(content)
            if wrong := fault(left, known, starts=2 - bool(number % 4)):
                found.append(f"cut at call {at} of {len(calls)}: {wrong}")
            shutil.rmtree(left)
    return found


def main(cuts: int, seed: int) -> list[str]:
    """What was lost, over all processors."""
    return chunks.run(faults, cuts, PIECE, seed)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    given = sys.argv[2] if len(sys.argv) > 2 else "1"
    lost = faults(wanted, given) if "/" in given else main(wanted, int(given))  # one piece again, or all
    print(*lost, sep="\n", end="\n" if lost else "")
    print(f"cuts {wanted} lost {len(lost)}")
    sys.exit(bool(lost))
