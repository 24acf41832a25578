"""Two people wrote about the same thing: both texts are kept, and a person says which one stands."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlmodel import Session

from fieldapp.actions import people
from fieldapp.actions.desk import Desk
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain.fields import LINE, Field, Type, fits
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.names import masked_cpr
from fieldapp.domain.values import Version
from fieldapp.errors import RecordError
from fieldapp.store import conflicts as kept
from fieldapp.store.rows import from_wire, to_wire
from fieldapp.store.tables import ConflictDecisionRow, ConflictRow

_ONE_NUMBER = ("cpr", "phone")
"""Two of them in one field are no number: nobody could call it."""
Choice = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Conflict:
    """`mine` and `theirs` are wire values of one field of the record `about`; `who` wrote `theirs` (a name).

    When neither is the worker's own, `mine` is what stands and `other` wrote it. `stands`: which of the two is shown
    now. `both`: what would stand if both were kept, None when they cannot; `too_long`: only since there is no room.
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
    both: str | None
    too_long: bool = False
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
        if choice == "both" and found.both is None:
            raise RecordError("too_long" if found.too_long else "not_text", row.field)
        value = {"mine": found.mine, "theirs": found.theirs, "both": found.both}[choice]
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
    both = _both(field, stored, displaced)
    too_long = both is not None and not fits(field, both)
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
        both=None if too_long else both,
        too_long=too_long,
        own=own,
        other=None if own else workers.get(row.stored_by or ""),
    )


def _version(conflict: Conflict, choice: Choice) -> str:
    if choice == "both":
        return Version.BOTH
    return Version.STORED if choice == conflict.stands else Version.KEPT


def _both(field: Field, stands: Any, other: Any) -> str | None:
    """What stands, and the other under it; beside it where there is one line, as with names."""
    if field.type is not Type.TEXT or field.name in _ONE_NUMBER or not (stands and other):
        return None
    return (" / " if field.limit <= LINE else "\n").join((stands, other))
