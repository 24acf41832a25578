"""*Skal de her oplysninger stadig stå her?*, and the thanks that are owed: what is asked on I dag beside the list."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from fieldapp.actions import facts, people, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import citizen_of, writing
from fieldapp.domain import keeping
from fieldapp.domain.access import citizen_scope, scope_id
from fieldapp.domain.facts import Facts, Reason, Why
from fieldapp.domain.values_day import KeepAnswer
from fieldapp.store.tables import CitizenRow, KeepAnswerRow, MethodRow, ThanksOwedRow


@dataclass(frozen=True)
class Asked:
    """`reason` is THANKS or KEEP; `thanks` the record that is done with one tap."""

    citizen: str
    name: str
    reason: Reason
    thanks: str | None = None


def read(desk: Desk) -> tuple[Asked, ...]:
    """Of those the worker supports: thanks that are due, then whom nobody has been in touch with for long."""
    today = desk.today()
    with desk.store.reading() as session:
        of = same.read(session)
        owed, without = _owed(session), _without_method(session)
        about = {of.kept(citizen) for citizen in owed | without}
        known = facts.read_some(session, about, today) if about else {}
        names = people.citizens(session) if about else {}
    mine = sorted((each for each in known.values() if is_mine(each, desk.worker)), key=lambda each: each.citizen)
    return (
        *(
            Asked(each.citizen, names[each.citizen], Reason(Why.THANKS, on=owe.on, text=owe.to), owe.id)
            for each in mine
            for owe in each.thanks
            if owe.on <= today
        ),
        *(
            Asked(each.citizen, names[each.citizen], reason)
            for each in mine
            if (reason := keeping.asks(each, today)) is not None
        ),
    )


def thanked(desk: Desk, thanks: str) -> Saved:
    """The one who made us aware has been thanked, and told nothing."""
    with writing(desk) as work:
        row = work.get(ThanksOwedRow, thanks)
        work.change(row, done_on=work.today)
        return work.saved(row.id, citizen_of(row))


def answer(desk: Desk, citizen: str, said: KeepAnswer) -> Saved:
    """A named person's answer; *nej* takes the citizen off every list, and nothing else.

    It stands with each registration that they know to be this person: of another nobody was asked.
    """
    with writing(desk) as work:
        kept, *others = same.read(work.session).all_of(citizen)
        work.get(CitizenRow, kept)
        id = work.add(kept, KeepAnswerRow(on=work.today, answer=said.value))
        for other in others:
            work.add_to(citizen_scope(other), KeepAnswerRow(on=work.today, answer=said.value))
        return work.saved(id, kept)


def is_mine(known: Facts, worker: str) -> bool:
    """Responsible, standing in, or nobody is."""
    return known.for_all or known.responsible in (None, worker) or worker in known.covering


def _owed(session: Session) -> set[str]:
    wanted = select(ThanksOwedRow.scope).where(
        col(ThanksOwedRow.void_reason).is_(None), col(ThanksOwedRow.done_on).is_(None)
    )
    return {scope_id(scope) for scope in session.exec(wanted)}


def _without_method(session: Session) -> set[str]:
    """Most citizens have one: only of the others the rest is read."""
    chosen = select(MethodRow.scope).where(col(MethodRow.void_reason).is_(None))
    living = select(CitizenRow.id).where(
        col(CitizenRow.void_reason).is_(None), col(CitizenRow.cpr).is_(None), col(CitizenRow.scope).not_in(chosen)
    )
    return set(session.exec(living))
