"""The support method of one citizen: what it is, what is worked with now, and choosing one together (1.C, 1.D)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from fieldapp.actions import drafts, facts, home_wishes, method_fit, rows, same
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.method_fit import Fit
from fieldapp.actions.writing import writing
from fieldapp.domain import act_balance, cti, names, reviews
from fieldapp.domain.act_balance import Share
from fieldapp.domain.facts import Facts
from fieldapp.domain.values import ActDimension, DecidedBy, Method, Phase
from fieldapp.errors import RecordError
from fieldapp.store.tables import ContactRow, IntensityRow, MethodRow, PhaseRow
from fieldapp.store.tables_life import FocusAreaRow, UseOfOffersRow

_ACT = (Method.ACT, Method.ACT_MODIFIED)


@dataclass
class ChoiceForm:
    """Mutable, as every form. `from_on` None: today, whenever it is saved."""

    method: str | None = None
    from_on: date | None = None


@dataclass(frozen=True)
class UseOfOffers:
    """How far the citizen can use what there is already (B4): told elsewhere, read here."""

    level: str
    on: date


@dataclass(frozen=True)
class MethodPage:
    """`began` and `ends`: CTI's phases by their codes. `before`: earlier methods, newest first.

    `levels`: the intensities since the method began, oldest first. `chosen`: how many areas the citizen
    chose to work with now. `home_look_on`: the day a choice sets to look at a plan for a home, where there
    is neither home nor plan.
    """

    name: str
    method: str | None
    from_on: date | None
    phase: str | None
    phase_from_on: date | None
    phase_ends_on: date | None
    began: dict[str, date]
    before: tuple[tuple[str, date], ...]
    level: int | None
    levels: tuple[int, ...]
    chosen: int
    balance: dict[ActDimension, Share]
    use: UseOfOffers | None
    fit: Fit | None
    review_due_on: date | None
    reviewed_on: date | None
    home_look_on: date | None


def read(desk: Desk, citizen: str) -> MethodPage | None:
    """None when the citizen is not (any more) on this device."""
    today = desk.today()
    with desk.store.reading() as session:
        known = facts.read_one(session, citizen, today)
        head = same.head(session, citizen)
        if known is None or head is None:
            return None
        focus = rows.of_citizen(session, FocusAreaRow, citizen)
        return MethodPage(
            name=names.shown(head.known_as, head.label),
            method=known.method,
            from_on=known.method_from_on,
            phase=known.phase,
            phase_from_on=known.phase_from_on,
            phase_ends_on=cti.ends_on(known),
            began=_began(session, citizen, known, today),
            before=_before(session, citizen, known),
            level=known.intensity,
            levels=_levels(session, citizen, known, today),
            chosen=sum(_chosen_now(each, today) for each in focus),
            balance=_balance(session, citizen, desk.now()) if known.method in _ACT else {},
            use=_use(session, citizen),
            fit=method_fit.latest(session, citizen),
            review_due_on=reviews.due_on(known, today),
            reviewed_on=known.reviewed_on,
            home_look_on=home_wishes.look_on(session, head.id, today),
        )


def draft_key(citizen: str) -> str:
    return f"method:{citizen}"


def choose(desk: Desk, citizen: str, method: str, from_on: date | None = None) -> Saved:
    """A record of its own; the earlier ones stay readable. CTI begins with its contact period, which is not counted.

    Without a home and without a plan for one it sets a day to look at that (F4): the choice never waits for it.
    Raises RecordError("malformed", "method") for one that is no method.
    """
    if method not in set(Method):
        raise RecordError("malformed", "method")
    with writing(desk) as work:
        begins = min(from_on or work.today, work.today)
        id = work.add(citizen, MethodRow(method=method, from_on=begins))
        if method == Method.CTI:
            work.add(citizen, PhaseRow(phase=Phase.CONTACT_PERIOD.value, from_on=begins))
        home_wishes.with_method(work, citizen)
        work.no_draft(draft_key(citizen), drafts.values_of(ChoiceForm(method, from_on)))
        return work.saved(id, citizen)


def _chosen_now(row: FocusAreaRow, today: date) -> bool:
    """A dimension of life that the citizen chose: ACT's areas and ICM's list are other methods', and stay behind."""
    stands = row.from_on <= today and (row.ended_on is None or row.ended_on > today)
    return stands and row.dimension is not None and row.decided_by == DecidedBy.CITIZEN


def _began(session: Session, citizen: str, known: Facts, today: date) -> dict[str, date]:
    since = known.first_phase_on or known.phase_from_on
    found = [r for r in rows.of_citizen(session, PhaseRow, citizen) if since and since <= r.from_on <= today]
    return {row.phase: row.from_on for row in sorted(found, key=lambda row: (row.from_on, row.added_at))}


def _before(session: Session, citizen: str, known: Facts) -> tuple[tuple[str, date], ...]:
    """Once for each time it began: the aims of CTI are chosen in a record of their own."""
    begun = {(row.from_on, row.method) for row in rows.of_citizen(session, MethodRow, citizen)}
    earlier = sorted((each for each in begun if known.method_from_on and each[0] < known.method_from_on), reverse=True)
    return tuple((method, on) for on, method in earlier)


def _levels(session: Session, citizen: str, known: Facts, today: date) -> tuple[int, ...]:
    chosen = [row for row in rows.of_citizen(session, IntensityRow, citizen) if row.from_on <= today]
    chosen.sort(key=lambda row: (row.from_on, row.added_at))
    return tuple(row.level for row in chosen if known.method_from_on and row.from_on >= known.method_from_on)


def _balance(session: Session, citizen: str, now: datetime) -> dict[ActDimension, Share]:
    lately = select(ContactRow).where(
        col(ContactRow.scope).in_(same.scopes(session, citizen)),
        col(ContactRow.void_reason).is_(None),
        col(ContactRow.occurred_at) > now - act_balance.LOOK_BACK,
    )
    contacts = list(session.exec(lately))
    corrected = {row.corrects for row in contacts}
    return act_balance.balance([row.act_dimensions for row in contacts if row.id not in corrected])


def _use(session: Session, citizen: str) -> UseOfOffers | None:
    told = rows.of_citizen(session, UseOfOffersRow, citizen)
    latest = max(told, key=lambda row: (row.on, row.added_at), default=None)
    return UseOfOffers(latest.level, latest.on) if latest else None
