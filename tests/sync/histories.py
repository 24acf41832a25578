"""Random histories over the real client, vault and server: `python -m tests.sync`.

A history is a seed: the devices of two colleagues and of a stranger write, exchange, fail, die and start
again, while the office moves citizens about (even seeds) or the server is put back from a backup (odd seeds), and both
it and the apps are updated at times of their own. The
invariants of sync.md part 5 that must always hold are checked after each step, the others at the end, healed.
"""

import itertools
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from fieldapp.domain.access import citizen_scope
from fieldapp.errors import NoConnection, SyncError
from fieldapp.server import database, embedded
from fieldapp.server.tables import Record
from fieldapp.store.rows import to_wire
from fieldapp.store.tables import CitizenRow, ContactRow, GoalRow, QuarantineDecisionRow
from fieldapp.wire import SCHEMA, ExchangeAnswer
from tests.planted import update_apps, upgrade
from tests.postgres import in_memory
from tests.sync.directed import small_steps
from tests.sync.invariants import GUARDED, KINDS, Edit, Known, Truths
from tests.sync.parts import (
    Backup,
    Deliver,
    Device,
    Killed,
    World,
    cut_down,
    cut_up,
    dies_answered,
    dies_asking,
    doubled,
    instead,
    lost_answer,
    lost_request,
)

STEPS = 25
#: What is edited: texts, so that no value is like another; cpr is guarded.
EDITED = (("goal", "title"), ("goal", "title"), ("citizen", "known_as"), ("citizen", "cpr"))
#: Requests in one run: all that these few rows can need, with steps as small as `small_steps` makes them.
MOST_REQUESTS = 60
STATES = ("waiting", "refused", "kept", "quarantined")


