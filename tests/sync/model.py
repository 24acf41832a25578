"""The exchange as a model in memory, for volume: `python -m tests.sync.model --seeds 20000`.

It shares `domain.merge`, `domain.access` and the types of `wire` with the real code, and nothing else: no store, no
database, no threads. What it finds in thousands of histories a second is wrong in the protocol, not in its code; the
real client and server are for tests.sync.histories.
"""

import argparse
import copy
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from fieldapp.domain import access, merge
from fieldapp.wire import EPOCH_STEP, Ack, ExchangeAnswer, ExchangeRequest, Operation, Row, view_hash

CITIZENS = tuple(f"c{n}" for n in range(4))
WORKERS = ("freja", "karim", "lis")
DEVICES = 4
STEPS = 160
PAGE = 7
BATCH = 4
START = datetime(2026, 11, 25, tzinfo=UTC)
#: What can be left out of the protocol; each must be noticed.
FAULTS = (
    "no_dedupe",
    "no_gone",
    "stale_ok",
    "blanket_ack",
    "no_keep",
    "no_drop",
    "no_snapshot",
    "cursor_first",
    "lww",
)


class Broken(AssertionError):
    """An invariant that does not hold."""


@dataclass
class Held:
    """A record on the server: its row, the device that set each field, and the operation (for the harness)."""

    row: Row
    devices: dict[str, str]
    ops: dict[str, str]


@dataclass
class State:
    """What a backup holds."""

    records: dict[str, Held] = field(default_factory=dict)
    audit: dict[str, Ack] = field(default_factory=dict)
    quarantine: set[str] = field(default_factory=set)
    displaced: set[str] = field(default_factory=set)  # operations whose value is in a conflict row, or was seen


class Server:
    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.state, self.epoch, self.seq = State(), 1, EPOCH_STEP
        self.assignments: list[access.Assignment] = []
        self.erased: dict[str, str] = {}  # the register outside the backup: id and scope
        self.seen: dict[str, set[str]] = {}  # what each operation's writer had seen: the harness's own knowledge
        self.now = START

    def view(self, worker: str, at: datetime | None = None) -> frozenset[str]:
        return access.view(worker, self.assignments, [], at or self.now)

    def exchange(self, device: "Device", request: ExchangeRequest) -> ExchangeAnswer:
        answer = ExchangeAnswer.model_construct(rid=request.rid, epoch=str(self.epoch), now=self.now)
        if request.epoch != answer.epoch:
            return answer.model_copy(update={"reset": "epoch"})
        acks = [self.decide(device, operation) for operation in request.operations]
        view = self.view(device.worker)
        said = {"acks": acks, "upto": self.seq}
        if view_hash(view) != request.view:
            return answer.model_copy(update=said | {"view": sorted(view), "more": True})
        rows = sorted(
            (
                held.row
                for held in self.state.records.values()
                if held.row.scope in view and held.row.seq > request.behind.get(held.row.scope, request.since)
            ),
            key=lambda row: row.seq,
        )
        return answer.model_copy(update=said | {"rows": rows[:PAGE], "more": len(rows) > PAGE})

    def decide(self, device: "Device", operation: Operation) -> Ack:
        if operation.op in self.state.audit and self.fault != "no_dedupe":
            return self.state.audit[operation.op]
        result = self.result(device, operation)
        ack = Ack.model_construct(ack=operation.op, result=result)
        self.state.audit[operation.op] = ack
        return ack

    def result(self, device: "Device", operation: Operation) -> str:
        held = self.state.records.get(operation.id)
        if operation.scope not in self.view(device.worker):
            self.state.quarantine.add(operation.op)
            return "quarantined"
        if operation.id in self.erased and self.fault != "no_gone":
            return "gone"
        if operation.do == "add":
            if held is not None and self.fault != "no_dedupe":
                return "refused"
            row = Row.model_construct(
                row="goal", id=operation.id, scope=operation.scope, fields=dict(operation.fields), base={}, seq=0
            )
            names = dict.fromkeys(operation.fields, device.name), dict.fromkeys(operation.fields, operation.op)
            self.put(Held(row, *names), operation.fields)
            return "ok"
        if held is None:
            return "refused"
        return self.change(device, held, operation)

    def change(self, device: "Device", held: Held, operation: Operation) -> str:
        [(name, value)] = operation.fields.items()
        stored = merge.Version(held.row.fields.get(name), held.row.base.get(name, 0), held.devices.get(name))
        verdict = merge.decide(stored, merge.Version(value, operation.base.get(name, 0), device.name))
        before = held.ops.get(name, "")
        seen = verdict is not merge.Verdict.CONFLICT and (
            stored.device == device.name or before in self.seen.get(operation.op, ())
        )
        if seen or (verdict is merge.Verdict.CONFLICT and self.fault != "lww"):
            self.state.displaced.add(before)
        held = Held(held.row, {**held.devices, name: device.name}, {**held.ops, name: operation.op})
        self.put(held, {name: value})
        return "conflict" if verdict is merge.Verdict.CONFLICT else "ok"

    def put(self, held: Held, changed: dict[str, Any], deleted: bool = False) -> None:
        """A new number, taken with the commit."""
        self.seq += 1
        fields = {} if deleted else {**held.row.fields, **changed}
        base = {} if deleted else {**held.row.base, **dict.fromkeys(changed, self.seq)}
        row = held.row.model_copy(update={"seq": self.seq, "fields": fields, "base": base, "deleted": deleted})
        self.state.records[row.id] = Held(row, held.devices, held.ops)

    def erase(self, id: str) -> None:
        held = self.state.records[id]
        self.erased[id] = held.row.scope
        self.put(held, {}, deleted=True)

    def restore(self, backup: State) -> None:
        self.state, self.epoch = copy.deepcopy(backup), self.epoch + 1
        self.seq = self.epoch * EPOCH_STEP
        for id, scope in self.erased.items():
            row = Row.model_construct(row="goal", id=id, scope=scope, fields={}, base={}, seq=0)
            self.put(self.state.records.get(id) or Held(row, {}, {}), {}, deleted=True)


