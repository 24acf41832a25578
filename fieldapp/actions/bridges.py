"""Building bridges to what is there for everybody (K7, T8): an offer, a contact, a meeting together, the verdict."""

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import courses, entries, rows
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.entries import Sort, form_of
from fieldapp.actions.writing import writing
from fieldapp.store.tables_life import BridgingRow


@dataclass
class BridgeForm:
    """Mutable, as every form. `went_along`: the worker did, to a meeting or to the door."""

    to: str = ""
    contact: str = ""
    phone: str = ""
    joint_meeting_on: date | None = None
    went_along: bool = False
    verdict: str | None = None
    own_words: str = ""


_BRIDGES = Sort(BridgingRow, BridgeForm, lambda bridge: bridge.to)


@dataclass(frozen=True)
class Bridge:
    """`earlier`: built in a course that has ended; it may still stand, and is no step of this one."""

    id: str
    on: date
    said: BridgeForm
    ended_on: date | None
    earlier: bool = False


def draft_key(citizen: str, bridge: str | None = None) -> str:
    return f"bridge:{citizen}:{bridge}" if bridge else f"bridge:{citizen}"


def read(desk: Desk, citizen: str) -> tuple[Bridge, ...]:
    """Those still being built first, then newest first; those of an earlier course last."""
    with desk.store.reading() as session:
        anew = courses.began_anew(session, citizen)
        found = [
            Bridge(row.id, row.on, form_of(row, BridgeForm), row.ended_on, anew is not None and row.added_at < anew)
            for row in rows.of_citizen(session, BridgingRow, citizen)
        ]
    found.reverse()
    return tuple(sorted(found, key=lambda bridge: (bridge.earlier, bridge.ended_on is not None)))


def keep(desk: Desk, citizen: str, form: BridgeForm, bridge: str | None = None) -> Saved:
    """Raises RecordError("missing", "to")."""
    return entries.keep(desk, citizen, _BRIDGES, form, bridge, draft=draft_key(citizen, bridge), on=desk.today())


def end(desk: Desk, citizen: str, bridge: str) -> Saved:
    """It stands by itself, or it was not the right one: what was written stays."""
    with writing(desk) as work:
        work.change(work.get(BridgingRow, bridge), ended_on=work.today)
        return work.saved(bridge, citizen)
