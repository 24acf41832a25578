"""What the vault alone does: writing itself anew when it is locked, and what has gathered until then."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.stores import leave, open_vault, size_of
from tests.benchmarks.work import add_contact, first_row
from tests.proof.history import ask_for_compaction


@dataclass
class Closing:
    """Seconds and bytes, one of each run. `gap`: between two questions whether the worker is back; `rest`: after the
    last. `gathered`: opening with so many commits since the last compaction; `locked` and `live`: the files."""

    compaction: list[float] = field(default_factory=list)
    gap: list[float] = field(default_factory=list)
    rest: list[float] = field(default_factory=list)
    gathered: list[float] = field(default_factory=list)
    locked: list[float] = field(default_factory=list)
    live: list[float] = field(default_factory=list)


def measure(folder: Path, runs: int, commits: int) -> Closing:
    found = Closing()
    for _ in range(runs):
        _compact(folder, found)
    store = open_vault(folder)
    for number in range(commits):
        add_contact(store, number)
    leave(store)
    for _ in range(runs):
        begun = time.perf_counter()
        store = open_vault(folder)
        first_row(store)
        found.gathered.append(time.perf_counter() - begun)
        leave(store)
    open_vault(folder).close()
    found.locked.append(size_of(folder))
    _compact(folder, Closing())
    found.live.append(size_of(folder))
    return found


def _compact(folder: Path, found: Closing) -> None:
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.perf_counter())
        return False

    store = open_vault(folder)
    ask_for_compaction(store)
    begun = time.perf_counter()
    store.close(stop=stop)
    ended = time.perf_counter()
    found.compaction.append(ended - begun)
    found.gap.append(max(later - earlier for earlier, later in zip([begun, *asked], asked, strict=False)))
    found.rest.append(ended - asked[-1])