@dataclass
class Memory:
    """What is in a device's vault."""

    rows: dict[str, Row] = field(default_factory=dict)
    outbox: list[Operation] = field(default_factory=list)
    kept: list[Operation] = field(default_factory=list)
    since: int = 0
    behind: dict[str, int] = field(default_factory=dict)
    view: frozenset[str] = frozenset()
    epoch: int = 1
    rid: int = 0
    stale: set[str] = field(default_factory=set)


class Device:
    def __init__(self, name: str, worker: str, fault: str) -> None:
        self.name, self.worker, self.fault = name, worker, fault
        self.memory = Memory()
        self.rids = 0  # never given twice, also by a phone that was put back from an image

    def request(self) -> ExchangeRequest:
        m = self.memory
        self.rids += 1
        m.rid = self.rids
        return ExchangeRequest.model_construct(
            rid=str(m.rid),
            epoch=str(m.epoch),
            since=m.since,
            view=view_hash(m.view),
            behind=dict(m.behind),
            operations=m.outbox[:BATCH],
        )

    def shown(self) -> dict[str, dict[str, Any]]:
        """Rows with own waiting changes over them."""
        rows = {id: dict(row.fields) for id, row in self.memory.rows.items()}
        for operation in self.memory.outbox:
            if operation.do == "add":  # a row that came is this very record, as others have changed it since
                rows.setdefault(operation.id, dict(operation.fields))
            elif operation.id in rows:
                rows[operation.id].update(operation.fields)
        return rows

    def take_in(self, answer: ExchangeAnswer, cut: int | None = None) -> None:
        """`cut`: only so many rows arrive, or the process ends after them."""
        m = self.memory
        if answer.rid != str(m.rid) and self.fault != "stale_ok":
            return
        self.settle(answer)
        if answer.reset:
            m.outbox = ([] if self.fault == "no_keep" else m.kept) + m.outbox
            m.kept, m.stale, m.epoch, m.since, m.behind = [], set(m.rows), int(answer.epoch), 0, {}
        elif answer.view is not None:
            self.see(frozenset(answer.view))
        else:
            self.take_rows(answer, cut)

    def settle(self, answer: ExchangeAnswer) -> None:
        m = self.memory
        done = {ack.ack for ack in answer.acks}
        if self.fault == "blanket_ack" and done:
            done = {operation.op for operation in m.outbox}
        m.kept += [operation for operation in m.outbox if operation.op in done]
        m.outbox = [operation for operation in m.outbox if operation.op not in done]

    def see(self, view: frozenset[str]) -> None:
        m = self.memory
        if self.fault != "no_drop":
            m.rows = {id: row for id, row in m.rows.items() if row.scope in view}
        new = {} if self.fault == "no_snapshot" else dict.fromkeys(view - m.view, 0)
        m.behind = {scope: at for scope, at in m.behind.items() if scope in view} | new
        m.view = view

    def take_rows(self, answer: ExchangeAnswer, cut: int | None) -> None:
        m = self.memory
        if self.fault == "cursor_first":
            self.move(answer.upto)
        for row in answer.rows[:cut]:
            m.stale.discard(row.id)
            if row.deleted:
                m.rows.pop(row.id, None)
                m.outbox = [operation for operation in m.outbox if operation.id != row.id]
                m.kept = [operation for operation in m.kept if operation.id != row.id]
            else:
                m.rows[row.id] = row
            self.move(row.seq)
        if cut is None and not answer.more:
            self.move(answer.upto)
            m.behind = {}
            waits = {operation.id for operation in m.outbox}
            for id in m.stale - waits:
                m.rows.pop(id, None)
            m.stale &= waits  # what own work waits on goes when that is settled, unless it came

    def move(self, to: int) -> None:
        m = self.memory
        m.since = max(m.since, to)
        m.behind = {scope: max(at, to) for scope, at in m.behind.items() if max(at, to) < m.since}


