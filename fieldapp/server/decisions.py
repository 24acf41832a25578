"""What the office sees of work that waits, and a leader's decision on it: the same act as a worker's on their phone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain.access import scope_id
from fieldapp.domain.fields import is_id
from fieldapp.domain.values import Decision
from fieldapp.errors import RecordError
from fieldapp.server import identity, operations, quarantine
from fieldapp.server.audit import Log
from fieldapp.server.operations import Batch, Sender
from fieldapp.server.records import number
from fieldapp.server.tables import Device, Quarantine, Record, Worker
from fieldapp.wire import ExchangeRequest, Operation


@dataclass(frozen=True)
class Waiting:
    """Nothing of what was written: that belongs in the app, to those who support the citizen."""

    id: str
    citizen: str
    kind: str
    by: str  # a name
    received_at: datetime


def waiting(session: Session) -> list[Waiting]:
    """The oldest first."""
    rows = select(Quarantine, Worker).join(Worker, col(Worker.id) == col(Quarantine.worker))
    return [
        Waiting(kept.op_id, scope_id(kept.scope), kept.operation["kind"], worker.name, kept.received_at)
        for kept, worker in session.exec(rows.order_by(col(Quarantine.received_at), col(Quarantine.op_id)))
    ]


def decide(
    session: Session, id: str, said: Decision, by: Worker, now: datetime, reason: str | None, text: str | None
) -> None:
    """A named person's decision, carried out and in the audit; the server stands there as the device.

    To say the same again changes nothing. RecordError: `unknown_quarantined`, `decided` otherwise before, or why it
    cannot be taken along.
    """
    record = session.get(Record, id) if is_id(id) else None
    if record is None or record.kind != "quarantined" or record.deleted:
        raise RecordError("unknown_quarantined")
    if record.fields.get("decision") == said:
        return
    fields = {"quarantined": id, "decision": str(said), "reason": reason, "text": text}
    operation = Operation(
        op=str(uuid7()),
        do="add",
        kind=quarantine.DECISION,
        id=str(uuid7()),
        scope=record.scope,
        fields={name: value for name, value in fields.items() if value},
        at=now,
    )
    carry_out(session, operation, by, now, {record.scope})


def carry_out(session: Session, operation: Operation, by: Worker, now: datetime, within: set[str]) -> None:
    """What a leader says about citizens who are not theirs, decided as if it came from a phone of theirs.

    `within`: the scopes it is about, which they may write in this once. Raises RecordError with why it cannot be.
    """
    device = Device(
        id=identity.server_id(session), worker=by.id, name="", public_key="", enrolled_at=now, last_seen=now
    )
    sender = Sender(device, by)
    batch = Batch(session, sender, now, operations.lock(session, [operation]))
    batch.held |= within
    batch.held_now |= within
    outcome = batch.decide(operation)
    if outcome.result != "ok":
        raise RecordError(outcome.why or outcome.result)
    log = Log(sender, ExchangeRequest(rid=operation.op, now=now), now)
    log.note(operation, outcome)
    number(session)
    session.flush()
    log.write(session)
