"""The log of operations: it makes each happen once, and tells later who did what, without telling what was written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select
from uuid6 import uuid7

from fieldapp.domain.kinds import KINDS
from fieldapp.server import identity
from fieldapp.server.claims import claimed_at, is_scope
from fieldapp.server.operations import Outcome, Sender
from fieldapp.server.tables import Audit, Device, Record
from fieldapp.wire import Ack, ExchangeRequest, Older, Operation

#: The columns of one: an object of the table for each took a tenth of a long push.
Entry = dict[str, Any]
_KNOWN = sql_select(*(getattr(Audit, name) for name in ("op_id", "settled", "worker", "result", "why", "seq"))).where(
    col(Audit.op_id).in_(bindparam("ids", expanding=True))
)
_WRITTEN = insert(Audit.__table__).inline()  # type: ignore[attr-defined]

#: In one statement, of which every exchange has one. When nobody is told to rely on anything, a power cut may undo the
#: transaction, and no disk is waited for.
_EXCHANGED = text("""
    WITH seen AS (
        UPDATE device SET last_seen = :last_seen, sending_since = :sending_since,
            waiting = :waiting, waiting_at = :waiting_at
        WHERE id = :device
    )
    INSERT INTO exchanged (device, worker, at, since, afresh, operations)
        VALUES (:device, :worker, :at, :since, :afresh, :operations)
        RETURNING CASE WHEN :may_be_lost THEN set_config('synchronous_commit', 'off', true) END
""")


class Seen(NamedTuple):
    """What is known of a device by its exchanges: the columns of the same names."""

    last_seen: datetime
    sending_since: datetime | None
    waiting: int | None
    waiting_at: datetime | None

    @classmethod
    def of(cls, device: Device) -> "Seen":
        return cls(device.last_seen, device.sending_since, device.waiting, device.waiting_at)


class Log:
    """The entries of one exchange: those found from before, and the new ones."""

    def __init__(self, sender: Sender, request: ExchangeRequest, now: datetime) -> None:
        self.sender = sender
        self.now = now
        self.skew = round((request.now - now).total_seconds() * 1000)
        self._settled: dict[str, Entry] = {}
        self._waiting: set[str] = set()
        self._new: dict[str, tuple[Entry, Record | None]] = {}

    def recall(self, session: Session, batch: Iterable[Operation]) -> None:
        """Look up what became of these operations if they came before."""
        ids = {operation.op for operation in batch}
        for entry in session.execute(_KNOWN, {"ids": list(ids)}).mappings():
            if entry["settled"]:
                self._settled[entry["op_id"]] = {**entry}
            else:
                self._waiting.add(entry["op_id"])

    def knows(self, operation: Operation) -> bool:
        return operation.op in self._settled

    def note(self, operation: Operation, outcome: Outcome) -> None:
        """Write down what became of it. Scope and kind only when they are well formed: they could say anything."""
        settled = outcome.result != "waits"
        entry = {
            "op_id": operation.op,
            "settled": settled,
            "device": self.sender.device.id,
            "worker": self.sender.worker.id,
            "scope": operation.scope if is_scope(operation.scope) else None,
            "kind": operation.kind if operation.kind in KINDS else None,
            "record": operation.id,
            "do": operation.do,
            "result": outcome.result,
            "why": outcome.why,
            "at": claimed_at(operation),
            "skew": self.skew,
            "received_at": self.now,
        }
        if settled:
            self._settled[operation.op] = entry
        if settled or operation.op not in self._waiting:
            self._waiting.add(operation.op)
            self._new[operation.op] = entry, outcome.record

    def write(self, session: Session) -> None:
        """Write the new entries, each with the number of its record; only now do these have them."""
        new, self._new = list(self._new.values()), {}
        for entry, record in new:
            entry["seq"] = record.seq if record else None
        if new:
            session.connection().execute(_WRITTEN, [entry for entry, _ in new])

    def ack(self, operation: Operation) -> Ack:
        """What became of it. Somebody else's operation id is answered like a bad one."""
        entry = self._settled.get(operation.op)
        if entry is None:
            return Ack(ack=operation.op, result="waits")
        if entry["worker"] != self.sender.worker.id:
            return Ack(ack=operation.op, result="refused", why="taken")
        return Ack(ack=operation.op, result=entry["result"], why=entry["why"], seq=entry["seq"])


def note_exchange(session: Session, sender: Sender, request: ExchangeRequest, seen: Seen, now: datetime) -> None:
    """That this device was here, before anything of it is answered. Last before the commit: see sealing.py."""
    operations = len(request.operations) + len(request.unreadable)
    row = {
        "device": sender.device.id,
        "worker": sender.worker.id,
        "at": now,
        "since": request.since,
        "afresh": len(request.behind),
        "operations": operations,
        "may_be_lost": not (operations or request.older),
        **seen._asdict(),
    }
    session.connection().execute(_EXCHANGED, row)


def note_older(session: Session, sender: Sender, older: Older, now: datetime) -> None:
    """A device's worker opened an older copy of its vault knowingly; however often it is told, it happened once."""
    known = select(Audit).where(col(Audit.op_id) == older.id)
    if session.exec(known).first() is None:
        session.add(about_device(sender, older.id, "older", now, f"{older.commits}_commits"))


def about_device(sender: Sender, op_id: str, do: str, now: datetime, why: str | None = None) -> Audit:
    """An entry for what happened to a device itself."""
    device = sender.device.id
    return Audit(
        op_id=op_id,
        settled=True,
        device=device,
        worker=sender.worker.id,
        scope=None,
        kind=None,
        record=device,
        do=do,
        result="ok",
        why=why,
        at=now,
        skew=0,
        received_at=now,
    )


def act(
    session: Session,
    do: str,
    worker: str,
    now: datetime,
    record: str,
    *,
    kind: str | None = None,
    scope: str | None = None,
    why: str | None = None,
    op: str | None = None,
) -> Audit:
    """An entry for what a worker had the server itself do; its own id stands where a device's would."""
    return Audit(
        op_id=op or str(uuid7()),
        settled=True,
        device=identity.server_id(session),
        worker=worker,
        scope=scope,
        kind=kind,
        record=record,
        do=do,
        result="ok",
        why=why,
        at=now,
        skew=0,
        received_at=now,
    )