class History:
    def __init__(self, seed: int, fault: str) -> None:
        self.draw, self.fault = random.Random(seed), fault
        self.server = Server(fault)
        self.devices = [Device(f"d{n}", WORKERS[n % len(WORKERS)], fault) for n in range(DEVICES)]
        self.written: dict[str, tuple[Device, Operation]] = {}
        self.lost: set[str] = set()
        self.late: list[tuple[Device, ExchangeAnswer]] = []
        self.backup = copy.deepcopy(self.server.state)
        self.images: dict[str, Memory] = {}
        for worker in WORKERS:
            self.entrust(worker)

    def run(self) -> None:
        for _ in range(STEPS):
            self.server.now += timedelta(minutes=1)
            device = self.draw.choice(self.devices)
            self.draw.choices(list(CHANCES), list(CHANCES.values()))[0](self, device)
            outside = {row.scope for row in device.memory.rows.values()} - device.memory.view
            if outside:
                raise Broken("I4: a row outside the view")
        self.late.clear()
        for _ in range(60):
            for device in self.devices:
                device.take_in(self.server.exchange(device, device.request()))
        self.healed()

    def write(self, device: Device) -> None:
        scopes = [scope for scope in device.memory.view if access.scope_kind(scope) == "citizen"]
        if not scopes:
            return
        op = f"o{len(self.written)}"
        said: dict[str, Any] = {"op": op, "do": "add", "kind": "goal", "id": f"r{op}", "base": {}}
        rows = sorted(device.memory.rows)
        if rows and self.draw.random() < 0.5:
            row = device.memory.rows[self.draw.choice(rows)]
            name = self.draw.choice("ab")
            shown = device.shown()[row.id].get(name)
            said |= {"do": "change", "id": row.id, "scope": row.scope, "fields": {name: op}}
            waits = [o.base for o in device.memory.outbox if o.id == row.id and name in o.base]
            said["base"] = {name: waits[-1][name] if waits else row.base.get(name, 0)}
            self.server.seen[op] = {str(shown)} | self.server.seen.get(str(shown), set())
        else:
            said |= {"scope": self.draw.choice(sorted(scopes)), "fields": {"a": op, "b": op}}
        operation = Operation.model_construct(**said)
        device.memory.outbox.append(operation)
        self.written[op] = device, operation

    def sync(self, device: Device) -> None:
        request, luck = device.request(), self.draw.random()
        if luck < 0.12:
            return
        answer = self.server.exchange(device, request)
        if luck < 0.2:
            again = self.server.exchange(device, request)
            if again.acks != answer.acks:
                raise Broken("I7: the same request had another outcome")
        if luck < 0.32:
            return
        if luck < 0.4:
            self.late.append((device, answer))
            return
        shown = device.shown()
        device.take_in(answer, self.draw.randrange(4) if luck < 0.55 else None)
        if answer.reset and not shown.keys() <= device.shown().keys():
            raise Broken("I21: what was held is not readable")

    def move(self, device: Device) -> None:
        self.server.assignments = [a for a in self.server.assignments if a.worker != device.worker]
        self.entrust(device.worker)

    def entrust(self, worker: str) -> None:
        for citizen in self.draw.sample(CITIZENS, self.draw.randint(1, 3)):
            self.server.assignments.append(
                access.Assignment(citizen, worker, None, "responsible", self.server.now - timedelta(seconds=1))
            )

    def arrive_late(self, _: Device) -> None:
        if self.late:
            device, answer = self.late.pop(self.draw.randrange(len(self.late)))
            device.take_in(answer)

    def back_up(self, _: Device) -> None:
        self.backup = copy.deepcopy(self.server.state)

    def restore(self, _: Device) -> None:
        self.server.restore(self.backup)

    def erase(self, _: Device) -> None:
        living = [id for id, held in self.server.state.records.items() if not held.row.deleted]
        if living:
            self.server.erase(self.draw.choice(sorted(living)))

    def image(self, device: Device) -> None:
        if device.name not in self.images or self.draw.random() < 0.6:
            self.images[device.name] = copy.deepcopy(device.memory)
            return
        device.memory = copy.deepcopy(self.images[device.name])
        here = {operation.op for operation in device.memory.outbox + device.memory.kept}
        self.lost |= {op for op, (its, _) in self.written.items() if its is device and op not in here}

    def healed(self) -> None:
        state = self.server.state
        for op, (_, operation) in self.written.items():
            if op in self.lost or operation.id in self.server.erased:
                continue
            if op not in state.audit:
                raise Broken("I1: an operation is lost")
            if op in state.quarantine or state.audit[op].result == "refused":
                continue
            held = state.records.get(operation.id)
            if held is None:
                raise Broken("I1: a record is lost")
            if state.audit[op].result == "refused":
                continue
            if operation.do == "change" and op not in held.ops.values() and op not in state.displaced:
                raise Broken("I2: silently overwritten")
        if any(not state.records[id].row.deleted for id in self.server.erased if id in state.records):
            raise Broken("I6: it came back")
        for device in self.devices:
            self.converged(device)

    def converged(self, device: Device) -> None:
        """What was refused is shown as its worker wrote it, until they let it go."""
        if device.memory.outbox:
            raise Broken("I5: work that never leaves")
        audit = self.server.state.audit
        mine = [operation for _, operation in self.written.values() if operation.op in audit]
        refused = {operation.id for operation in mine if audit[operation.op].result == "refused"}
        view = self.server.view(device.worker)
        stored = (held.row for held in self.server.state.records.values())
        want = {row.id: row.fields for row in stored if row.scope in view and not row.deleted}
        have = {id: row.fields for id, row in device.memory.rows.items()}
        if {id: have.get(id) for id in {*have, *want} - refused} != {id: want[id] for id in want.keys() - refused}:
            raise Broken("I3: other rows than the server's")


CHANCES: dict[Callable[[History, Device], None], float] = {
    History.write: 42,
    History.sync: 38,
    History.arrive_late: 5,
    History.move: 5,
    History.erase: 3,
    History.back_up: 1.5,
    History.restore: 1,
    History.image: 1.7,
}


def run(seed: int, fault: str = "") -> str:
    """What does not hold in this history; empty when everything does."""
    try:
        History(seed, fault).run()
    except Broken as broken:
        return f"seed {seed}: {broken}"
    return ""


def some(seeds: range, fault: str = "") -> list[str]:
    return [broken for seed in seeds if (broken := run(seed, fault))]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--fault", choices=FAULTS, default="")
    said = asked.parse_args()
    started, last = time.monotonic(), said.seed + said.seeds
    groups = [range(first, min(first + 100, last)) for first in range(said.seed, last, 100)]
    with ProcessPoolExecutor(said.processes) as processes:
        found = [one for group in processes.map(partial(some, fault=said.fault), groups) for one in group]
    print(*found[:10], sep="\n", end="\n" if found else "")
    print(f"{(time.monotonic() - started) / said.seeds * 1000:.1f} ms a history on {said.processes} processes")
    print(f"histories {said.seeds} broken {len(found)}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
