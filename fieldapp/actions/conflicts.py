"""Two people wrote about the same thing: both texts are kept, and a person says which one stands."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlmodel import Session

from fieldapp.actions import people
from fieldapp.actions.desk import Desk
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.fields import Type
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.names import masked_cpr
from fieldapp.domain.values import Version
from fieldapp.errors import RecordError
from fieldapp.store import conflicts as kept
from fieldapp.store.rows import from_wire, to_wire
from fieldapp.store.tables import ConflictDecisionRow, ConflictRow

Choice = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Conflict:
    """`mine` and `theirs` are wire values of one field of the record `about`; `who` wrote `theirs` (a name).

    When neither is the worker's own, `mine` is what stands and `other` wrote it. `stands`: which of the two is shown
    now. `can_keep_both`: it is text, so that one can stand under the other.
    """

    id: str
    citizen: str
    name: str
    kind: str
    about: str
    field: str
    mine: Any
    theirs: Any
    who: str | None
    stands: Literal["mine", "theirs"]
    can_keep_both: bool
    own: bool = True
    other: str | None = None


def read(desk: Desk) -> tuple[Conflict, ...]:
    """Those nobody has decided yet, oldest first. Of a CPR number only the date is said."""
    with desk.store.reading() as session:
        undecided = kept.undecided(session)
        if not undecided:
            return ()
        names, workers = people.citizens(session), people.workers(session, desk)
        found = [_conflict(row, names, workers, desk.worker) for row in undecided]
    return tuple(
        replace(each, mine=masked_cpr(each.mine), theirs=masked_cpr(each.theirs)) if each.field == "cpr" else each
        for each in found
    )


def resolve(desk: Desk, conflict: str, choice: Choice) -> None:
    """A person's decision, for all phones: an ordinary change, or none when what stands may stay. No text is lost."""
    with writing(desk) as work:
        row = work.get(ConflictRow, conflict)
        record = kept.about(work.session, row)
        if record is None:
            raise RecordError("gone")
        found = _conflict(row, {}, {}, desk.worker)
        value = _both(found) if choice == "both" else found.mine if choice == "mine" else found.theirs
        if value != to_wire(getattr(record, row.field)):
            work.change(record, **{row.field: from_wire(KINDS[row.about_kind].by_name[row.field], value)})
        work.add(citizen_of(row), ConflictDecisionRow(conflict=row.id, version=_version(found, choice)))


def doubted(session: Session, scope: str) -> set[str]:
    """The ids of a citizen's records that wait for a decision."""
    return {row.about for row in kept.undecided(session, scope)}


def _conflict(row: ConflictRow, names: dict[str, str], workers: dict[str, str], worker: str) -> Conflict:
    stored, displaced = kept.value(row.stored), kept.value(row.kept)
    turned = row.kept_by == worker and row.stored_by != worker
    own = worker in (row.kept_by, row.stored_by)
    field = KINDS[row.about_kind].by_name[row.field]
    return Conflict(
        id=row.id,
        citizen=citizen_of(row),
        name=names.get(citizen_of(row), ""),
        kind=row.about_kind,
        about=row.about,
        field=row.field,
        mine=displaced if turned else stored,
        theirs=stored if turned else displaced,
        who=workers.get((row.stored_by if turned else row.kept_by) or ""),
        stands="theirs" if turned else "mine",
        can_keep_both=field.type is Type.TEXT and field.name != "cpr" and bool(stored) and bool(displaced),
        own=own,
        other=None if own else workers.get(row.stored_by or ""),
    )


def _version(conflict: Conflict, choice: Choice) -> str:
    if choice == "both":
        return Version.BOTH
    return Version.STORED if choice == conflict.stands else Version.KEPT


def _both(conflict: Conflict) -> str:
    """What stands, and the other text under it."""
    if not conflict.can_keep_both:
        raise RecordError("not_text", conflict.field)
    first, second = conflict.mine, conflict.theirs
    return f"{first}\n{second}" if conflict.stands == "mine" else f"{second}\n{first}"
