"""Work that came too late, for somebody's decision: taken along or left out."""

from sqlmodel import Session
from starlette.responses import Response

from fieldapp.domain.fields import is_id
from fieldapp.domain.values import RejectReason
from fieldapp.errors import RecordError
from fieldapp.server.console import looking
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.extract_names import kind_name
from fieldapp.server.tables import Record
from fieldapp.settings import DEFAULTS
from fieldapp.words import word

#: What a leader chooses among; GONE is the server's own.
REASONS = tuple(reason for reason in RejectReason if reason is not RejectReason.GONE)


def page(ask: Ask) -> Response:
    with ask.reading() as session:
        late = ask.office.quarantine()
        mine = ask.sight(session).citizens(session, (row.citizen for row in late))
        rows = [row for row in late if row.citizen in mine]
        more, rows = len(rows[DEFAULTS.rows_in_a_list :]), rows[: DEFAULTS.rows_in_a_list]
        cards = looking.cards(ask, session, [row.citizen for row in rows])
        return ask.page("waiting.html", rows=rows, more=more, cards=cards, kind_name=kind_name)


def one(ask: Ask) -> Response:
    with ask.reading() as session:
        record = _record(session, ask.request.path_params["id"])
        citizen = record.scope.partition(":")[2]
        return ask.page(
            "decide.html",
            id=record.id,
            citizen=citizen,
            cards=looking.cards(ask, session, [citizen]),
            kind=kind_name(record.fields["about_kind"]),
            by=record.fields["name"],
            written_at=record.at,
            words=looking.words_of(ask, session, record),
            decided="decision" in record.fields,
            reasons=[(str(reason), word(RejectReason, reason)) for reason in REASONS],
        )


def accept(ask: Ask) -> Response:
    ask.office.accept(ask.request.path_params["id"], ask.me.id)
    return ask.to("/waiting", "accepted")


def reject(ask: Ask) -> Response:
    reason = ask.need("reason")
    if reason not in REASONS:
        raise RecordError("missing", "reason")
    ask.office.reject(ask.request.path_params["id"], ask.me.id, RejectReason(reason), ask.text("text", 500) or "")
    return ask.to("/waiting", "rejected")


def _record(session: Session, id: str) -> Record:
    record = session.get(Record, id) if is_id(id) else None
    if record is None or record.kind != "quarantined" or record.deleted:
        raise RecordError("unknown_quarantined")
    return record


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/waiting", page, None),
    ("GET", "/waiting/{id}", one, None),
    ("POST", "/waiting/{id}/accept", accept, one),
    ("POST", "/waiting/{id}/reject", reject, one),
)
