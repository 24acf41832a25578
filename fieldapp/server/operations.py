"""What becomes of one operation: the server trusts no claim in it (architecture 4, 5, 6).

A worker who asks about what is not theirs is told the same whether it exists or not:

- a citizen they never had: `waits`, as for one whose birth has not arrived yet
- a citizen they had once: `quarantined`, for those who support the citizen now; that they opened the page is taken
- what is erased, and whatever is about it or belongs to it: `gone`, so that the device lets go of it too
- within a scope they have, a record or a reference that is not there, or lies elsewhere: `refused`. Not `waits`:
  a device sends its own records in order, and knows those of others only from here, so it cannot still be coming

Only an id that is taken tells that it is: nobody can guess one of those.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from fieldapp.domain import access, merge
from fieldapp.domain.erasure import owners
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import RecordError
from fieldapp.server import away, closings, quarantine
from fieldapp.server.assignments import entrust
from fieldapp.server.claims import assignment_id, check_form, claimed_at, conflict_id, is_birth, is_scope, references
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.scopes import reach
from fieldapp.server.tables import Assignment, Device, Quarantine, Record, Worker
from fieldapp.wire import Operation, Result

#: As they stand now that they are ours, also where this session has read them before.
_BY_ID = (
    select(Record)
    .where(col(Record.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Record.id))
    .execution_options(populate_existing=True)
)
_HOLDING = _BY_ID.with_for_update(read=True, key_share=True)
_LOCKING = _BY_ID.with_for_update(key_share=True)


@dataclass(frozen=True)
class Outcome:
    """`record`: the one that the operation is about, when it stands."""

    result: Result
    why: str | None = None
    record: Record | None = None


@dataclass(frozen=True)
class Sender:
    device: Device
    worker: Worker


class Batch:
    """The operations of one exchange, decided one after the other on rows that nobody else can change meanwhile."""

    def __init__(self, session: Session, sender: Sender, now: datetime, stored: Mapping[str, Record]) -> None:
        self.session = session
        self.device = sender.device.id
        self.worker = sender.worker
        self.now = now
        self.stored = dict(stored)
        theirs = reach(session, sender.worker.id)
        #: Of these they may say that they are the same: it lets those who have one at the other.
        self.held_now = set(theirs.at(now))
        #: What else they may write: also what ended after this device was last here, for it could not know.
        self.held = self.held_now | theirs.at(sender.device.last_seen)
        self.once_held = theirs.citizens_ever

    def decide(self, operation: Operation) -> Outcome:
        """The outcome, with everything it changes in the session. A refusal changes nothing."""
        try:
            check_form(operation, self.worker)
            if self._is_erased(operation):
                return Outcome("gone")
            if operation.scope not in self._within(operation):
                return self._elsewhere(operation)
            return self._at_home(operation)
        except RecordError as error:
            return Outcome("refused", error.why)

    def _within(self, operation: Operation) -> set[str]:
        return self.held_now if operation.kind == "citizen_merge" else self.held

    def _hold(self, scope: str) -> None:
        self.held.add(scope)
        self.held_now.add(scope)

    def _is_erased(self, operation: Operation) -> bool:
        """Whether this record is erased, or its whole citizen, or a record of the same citizen that it belongs to.

        Asked before anything else: it may be the first time that a backup put back hears of this record.
        """
        in_the_way = {operation.id, access.scope_id(operation.scope), *owners(operation.kind, operation.fields)}
        found = (self.stored.get(id) for id in in_the_way)
        return any(record is not None and record.deleted and record.scope == operation.scope for record in found)

    def _elsewhere(self, operation: Operation) -> Outcome:
        if is_birth(operation):
            return self._birth(operation)
        if access.scope_kind(operation.scope) != "citizen" or operation.kind == quarantine.DECISION:
            raise RecordError("scope")
        if operation.scope not in self.once_held:
            return Outcome("waits")
        if operation.kind == "access" and operation.do == "add":
            return self._add(operation)
        quarantine.keep(self, operation)
        return Outcome("quarantined")

    def of_author(self, kept: Quarantine) -> "Batch":
        """The same rows, decided for the worker whose work was kept, who may write in its scope this once."""
        author = Sender(self.session.get_one(Device, kept.device), self.session.get_one(Worker, kept.worker))
        theirs = type(self)(self.session, author, self.now, {})
        theirs.stored = self.stored
        theirs._hold(kept.scope)
        return theirs

    def put(self, record: Record) -> None:
        self.stored[record.id] = record
        self.session.add(record)

    def _at_home(self, operation: Operation) -> Outcome:
        if operation.do == "add":
            return self._add(operation)
        record = self.stored.get(operation.id)
        if record is None or (record.scope, record.kind) != (operation.scope, operation.kind):
            raise RecordError("unknown_record")
        if operation.do == "void":
            if operation.kind == quarantine.DECISION:
                raise RecordError("decided")  # it was carried out
            if record.void is None:
                if operation.kind == away.ABSENCE:
                    away.end(self, record)
                if operation.kind == away.SEEN and record.author != self.worker.id:
                    raise RecordError("not_writable")
                record.void = operation.fields["reason"]
            elif record.void != operation.fields["reason"]:
                _tell_again(record)
            return Outcome("ok", record=record)
        return self._change(operation, record)

    def _birth(self, operation: Operation) -> Outcome:
        """A new citizen is entrusted to the one who met them, in the same breath."""
        outcome = self._add(operation)
        self._hold(operation.scope)
        assignment = Assignment(
            id=assignment_id(operation.op),
            citizen=operation.id,
            worker=self.worker.id,
            role=AssignmentRole.RESPONSIBLE,
            from_at=self.now,
        )
        entrust(self.session, assignment, self.worker.name, self.now, author=self.worker.id)
        return outcome

    def _add(self, operation: Operation) -> Outcome:
        if operation.kind == "citizen" and not is_birth(operation):
            raise RecordError("not_its_scope")
        if operation.id in self.stored:
            raise RecordError("taken")
        self._check_references(operation)
        if operation.kind in closings.GUARDED:
            closings.check(self, operation)
        if operation.kind == quarantine.DECISION:
            quarantine.carry_out(self, operation)
        if operation.kind == away.ABSENCE:
            away.carry_out(self, operation.scope, operation.fields, operation.offset)
        if operation.kind == away.SEEN:
            away.check_seen(self, operation.scope, operation.fields)
        record = Record(
            id=operation.id,
            kind=operation.kind,
            scope=operation.scope,
            fields=operation.fields,
            base=dict.fromkeys(operation.fields, THIS_WRITE),
            by=dict.fromkeys(operation.fields, self.worker.id),
            devices=dict.fromkeys(operation.fields, self.device),
            author=self.worker.id,
            at=min(claimed_at(operation), self.now),
            offset=operation.offset,
        )
        self.put(record)
        return Outcome("ok", record=record)

    def _change(self, operation: Operation, record: Record) -> Outcome:
        self._check_references(operation)
        known = KINDS[operation.kind].by_name
        conflict = False
        for name, value in operation.fields.items():
            if conflict_id(operation.op, name) in self.stored:
                conflict = True  # decided before, in a time that the audit no longer tells of
                _tell_again(record)
                continue
            stored = merge.Version(record.fields.get(name), record.base.get(name, 0), record.devices.get(name))
            new = merge.Version(value, operation.base.get(name, 0), self.device)
            verdict = merge.decide(stored, new, known[name].guarded)
            if verdict in (merge.Verdict.CONFLICT, merge.Verdict.GUARDED):
                conflict = True
                self._keep_both(operation, record, name, value, verdict)
            if verdict is merge.Verdict.OWN:
                self._follow(record, name, value)
            if verdict.applies:
                self._set(record, name, value)
            elif verdict is merge.Verdict.GUARDED:
                _tell_again(record)
        return Outcome("conflict" if conflict else "ok", record=record)

    def _set(self, record: Record, name: str, value: Any) -> None:
        record.fields = {**record.fields, name: value}
        record.base = {**record.base, name: THIS_WRITE}
        record.by = {**record.by, name: self.worker.id}
        record.devices = {**record.devices, name: self.device}

    def _keep_both(self, operation: Operation, record: Record, name: str, value: Any, verdict: merge.Verdict) -> None:
        """A record of the two values, for a human; one of them stands, none is lost."""
        here, there = (record.fields.get(name), record.by.get(name)), (value, self.worker.id)
        stands, kept = (there, here) if verdict.applies else (here, there)
        fields = {
            "about_kind": record.kind,
            "about": record.id,
            "field": name,
            "stored": json.dumps(stands[0], ensure_ascii=False),
            "kept": json.dumps(kept[0], ensure_ascii=False),
            "stored_by": stands[1],
            "kept_by": kept[1],
        }
        self.put(server_record(conflict_id(operation.op, name), "conflict", record.scope, fields, self.now))

    def _follow(self, record: Record, name: str, value: Any) -> None:
        """Whoever wrote what stands writes on, and has not seen what it displaced: that waits for a human still."""
        theirs = select(Record).where(Record.scope == record.scope, Record.kind == "conflict")
        stored = self.session.exec(theirs.where(col(Record.fields)["about"].astext == record.id))
        known = {c.id: c for c in (*stored, *self.stored.values()) if c.kind == "conflict"}
        stands = json.dumps(record.fields.get(name), ensure_ascii=False)
        for conflict in known.values():
            said = conflict.fields
            if (said.get("about"), said.get("field"), said.get("stored")) == (record.id, name, stands):
                conflict.fields = {**said, "stored": json.dumps(value, ensure_ascii=False)}
                conflict.base = {**conflict.base, "stored": THIS_WRITE}

    def _check_references(self, operation: Operation) -> None:
        """Every record pointed to lies in the same scope, or one the worker holds."""
        for name, target, field in references(operation):
            record = self.stored.get(target)
            within = self._within(operation)
            found = record is not None and record.kind in field.of and record.scope in within
            if record is None or not found or record.deleted:
                raise RecordError("unknown_reference", name)


def _tell_again(record: Record) -> None:
    """Its sender shows something else: nothing of the record changed, and it travels to them once more."""
    flag_modified(record, "fields")


def lock(session: Session, operations: Iterable[Operation]) -> dict[str, Record]:
    """The rows that these operations may change, locked until the commit, and those they point to or are about.

    In the order of ids, so that two batches never wait for each other. A citizen, or a row that is only pointed to,
    is held so that it cannot be erased meanwhile; many batches may hold it at once, and one of them change it.
    """
    operations = list(operations)
    decided_on, kept = quarantine.lock(session, operations)
    operations += kept
    own = {o.id for o in operations} | decided_on
    own |= {conflict_id(o.op, name) for o in operations if o.do == "change" for name in o.fields}
    held = {target for o in operations for _, target, _ in references(o)}
    held |= {access.scope_id(o.scope) for o in operations if o.scope.startswith("citizen:") and is_scope(o.scope)}
    found = [
        record
        for locking, ids in ((_HOLDING, held - own), (_LOCKING, own))
        if ids
        for record in session.exec(locking, params={"ids": sorted(ids)})
    ]
    return {record.id: record for record in found}
