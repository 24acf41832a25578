"""How a citizen would like to live, in their own words; and how, when, and where meanwhile (G4, F4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from fieldapp.actions import drafts, home_rows, homes, rows, same, situations
from fieldapp.actions.desk import Desk, Saved
from fieldapp.actions.writing import Writing, writing
from fieldapp.domain import homes as rules
from fieldapp.domain import workdays
from fieldapp.domain.homes import LOOK_AGAIN
from fieldapp.domain.values_life import HomeType, HousingWish
from fieldapp.errors import RecordError
from fieldapp.store.tables_life import HousingWaitPlanRow, HousingWishRow

#: Never by themselves: only with a wish or a reason in words (000 §2.4; G5).
NEED_A_REASON = frozenset({HomeType.ALTERNATIVE, HomeType.CATEGORY})


@dataclass(frozen=True)
class Wish:
    on: date
    wishes: tuple[str, ...]
    home_type: str | None
    reason: str | None
    own_words: str | None


@dataclass(frozen=True)
class WaitPlan:
    """None of the three: nobody knows yet, and looks at it again on `follow_up_on`."""

    on: date
    how: str | None
    when_text: str | None
    meanwhile: str | None
    follow_up_on: date | None


@dataclass
class WishForm:
    wishes: tuple[str, ...] = ()
    home_type: str | None = None
    reason: str = ""
    own_words: str = ""
    begun: bool = False


@dataclass
class PlanForm:
    how: str = ""
    when_text: str = ""
    meanwhile: str = ""
    follow_up_on: date | None = None
    waits_for: str | None = None
    begun: bool = False


def wish_key(citizen: str) -> str:
    return f"housing_wish:{citizen}"


def plan_key(citizen: str) -> str:
    return f"wait_plan:{citizen}"


def wishes(session: Session, citizen: str) -> tuple[Wish, ...]:
    """The newest first."""
    found = rows.of_citizen(session, HousingWishRow, citizen)
    found.sort(key=lambda row: (row.on, row.added_at, row.id), reverse=True)
    return tuple(Wish(row.on, tuple(row.wishes), row.home_type, row.reason, row.own_words) for row in found)


def plan(session: Session, citizen: str) -> WaitPlan | None:
    """The latest."""
    found = rows.of_citizen(session, HousingWaitPlanRow, citizen)
    row = max(found, key=lambda each: (each.on, each.added_at, each.id), default=None)
    return WaitPlan(row.on, row.how, row.when_text, row.meanwhile, row.follow_up_on) if row else None


def look_on(session: Session, citizen: str, today: date) -> date | None:
    """The day to look at a plan for a home, for somebody without a home and without a plan; else None (F4)."""
    row = same.head(session, citizen)
    if row is None or plan(session, citizen) is not None:
        return None
    has = rules.has_home(home_rows.homes(session, row.id), situations.history(session, row), today)
    return None if has else suggested_look(today)


def with_method(work: Writing, citizen: str) -> None:
    """How, when and where meanwhile belong to the choice of a method; nobody has to know them that day (000 §4.2)."""
    if again := look_on(work.session, citizen, work.today):
        work.add(citizen, HousingWaitPlanRow(on=work.today, follow_up_on=again))


def toggled(chosen: tuple[str, ...], wish: str) -> tuple[str, ...]:
    """With or without one more; *ikke lige nu* stands alone, and is as good an answer as any (G18)."""
    if wish in chosen:
        return tuple(each for each in chosen if each != wish)
    if wish == HousingWish.NOT_NOW:
        return (wish,)
    return (*(each for each in chosen if each != HousingWish.NOT_NOW), wish)


def lacks_reason(form: WishForm) -> bool:
    """An alternative dwelling or category housing, and no wish or reason in words (G5, A4)."""
    return form.home_type in NEED_A_REASON and not (form.reason.strip() or form.own_words.strip())


def keep_wish(desk: Desk, citizen: str, form: WishForm) -> Saved:
    """What is wished today; what was wished before stays. Raises RecordError("missing", "reason" | "wishes")."""
    if lacks_reason(form):
        raise RecordError("missing", "reason")
    said = form.own_words.strip() or None
    if not (form.wishes or form.home_type or said):
        raise RecordError("missing", "wishes")
    with writing(desk) as work:
        row = HousingWishRow(
            on=work.today,
            wishes=list(form.wishes),
            home_type=form.home_type,
            reason=(form.reason.strip() or None) if form.home_type in NEED_A_REASON else None,
            own_words=said,
        )
        id = work.add(citizen, row)
        work.no_draft(wish_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)


def suggested_look(today: date) -> date:
    return workdays.workday_from(today + LOOK_AGAIN)


def keep_plan(desk: Desk, citizen: str, form: PlanForm) -> Saved:
    """Saving always succeeds: for what nobody knows yet there is a day to look at it again (F4)."""
    said: dict[str, Any] = {name: getattr(form, name).strip() or None for name in ("how", "when_text", "meanwhile")}
    with writing(desk) as work:
        again = form.follow_up_on
        if again is None and None in said.values():
            again = suggested_look(work.today)
        id = work.add(citizen, HousingWaitPlanRow(on=work.today, follow_up_on=again, **said))
        if form.begun:
            homes.waits(work, citizen, form.waits_for)
        work.no_draft(plan_key(citizen), drafts.values_of(form))
        return work.saved(id, citizen)
