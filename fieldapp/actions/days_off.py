"""Before the worker is off, and after: whom to tell, who is there meanwhile, and who wrote (review.md 2.8)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from fieldapp.actions import facts, people, templates
from fieldapp.actions.desk import Desk
from fieldapp.actions.greetings import LEAVE
from fieldapp.domain import days_off
from fieldapp.domain.days_off import Feast, Leave
from fieldapp.domain.facts import Facts
from fieldapp.domain.rhythm_rules import DEFAULT
from fieldapp.domain.standing import standing
from fieldapp.domain.values import Support, Way
from fieldapp.store.bookkeeping import SettingRow
from fieldapp.store.tables import ColleagueRow, WorkerAbsenceRow
from fieldapp.texts import citizen_date

#: From this intensity on somebody is there meanwhile: the rhythm is not stretched over a holiday (review.md 2.8).
CLOSE = 4
_AGREED = "agreed_break"
#: Friday, and three days on.
_A_WEEKEND = (4, 3)
Named = tuple[str, str]
_Naming = Callable[[Iterable[Facts]], tuple[Named, ...]]


@dataclass(frozen=True)
class Before:
    """Planned leave is near; `citizens`, ids and names, have not heard of it yet. `deputy`: a name."""

    from_on: date
    to_on: date
    deputy: str | None
    citizens: tuple[Named, ...]


@dataclass(frozen=True)
class Ahead:
    """A break is near. `close`: with these somebody should be there meanwhile; `others`: the rest."""

    feast: Feast
    from_on: date
    to_on: date
    workdays: int
    close: tuple[Named, ...]
    others: tuple[Named, ...]


@dataclass(frozen=True)
class DaysOff:
    """`wrote`: those who did on the days off just gone by; `weekend`: these were a Saturday and a Sunday only."""

    before: Before | None = None
    ahead: Ahead | None = None
    wrote: tuple[Named, ...] = ()
    weekend: bool = True


def read(desk: Desk) -> DaysOff:
    with desk.store.reading() as session:
        return look(session, desk, facts.read(session, desk.today()).values(), people.citizens(session))


def look(session: Session, desk: Desk, everybody: Iterable[Facts], names: Mapping[str, str]) -> DaysOff:
    """The same, of what has been read already."""
    today = desk.today()
    mine = [each for each in everybody if _is_mine(each, desk.worker, today)]

    def named(citizens: Iterable[Facts]) -> tuple[Named, ...]:
        return tuple(sorted(((c.citizen, names[c.citizen]) for c in citizens), key=lambda each: (each[1], each[0])))

    wrote = named(each for each in mine if days_off.wrote_meanwhile(each, today, desk.worker, DEFAULT.closed))
    before = days_off.off_since(today, DEFAULT.closed)
    weekend = before is not None and (before.weekday(), (today - before).days) == _A_WEEKEND
    return DaysOff(_before(session, desk, mine, named), _ahead(session, today, mine, named), wrote, weekend)


def agree(desk: Desk, ahead: Ahead) -> None:
    """It is seen to: the card of this break is gone from this device."""
    with desk.store.transaction() as session:
        session.merge(SettingRow(name=_AGREED, value=ahead.from_on.isoformat()))


def to_say(session: Session, desk: Desk, known: Facts) -> dict[str, str]:
    """What the text about the leave says, when it is time and this citizen has not heard: else nothing."""
    found = _leave(session, desk)
    if found is None or not _is_mine(known, desk.worker, desk.today()):
        return {}
    leave, deputy, since = found
    if days_off.has_heard(known, since, _code(session, desk.today())):
        return {}
    colleague = session.exec(select(ColleagueRow).where(ColleagueRow.worker == deputy)).first() if deputy else None
    said = {
        "dato": citizen_date(leave.to_on),
        "kollega": colleague and colleague.name.partition(" ")[0],
        "nummer": colleague and colleague.phone,
    }
    return {name: value for name, value in said.items() if value}


def _is_mine(known: Facts, worker: str, today: date) -> bool:
    """And wants to hear from us: not whoever asked for peace until a later day."""
    in_peace = known.peace_until is not None and known.peace_until >= today
    going_on = standing(known, today).support is not Support.CLOSED
    return known.responsible == worker and not known.for_all and going_on and not in_peace


def _leave(session: Session, desk: Desk) -> tuple[Leave, str | None, date] | None:
    """The worker's next leave when it is time to tell: with the deputy's id, and since when it has been told."""
    wanted = select(WorkerAbsenceRow).where(
        WorkerAbsenceRow.worker == desk.worker,
        WorkerAbsenceRow.from_on > desk.today(),
        col(WorkerAbsenceRow.void_reason).is_(None),
    )
    for row in session.exec(wanted.order_by(col(WorkerAbsenceRow.from_on), col(WorkerAbsenceRow.id))):
        leave = Leave(row.from_on, row.to_on or row.from_on)
        since = days_off.tells_from(leave, DEFAULT.closed)
        if since is not None and since <= desk.today():
            return leave, row.deputy, since
    return None


def _before(session: Session, desk: Desk, mine: list[Facts], named: _Naming) -> Before | None:
    found = _leave(session, desk)
    if found is None:
        return None
    leave, deputy, since = found
    code = _code(session, desk.today())
    left = named(each for each in mine if not days_off.has_heard(each, since, code))
    name = people.workers(session, desk).get(deputy or "")
    return Before(leave.from_on, leave.to_on, name, left) if left else None


def _ahead(session: Session, today: date, mine: list[Facts], named: _Naming) -> Ahead | None:
    found = days_off.break_ahead(today, DEFAULT.closed)
    agreed = session.get(SettingRow, _AGREED)
    if found is None or not mine or (agreed is not None and agreed.value == found.from_on.isoformat()):
        return None
    close = [each for each in mine if (each.intensity or 0) >= CLOSE]
    others = named(each for each in mine if each not in close)
    return Ahead(found.feast, found.from_on, found.to_on, found.workdays, named(close), others)


def _code(session: Session, today: date) -> str:
    """The app's text, or the team's own in its place."""
    ours = templates.of_the_team(session, today)
    return next((each.code for each in ours if each.way == Way.TEXT and each.replaces == LEAVE), LEAVE)
