"""Work for a citizen its writer no longer holds: kept whole until one who does says what becomes of it.

It waits as a typed row, which decides, and a record of kind `quarantined` under the operation's own id, which tells
those who support the citizen; its writer is told in notices. Taken along, it is decided as if it came from its writer
now, by the same code as everything else.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from fieldapp.domain.access import scope_id
from fieldapp.domain.values import Decision, NoticeWord, RejectReason
from fieldapp.errors import RecordError
from fieldapp.server import notices, schemas, supporters
from fieldapp.server.claims import claimed_at, references
from fieldapp.server.records import THIS_WRITE, server_record
from fieldapp.server.supporters import Supporter
from fieldapp.server.tables import Quarantine, Record
from fieldapp.wire import Operation

if TYPE_CHECKING:
    from fieldapp.server.operations import Batch

DECISION = "quarantine_decision"


def keep(batch: "Batch", operation: Operation) -> None:
    """Offered again after its audit was lost, it is kept once."""
    known = batch.session.get(Record, operation.op)
    if known is not None:
        if known.kind != "quarantined" or known.scope != operation.scope:
            raise RecordError("taken")
        return
    fields = {
        "do": operation.do,
        "about_kind": operation.kind,
        "about": operation.id,
        "words": json.dumps(operation.fields, ensure_ascii=False),
        "worker": batch.worker.id,
        "name": batch.worker.name,
        "written_at": min(claimed_at(operation), batch.now).isoformat(),
    }
    record = server_record(operation.op, "quarantined", operation.scope, fields, batch.now, batch.worker.id)
    batch.put(record)
    batch.session.add(
        Quarantine(
            op_id=operation.op,
            device=batch.device,
            worker=batch.worker.id,
            scope=operation.scope,
            operation=operation.model_dump(mode="json"),
            received_at=batch.now,
        )
    )
    who = supporters.responsible(batch.session, scope_id(operation.scope), batch.now)
    notices.of_work(batch.session, batch.worker.id, NoticeWord.QUARANTINED, record, who, batch.now)


def lock(session: Session, operations: Iterable[Operation]) -> tuple[set[str], list[Operation]]:
    """What these operations decide on, each for this transaction alone: the ids, and the work that was kept."""
    ids = {target for o in operations if o.kind == DECISION for _, target, _ in references(o)}
    if not ids:
        return set(), []
    mine = select(Quarantine).where(col(Quarantine.op_id).in_(ids)).order_by(col(Quarantine.op_id)).with_for_update()
    kept = session.exec(mine, execution_options={"populate_existing": True})
    return ids, [_of_today(row) for row in kept]


def _of_today(kept: Quarantine) -> Operation:
    """The server may have got a newer schema while it waited."""
    return schemas.TODAY.up(Operation.model_validate(kept.operation), schemas.TODAY.newest)


def carry_out(batch: "Batch", decision: Operation) -> None:
    """Raises RecordError when it cannot be: then nothing is changed, and it waits on. To decide the same again is fine.

    `decided`: somebody has said otherwise before.
    """
    record = batch.stored[decision.fields["quarantined"]]
    said = decision.fields["decision"]
    if record.scope != decision.scope:
        raise RecordError("unknown_reference", "quarantined")
    if said not in set(Decision):
        raise RecordError("malformed", "decision")
    standing = record.fields.get("decision")
    if standing not in (None, said):
        raise RecordError("decided")
    if standing is None:
        _decide(batch, record, said, decision.fields.get("reason"))


def _decide(batch: "Batch", record: Record, said: str, reason: str | None) -> None:
    kept = batch.session.get_one(Quarantine, record.id)
    words = record.fields.get("words")
    if said == Decision.ACCEPT:
        outcome = batch.of_author(kept).decide(_of_today(kept))
        if outcome.result == "refused":
            raise RecordError(outcome.why or "malformed")
        words, reason = None, RejectReason.GONE if outcome.result == "gone" else None
    fields = {**record.fields, "words": words, "decision": said, "decided_by": batch.worker.id, "reason": reason}
    record.fields = {name: value for name, value in fields.items() if value is not None}
    record.base = dict.fromkeys(record.fields, THIS_WRITE)
    batch.session.delete(kept)
    what = NoticeWord.REJECTED if reason or said == Decision.REJECT else NoticeWord.ACCEPTED
    by = Supporter(batch.worker.id, batch.worker.name)
    notices.of_work(batch.session, kept.worker, what, record, by, batch.now, reason)
