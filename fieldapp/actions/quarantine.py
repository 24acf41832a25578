"""Work by somebody who no longer supports the citizen: those who do say whether it is taken along."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from fieldapp.actions import facts, people
from fieldapp.actions.desk import Desk
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.facts import Facts
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.names import masked_cpr
from fieldapp.domain.values import Decision, RejectReason
from fieldapp.errors import RecordError
from fieldapp.store.rows import to_fields
from fieldapp.store.tables import TABLES, QuarantineDecisionRow, QuarantinedRow


@dataclass(frozen=True)
class Kept:
    """A piece of work that waits. `do`: add | change | void; `words`: each field and its wire value, as written.

    `mine`: this worker is the one to decide; others who have the citizen may. Of a change, `stands` is what the fields
    hold now. `reason` and `text`: why it was left out.
    """

    id: str
    citizen: str
    name: str
    kind: str
    do: str
    who: str  # wrote it
    at: datetime
    words: tuple[tuple[str, Any], ...]
    mine: bool
    stands: tuple[tuple[str, Any], ...] = ()
    reason: str | None = None
    text: str | None = None

    @property
    def word(self) -> str | None:
        """Says more of its kind: the mode of a contact, the way of an attempt."""
        return dict(self.words).get("mode" if self.kind == "contact" else "way")


def waiting(desk: Desk) -> tuple[Kept, ...]:
    """In the order it was written: a step after its goal."""
    return _read(desk, left_out=False)


def left_out(desk: Desk) -> tuple[Kept, ...]:
    """What somebody decided to leave out stays readable; the newest first."""
    return _read(desk, left_out=True)[::-1]


def _read(desk: Desk, *, left_out: bool) -> tuple[Kept, ...]:
    with desk.store.reading() as session:
        said = _decisions(session)
        found = [row for row in session.exec(select(QuarantinedRow)) if _is_left_out(row, said) is left_out]
        if not found:
            return ()
        names = people.citizens(session)
        known = facts.heads(session, desk.today(), {citizen_of(row) for row in found})
        kept = [_kept(session, row, said.get(row.id), names, known, desk) for row in found]
    return tuple(sorted(kept, key=lambda each: (each.at, each.id)))


def _is_left_out(row: QuarantinedRow, said: dict[str, QuarantineDecisionRow]) -> bool | None:
    """None for what is taken along: it stands in its own place."""
    own = said.get(row.id)
    decision = row.decision or (own.decision if own else None)
    if decision is None:
        return False
    return True if decision == Decision.REJECT else None


def accept(desk: Desk, kept: Iterable[Kept]) -> None:
    """Take it along: the server puts it in place as its writer's, at its time."""
    _decide(desk, kept, Decision.ACCEPT)


def reject(desk: Desk, kept: Iterable[Kept], reason: str, text: str = "") -> None:
    """Leave it out. Its writer is told the reason; `text` stays with those who support the citizen."""
    if reason not in set(RejectReason) - {RejectReason.GONE}:
        raise RecordError("malformed", "reason")
    _decide(desk, kept, Decision.REJECT, reason, text.strip() or None)


def _decide(
    desk: Desk, kept: Iterable[Kept], decision: Decision, reason: str | None = None, text: str | None = None
) -> None:
    with writing(desk) as work:
        for each in kept:
            row = work.get(QuarantinedRow, each.id)
            said = QuarantineDecisionRow(quarantined=row.id, decision=decision, reason=reason, text=text)
            work.add(citizen_of(row), said)


def _decisions(session: Session) -> dict[str, QuarantineDecisionRow]:
    """By what they are about; the server takes the first."""
    said = select(QuarantineDecisionRow).where(col(QuarantineDecisionRow.void_reason).is_(None))
    return {row.quarantined: row for row in session.exec(said.order_by(col(QuarantineDecisionRow.seq).desc()))}


def _kept(
    session: Session,
    row: QuarantinedRow,
    said: QuarantineDecisionRow | None,
    names: dict[str, str],
    known: dict[str, Facts],
    desk: Desk,
) -> Kept:
    citizen, fields = citizen_of(row), _fields(row)
    standing = known.get(citizen)
    return Kept(
        id=row.id,
        citizen=citizen,
        name=names.get(citizen, ""),
        kind=row.about_kind,
        do=row.do,
        who=row.name,
        at=row.written_at.astimezone(desk.now().tzinfo),
        words=_shown(row.about_kind, fields),
        mine=standing is None or standing.for_all or desk.worker in (standing.responsible, *standing.covering),
        stands=_shown(row.about_kind, _standing(session, row, fields)),
        reason=row.reason or (said.reason if said else None),
        text=said.text if said else None,
    )


def _standing(session: Session, row: QuarantinedRow, fields: dict[str, Any]) -> dict[str, Any]:
    table = TABLES.get(row.about_kind)
    record = session.get(table, row.about) if table and row.do == "change" else None
    return {} if record is None else {n: v for n, v in to_fields(record).items() if n in fields}


def _fields(row: QuarantinedRow) -> dict[str, Any]:
    try:
        fields = json.loads(row.words or "{}")
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _shown(kind: str, fields: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """What a person can read of it, in the kind's order; of a CPR number only the date."""
    known = KINDS[kind].by_name if kind in KINDS else {}
    order = [name for name in known if name in fields] + [name for name in fields if name not in known]
    return tuple((name, masked_cpr(str(fields[name] or "")) if name == "cpr" else fields[name]) for name in order)
