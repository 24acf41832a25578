"""Real threads on a real PostgreSQL: `python -m tests.sync.threads --commits 100000 --seed 1`.

Eight writers fight over the same twenty fields, the office moves citizens from one to another, and one phone only
reads, all at once. What each saw is kept here, and compared at the end: nothing was overwritten that nobody had seen
(I2), no phone got a row of a citizen who was not theirs at that moment (I4), and the reader missed nothing (I11).
"""

import argparse
import random
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.tables import Record
from fieldapp.wire import ExchangeAnswer, Operation
from tests.server.people import Clock, Phone, a_change, a_known_phone, an_add
from tests.server.stories import Edit, Place, Story, together
from tests.sync.histories import a_server

WRITERS, GOALS, ROAMING, BATCH = 8, 10, 4, 2
FIELDS = ("title", "professional_view")
HOPE = {"aspect": "hope", "text": "Opdigtet", "said_on": "2026-11-25"}


@dataclass
class Stay:
    """A citizen may be seen from when the office began to say so until it had said the contrary."""

    begun: float
    over: float = float("inf")


@dataclass
class Crowd:
    """Everybody, and what they saw. `skipped`, `overwritten` and `strayed` are what the proof is about."""

    engine: Engine
    commits: int
    seed: int
    story: Story = field(default_factory=Story)
    stays: dict[tuple[str, str], list[Stay]] = field(default_factory=lambda: defaultdict(list))
    strayed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock = Clock()
        self.server, self.office = InProcessServer(self.engine, clock), Office(self.engine, clock)
        team = self.office.add_team("Opfundet team")
        workers = [self.office.add_worker(f"Opfundet {n}", team=team) for n in range(WRITERS + 1)]
        *self.writers, self.reader = (a_known_phone(self.server, clock, worker) for worker in workers)
        self.citizen = self.writers[0].meet()
        self.scope = citizen_scope(self.citizen)
        self.office.assign(self.citizen, team=team)
        self.roaming = [self.writers[0].meet() for _ in range(ROAMING)]
        for citizen in self.roaming:
            self.stays[self.writers[0].enrolled.worker, citizen].append(Stay(0.0))
        self.done = threading.Event()
        self._left = count(self.commits, -1)

    def run(self) -> None:
        goals = [
            an_add("goal", self.citizen, {"dimension": "housing"} | dict.fromkeys(FIELDS, "fra først"))
            for _ in range(GOALS)
        ]
        self.writers[0].send(*goals)
        self.places = [(goal.id, name) for goal in goals for name in FIELDS]
        for phone in (*self.writers, self.reader):
            phone.catch_up()
        with ThreadPoolExecutor(2) as beside:
            others = [beside.submit(self.reassign), beside.submit(self.read)]
            try:
                together(self.write, range(WRITERS))
            finally:
                self.done.set()
            for other in others:
                other.result()
        self.reader.catch_up()

    def write(self, number: int) -> None:
        phone, choice = self.writers[number], random.Random(f"{self.seed} {number}")
        while next(self._left) > 0:
            batch: list[tuple[Place, Edit, Operation]] = []
            for place in choice.sample(self.places, BATCH):
                shown = phone.rows[place[0]]
                edit = Edit(number, f"{number}-{choice.getrandbits(60)}", shown.fields[place[1]])
                change = a_change(place[0], self.citizen, {place[1]: edit.value}, shown.base, kind="goal")
                batch.append((place, edit, change))
            notes = []
            if number == 0 and choice.random() < 0.3:
                notes = [an_add("own_words", choice.choice(self.roaming), HOPE)]
            answer = self.exchange(phone, *[change for _, _, change in batch], *notes)
            for (place, edit, _), ack in zip(batch, answer.acks, strict=False):
                assert ack.result in ("ok", "conflict") and ack.seq
                edit.seq = ack.seq
                self.story.edits[place].append(edit)

    def exchange(self, phone: Phone, *operations: Operation) -> ExchangeAnswer:
        """One exchange, and whether its rows were all of citizens that were theirs meanwhile."""
        asked = time.monotonic()
        answer = phone.exchange(*operations)
        came = time.monotonic()
        for row in answer.rows:
            citizen = row.scope.removeprefix("citizen:")
            stays = self.stays.get((phone.enrolled.worker, citizen), [])
            if citizen in self.roaming and not any(stay.begun <= came and asked <= stay.over for stay in stays):
                self.strayed.append(row.id)
        return answer

    def reassign(self) -> None:
        choice, open_stays = random.Random(f"{self.seed} office"), {}
        while not self.done.is_set():
            worker, citizen = choice.choice(self.writers[1:]).enrolled.worker, choice.choice(self.roaming)
            if (worker, citizen) in open_stays:
                assignment, stay = open_stays.pop((worker, citizen))
                self.office.end_assignment(assignment)
                stay.over = time.monotonic()
            else:
                stay = Stay(time.monotonic())
                self.stays[worker, citizen].append(stay)
                open_stays[worker, citizen] = self.office.assign(citizen, worker=worker), stay
            self.done.wait(0.02)

    def read(self) -> None:
        while not self.done.is_set():
            self.exchange(self.reader)

    @property
    def overwritten(self) -> list[str]:
        return self.story.silently_overwritten(self.reader)

    @property
    def skipped(self) -> set[str]:
        """Rows of the shared citizen as they stand now that the reader does not have in just this state."""
        with Session(self.engine) as session:
            mine = select(Record.id, Record.seq).where(col(Record.scope) == citizen_scope(self.citizen))
            return {
                id for id, seq in session.exec(mine) if id not in self.reader.rows or self.reader.rows[id].seq != seq
            }

    @property
    def edits(self) -> int:
        return sum(map(len, self.story.edits.values()))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--commits", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    started = time.monotonic()
    with a_server() as engine:
        crowd = Crowd(engine, said.commits, said.seed)
        crowd.run()
        found = len(crowd.skipped), len(crowd.overwritten), len(crowd.strayed)
    moves = sum(map(len, crowd.stays.values())) - ROAMING
    print(f"{crowd.edits} edits, {moves} assignments, seed {said.seed}, {time.monotonic() - started:.0f} s")
    print(f"commits {said.commits} skipped {found[0]} overwritten {found[1]} strayed {found[2]}")
    raise SystemExit(any(found))


if __name__ == "__main__":
    main()
