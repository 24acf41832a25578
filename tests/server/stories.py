"""Who wrote what over what: kept by the writers themselves, so that the server is not asked to judge itself."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise

from tests.server.people import Phone

Place = tuple[str, str]
"""A record's id and the name of a field."""


@dataclass
class Edit:
    """A value, written by `writer`, who had `seen` what stood there before. `seq` is when the server took it."""

    writer: int
    value: str
    seen: str
    seq: int = 0


@dataclass
class Story:
    """What the writers know themselves, without asking the server what it thinks happened."""

    edits: dict[Place, list[Edit]] = field(default_factory=lambda: defaultdict(list))

    def silently_overwritten(self, reader: Phone) -> list[str]:
        """Values that are gone, and were neither seen nor written by the one who wrote over them, nor kept."""
        rows = reader.catch_up()
        kept = {json.loads(row.fields["kept"]) for row in rows.values() if row.row == "conflict"}
        lost = []
        for (id, name), edits in self.edits.items():
            edits.sort(key=lambda edit: edit.seq)
            for before, after in pairwise(edits):
                known = after.seen == before.value or after.writer == before.writer
                if not known and before.value not in kept:
                    lost.append(before.value)
            if rows[id].fields[name] != edits[-1].value:
                lost.append(edits[-1].value)
        return lost


def together(work: Callable[[int], None], numbers: Iterable[int]) -> None:
    numbers = list(numbers)
    with ThreadPoolExecutor(len(numbers)) as threads:
        for done in [threads.submit(work, number) for number in numbers]:
            done.result()
