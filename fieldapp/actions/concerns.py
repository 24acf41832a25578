"""A worry for somebody's life (H15): who can be asked right now, what was done, in a few words; never a score."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from fieldapp.actions import drafts, local_texts, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import writing
from fieldapp.domain.names import shown
from fieldapp.domain.values_day import ConcernAct, LocalText
from fieldapp.errors import RecordError
from fieldapp.store.tables import ColleagueRow, ConcernRow

#: *Teamleder*, and not *vejleder*.
_LEADS = re.compile(r"(?<!vej)leder\b", re.IGNORECASE)


@dataclass(frozen=True)
class Help:
    """Somebody to call. `phone` goes only to the dialler."""

    worker: str
    name: str
    phone: str | None


@dataclass(frozen=True)
class Worry:
    """`leader` when the team's list names one; `agreement` is the team's own text, "" while there is none."""

    name: str
    leader: Help | None
    colleagues: tuple[Help, ...]
    agreement: str


def draft_key(citizen: str) -> str:
    return f"concern:{citizen}"


def read(desk: Desk, citizen: str) -> Worry | None:
    with desk.store.reading() as session:
        row = same.head(session, citizen)
        others = [each for each in _colleagues(session) if each.worker != desk.worker]
    if row is None:
        return None
    leaders = [_help(each) for each in others if _LEADS.search(each.job or "")]
    rest = [_help(each) for each in others if not _LEADS.search(each.job or "") and each.phone]
    agreement = local_texts.read(desk, LocalText.CONCERN)
    return Worry(shown(row.known_as, row.label), leaders[0] if leaders else None, tuple(rest), agreement)


def note(desk: Desk, citizen: str, did: Iterable[str], text: str = "") -> Saved:
    """Raises RecordError("missing", "text") when it says neither what was done nor anything else."""
    done, said = [act.value for act in ConcernAct if act in set(did)], text.strip()
    if not done and not said:
        raise RecordError("missing", "text")
    with writing(desk) as work:
        id = work.add(citizen, ConcernRow(occurred_at=work.now, did=done, text=said or None))
        work.no_draft(draft_key(citizen), drafts.as_json({"did": done, "text": text}))
        return work.saved(id, citizen)


def _colleagues(session: Session) -> list[ColleagueRow]:
    found = session.exec(select(ColleagueRow).where(col(ColleagueRow.void_reason).is_(None)))
    return sorted((row for row in found if not row.left), key=lambda row: (row.name, row.id))


def _help(row: ColleagueRow) -> Help:
    return Help(row.worker, row.name, row.phone)
