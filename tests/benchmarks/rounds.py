"""The interleaved part: every store does the same in turn, so that a busy disk or processor hits all alike.

A run is a round of commits, one at a time in turn over all stores and sizes, and a round of reads. *Cold* is a store
just opened: nothing in SQLite's cache, but the file in the system's. Waiting for others is counted in, as in life.
"""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fieldapp.store.database import Store
from tests.benchmarks.stores import STORES, leave
from tests.benchmarks.work import IN_A_MEGABYTE, READS, add_contact, fill, first_row

_WARM_UP = 3


@dataclass
class Samples:
    """In seconds: for each measure, size and store the samples of each run, and beside them its processor time."""

    taken: dict[tuple[str, float, str], list[list[float]]] = field(default_factory=lambda: defaultdict(list))

    def begin_run(self) -> None:
        self._run: set[tuple[str, float, str]] = set()

    def take(self, measure: str, place: "Place", work: Callable[[], object]) -> None:
        begun, used = time.perf_counter(), time.process_time()
        work()
        used, took = time.process_time() - used, time.perf_counter() - begun
        for what, seconds in ((measure, took), (f"{measure} cpu", used)):
            key = (what, place.size, place.name)
            if key not in self._run:
                self._run.add(key)
                self.taken[key].append([])
            self.taken[key][-1].append(seconds)

    def runs(self, measure: str, size: float, name: str, of: Callable[[list[float]], float]) -> list[float]:
        return [of(run) for run in self.taken[measure, size, name]]


@dataclass
class Place:
    """One store of one size."""

    name: str
    size: float
    folder: Path
    store: Store = field(init=False)

    def open(self) -> None:
        self.store = STORES[self.name](self.folder)

    def close(self) -> None:
        leave(self.store)
        gc.collect()

    def open_until_first_row(self) -> None:
        self.open()
        first_row(self.store)


def places(folder: Path, names: tuple[str, ...], sizes: tuple[float, ...]) -> list[Place]:
    """Filled, closed as at a lock (the vault decides by itself whether to write itself anew), and open again."""
    found = [Place(name, size, folder / f"{name}-{size:g}") for size in sizes for name in names]
    for place in found:
        place.open()
        fill(place.store, int(place.size * IN_A_MEGABYTE))
        place.store.close()
        place.open()
    return found


def measure(all_places: list[Place], runs: int, commits: int, repeats: int, said: Callable[[str], None]) -> Samples:
    samples, numbers = Samples(), iter(range(10**9))
    for run in range(runs):
        said(f"run {run + 1} of {runs}")
        samples.begin_run()
        gc.collect()
        gc.disable()
        try:
            _commits(all_places, samples, commits, numbers)
            _reads(all_places, samples, repeats)
        finally:
            gc.enable()
    return samples


def _commits(all_places: list[Place], samples: Samples, commits: int, numbers: Iterator[int]) -> None:
    for count in range(-_WARM_UP, commits):
        number = next(numbers)
        for place in _in_turn(all_places, count):
            if count < 0:
                add_contact(place.store, number)
            else:
                samples.take("commit", place, partial(add_contact, place.store, number))


def _reads(all_places: list[Place], samples: Samples, repeats: int) -> None:
    for repeat in range(repeats):
        for place in _in_turn(all_places, repeat):
            for name, read in READS.items():
                place.close()
                samples.take("open", place, place.open_until_first_row)
                samples.take(f"{name} cold", place, partial(read, place.store))
                samples.take(f"{name} warm", place, partial(read, place.store))


def _in_turn(all_places: list[Place], first: int) -> list[Place]:
    """Nobody is always the one after the same other."""
    first %= len(all_places)
    return all_places[first:] + all_places[:first]
