"""The vault against plain SQLite and SQLCipher: `python -m tests.benchmarks store` (part of `make bench`)."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from fieldapp.store.stretching import calibrated_cost, stretch
from tests.benchmarks import closing, counting, memory, rounds
from tests.benchmarks.compare import Figures, Line, Target, ahead_of, at_most, at_most_times, p95
from tests.benchmarks.rounds import Samples
from tests.benchmarks.stores import available, leave

MS, KB, MB = 1e3, 1e-3, 1e-6
NOTES = """
The stores hold the same rows in the app's own tables, with a cache of 16 MiB, `secure_delete` on and a sync at each
commit. The vault has pages of 8 kB; plain and SQLCipher have their default, 4 kB. Plain is the same SQLite by the same
driver on an ordinary file; it and SQLCipher keep a write-ahead log (`synchronous=FULL`). Keys are given, not derived.
Commits: a contact and its operation in the outbox, in one transaction. Cold: nothing in SQLite's cache, the file in
the system's. Times are from the clock on the wall. Appends, bytes and syncs of the vault are counted in its own disk
layer, the others' by strace (– without it).
"""


@dataclass(frozen=True)
class Plan:
    """`sizes` in MB; `commits` and `repeats` (of reads) in each run; `gathered` commits before a lock."""

    sizes: tuple[float, ...] = (1, 10, 100)
    runs: int = 5
    names: tuple[str, ...] = available()
    commits: int = 200
    repeats: int = 3
    counted: int = 300
    gathered: int = 1_900

    @property
    def middle(self) -> float:
        return self.sizes[len(self.sizes) // 2]


def run(plan: Plan, folder: Path, said: Callable[[str], None]) -> list[Line]:
    """Everything, in a folder on the disk that is meant."""
    lines = interleaved(plan, folder, said)
    said("counting, memory, compaction, scrypt")
    return [*lines, *_disk(plan, folder), *_memory(plan, folder), *_closing(plan, folder), *_scrypt(plan)]


def interleaved(plan: Plan, folder: Path, said: Callable[[str], None]) -> list[Line]:
    """What all stores do in turn. They stay behind, filled and closed."""
    said(f"filling {len(plan.names)} stores of {', '.join(f'{size:g}' for size in plan.sizes)} MB")
    places = rounds.places(folder, plan.names, plan.sizes)
    try:
        samples = rounds.measure(places, plan.runs, plan.commits, plan.repeats, said)
    finally:
        for place in places:
            leave(place.store)
    return [*_waiting(plan, samples), *_opening(plan, samples), *_reading(plan, samples)]


def _waiting(plan: Plan, samples: Samples) -> Iterator[Line]:
    better = [at_most_times("plain", 1.15), *_ahead(plan)]
    for size in plan.sizes:
        yield _line(plan, samples, "commit", size, f"one-row commit, {size:g} MB", better)
    for size in plan.sizes:
        yield _line(plan, samples, "commit", size, f"the same, p95, {size:g} MB", of=p95)
    for size in plan.sizes:
        yield _line(plan, samples, "commit cpu", size, f"the same, processor time, {size:g} MB")
    low, high = plan.sizes[0], plan.sizes[-1]
    if low != high:
        small, large = (_by_name(plan, samples, "commit", size) for size in (low, high))
        grown = {name: [b / a for a, b in zip(small[name], large[name], strict=True)] for name in plan.names}
        yield Line(f"commit at {high:g} MB ÷ at {low:g} MB", "×", grown, (at_most(1.15, "flat: ≤ 1.15 ×"),))


def _opening(plan: Plan, samples: Samples) -> Iterator[Line]:
    most = {10: 15, 100: 40}
    for size in plan.sizes:
        targets = [at_most(most[size], f"≤ {most[size]} ms")] if size in most else []
        yield _line(plan, samples, "open", size, f"open until the first row, {size:g} MB", targets)
        yield _line(plan, samples, "open cpu", size, f"the same, processor time, {size:g} MB")


def _reading(plan: Plan, samples: Samples) -> Iterator[Line]:
    scan = [at_most_times("plain", 1.3), *_ahead(plan)]
    names = {"newest": "a citizen's 200 newest", "like": "LIKE over all notes", "search": "a search"}
    for read, what in names.items():
        for size in plan.sizes:
            for state in ("cold", "warm"):
                targets = scan if (read, state) == ("like", "cold") else []
                yield _line(plan, samples, f"{read} {state}", size, f"{what}, {state}, {size:g} MB", targets)
                if targets:
                    yield _line(plan, samples, "like cold cpu", size, f"the same, processor time, {size:g} MB")


def _disk(plan: Plan, folder: Path) -> Iterator[Line]:
    """Checkpoints of a write-ahead log that come on the way are counted in."""
    found = {name: counting.counted(name, folder / f"{name}-{plan.middle:g}", plan.counted) for name in plan.names}

    def figures(piece: str, what: str, each: float) -> Figures:
        return {name: [getattr(all[piece], what) * each] if all else None for name, all in found.items()}

    one = Target("1", lambda line: line.ours == 1)
    yield Line("appends a commit", "", figures("commits", "appends", 1 / plan.counted), (one,))
    yield Line("syncs a commit", "", figures("commits", "syncs", 1 / plan.counted), (one,))
    yield Line("written a commit", "kB", figures("commits", "bytes", KB / plan.counted))
    for piece in ("a note kept 30 times", "a note kept 50 times"):
        what = f"written for {piece} while 300 letters are typed"
        yield Line(what, "kB", figures(piece, "bytes", KB), (at_most(64, "≤ 64 kB"),))


def _memory(plan: Plan, folder: Path) -> Iterator[Line]:
    for size in plan.sizes:
        found = {name: memory.peak(name, folder / f"{name}-{size:g}") for name in plan.names}
        before = median(before for before, _ in found.values())
        figures = {name: [most * MB] for name, (_, most) in found.items()}
        yield Line(f"peak memory, {size:g} MB (Python and libraries alone: {before * MB:.0f} MB)", "MB", figures)


def _closing(plan: Plan, folder: Path) -> Iterator[Line]:
    for size in plan.sizes:
        found = closing.measure(folder / f"vault-{size:g}", plan.runs, plan.gathered)
        at, live = f"{size:g} MB", median(found.live) * MB
        opening = f"open with {plan.gathered:,} commits since the last compaction, {at}"
        yield Line(opening, "ms", _ours([s * MS for s in found.gathered]))
        yield Line(f"compaction, {at}", "ms", _ours([s * MS for s in found.compaction]))
        gap = [s * MS for s in found.gap]
        yield Line(f"longest between two looks whether the worker is back, {at}", "ms", _ours(gap), (_FIFTY,))
        yield Line(f"from the last look until it is closed, {at}", "ms", _ours([s * MS for s in found.rest]))
        room = at_most(2 * live + 4, f"≤ 2 × {live:.1f} live + 4 MB")
        yield Line(f"the file after a lock, {at}", "MB", _ours([b * MB for b in found.locked]), (room,))


_FIFTY = at_most(50, "≤ 50 ms")


def _scrypt(plan: Plan) -> Iterator[Line]:
    took, costs = [], []
    for _ in range(plan.runs):
        begun = time.perf_counter()
        costs.append(calibrated_cost())
        took.append((time.perf_counter() - begun) * MS)
    cost = int(median(costs))
    yield Line("finding out what scrypt may cost here", "ms", _ours(took))
    begun = time.perf_counter()
    stretch(b"a secret", os.urandom(16), cost)
    yield Line(f"scrypt at what was found (n = {cost:,})", "ms", _ours([(time.perf_counter() - begun) * MS]))


def _ours(runs: list[float]) -> Figures:
    return {"vault": runs}


def _ahead(plan: Plan) -> list[Target]:
    return [ahead_of("SQLCipher")] if "SQLCipher" in plan.names else []


def _by_name(
    plan: Plan, samples: Samples, measure: str, size: float, of: Callable[[list[float]], float] = median
) -> dict[str, list[float]]:
    return {name: [s * MS for s in samples.runs(measure, size, name, of)] for name in plan.names}


def _line(
    plan: Plan,
    samples: Samples,
    measure: str,
    size: float,
    what: str,
    targets: list[Target] | None = None,
    of: Callable[[list[float]], float] = median,
) -> Line:
    return Line(what, "ms", _by_name(plan, samples, measure, size, of), tuple(targets or ()))