class History(Truths):
    def __init__(self, engine: Engine, folder: Path, seed: int) -> None:
        self.draw = random.Random(seed)
        self.restores = seed % 2 == 1
        self.plant = pytest.MonkeyPatch()
        self.meant: partial[None] | None = None
        self.updates = iter((self.update_server, self.update_apps))
        self.world = World(engine, folder)
        freja, karim = (self.world.worker(name, self.world.team) for name in ("Freja Opfundet", "Karim Opfundet"))
        stranger = self.world.worker("Søren Opfundet", self.world.office.add_team("Et andet opfundet team"))
        self.devices = [self.world.device(worker) for worker in (freja, karim, stranger)]
        self.known = [Known() for _ in self.devices]
        self.edits: dict[tuple[str, str], list[Edit]] = defaultdict(list)
        self.citizens: list[str] = []
        self.erased: dict[str, Record] = {}
        self.scopes: dict[str, str] = {}
        self.backup: Backup | None = None
        self.words = (f"Opdigtet {number}" for number in itertools.count())
        self.numbers = (f"{number:06}-0000" for number in itertools.count())
        self.begin()

    def begin(self) -> None:
        """Two citizens with a goal each, whom both colleagues have."""
        freja, karim, _ = self.devices
        for _ in range(2):
            self.meet(freja)
            self.aim(freja)
        self.known[0].ops |= {row.op: row.record for row in freja.outbox()}
        freja.sync()
        for citizen in self.citizens:
            self.world.share(citizen)
        karim.sync()
        self.back_up(0)

    def run(self, steps: int = STEPS) -> None:
        """Raises AssertionError when an invariant does not hold."""
        try:
            for _ in range(steps):
                number = self.draw.randrange(len(self.devices))
                self.world.clock.advance(seconds=self.draw.randint(1, 4_000))
                self.draw.choices(list(CHANCES), list(CHANCES.values()))[0](self, number)
                self.always(number)
            self.heal()
            self.healed()
        finally:
            self.end()

    def end(self) -> None:
        self.plant.undo()
        self.world.close()

    # ---- what happens

    def write(self, number: int) -> None:
        device = self.devices[number]
        acts, chances = (self.meet, self.note, self.aim, self.edit, self.void), (6, 12, 6, 72, 4)
        self.draw.choices(acts, chances)[0](device)
        self.note_what_waits(number)

    def note_what_waits(self, number: int) -> None:
        waiting = self.devices[number].outbox()
        self.known[number].ops |= {row.op: row.record for row in waiting}
        self.scopes |= {row.record: row.scope for row in waiting}

    def meet(self, device: Device) -> None:
        value = next(self.words)
        self.citizens.append(device.add(CitizenRow(known_as=value)))
        self.remember(device, self.citizens[-1], "known_as", value)

    def note(self, device: Device) -> None:
        if citizen := self.one_of(device, "citizen"):
            scope = citizen_scope(citizen)
            device.add(ContactRow(occurred_at=device.clock(), mode="met", own_words=next(self.words), scope=scope))

    def aim(self, device: Device) -> None:
        if citizen := self.one_of(device, "citizen"):
            value = next(self.words)
            goal = device.add(GoalRow(dimension="home", title=value, scope=citizen_scope(citizen)))
            self.remember(device, goal, "title", value)

    def edit(self, device: Device) -> None:
        kind, name = self.draw.choice(EDITED)
        if record := self.one_of(device, kind):
            shown = to_wire(getattr(device.get(kind, record), name))
            value = next(self.numbers if name == GUARDED else self.words)
            try:
                device.edit(kind, record, **{name: value})
            except Killed:  # the process may have ended when it was saved
                self.meant = partial(self.remember, device, record, name, value, shown)
                raise
            self.remember(device, record, name, value, shown)

    def void(self, device: Device) -> None:
        if contact := self.one_of(device, "contact"):
            device.void("contact", contact, next(self.words))

    def one_of(self, device: Device, kind: str) -> str | None:
        """A living record on this device, if it has one."""
        ids = [id for id, row in device.rows(KINDS).items() if row["kind"] == kind and row["void"] is None]
        return self.draw.choice(sorted(ids)) if ids else None

    def remember(self, device: Device, record: str, name: str, value: str, shown: str | None = None) -> None:
        edits = self.edits[record, name]
        seen = frozenset({shown} - {None}).union(*(e.seen for e in edits if e.value == shown))
        edits.append(Edit(device.outbox()[-1].op, self.devices.index(device), len(edits), value, seen))

    def sync(self, number: int) -> None:
        device, late = self.devices[number], self.known[number].late

        def kept_back(deliver: Deliver) -> ExchangeAnswer:
            late.append(deliver())
            raise NoConnection

        if self.draw.random() < 0.3:
            device.store.dies_in = self.draw.randrange(20)

        def busy(deliver: Deliver) -> ExchangeAnswer:
            said = deliver()
            self.write(number)
            return said

        share = self.draw.random()
        mishaps = [lost_request, lost_answer, doubled, kept_back, busy, busy, *map(instead, late[-2:] * 2)]
        mishaps += [cut_up(share), cut_down(share), dies_asking, dies_answered]
        device.befall(*(self.draw.choice([*mishaps, *[_straight] * 4]) for _ in range(4)))
        pieces = self.draw.choice([1, 2, 3, 10**6, 10**6, 10**6])
        shown = device.rows(KINDS)
        self.stays_readable(device, shown)

        def progress(done: int, total: int) -> None:
            nonlocal pieces
            assert done <= total, "I19: more than all"
            self.stays_readable(device, shown)
            pieces -= 1
            if not pieces:
                raise Killed

        asked = len(device.way.requests)
        try:
            device.client.run(progress)
        except Killed:
            device.forget()
            self.saved_after_all(device)
            self.note_what_waits(number)
        except SyncError:
            pass
        else:
            assert len(device.way.requests) - asked <= MOST_REQUESTS, "I20: it does not come to an end"
            outside = self.scopes_of(device) - self.world.view(device.worker) - device.births()
            assert not outside, "I4: a row outside what the server lets this worker see"
        device.way.mishaps.clear()
        device.store.dies_in = None

    def saved_after_all(self, device: Device) -> None:
        """What was being written when the process ended, if it is there."""
        meant, self.meant = self.meant, None
        last = device.outbox()[-1:]
        if meant is not None and last and meant.args[3] in last[0].fields.values():
            meant()

    def start_again(self, number: int) -> None:
        self.devices[number].start_again()

    def set_clock(self, number: int) -> None:
        """I16: nothing may depend on it."""
        self.devices[number].clock.ahead = timedelta(hours=self.draw.choice([0, 1, -1, 30, -9_000, 90_000]))

    def image(self, number: int) -> None:
        """A backup of the phone is made, or put back: what only the phone had since then is gone with it."""
        if self.known[number].image is None or self.draw.random() < 0.5:
            self.keep_image(number)
        else:
            self.put_back(number)

    def keep_image(self, number: int) -> None:
        self.known[number].image = self.devices[number].image()

    def put_back(self, number: int) -> None:
        device, known = self.devices[number], self.known[number]
        assert known.image is not None
        held = {row.op for row in device.outbox(*STATES)}
        device.put_back(known.image)
        known.undone |= held - {row.op for row in device.outbox(*STATES)}
        known.cursor, known.judged = ("", 0), set()
        self.give_up(known)

    def give_up(self, known: Known) -> None:
        """What was undone on its phone, and the server never had or has lost as well, is nowhere."""
        gone = known.undone - self.results().keys()
        known.ops = {op: record for op, record in known.ops.items() if op not in gone}
        for place, edits in self.edits.items():
            self.edits[place] = [edit for edit in edits if edit.op not in gone]

    def entrust(self, number: int) -> None:
        """Not after a backup: an assignment that a restore undoes is the office's to make again."""
        known = self.world.records(map(citizen_scope, self.citizens)).keys() & set(self.citizens) - self.erased.keys()
        if known and self.backup is None:
            citizen = self.draw.choice(sorted(known))
            if self.draw.random() < 0.6:
                self.world.share(citizen)
            else:
                self.world.office.assign(citizen, worker=self.devices[number].worker)

    def take_away(self, number: int) -> None:
        living = [a for a in self.world.office.assignments() if a.citizen in self.citizens and a.to_at is None]
        if living and not self.restores:
            self.world.office.end_assignment(self.draw.choice(living).id)

    def write_too_late(self, number: int) -> None:
        """The server has said that a citizen is with others now; the device did not hear it, and its worker writes."""
        self.take_away(number)
        self.world.clock.advance(seconds=1)
        with suppress(NoConnection):
            self.devices[number].befall(lost_answer).client.run()
        self.devices[number].way.mishaps.clear()
        for _ in range(3):
            self.write(number)

    def decide(self, number: int) -> None:
        """Whether work of a colleague who no longer has the citizen is taken along."""
        device = self.devices[number]
        for id, row in device.rows(("quarantined",)).items():
            said = self.draw.choice(["accept", "accept", "reject"])
            device.add(QuarantineDecisionRow(quarantined=id, decision=said, scope=row["scope"]))
        self.known[number].ops |= {row.op: row.record for row in device.outbox()}

    def erase(self, number: int) -> None:
        stored = self.world.records(map(citizen_scope, self.citizens)).values()
        if known := [r for r in stored if r.kind in ("contact", "goal") and not r.deleted]:
            self.erased |= {r.id: r for r in self.world.erase(self.draw.choice(known).id)}

    def erase_citizen(self, number: int) -> None:
        stored = self.world.records(map(citizen_scope, self.citizens)).values()
        if known := [r for r in stored if r.kind == "citizen" and not r.deleted]:
            self.erased |= {r.id: r for r in self.world.erase_citizen(self.draw.choice(known).id)}

    def back_up(self, number: int) -> None:
        if not self.restores:
            return
        if self.backup is None or self.draw.random() < 0.3:
            self.backup = Backup(self.world)
        else:
            self.restore()

    def restore(self) -> None:
        assert self.backup is not None
        self.backup.restore()
        for known in self.known:
            self.give_up(known)

    def update(self, number: int) -> None:
        """The server first; until the apps are as well, what they write is brought up and what they get down."""
        next(self.updates, lambda: None)()

    def update_server(self) -> None:
        upgrade(self.world.server, SCHEMA + 1, self.plant, SCHEMA)

    def update_apps(self) -> None:
        update_apps(self.plant, SCHEMA + 1)


CHANCES: dict[Any, int] = {
    History.write: 40,
    History.sync: 36,
    History.start_again: 3,
    History.set_clock: 2,
    History.image: 4,
    History.entrust: 9,
    History.take_away: 6,
    History.write_too_late: 5,
    History.decide: 4,
    History.erase: 3,
    History.erase_citizen: 1,
    History.back_up: 5,
    History.update: 3,
}


def _straight(deliver: Deliver) -> ExchangeAnswer:
    return deliver()


def run(engine: Engine, seed: int, steps: int = STEPS) -> None:
    """One history; raises AssertionError."""
    with tempfile.TemporaryDirectory(prefix="vedhold-history-", dir=in_memory()) as folder, small_steps():
        History(engine, Path(folder), seed).run(steps)


@contextmanager
def a_server() -> Iterator[Engine]:
    with (
        tempfile.TemporaryDirectory(prefix="vedhold-test-", dir=in_memory()) as folder,
        embedded.running(Path(folder), durable=False) as url,
    ):
        engine = database.connect(url)
        database.prepare(engine)
        yield engine
        engine.dispose()
