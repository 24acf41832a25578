"""The homes of one citizen: the one now, the one looked for, and since when there is none (G1, G2, G10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from fieldapp.domain import workdays
from fieldapp.domain.values import Situation
from fieldapp.domain.values_life import HousingItem

#: There is a home, whether or not it can be used or kept (000 §4.3.2).
WITH_A_HOME = frozenset({Situation.OWN_HOME, Situation.AT_RISK, Situation.FUNCTIONAL})
NEWLY_MOVED_IN = timedelta(days=90)  # G8
LOOK_AGAIN = timedelta(days=14)
"""So long until what nobody knows yet is looked at again (F4; DER)."""
#: Days before the move by which a thing is to be ready (G7; DER): the loan and the payment take the office its time.
_BEFORE: Mapping[str, int] = MappingProxyType(
    {
        HousingItem.LEASE: 14,
        HousingItem.DEPOSIT_LOAN: 14,
        HousingItem.ONE_OFF_PAYMENT: 14,
        HousingItem.INSURANCE: 3,
        HousingItem.ADDRESS_CHANGE: 0,
        HousingItem.MOVE_IN: 0,
    }
)


@dataclass(frozen=True)
class Home:
    """One home, or the one that is looked for: then nobody has moved in yet. `written_at` orders what has no day."""

    id: str
    written_at: datetime
    move_in_on: date | None = None
    lost_on: date | None = None
    moved_out_on: date | None = None
    in_use: bool | None = None
    waits_for: str | None = None
    home_type: str | None = None
    note: str | None = None

    @property
    def left_on(self) -> date | None:
        """Lost, or moved on from, which is no loss (G12)."""
        return min((day for day in (self.lost_on, self.moved_out_on) if day), default=None)


@dataclass(frozen=True)
class Situated:
    """Where somebody slept from a day on; `written` False: as it was said when they were registered."""

    from_on: date
    situation: str
    note: str | None = None
    written: bool = True


def is_left(home: Home, today: date) -> bool:
    return home.left_on is not None and home.left_on <= today


def was_lived_in(home: Home, today: date) -> bool:
    """Somebody lives there, or did: not the one that is still looked for or waited for."""
    if home.move_in_on is not None:
        return home.move_in_on <= today
    return home.in_use is not None or home.left_on is not None


def current(homes: Sequence[Home], today: date) -> Home | None:
    """The home now; of two, the one moved into last."""
    found = [home for home in homes if was_lived_in(home, today) and not is_left(home, today)]
    return max(found, key=lambda home: (home.move_in_on or date.min, home.written_at, home.id), default=None)


def ahead(homes: Sequence[Home], today: date) -> Home | None:
    """The next home, or the looking for one."""
    found = [home for home in homes if not was_lived_in(home, today) and not is_left(home, today)]
    return max(found, key=lambda home: (home.written_at, home.id), default=None)


def lived_in(homes: Sequence[Home], today: date) -> tuple[Home, ...]:
    """Home 1, 2, ...: in order of time, each as good as the other (G10)."""
    found = [home for home in homes if was_lived_in(home, today)]
    order = sorted(found, key=lambda home: (home.move_in_on or home.written_at.date(), home.written_at, home.id))
    return tuple(order)


def has_home(homes: Sequence[Home], situations: Sequence[Situated], today: date) -> bool:
    """`situations` oldest first. A home that nobody wrote of counts by where the citizen is said to be."""
    if current(homes, today) is not None:
        return True
    now = _now(situations, today)
    if now is None or now.situation not in WITH_A_HOME:
        return False
    left = _left_last(homes, today)
    return left is None or (now.written and now.from_on > left)


def without_since(homes: Sequence[Home], situations: Sequence[Situated], known_since: date, today: date) -> date | None:
    """Since when there is no own home, as far as anybody knows; None while there is one (A1)."""
    if has_home(homes, situations, today):
        return None
    begun = [one for one in situations if one.from_on <= today]
    after = 0
    for place, one in enumerate(begun, 1):
        if one.situation in WITH_A_HOME:
            after = place
    days = [begun[after].from_on] if 0 < after < len(begun) else []
    left = _left_last(homes, today)
    return max([*days, *([left] if left else [])], default=known_since)


def due_on(item: str, move_in_on: date, today: date, closed: Collection[date] = ()) -> date | None:
    """The day a thing is to be ready by: a workday, never a day gone by; None for what has no day."""
    days = _BEFORE.get(item)
    if days is None:
        return None
    return max(today, workdays.moved(move_in_on - timedelta(days=days), 1, closed)) if days else move_in_on


def _now(situations: Sequence[Situated], today: date) -> Situated | None:
    begun = [one for one in situations if one.from_on <= today]
    return begun[-1] if begun else None


def _left_last(homes: Sequence[Home], today: date) -> date | None:
    return max((home.left_on for home in homes if home.left_on and home.left_on <= today), default=None)
