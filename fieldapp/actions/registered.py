"""Registered twice, or by a mistake: people say so, and can take it back; the rules copy and erase nothing."""

from dataclasses import dataclass

from sqlmodel import col, select

from fieldapp.actions import facts, people, same
from fieldapp.actions.citizens import CitizenLine, read_all, similar
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.keeping import answer
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import names
from fieldapp.domain.access import citizen_scope
from fieldapp.domain.standing import standing
from fieldapp.domain.values import ClosingGround, Support
from fieldapp.domain.values_day import KeepAnswer
from fieldapp.errors import RecordError
from fieldapp.store.tables import CitizenMergeRow, CitizenRow, ReopeningRow

APART = "apart"


@dataclass(frozen=True)
class Also:
    """Another registration of the same person: what it says that the kept one says otherwise."""

    id: str
    name: str
    phone_ends: str | None
    known_places: str | None


@dataclass(frozen=True)
class Twice:
    """`also`: said to be the same. `likely`: could be; then everybody else the worker may mean."""

    id: str
    name: str
    also: tuple[Also, ...]
    likely: tuple[CitizenLine, ...]
    others: tuple[CitizenLine, ...]


def read(desk: Desk, citizen: str, query: str = "") -> Twice | None:
    """None when the citizen is not (any more) on this device."""
    with desk.store.reading() as session:
        whole = same.head(session, citizen)
        registered = same.of_person(session, citizen)
        name = people.citizens(session).get(citizen)
    if whole is None or name is None:
        return None
    places = whole.known_places or ""
    likely = tuple(each for each in similar(desk, name, whole.phone or "", places) if each.id != whole.id)
    shown = {each.id for each in likely}
    others = [each for each in read_all(desk, query) if each.id != whole.id and each.id not in shown]
    return Twice(whole.id, name, tuple(_also(row) for row in registered[1:]), likely, tuple(others))


def merge(desk: Desk, citizen: str, other: str) -> Saved:
    """`citizen` was registered twice and is `other`: from now on both read as that one."""
    with writing(desk) as work:
        for one in (citizen, other):
            work.get(CitizenRow, one)
        of = same.read(work.session)
        if of.kept(citizen) == of.kept(other):
            raise RecordError("already_same")
        twice, kept = of.kept(citizen), of.kept(other)
        goes_on = _goes_on(work, (twice, kept))
        id = work.add_to(citizen_scope(twice), CitizenMergeRow(on=work.today, same_as=kept))
        if goes_on:
            work.add(kept, ReopeningRow(on=work.today))
        return work.saved(id, kept)


def _goes_on(work: Writing, citizens: tuple[str, str]) -> bool:
    """Met again after the support had ended, and written down anew: it goes on for the person. Not after a death."""
    known = facts.read_some(work.session, citizens, work.today).values()
    stands = [standing(each, work.today) for each in known]
    ended = [each for each in stands if each.support is Support.CLOSED]
    return 0 < len(ended) < len(stands) and all(each.ground != ClosingGround.DEATH for each in ended)


def apart(desk: Desk, citizen: str) -> Saved:
    """They are two: everything lies where it was written, and reads so again."""
    with writing(desk) as work:
        said = select(CitizenMergeRow).where(col(CitizenMergeRow.void_reason).is_(None))
        about = (col(CitizenMergeRow.scope) == citizen_scope(citizen)) | (col(CitizenMergeRow.same_as) == citizen)
        for row in work.session.exec(said.where(about)).all():
            work.void(row, APART)
        return work.saved(citizen, citizen)


def by_mistake(desk: Desk, citizen: str) -> Saved:
    """Should never have been registered: off every list, and erased by the server after its time."""
    return answer(desk, citizen, KeepAnswer.MISTAKE)


def _also(row: CitizenRow) -> Also:
    return Also(
        row.id,
        names.shown(row.known_as, row.label),
        names.digits(row.phone)[-2:] or None,
        row.known_places,
    )
