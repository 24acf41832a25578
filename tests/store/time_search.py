"""How long a search takes, and what keeping its words costs: `python -m tests.store.time_search [contacts]`.

No part of the tests. Notes are made of invented words, about 400 letters each. Times are the processor's, because they
hold on a busy machine too; `cold` is the first search after the vault was opened. *notes* is the search in what was
written, *screen* that and the citizens.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from fieldapp.actions import search
from fieldapp.actions.contacts import ContactForm, note
from fieldapp.actions.desk import Desk
from fieldapp.practice import sentences
from fieldapp.store.words import WORDS
from tests.desks import a_desk, a_row, arrive, seed

CITIZENS, AT_ONCE = 100, 500
QUERIES = {
    "exact, often": "kaffe",
    "exact, seldom": "zebra yoghurt",
    "two words": "kaffe banan",
    "a slip": "chokolaade",
    "a slip, four letters": "kgla",
    "nothing": "findesikke",
    "nothing, two words": "kaffe findesikke",
    "nothing, four letters": "qxzw",
    "digits": "20 07 12",
    "everybody's name": "borger",
}


class Writer:
    """Notes of everyday words, and of thirty thousand others that come the seldomer the further down they stand."""

    def __init__(self) -> None:
        self.rng = random.Random(7)
        said = (*sentences.OWN_WORDS, *sentences.PROFESSIONAL_VIEWS, *sentences.PROGRESS)
        self.everyday = " ".join(said).split()
        self.others = list(dict.fromkeys(WORDS + tuple(map("".join, zip(self._some(), self._some(), strict=True)))))
        self.rng.shuffle(self.others)
        self.weights = list(accumulate(1 / (place + 5) for place in range(len(self.others))))

    def _some(self) -> list[str]:
        return self.rng.choices(WORDS, k=29_000)

    def note(self, letters: int) -> str:
        words: list[str] = []
        while sum(map(len, words)) + len(words) < letters:
            often = self.rng.random() < 0.55
            words += (
                [self.rng.choice(self.everyday)] if often else self.rng.choices(self.others, cum_weights=self.weights)
            )
        return " ".join(words)


def fill(desk: Desk, contacts: int) -> None:
    writer = Writer()
    ids = [seed(desk, f"Borger {n}", known=700, phone=f"20 {n:02} 12 34") for n in range(CITIZENS)]
    step, took = timedelta(days=699) / (contacts // CITIZENS), 0.0
    for start in range(0, contacts, AT_ONCE):
        rows = []
        for number in range(start, start + AT_ONCE):
            at = desk.now() - timedelta(days=699) + step * (number // CITIZENS)
            words: dict[str, Any] = {"own_words": writer.note(200), "professional_view": writer.note(200)}
            rows.append(a_row("contact", ids[number % CITIZENS], at, occurred_at=at, mode="met", **words))
        took += timed(lambda rows=rows: arrive(desk, *rows))
    print(f"taking in 10,000 rows, {AT_ONCE} at once: {took * 10_000 / contacts:.2f} s")
    before, times = size(desk), []
    for citizen in ids:
        form = ContactForm(own_words=writer.note(200), professional_view=writer.note(200))
        times.append(timed(lambda citizen=citizen, form=form: note(desk, citizen, form)))
    written = (size(desk) - before) / len(ids)
    print(f"one note: {median(times) * 1e3:.1f} ms, {written / 1e3:.1f} kB; the file {size(desk) / 1e6:.1f} MB")


def size(desk: Desk) -> int:
    return sum(path.stat().st_size for path in desk.store.vault.folder.glob("*.log"))


def timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def main(contacts: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "vault"
        with a_desk(folder) as desk:
            fill(desk, contacts)
        print(f"\n{'ms at ' + format(contacts, ','):<24}{'notes':>7}{'cold':>7}{'screen':>8}{'cold':>7}{'hits':>6}")
        for words, query in QUERIES.items():
            took = []
            for read in (search.notes, search.everything):
                with a_desk(folder) as desk:
                    cold = timed(lambda: read(desk, query))  # noqa: B023
                    took += [median(timed(lambda: read(desk, query)) for _ in range(9)), cold]  # noqa: B023
                    hits = len(search.notes(desk, query).found)
            print(f"{words:<24}" + "{:>7.1f}{:>7.1f}{:>8.1f}{:>7.1f}".format(*(t * 1e3 for t in took)) + f"{hits:>6}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
