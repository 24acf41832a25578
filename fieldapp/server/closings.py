"""Nobody's support ends or is paused without what that takes, whatever client asks for it (I-4, I-5).

The rules are the phone's own, asked of what is stored and of what came before in the same batch. A reopening is never
refused.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from fieldapp.domain import closing, facts
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.errors import RecordError
from fieldapp.server import same
from fieldapp.server.tables import Record
from fieldapp.wire import Operation

if TYPE_CHECKING:
    from fieldapp.server.operations import Batch

GUARDED = ("closing", "pause")


def check(batch: "Batch", operation: Operation) -> None:
    """Raises RecordError: `no_ground` (which one lacks what), `missing` or `malformed` for a pause."""
    if operation.kind == "pause":
        wrong = closing.pause_lacks(operation.fields)
        if wrong is not None:
            raise RecordError("missing" if wrong == "reason" else "malformed", wrong)
        return
    # The day it is where the closing was written: a phone's own day may begin before the server's.
    today = (batch.now + timedelta(minutes=operation.offset)).date()
    lack = closing.blocked(operation.fields, _told(batch, operation.scope), today)
    if lack is not None:
        raise RecordError("no_ground", lack.lack)


def _told(batch: "Batch", scope: str) -> list[facts.Record]:
    """What stands of this person that a ground is asked of, also of others that are the same."""
    scopes = {citizen_scope(one) for one in same.read(batch.session).all_of(scope_id(scope))} | {scope}
    found = {record.id: record for record in _stored(batch.session, scopes)}
    found |= {r.id: r for r in batch.stored.values() if r.kind in closing.TOLD and r.scope in scopes}
    return [
        facts.Record(r.kind, r.id, r.fields, r.author, r.at, r.void is not None)
        for r in found.values()
        if not r.deleted
    ]


def _stored(session: Session, scopes: set[str]) -> list[Record]:
    wanted = select(Record).where(col(Record.scope).in_(scopes), col(Record.kind).in_(closing.TOLD))
    return list(session.exec(wanted))
