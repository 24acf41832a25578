"""Random histories and planted faults: `python -m tests.sync --seeds 200 --seed 1`, or `--fault name`.

With a fault planted something must break, so that the command fails: a proof that cannot fail proves nothing.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine

from fieldapp.errors import SyncError
from tests.sync import directed, faults, histories

#: Random histories beside the directed one, with a fault planted.
BESIDE = 10
#: Histories that one process makes on one server.
AT_A_TIME = 25
FAULTS = {fault.__name__: fault for fault in faults.ALL}


def broken(seeds: Iterable[int], steps: int) -> list[str]:
    """What did not hold, and in which history."""
    found = []
    with histories.a_server() as engine:
        for seed in seeds:
            try:
                histories.run(engine, seed, steps)
            except AssertionError as error:
                found.append(f"seed {seed}: {str(error).splitlines()[0]}")
    return found


def caught(name: str) -> bool:
    """Whether the history made for this fault fails with it and holds without it."""
    with histories.a_server() as engine:
        return _holds(engine, name) and not _holds(engine, name, planted=True)


def _holds(engine: Engine, name: str, planted: bool = False) -> bool:
    with pytest.MonkeyPatch.context() as plant:
        if planted:
            FAULTS[name](plant)
        try:
            directed.run(engine, directed.CAUGHT[FAULTS[name]])
        except (AssertionError, SyncError):
            return False
    return True


def with_fault(name: str, seed: int, steps: int) -> bool:
    """Plant it; whether everything still holds, which it must not."""
    with histories.a_server() as engine:
        holds = _holds(engine, name, planted=True)
    print(f"fault {name}: the history made for it {'holds' if holds else 'is broken'}")
    with pytest.MonkeyPatch.context() as plant:
        FAULTS[name](plant)
        found = broken(range(seed, seed + BESIDE), steps)
    print(*found, f"histories {BESIDE} broken {len(found)}", sep="\n")
    return holds and not found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--steps", type=int, default=histories.STEPS)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--fault", choices=sorted(FAULTS), metavar="NAME", help=", ".join(sorted(FAULTS)))
    said = asked.parse_args()
    if said.fault:
        sys.exit(not with_fault(said.fault, said.seed, said.steps))
    started, found = time.monotonic(), []
    last = said.seed + said.seeds
    groups = [range(first, min(first + AT_A_TIME, last)) for first in range(said.seed, last, AT_A_TIME)]
    with ProcessPoolExecutor(said.processes) as processes:
        for some in processes.map(partial(broken, steps=said.steps), groups):
            print(*some, sep="\n", end="\n" if some else "", flush=True)
            found += some
        took = time.monotonic() - started
        known = list(processes.map(caught, FAULTS))
    for name in [name for name, is_caught in zip(FAULTS, known, strict=True) if not is_caught]:
        print(f"fault {name} is not caught")
    print(f"{took / said.seeds:.2f} seconds a history on {said.processes} processes, {said.steps} steps each")
    print(f"histories {said.seeds} broken {len(found)}")
    print(f"faults {sum(known)}/{len(known)} caught")
    sys.exit(bool(found) or not all(known))


if __name__ == "__main__":
    main()
