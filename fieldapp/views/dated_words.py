"""What waits for a day, as a sentence of a list: nothing that others may not see over a shoulder."""

from collections.abc import Callable
from datetime import date

from fieldapp.domain.facts import Reason
from fieldapp.domain.values_life import HOUSING, HousingItem, HousingList
from fieldapp.texts import _
from fieldapp.views.days import capital, coming, past
from fieldapp.words import word

#: What may put a home at risk, and money, is said to nobody who looks over a shoulder.
_UNSAID = frozenset(
    {
        *HOUSING[HousingList.KEEPING],
        *HOUSING[HousingList.NEW_HOME],
        HousingItem.DEPOSIT_LOAN,
        HousingItem.ONE_OFF_PAYMENT,
        HousingItem.OTHER,
    }
)


def dated(reason: Reason, today: date) -> str:
    day = today if reason.on is None else reason.on
    said = coming(day, today) if day >= today else past(day, today)
    known = _SENTENCES.get(reason.kind or "")
    return known(reason, said) if known else _("You planned to reach out.")


def _task(reason: Reason, day: str) -> str:
    """Never in the worker's own words: nobody knows what stands there."""
    if reason.word not in set(HousingItem) - _UNSAID:
        return _("Something about the home must be ready {day}.", day=day)
    return _("{what} is to be ready {day}.", what=capital(word(HousingItem, reason.word)), day=day)


def _meeting(_reason: Reason, day: str) -> str:
    """With whom, or about what, is not for a list."""
    return _("Meeting {day}.", day=day)


def _together(_reason: Reason, day: str) -> str:
    """Without its own words: what is handed over, or where somebody is followed to, is not for a list."""
    return _("Meeting together {day}.", day=day)


_SENTENCES: dict[str, Callable[[Reason, str], str]] = {
    "housing_task": _task,
    "coordination_meeting": _meeting,
    "dimension_handover": _together,
    "bridging": _together,
    "worker_change": lambda _reason, day: _("Meeting together {day} about a new support person.", day=day),
    "housing_wait_plan": lambda _reason, day: _("You agreed to look at the plan for a home {day}.", day=day),
    "phase_look": lambda _reason, day: _("You agreed to look at the phase together {day}.", day=day),
    "review": lambda _reason, day: _("A review together was to be {day}.", day=day),
    "plan_reference": lambda _reason, day: _("The plan is to be looked at {day}.", day=day),
    "other_plan": lambda _reason, day: _("The plan is to be looked at {day}.", day=day),
}
