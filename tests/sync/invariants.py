"""What must hold in every history (sync.md part 5): always, and at its end when all is healed."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from fieldapp.domain.access import citizen_scope
from fieldapp.server.tables import Audit, Record
from fieldapp.wire import ExchangeAnswer
from tests.sync.parts import (
    Device,
    World,
    told,
)

GUARDED = "cpr"
#: Every kind that is here at all.
KINDS = (
    *("citizen", "contact", "goal", "assignment", "conflict", "colleague"),
    *("quarantined", "quarantine_decision", "notice"),
)


@dataclass(frozen=True)
class Edit:
    """A value that a device gave a field, and every value its writer had seen there, at first or second hand."""

    op: str
    device: int
    number: int
    value: str
    seen: frozenset[str]


@dataclass
class Known:
    """What the harness knows of a device besides what is in it."""

    late: list[ExchangeAnswer] = field(default_factory=list)
    ops: dict[str, str] = field(default_factory=dict)  # the record of each operation
    judged: set[str] = field(default_factory=set)  # operations the server has answered
    cursor: tuple[str, int] = ("", 0)
    image: Path | None = None
    undone: set[str] = field(default_factory=set)  # operations it no longer has since it was put back to its image


class Truths:
    """Of a world and its devices, by what the harness knows of them besides."""

    world: World
    devices: list[Device]
    known: list[Known]
    edits: dict[tuple[str, str], list[Edit]]
    citizens: list[str]
    erased: dict[str, Record]
    scopes: dict[str, str]

    def decide(self, number: int) -> None:
        """A worker decides on what waits for them."""
        raise NotImplementedError

    def always(self, number: int) -> None:
        device = self.devices[number]
        state, rows = device.state(), device.rows(KINDS)
        assert self.scopes_of(device) <= {*state.view, *device.births()}, "I4: a row outside the view"
        if state.epoch == self.world.epoch():
            for record in self.world.records(state.view).values():
                if record.seq <= state.behind.get(record.scope, state.since) and not record.deleted:
                    assert rows.get(record.id, {}).get("seq") == record.seq, "I10: the cursor is ahead of the rows"
        before, self.known[number].cursor = self.known[number].cursor, (state.epoch, state.since)
        assert before[0] != state.epoch or before[1] <= state.since, "I10: the cursor went back"

    def stays_readable(self, device: Device, shown: dict[str, Any]) -> None:
        """In the middle of an exchange, after any piece."""
        rows, state = device.rows(KINDS), device.state()
        judged = self.known[self.devices.index(device)].judged
        judged |= {o.op for o in device.outbox("kept")}  # offered again after a restore, but no longer on top
        edits = [o for o in device.outbox() if o.do == "change" and o.op not in judged]
        for (record, name), value in {(o.record, n): v for o in edits for n, v in o.fields.items()}.items():
            assert record not in rows or rows[record]["fields"].get(name) == value, "I12: an own edit vanished"
        held = {id for id, row in shown.items() if row["scope"] in state.view and id not in self.erased}
        assert not state.resetting or held <= rows.keys(), "I21: what was held is not readable"

    def heal(self) -> None:
        self.world.clock.advance(minutes=1)
        for _ in range(2):
            for number, device in enumerate(self.devices):
                device.sync()
                self.decide(number)
        for _ in range(2):
            for device in self.devices:
                device.sync()

    def healed(self) -> None:
        stored = self.world.records({*map(citizen_scope, self.citizens), *self.all_views()})
        results = self.results()
        for device, known in zip(self.devices, self.known, strict=True):
            lost = {op for op, record in known.ops.items() if op not in results and not self.is_erased(record)}
            assert not lost, "I1: an operation is lost"
            assert not device.outbox(), "I5: work that never leaves"
            self.converged(device, stored)
            assert not any(said.differ for said in device.way.differing), "I18: something else than the server has"
        assert not [id for id in self.erased if id in stored and not stored[id].deleted], "I6: it came back"
        gone = {citizen_scope(citizen) for citizen in self.citizens if citizen in self.erased}
        for device in self.devices:
            kept = device.outbox("waiting", "kept", "refused", "quarantined")
            assert not [o for o in kept if o.record in self.erased or o.scope in gone], "I6: it could come back"
        for (record, name), edits in self.edits.items():
            if record not in self.erased and record in stored:
                kept = {json.loads(r.fields["kept"]) for r in stored.values() if _about(r) == (record, name)}
                self.none_overwritten(
                    [e for e in edits if results[e.op] in ("ok", "conflict")], stored[record], name, kept, results
                )

    def converged(self, device: Device, stored: dict[str, Record]) -> None:
        refused = {row.record for row in device.outbox("refused")}  # shown as the worker wrote it
        view = self.world.view(device.worker)
        want = {r.id: told(r) for r in stored.values() if r.scope in view and not r.deleted and r.id not in refused}
        got = {id: row for id, row in device.rows(KINDS).items() if id not in refused}
        assert got.keys() == want.keys(), "I3: other records than the server's"
        assert got == want, "I3: other fields than the server's"

    def none_overwritten(
        self, edits: list[Edit], record: Record, name: str, kept: set[str], results: dict[str, str]
    ) -> None:
        stands = record.fields.get(name)
        for edit in edits:
            later = [e for e in edits if name != GUARDED or results[e.op] == "ok"]
            seen = any(edit.value in e.seen for e in later)
            own = any(e.device == edit.device and e.number > edit.number for e in later)
            assert edit.value == stands or edit.value in kept or seen or own, "I2: silently overwritten"

    def is_erased(self, record: str) -> bool:
        """Itself, or its citizen."""
        return record in self.erased or self.scopes.get(record, "") in map(citizen_scope, self.erased)

    def results(self) -> dict[str, str]:
        """What became of each operation; one that was kept and then taken along is `ok`."""
        ops = [op for known in self.known for op in known.ops]
        with Session(self.world.engine) as tx:
            said = {a.op_id: a.result for a in tx.exec(select(Audit).where(col(Audit.op_id).in_(ops), Audit.settled))}
            kept = tx.exec(select(Record).where(Record.kind == "quarantined"))
            return said | {row.id: "ok" for row in kept if row.fields.get("decision") == "accept"}

    def all_views(self) -> set[str]:
        return set().union(*(self.world.view(device.worker) for device in self.devices))

    def scopes_of(self, device: Device) -> set[str]:
        return {row["scope"] for row in device.rows(KINDS).values()}


def _about(record: Record) -> tuple[str, str] | None:
    conflict = record.kind == "conflict" and record.fields  # an erased one says nothing more
    return (record.fields["about"], record.fields["field"]) if conflict else None
