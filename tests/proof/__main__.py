"""All proofs of the store (make prove-store): `python -m tests.proof --kills N --cuts N --seed S --fuzz N`.

`--fault NAME` takes that guard out of the store and runs a little of everything: it must end with an error. `--faults`
does so with each fault and the proof that must catch it.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.proof import fuzz, kills, power, tamper
from tests.proof.faults import FAULTS
from tests.proof.proofs import PROOFS, found

#: The proofs that need no number; what they are called when something is wrong.
_REST = ("readers", "nonces", "erasure", "failing")


def prove(
    count_kills: int, count_cuts: int, count_fuzz: int, seed: int, first: int = 0, rest: Sequence[str] = _REST
) -> bool:
    """Run them all; whether nothing was wrong. `rest`: those beside kills, cuts, tampering and fuzz."""
    killed, cut = kills.main(count_kills, seed), power.main(count_cuts, seed)
    cases, opened = tamper.main()
    wrong = [*killed, *cut, *opened]
    for name in rest if count_fuzz >= 0 else PROOFS:
        if (one := found(name, first)) is not None:
            wrong.append(f"{name}: {one}")
    lines = [f"kills {count_kills} lost {len(killed)}", f"cuts {count_cuts} lost {len(cut)}"]
    lines.append(f"tamper {cases - len(opened)}/{cases} refused")
    if count_fuzz > 0:
        files, bad = fuzz.main(count_fuzz, seed)
        wrong += bad
        lines.insert(0, f"fuzz {files} bad {len(bad)}")
    print(*wrong, *lines, sep="\n")
    return not wrong


def every_fault() -> bool:
    """Plant each; whether all were caught."""
    caught = 0
    for name, fault in FAULTS.items():
        with fault.planted():
            wrong = found(fault.caught_by, fault.first)
        caught += wrong is not None
        print(f"{name}: {fault.caught_by}: {wrong or 'NOT CAUGHT'}")
    print(f"faults {caught}/{len(FAULTS)} caught")
    return caught == len(FAULTS)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--cuts", type=int, default=300)
    asked.add_argument("--fuzz", type=int, default=0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--faults", action="store_true")
    asked.add_argument("--fault", choices=sorted(FAULTS), metavar="NAME", help=", ".join(sorted(FAULTS)))
    said = asked.parse_args()
    if said.faults:
        sys.exit(not every_fault())
    if said.fault:
        fault = FAULTS[said.fault]
        with fault.planted():
            sys.exit(not prove(2, power.PIECE, -1, said.seed, fault.first))
    sys.exit(not prove(said.kills, said.cuts, said.fuzz, said.seed))


if __name__ == "__main__":
    main()
